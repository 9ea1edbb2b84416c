#include <algorithm>
#include <charconv>

#include "gateway/law/conditions/data_file.h"
#include "gateway/law/reports/report.h"

namespace gateway::law::figures {
namespace {

// What rulings are told apart by beside the splits of figures.xml.
constexpr std::string_view kByPlace[] = {"province", "province-then", "court-level", "party-name"};

class ReportReader {
  public:
    ReportReader(const DataFile& file, const FigureBook& figures) :
        file_(file), figures_(figures) {}

    ReportSection section(const document::Node& node) const {
        ReportSection made;
        made.id = file_.text(node, "id");
        made.vi = file_.text(node, "vi");
        made.columns = file_.list(node, "columns");
        made.by = file_.text(node, "by");
        made.compare = file_.text(node, "compare") == "year-before";
        made.within = file_.list(node, "within");
        made.lines = file_.text(node, "lines");
        const auto most = file_.text(node, "most");
        std::from_chars(most.data(), most.data() + most.size(), made.most);
        if (made.columns.empty() == made.lines.empty())
            file_.fail(node, "a section has either columns or lines");
        for (const auto& id : made.columns) static_cast<void>(column(node, id));
        if (!made.lines.empty()) static_cast<void>(column(node, made.lines));
        if (made.by.empty() || std::ranges::find(kByPlace, made.by) != std::end(kByPlace))
            return made;
        for (const auto& id : made.columns)
            if (std::ranges::count(column(node, id).splits, made.by) == 0)
                file_.fail(node, id + " has no split " + made.by);
        return made;
    }

  private:
    [[nodiscard]] const Column& column(const document::Node& node, const std::string& id) const {
        for (const auto& sheet : figures_.sheets())
            for (const auto& one : sheet.columns)
                if (one.id == id) return one;
        file_.fail(node, "unknown column " + id);
    }

    const DataFile& file_;
    const FigureBook& figures_;
};

}  // namespace

ReportBook ReportBook::load(const std::filesystem::path& mappings, const FigureBook& figures) {
    const auto schema = document::XmlSchema::load(mappings / "schemas" / "law.xsd");
    const DataFile file(mappings / "legal-rules" / "report.xml", *schema);
    const ReportReader reader(file, figures);
    ReportBook made;
    made.vi = file.text(file.root(), "vi");
    made.basis = file.text(file.root(), "basis");
    for (const auto* node : file.elements(file.root(), "section"))
        made.sections.push_back(reader.section(*node));
    return made;
}

}  // namespace gateway::law::figures
