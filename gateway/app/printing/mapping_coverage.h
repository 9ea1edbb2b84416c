#pragma once
// What a mapping leaves alone, for its author.

#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/document/schemas/outline.h"
#include "gateway/document/tree.h"
#include "gateway/mapping/plan.h"

namespace gateway::app {

/// The schemas of the case model: read when one is first asked for, then kept, since that of the
/// acts takes a quarter of a second. Thread-safe.
class ModelOutlines {
  public:
    /// `mappings` is the directory that holds case-model/.
    explicit ModelOutlines(std::filesystem::path mappings) : mappings_(std::move(mappings)) {}

    /// The one that knows such a message, by its member in canonical JSON; null: neither does.
    /// Throws base::Fault for a schema that does not compile.
    [[nodiscard]] std::shared_ptr<const document::Outline> holding(std::string_view member) const;

  private:
    std::filesystem::path mappings_;
    mutable std::mutex mutex_;
    mutable std::vector<std::shared_ptr<const document::Outline>> read_;
};

/// {"theirs"?: [path, ...], "ours"?: [path, ...]}: places of their schema that no rule names, and
/// fields of its message that ours requires and no rule fills. A side of which no schema is known
/// is left out. Throws base::Fault for a schema that does not compile.
[[nodiscard]] document::Node coverageNode(const std::filesystem::path& mapping,
                                          const mapping::Plan& plan, const ModelOutlines& model);

/// "losses": [{"rule", "loses", "file"?}]: what reading and writing again does not bring back, for
/// each rule that loses something; with its file, if `named` says how to call it.
[[nodiscard]] document::Node lossesNode(
    const mapping::Plan& plan, const std::function<std::string(const std::string&)>& named = {});

/// The coverage on standard output, for people.
void printCoverage(const document::Node& coverage);

}  // namespace gateway::app
