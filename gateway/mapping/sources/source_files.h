#pragma once
// The files behind one plan: read through here, so that all of them go into its digest.

#include <filesystem>
#include <set>

#include "gateway/document/digest.h"
#include "gateway/document/schema.h"
#include "gateway/document/tree.h"
#include "gateway/mapping/sources/schema_shelf.h"

namespace gateway::mapping {

/// Throws base::Fault for a file that cannot be read. One load, one thread.
class SourceFiles {
  public:
    explicit SourceFiles(const document::XmlSchema& languageSchema) :
        languageSchema_(languageSchema) {}

    [[nodiscard]] document::Tree read(const std::filesystem::path& file);
    /// A file that other mappings may include too: read and checked once.
    [[nodiscard]] SchemaShelf::IncludedPtr readIncluded(const std::filesystem::path& file,
                                                        SchemaShelf& shelf);
    /// A partner's schema with the schemas that it includes or imports.
    void addSchema(const std::filesystem::path& file);
    /// Any other file; of a schema with those that it includes or imports.
    void addAny(const std::filesystem::path& file);
    /// Another mapping with all of its files.
    void addPlan(const document::Digest& digest) { digest_.add(digest.hex()); }
    /// A document beside the mapping.
    [[nodiscard]] document::Tree readAny(const std::filesystem::path& file, document::Form form);
    /// Over names and bytes of all files, in the order in which they were read.
    [[nodiscard]] document::Digest digest() const { return digest_.finish(); }

  private:
    [[nodiscard]] std::string add(const std::filesystem::path& file);
    void addBytes(const std::filesystem::path& file, const std::string& bytes);
    [[nodiscard]] document::Tree checked(const std::filesystem::path& file) const;

    const document::XmlSchema& languageSchema_;
    document::FieldDigest digest_;
    std::set<std::filesystem::path> schemas_;
};

}  // namespace gateway::mapping
