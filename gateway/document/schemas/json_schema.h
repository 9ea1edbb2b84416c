#pragma once
// JSON Schema checks, for partners' messages and for what we write to them.

#include <filesystem>
#include <memory>
#include <vector>

#include "gateway/base/problem.h"
#include "gateway/document/tree.h"

namespace gateway::document {

/// One compiled JSON Schema (draft 7, 2019-09, 2020-12). Immutable; validate() is thread-safe.
class JsonSchema {
  public:
    /// Files beside the schema and below only. A schema that cannot be understood, or asks for what
    /// is not supported (unevaluated members beside combinations, dynamic references, patterns that
    /// look about), is our own fault: throws Fault, naming the file.
    [[nodiscard]] static std::shared_ptr<const JsonSchema> load(const std::filesystem::path& file);
    ~JsonSchema();
    JsonSchema(const JsonSchema&) = delete;
    JsonSchema& operator=(const JsonSchema&) = delete;

    /// At most 20 violations, each SCHEMA_INVALID with path (JSON Pointer), the line where the tree
    /// has one, and the words "reason"; empty = valid. What would take too long is a violation.
    /// `format` is held for date, time, date-time and uuid.
    [[nodiscard]] std::vector<base::Problem> validate(const Node& root) const;

  private:
    struct Native;
    explicit JsonSchema(std::unique_ptr<Native> native);
    std::unique_ptr<Native> native_;
};

}  // namespace gateway::document
