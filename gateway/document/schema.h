#pragma once
// XML Schema checks, for partners' messages and for our own data files.

#include <filesystem>
#include <memory>
#include <vector>

#include "gateway/base/result.h"
#include "gateway/document/xml.h"

namespace gateway::document {

/// One compiled XSD. Compile at start-up or reload, on one thread (libxml2's schema compiler is
/// not thread-safe; load() takes a process-wide lock); validate() is thread-safe.
class XmlSchema {
  public:
    /// Local files only; a schema that does not compile is our own fault: throws Fault.
    [[nodiscard]] static std::shared_ptr<const XmlSchema> load(const std::filesystem::path& file);
    ~XmlSchema();
    XmlSchema(const XmlSchema&) = delete;
    XmlSchema& operator=(const XmlSchema&) = delete;

    /// All violations in document order, at most 20, each SCHEMA_INVALID with path, line and
    /// the words "reason"; empty = valid.
    [[nodiscard]] std::vector<base::Problem> validate(const XmlDocument& document) const;

  private:
    struct Native;
    explicit XmlSchema(std::unique_ptr<Native> native);
    std::unique_ptr<Native> native_;
};

/// Reads one of our own data files (agencies, registrations, rights, mappings): parses strictly,
/// validates against `schema`, gives the tree with positions. The Problem's path starts with the
/// file's name.
[[nodiscard]] base::Result<Tree> readDataFile(const std::filesystem::path& file,
                                              const XmlSchema& schema);

}  // namespace gateway::document
