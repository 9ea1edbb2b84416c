#pragma once
// What a document of theirs looks like after it was read and written again, beside what it was.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/document/tree.h"
#include "gateway/mapping/paths/report.h"
#include "gateway/mapping/plan.h"

namespace gateway::app {

/// One kind of difference at one place, items of lists being one place.
struct DocumentDifference {
    /// What its rule says: "ignored", "kept", "only read", "only tested", "only written",
    /// "constant", "next mapping", or what gets lost by it, "zone, precision" (see Loss). Empty
    /// where no rule says that it may be so.
    std::string kind;
    std::string path;         ///< in theirs, e.g. /Order/Line/Price or /lines/price
    std::string before, now;  ///< the first such value; empty where there is none
    std::string rule;         ///< the one that read it, or wrote it
    std::size_t count = 0;
};

/// `before` is the report of reading the document, `after` that of reading what was written of it,
/// both with Detail::All and both about the same of ours. Values and places that went through are
/// held against each other, and in how many containers they stand; the order is not.
[[nodiscard]] std::vector<DocumentDifference> documentDifferences(const mapping::Plan& plan,
                                                                  const mapping::Report& before,
                                                                  const mapping::Report& after);

/// Adds them to what is told of a round trip: `documents`, what its rules say, and `unexplained`,
/// what none says.
void tellDifferences(const std::vector<DocumentDifference>& differences, document::Node& told);

}  // namespace gateway::app
