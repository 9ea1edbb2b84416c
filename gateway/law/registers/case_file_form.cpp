#include "gateway/law/registers/case_file_form.h"

#include <algorithm>
#include <set>

#include "gateway/law/conditions/data_file.h"

namespace gateway::law::registers {

CaseFileForm CaseFileForm::load(const std::filesystem::path& mappings, const LawBook& law) {
    const auto schema = document::XmlSchema::load(mappings / "schemas" / "law.xsd");
    const DataFile file(mappings / "legal-rules" / "case-file.xml", *schema);
    CaseFileForm made{file.text(file.root(), "vi"), file.text(file.root(), "basis"), {}};
    std::set<std::string> named;
    for (const auto* node : file.elements(file.root(), "part")) {
        made.parts.push_back(
            {file.text(*node, "id"), file.text(*node, "vi"), file.list(*node, "acts")});
        for (const auto& act : made.parts.back().acts) {
            if (!law.act(act)) file.fail(*node, "unknown act " + act);
            if (!named.insert(act).second) file.fail(*node, act + " stands in another part");
        }
    }
    return made;
}

std::size_t CaseFileForm::partOf(std::string_view act) const {
    for (std::size_t i = 0; i < parts.size(); ++i)
        if (std::ranges::count(parts[i].acts, act) > 0) return i;
    return parts.size() - 1;
}

}  // namespace gateway::law::registers
