#pragma once
// One mapping file as it was read, with what its paths refer to.

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "gateway/document/tree.h"
#include "gateway/document/xml.h"
#include "gateway/mapping/engine/other_mapping.h"
#include "gateway/mapping/sources/source_files.h"

namespace gateway::mapping {

/// Compiled rules do not need it, but the compiler does: it lives until the plan is made. Not to be
/// moved: paths refer to its prefixes. Throws base::Fault with file and line.
class MappingSource {
  public:
    MappingSource(std::filesystem::path file, SourceFiles& files, SchemaShelf& shelf);
    MappingSource(const MappingSource&) = delete;
    MappingSource& operator=(const MappingSource&) = delete;

    [[nodiscard]] const std::filesystem::path& file() const noexcept { return file_; }
    [[nodiscard]] std::string name() const { return file_.string(); }
    [[nodiscard]] const document::Node& mapping() const noexcept { return tree_.root; }
    /// A file that the mapping names.
    [[nodiscard]] std::filesystem::path beside(const std::string& named) const {
        return file_.parent_path() / named;
    }
    [[nodiscard]] document::Form theirs() const;
    [[nodiscard]] PerFlow directions() const;
    [[nodiscard]] PathParser theirPaths() const { return {theirs(), prefixes_, documentForms_}; }
    [[nodiscard]] PathParser ourPaths(document::Form ours) const {
        return {ours, ourPrefixes_, documentForms_};
    }
    /// As they are written.
    [[nodiscard]] const document::Prefixes& prefixes() const noexcept { return written_; }
    [[nodiscard]] const document::Prefixes& ourPrefixes() const noexcept { return oursWritten_; }
    /// Documents beside it that have a file.
    /// Names of documents that are given with a message.
    [[nodiscard]] std::vector<std::string> askedFor() const;
    [[nodiscard]] std::map<std::string, document::Tree, std::less<>>& documents() noexcept {
        return documents_;
    }
    /// Where parts and code lists stand: the files that it includes, then itself.
    [[nodiscard]] std::vector<std::pair<const document::Node*, std::string>> shared() const;
    [[noreturn]] void fail(const document::Node& element, const std::string& reason) const;

  private:
    void readDocuments(SourceFiles& files);
    void readIncludes(SourceFiles& files, SchemaShelf& shelf);

    std::filesystem::path file_;
    document::Tree tree_;
    PrefixTable prefixes_, ourPrefixes_;
    document::Prefixes written_, oursWritten_;
    DocumentForms documentForms_;
    std::map<std::string, document::Tree, std::less<>> documents_;
    std::vector<std::pair<SchemaShelf::IncludedPtr, std::string>> included_;
};

}  // namespace gateway::mapping
