#include "gateway/document/schemas/json_schema_files.h"

#include <charconv>
#include <fstream>
#include <iterator>
#include <sstream>
#include <vector>

#include "gateway/base/fault.h"
#include "gateway/document/json.h"

namespace gateway::document {
namespace {

namespace fs = std::filesystem;
using base::Fault;

constexpr std::size_t kMostFiles = 64;
constexpr ReadBounds kSchemaBounds{200, 2'000'000, false};

Node readSchemaFile(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream bytes;
    bytes << in.rdbuf();
    if (!in || !bytes) throw Fault("cannot read " + file.string());
    auto tree = readJson(std::move(bytes).str(), kSchemaBounds);
    if (!tree)
        throw Fault(file.string() + ":" + std::to_string(tree.error().position.line) + ": " +
                    base::render(tree.error()).en);
    return std::move(tree).value().root;
}

const std::string* textOf(const Node& node, std::string_view member) {
    const Node* found = node.child(member);
    return found != nullptr && found->kind == Kind::String ? &found->value : nullptr;
}

std::string unescaped(std::string_view token) {
    std::string name;
    for (std::size_t i = 0; i < token.size(); ++i) {
        if (token[i] == '~' && i + 1 < token.size()) {
            name.push_back(token[++i] == '1' ? '/' : '~');
        } else if (token[i] == '%' && i + 2 < token.size()) {
            unsigned value = 0;
            std::from_chars(token.data() + i + 1, token.data() + i + 3, value, 16);
            name.push_back(static_cast<char>(value));
            i += 2;
        } else {
            name.push_back(token[i]);
        }
    }
    return name;
}

const Node* below(const Node& node, const std::string& name) {
    if (node.kind == Kind::Object) return node.child(name);
    std::size_t index = 0;
    const auto end = std::from_chars(name.data(), name.data() + name.size(), index);
    if (node.kind != Kind::Array || end.ec != std::errc{} || index >= node.children.size())
        return nullptr;
    return &node.children[index];
}

const Node* atPointer(const Node& root, std::string_view pointer) {
    const Node* node = &root;
    while (!pointer.empty() && node != nullptr) {
        pointer.remove_prefix(1);
        const auto end = pointer.find('/');
        node = below(*node, unescaped(pointer.substr(0, end)));
        pointer = end == std::string_view::npos ? std::string_view() : pointer.substr(end);
    }
    return node;
}

}  // namespace

JsonSchemaFiles::JsonSchemaFiles(const fs::path& file) {
    std::error_code missing;
    const fs::path whole = fs::canonical(file, missing);
    if (missing) throw Fault("cannot read " + file.string());
    directory_ = whole.parent_path();
    static_cast<void>(load(whole));
}

std::size_t JsonSchemaFiles::load(const fs::path& path) {
    if (files_.size() == kMostFiles) throw Fault("a schema of too many files");
    File& file = files_.emplace_back(File{path, readSchemaFile(path), {}});
    // Anchors may stand anywhere; what only looks like one (in an example) does no harm.
    std::vector<const Node*> waiting{&file.root};
    while (!waiting.empty()) {
        const Node* node = waiting.back();
        waiting.pop_back();
        if (node->kind == Kind::Object) {
            if (const auto* anchor = textOf(*node, "$anchor"))
                file.anchors.emplace("#" + *anchor, node);
            if (const auto* id = textOf(*node, "$id")) {
                const bool bare = id->ends_with('#');
                file.anchors.emplace(bare ? id->substr(0, id->size() - 1) : *id, node);
            }
        }
        for (const Node& child : node->children) waiting.push_back(&child);
    }
    return files_.size() - 1;
}

const JsonSchemaFiles::File& JsonSchemaFiles::at(std::size_t file) const {
    return *std::next(files_.begin(), static_cast<std::ptrdiff_t>(file));
}

std::string JsonSchemaFiles::nameOf(std::size_t file) const {
    return at(file).path.filename().string();
}

std::size_t JsonSchemaFiles::fileOf(std::size_t from, const std::string& name) {
    const bool elsewhere = name.find("://") != std::string::npos;
    const fs::path path = fs::weakly_canonical(elsewhere ? directory_ / fs::path(name).filename()
                                                         : at(from).path.parent_path() / name);
    const auto inside = path.lexically_relative(directory_);
    if (inside.empty() || *inside.begin() == "..")
        throw Fault("\"" + name + "\" does not lie beside the schema");
    std::size_t index = 0;
    for (const File& file : files_) {
        if (file.path == path) return index;
        ++index;
    }
    return load(path);
}

JsonSchemaFiles::Spot JsonSchemaFiles::resolve(std::size_t from, std::string_view reference) {
    const auto hash = reference.find('#');
    const std::string name(reference.substr(0, hash));
    const std::string fragment(hash == std::string_view::npos ? std::string_view()
                                                              : reference.substr(hash));
    Spot spot{&at(from).root, from};
    if (!name.empty()) {
        spot.node = nullptr;
        std::size_t index = 0;
        for (const File& file : files_) {
            if (const auto known = file.anchors.find(name); known != file.anchors.end())
                spot = {known->second, index};
            ++index;
        }
        if (spot.node == nullptr) {
            spot.file = fileOf(from, name);
            spot.node = &at(spot.file).root;
        }
    }
    if (fragment.size() > 1) {
        if (fragment[1] == '/') {
            spot.node = atPointer(*spot.node, std::string_view(fragment).substr(1));
        } else {
            const auto& anchors = at(spot.file).anchors;
            const auto known = anchors.find(fragment);
            spot.node = known == anchors.end() ? nullptr : known->second;
        }
    }
    if (spot.node == nullptr)
        throw Fault(nameOf(from) + ": there is no \"" + std::string(reference) + "\"");
    return spot;
}

}  // namespace gateway::document
