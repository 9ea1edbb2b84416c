#include "gateway/law/conditions/data_file.h"

#include <algorithm>

#include "gateway/base/fault.h"
#include "gateway/base/time_format.h"

namespace gateway::law {
namespace {

document::Tree readOrFail(const std::filesystem::path& file, const document::XmlSchema& schema) {
    auto tree = document::readDataFile(file, schema);
    if (tree) return std::move(tree).value();
    const auto& problem = tree.error();
    throw base::Fault(file.string() + ":" + std::to_string(problem.position.line) + ": " +
                      base::render(problem).en);
}

}  // namespace

DataFile::DataFile(std::filesystem::path file, const document::XmlSchema& schema) :
    file_(std::move(file)), tree_(readOrFail(file_, schema)) {}

std::vector<const document::Node*> DataFile::elements(const document::Node& parent,
                                                      std::string_view name) const {
    std::vector<const document::Node*> found;
    for (const auto& child : parent.children)
        if (child.kind == document::Kind::Element && child.name == name) found.push_back(&child);
    return found;
}

std::string DataFile::origin(const document::Node& node) const {
    const auto parent = file_.parent_path().filename();
    return (parent / file_.filename()).string() + ":" + std::to_string(node.position.line);
}

std::string DataFile::place(const document::Node& node) const {
    return file_.string() + ":" + std::to_string(node.position.line);
}

void DataFile::fail(const document::Node& node, const std::string& what) const {
    throw base::Fault(place(node) + ": " + what);
}

std::string DataFile::text(const document::Node& node, std::string_view name) const {
    const auto* attribute = node.attribute(name);
    return attribute ? attribute->value : std::string();
}

std::optional<base::Date> DataFile::date(const document::Node& node, std::string_view name) const {
    const auto written = text(node, name);
    if (written.empty()) return std::nullopt;
    const auto value = base::parseDate(written);
    if (!value) fail(node, "\"" + written + "\" is no date of the form yyyy-MM-dd");
    return value;
}

model::Period DataFile::period(const document::Node& node) const {
    return {date(node, "from"), date(node, "until")};
}

std::vector<std::string> DataFile::words(std::string_view text) {
    std::vector<std::string> found;
    constexpr std::string_view kBlanks = " \t\r\n";
    for (;;) {
        text.remove_prefix(std::min(text.find_first_not_of(kBlanks), text.size()));
        if (text.empty()) return found;
        const auto end = std::min(text.find_first_of(kBlanks), text.size());
        found.emplace_back(text.substr(0, end));
        text.remove_prefix(end);
    }
}

std::vector<std::filesystem::path> filesIn(const std::filesystem::path& directory,
                                           std::string_view ending) {
    std::error_code failed;
    std::vector<std::filesystem::path> found;
    for (const auto& entry : std::filesystem::directory_iterator(directory, failed))
        if (entry.is_regular_file() && entry.path().filename().string().ends_with(ending))
            found.push_back(entry.path());
    if (failed) throw base::Fault(directory.string() + ": " + failed.message());
    std::sort(found.begin(), found.end());
    return found;
}

}  // namespace gateway::law
