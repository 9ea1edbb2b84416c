#pragma once
// Agencies and provinces of the directory as they are shown to a person or a script.

#include <string>

#include "gateway/document/tree.h"
#include "gateway/exchange/reference/agency_names.h"

namespace gateway::app {

/// What the directory answers to a text on a day (docs/cli.md).
struct DirectoryAnswer {
    enum class Fit { None, One, Several };
    Fit fit = Fit::None;
    document::Node node;
};

/// `text`: a code in either form, a name, a code of the statistical office, a province. `today`
/// says who has the agency's place now.
[[nodiscard]] DirectoryAnswer answerOf(const model::AgencyDirectory& directory,
                                       const exchange::AgencyNames& names, const std::string& text,
                                       base::Date day, base::Date today);

/// For people, a paragraph each.
[[nodiscard]] std::string textOf(const document::Node& answer);

}  // namespace gateway::app
