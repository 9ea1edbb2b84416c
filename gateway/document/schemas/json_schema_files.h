#pragma once
// The files of a JSON Schema, and where its references lead: into them, never onto a network.

#include <filesystem>
#include <list>
#include <map>
#include <string>
#include <string_view>

#include "gateway/document/tree.h"

namespace gateway::document {

/// A schema's file with those beside it that it refers to, read when they are asked for. Nodes live
/// as long as it. One thread at a time.
class JsonSchemaFiles {
  public:
    /// A part of a schema, and the file in which it stands.
    struct Spot {
        const Node* node = nullptr;
        std::size_t file = 0;
    };

    /// Throws Fault if the file cannot be read or is no JSON.
    explicit JsonSchemaFiles(const std::filesystem::path& file);

    [[nodiscard]] Spot root() const { return {&files_.front().root, 0}; }
    /// What `reference` ($ref) means where it stands: "#/$defs/x", "#anchor", "other.json#/x", an
    /// $id. Throws Fault if that leads nowhere, or out of the directory.
    [[nodiscard]] Spot resolve(std::size_t from, std::string_view reference);
    [[nodiscard]] std::string nameOf(std::size_t file) const;

  private:
    struct File {
        std::filesystem::path path;
        Node root;
        std::map<std::string, const Node*, std::less<>> anchors;  ///< and inner $ids
    };
    std::size_t load(const std::filesystem::path& path);
    [[nodiscard]] std::size_t fileOf(std::size_t from, const std::string& name);
    [[nodiscard]] const File& at(std::size_t file) const;

    std::filesystem::path directory_;
    std::list<File> files_;
};

}  // namespace gateway::document
