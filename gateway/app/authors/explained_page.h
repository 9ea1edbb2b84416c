#pragma once
// One reading as a page: what was sent beside what was made of it, rule by rule.

#include <string>

#include "gateway/document/tree.h"

namespace gateway::app {

/// A message as a mapping read it.
struct Explained {
    std::string name;     ///< of the file or message
    std::string mapping;  ///< id@version
    std::string source;   ///< as the lines of the report count it
    document::Node told;  ///< as `check-mapping --json` tells a trial
    std::string result;   ///< the model, laid out; empty where it was refused
};

/// A page that is complete in itself, without a script: in Vietnamese and English, for screens.
[[nodiscard]] std::string explainedPage(const Explained& explained);

}  // namespace gateway::app
