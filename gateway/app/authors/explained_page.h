#pragma once
// One reading as a page: what was sent beside what was made of it, rule by rule.

#include <string>

#include "gateway/document/tree.h"

namespace gateway::app {

/// What becomes of a place of ours that no rule writes, in the report of a way outwards.
inline constexpr const char* kLeftOut = "left-out";

enum class ExplainedWay { In, Out };

/// A message as a mapping read it, or a document of ours as one writes it.
struct Explained {
    ExplainedWay direction = ExplainedWay::In;
    std::string name;     ///< of the file or message
    std::string mapping;  ///< id@version
    std::string source;   ///< as the lines of the report count it
    document::Node told;  ///< as `check-mapping --json` tells a trial
    std::string result;   ///< what came of it, laid out; empty where it was refused
};

/// A page that is complete in itself, without a script: in Vietnamese and English, for screens.
[[nodiscard]] std::string explainedPage(const Explained& explained);

}  // namespace gateway::app
