#include "tests/golden/sample_files.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "gateway/document/json.h"
#include "gateway/document/xml.h"

namespace golden {

namespace fs = std::filesystem;
using gateway::document::Content;
using gateway::document::Form;
using gateway::document::Kind;
using gateway::document::Node;
using gateway::document::XmlDocument;

namespace {

void sortMembers(Node& node) {
    for (Node& child : node.children) sortMembers(child);
    if (node.kind == Kind::Object)
        std::sort(node.children.begin(), node.children.end(),
                  [](const Node& a, const Node& b) { return a.name < b.name; });
}

}  // namespace

std::vector<fs::path> FormatDirectory::samples(const std::string& prefix) const {
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(path))
        if (entry.path().filename().string().starts_with(prefix)) found.push_back(entry.path());
    std::sort(found.begin(), found.end());
    return found;
}

fs::path FormatDirectory::expectationOf(const fs::path& sample) const {
    return path / "expected" / (sample.stem().string() + ".json");
}

bool FormatDirectory::isOnlyWritten() const {
    const auto mapping = contentOf(bytesOf(path / "mapping.xml"), Form::Xml);
    const Node* const direction = mapping.tree.root.attribute("direction");
    return direction != nullptr && direction->value == "out";
}

std::map<std::string, gateway::document::Tree, std::less<>> FormatDirectory::documents() const {
    std::map<std::string, gateway::document::Tree, std::less<>> found;
    const std::string prefix = "document-";
    for (const auto& file : samples(prefix)) {
        const Form form = file.extension() == ".json" ? Form::Json : Form::Xml;
        found.emplace(file.stem().string().substr(prefix.size()),
                      contentOf(bytesOf(file), form).tree);
    }
    return found;
}

gateway::mapping::ExchangeValues FormatDirectory::exchange() const {
    gateway::mapping::ExchangeValues values;
    if (!fs::exists(path / "exchange.json")) return values;
    const auto tree = gateway::document::readJson(bytesOf(path / "exchange.json"));
    if (!tree) throw std::runtime_error("exchange.json of " + id + " is no JSON");
    for (const Node& member : tree.value().root.children) values[member.name] = member.value;
    return values;
}

std::vector<FormatDirectory> formatDirectories() {
    const fs::path root = fs::path(THAHC_SOURCE_DIR) / "mappings";
    std::vector<FormatDirectory> found;
    for (const auto& entry : fs::recursive_directory_iterator(root)) {
        if (entry.path().filename() != "mapping.xml") continue;
        const fs::path directory = entry.path().parent_path();
        found.push_back({directory.lexically_relative(root).generic_string(), directory});
    }
    std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
    return found;
}

std::string bytesOf(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) throw std::runtime_error("cannot read " + file.string());
    std::ostringstream out;
    out << in.rdbuf();
    return std::move(out).str();
}

Content contentOf(const std::string& bytes, Form form) {
    Content content;
    if (form == Form::Json) {
        auto tree = gateway::document::readJson(bytes);
        if (!tree) throw std::runtime_error("no JSON: " + render(tree.error()).en);
        content.tree = std::move(tree.value());
        return content;
    }
    auto xml = XmlDocument::parse(bytes);
    if (!xml) throw std::runtime_error("no XML: " + render(xml.error()).en);
    content.tree = xml.value().toTree();
    content.xml = std::move(xml.value());
    return content;
}

bool accepting() {
    const char* const told = std::getenv("THAHC_ACCEPT");
    return told != nullptr && std::string_view(told) == "1";
}

void accept(const fs::path& file, const Node& found) {
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << gateway::document::writeJsonPretty(found) << '\n';
}

std::string comparable(const Node& tree) {
    Node sorted = tree;
    sortMembers(sorted);
    return gateway::document::writeJsonPretty(sorted);
}

std::string comparableFile(const fs::path& file) {
    if (!fs::exists(file)) return "there is no " + file.string();
    const auto tree = gateway::document::readJson(bytesOf(file));
    if (!tree) return file.string() + " is no JSON";
    return comparable(tree.value().root);
}

}  // namespace golden
