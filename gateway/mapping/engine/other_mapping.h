#pragma once
// A mapping whose rules another one takes over.

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "gateway/document/tree.h"
#include "gateway/document/xml.h"
#include "gateway/mapping/engine/rule.h"

namespace gateway::mapping {

/// Another mapping, whose rules one takes over: what its paths, parts and code lists mean is its
/// own. Must outlive the compiler.
struct OtherMapping {
    const document::Node* mapping = nullptr;  ///< with <accept> and <body>
    std::string file;
    PathParser theirs, ours;
    document::Prefixes prefixes;
    PerFlow directions;
    /// Where parts and code lists stand: files that it includes, then itself.
    std::vector<std::pair<const document::Node*, std::string>> shared;
};
/// Loads the one that a mapping names; throws base::Fault.
using OtherMappings =
    std::function<const OtherMapping&(const std::string& named, const std::string& byFile)>;

/// What was taken over of it.
struct TakenOver {
    std::vector<Accept> accepts;
    Rules rules;
};

}  // namespace gateway::mapping
