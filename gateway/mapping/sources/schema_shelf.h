#pragma once
// Partners' schemas, each compiled once for all the mappings that name it.

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "gateway/document/schema.h"
#include "gateway/document/schemas/child_order.h"

namespace gateway::mapping {

/// Lives while one set of mappings is loaded; one thread. What it gives is immutable, may be used
/// by many threads at once and lives as long as the plans that share it.
class SchemaShelf {
  public:
    /// Throws base::Fault for a schema that does not compile.
    [[nodiscard]] std::shared_ptr<const document::XmlSchema> at(const std::filesystem::path& file) {
        auto& schema = schemas_[file.lexically_normal()];
        if (schema == nullptr) schema = document::XmlSchema::load(file);
        return schema;
    }

    /// The order in which a document of that schema is written.
    [[nodiscard]] std::shared_ptr<const document::ChildOrder> orderAt(
        const std::filesystem::path& file) {
        auto& order = orders_[file.lexically_normal()];
        if (order == nullptr)
            order = std::make_shared<document::ChildOrder>(document::Outline::ofXsd(file));
        return order;
    }

    /// A file that several mappings include, with the bytes that it was read from.
    struct Included {
        std::string bytes;
        document::Tree tree;
    };
    using IncludedPtr = std::shared_ptr<const Included>;
    /// The one that was put there, or null.
    [[nodiscard]] IncludedPtr includedAt(const std::filesystem::path& file) const {
        const auto found = included_.find(file.lexically_normal());
        return found == included_.end() ? nullptr : found->second;
    }
    void put(const std::filesystem::path& file, IncludedPtr included) {
        included_[file.lexically_normal()] = std::move(included);
    }

  private:
    std::map<std::filesystem::path, IncludedPtr> included_;
    std::map<std::filesystem::path, std::shared_ptr<const document::ChildOrder>> orders_;
    std::map<std::filesystem::path, std::shared_ptr<const document::XmlSchema>> schemas_;
};

}  // namespace gateway::mapping
