#include "gateway/app/workbench/shipped_formats.h"

#include <algorithm>
#include <vector>

#include "gateway/app/client/files.h"
#include "gateway/base/encoding.h"
#include "gateway/document/xml.h"
#include "gateway/mapping/sources/mapping_files.h"

namespace gateway::app {
namespace {

namespace fs = std::filesystem;
using document::Node;

constexpr std::uintmax_t kLargestSample = 1024 * 1024;

std::vector<std::string> samplesBeside(const fs::path& file) {
    std::vector<std::string> names;
    const auto folder = mapping::samplesOf(file);
    if (!fs::is_directory(folder)) return names;
    for (const auto& entry : fs::directory_iterator(folder)) {
        const auto name = entry.path().filename().string();
        if (entry.is_regular_file() && entry.file_size() <= kLargestSample &&
            (name.starts_with("ok-") || name.starts_with("bad-")))
            names.push_back(name);
    }
    // Those that are taken come first.
    std::sort(names.begin(), names.end(), [](const std::string& one, const std::string& other) {
        return std::pair(one.starts_with("bad-"), one) <
               std::pair(other.starts_with("bad-"), other);
    });
    return names;
}

// exchange.json, and document-NAME.xml or .json.
void addSurroundings(Node& node, const fs::path& folder) {
    constexpr std::string_view kDocument = "document-";
    Node documents = document::objectNode("documents");
    if (fs::is_directory(folder)) {
        if (fs::exists(folder / "exchange.json"))
            document::addText(node, "exchange", readFile(folder / "exchange.json"));
        for (const auto& entry : fs::directory_iterator(folder))
            if (const auto name = entry.path().stem().string(); name.starts_with(kDocument))
                document::addText(documents, name.substr(kDocument.size()), readFile(entry.path()));
    }
    node.children.push_back(std::move(documents));
}

}  // namespace

Node shippedFormats(const DataView& data) {
    Node list = document::arrayNode("formats");
    for (const auto& file : mapping::mappingFiles(data.mappings())) {
        const auto document = document::XmlDocument::parse(readFile(file));
        if (!document) continue;
        const Node root = document->toTree().root;
        Node entry = document::objectNode();
        document::addText(entry, "file", file.lexically_relative(data.mappings()).string());
        for (const char* name : {"id", "version", "message", "theirs"})
            if (const Node* const value = root.attribute(name))
                document::addText(entry, name, value->value);
        list.children.push_back(std::move(entry));
    }
    Node node = document::objectNode();
    node.children.push_back(std::move(list));
    return node;
}

std::optional<Node> shippedFormat(const DataView& data, const std::string& file,
                                  const std::string& sample) {
    // Whatever is asked for is looked for among what there is; no name becomes a path.
    const auto all = mapping::mappingFiles(data.mappings());
    const auto found = std::find_if(all.begin(), all.end(), [&](const fs::path& one) {
        return one.lexically_relative(data.mappings()).string() == file;
    });
    if (found == all.end()) return std::nullopt;
    Node node = document::objectNode();
    const std::string text = readFile(*found);
    document::addText(node, "mapping", text);
    if (const auto document = document::XmlDocument::parse(text)) {
        const Node root = document->toTree().root;
        const Node* const direction = root.attribute("direction");
        document::addFlag(node, "outward", direction != nullptr && direction->value == "out");
    }
    const fs::path itself = data.named(found->string());
    const auto names = samplesBeside(itself);
    Node list = document::arrayNode("samples");
    for (const auto& name : names) list.children.push_back(document::stringNode({}, name));
    node.children.push_back(std::move(list));
    addSurroundings(node, mapping::samplesOf(itself));
    const auto chosen =
        sample.empty() ? names.begin() : std::find(names.begin(), names.end(), sample);
    if (chosen == names.end()) return node;
    const std::string bytes = readFile(mapping::samplesOf(itself) / *chosen);
    document::addText(node, "sampleFile", *chosen);
    if (bytes.starts_with("PK"))
        document::addText(node, "packed", base::toBase64(bytes));
    else
        document::addText(node, "sample", bytes);
    return node;
}

std::optional<Node> sharedFile(const DataView& data, const std::string& name) {
    const auto& root = data.mappings();
    for (const auto& entry :
         fs::recursive_directory_iterator(root, fs::directory_options::follow_directory_symlink)) {
        if (entry.path().extension() != ".xml" || !entry.is_regular_file()) continue;
        if ("mappings/" + entry.path().lexically_relative(root).string() != name) continue;
        Node node = document::objectNode();
        document::addText(node, "text", readFile(entry.path()));
        return node;
    }
    return std::nullopt;
}

}  // namespace gateway::app
