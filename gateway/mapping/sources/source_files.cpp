#include "gateway/mapping/sources/source_files.h"

#include <fstream>
#include <iterator>
#include <string>

#include "gateway/base/fault.h"
#include "gateway/document/json.h"
#include "gateway/document/xml.h"

namespace gateway::mapping {
namespace {

constexpr std::size_t kMostSchemas = 64;

}  // namespace

std::string SourceFiles::add(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream) throw base::Fault(file.string() + " cannot be read");
    std::string bytes{std::istreambuf_iterator<char>(stream), {}};
    addBytes(file, bytes);
    return bytes;
}

// The name without its directory: the same files give the same digest wherever they lie.
void SourceFiles::addBytes(const std::filesystem::path& file, const std::string& bytes) {
    digest_.add(file.filename().string()).add(bytes);
}

document::Tree SourceFiles::read(const std::filesystem::path& file) {
    static_cast<void>(add(file));
    return checked(file);
}

SchemaShelf::IncludedPtr SourceFiles::readIncluded(const std::filesystem::path& file,
                                                   SchemaShelf& shelf) {
    if (auto known = shelf.includedAt(file)) {
        addBytes(file, known->bytes);
        return known;
    }
    auto made = std::make_shared<SchemaShelf::Included>();
    made->bytes = add(file);
    made->tree = checked(file);
    shelf.put(file, made);
    return made;
}

document::Tree SourceFiles::checked(const std::filesystem::path& file) const {
    auto tree = document::readDataFile(file, languageSchema_);
    if (!tree) {
        const auto& problem = tree.error();
        throw base::Fault(problem.path + ":" + std::to_string(problem.position.line) + ": " +
                          base::render(problem).en);
    }
    return std::move(tree).value();
}

void SourceFiles::addAny(const std::filesystem::path& file) {
    if (file.extension() == ".xsd")
        addSchema(file);
    else
        static_cast<void>(add(file));
}

document::Tree SourceFiles::readAny(const std::filesystem::path& file, document::Form form) {
    const std::string bytes = add(file);
    const auto fail = [&file](const base::Problem& problem) {
        throw base::Fault(file.string() + ":" + std::to_string(problem.position.line) + ": " +
                          base::render(problem).en);
    };
    if (form == document::Form::Json) {
        auto tree = document::readJson(bytes);
        if (!tree) fail(tree.error());
        return std::move(tree).value();
    }
    auto parsed = document::XmlDocument::parse(bytes);
    if (!parsed) fail(parsed.error());
    return parsed->toTree();
}

void SourceFiles::addSchema(const std::filesystem::path& file) {
    if (!schemas_.insert(file.lexically_normal()).second) return;
    if (schemas_.size() > kMostSchemas) throw base::Fault(file.string() + ": too many schemas");
    const auto parsed = document::XmlDocument::parse(add(file));
    if (!parsed) throw base::Fault(file.string() + ": " + base::render(parsed.error()).en);
    for (const auto& element : parsed->toTree().root.children)
        if (const auto* location = element.attribute("schemaLocation"))
            addSchema(file.parent_path() / location->value);
}

}  // namespace gateway::mapping
