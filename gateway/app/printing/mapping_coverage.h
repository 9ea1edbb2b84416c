#pragma once
// What a mapping leaves alone, for its author.

#include <filesystem>
#include <functional>
#include <string>

#include "gateway/document/tree.h"
#include "gateway/mapping/plan.h"

namespace gateway::app {

/// {"theirs"?: [path, ...], "ours"?: [path, ...]}: places of their schema that no rule names, and
/// fields of its message that ours requires and no rule fills. A side of which no schema is known
/// is left out. Throws base::Fault for a schema that does not compile.
[[nodiscard]] document::Node coverageNode(const std::filesystem::path& mapping,
                                          const mapping::Plan& plan,
                                          const std::filesystem::path& mappings);

/// "losses": [{"rule", "loses", "file"?}]: what reading and writing again does not bring back, for
/// each rule that loses something; with its file, if `named` says how to call it.
[[nodiscard]] document::Node lossesNode(
    const mapping::Plan& plan, const std::function<std::string(const std::string&)>& named = {});

/// The coverage on standard output, for people.
void printCoverage(const document::Node& coverage);

}  // namespace gateway::app
