#include "gateway/mapping/sources/mapping_source.h"

#include <algorithm>
#include <utility>

#include "gateway/base/fault.h"
#include "gateway/mapping/engine/attributes.h"

namespace gateway::mapping {

using document::Form;
using document::Node;

namespace {

// Prefixes as paths of one side use them, and as they are written: the first of two for one URI.
PrefixTable readPrefixes(const Node& mapping, std::string_view side, document::Prefixes& written) {
    PrefixTable table;
    for (const Node& element : mapping.children) {
        if (element.name != "namespace" || attributeOr(element, "of", "theirs") != side) continue;
        const std::string& prefix = element.attribute("prefix")->value;
        const std::string& uri = element.attribute("uri")->value;
        if (!table.emplace(prefix, uri).second)
            throw base::Fault("the prefix \"" + prefix + "\" is declared twice");
        const bool known = std::any_of(written.begin(), written.end(),
                                       [&uri](const auto& entry) { return entry.first == uri; });
        if (!known) written.emplace_back(uri, prefix);
    }
    return table;
}

}  // namespace

MappingSource::MappingSource(std::filesystem::path file, SourceFiles& files, SchemaShelf& shelf) :
    file_(std::move(file)), tree_(files.read(file_)) {
    if (mapping().name != "mapping") throw base::Fault(name() + ": this is no mapping");
    atElement(name(), mapping(), [&] {
        prefixes_ = readPrefixes(mapping(), "theirs", written_);
        ourPrefixes_ = readPrefixes(mapping(), "ours", oursWritten_);
    });
    readDocuments(files);
    readIncludes(files, shelf);
}

Form MappingSource::theirs() const {
    return mapping().attribute("theirs")->value == "xml" ? Form::Xml : Form::Json;
}

PerFlow MappingSource::directions() const {
    const std::string direction = attributeOr(mapping(), "direction", "both");
    return {direction != "out", direction != "in"};
}

std::vector<std::pair<const Node*, std::string>> MappingSource::shared() const {
    std::vector<std::pair<const Node*, std::string>> all;
    for (const auto& [included, file] : included_) all.emplace_back(&included->tree.root, file);
    all.emplace_back(&mapping(), name());
    return all;
}

void MappingSource::fail(const Node& element, const std::string& reason) const {
    throw base::Fault(placeOf(name(), element) + reason);
}

void MappingSource::readDocuments(SourceFiles& files) {
    for (const Node& element : mapping().children) {
        if (element.name != "document") continue;
        const std::string& name = element.attribute("name")->value;
        const Node* const file = element.attribute("file");
        Form form = attributeOr(element, "form", "json") == "xml" ? Form::Xml : Form::Json;
        if (file != nullptr)
            form =
                std::filesystem::path(file->value).extension() == ".json" ? Form::Json : Form::Xml;
        if (!documentForms_.emplace(name, form).second)
            fail(element, "there are two documents \"" + name + "\"");
        if (file != nullptr) documents_.emplace(name, files.readAny(beside(file->value), form));
    }
}

std::vector<std::string> MappingSource::askedFor() const {
    std::vector<std::string> names;
    for (const Node& element : mapping().children)
        if (element.name == "document" && element.attribute("file") == nullptr)
            names.push_back(element.attribute("name")->value);
    return names;
}

void MappingSource::readIncludes(SourceFiles& files, SchemaShelf& shelf) {
    for (const Node& element : mapping().children) {
        if (element.name != "include") continue;
        const auto path = beside(element.attribute("file")->value);
        included_.emplace_back(files.readIncluded(path, shelf), path.string());
        if (included_.back().first->tree.root.name != "shared")
            throw base::Fault(path.string() + ": an included file is \"shared\"");
    }
}

}  // namespace gateway::mapping
