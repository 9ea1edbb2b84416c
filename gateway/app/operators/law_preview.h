#pragma once
// What would change if files came into force: in the law itself, and in the terms of kept cases.

#include <string>

#include "gateway/app/settings/arguments.h"
#include "gateway/exchange/matters/law_preview.h"
#include "gateway/store/ledger.h"

namespace gateway::app {

/// A page of cases. Keeps `most` rows and a count for each term, however many cases there are.
struct CasePage {
    std::string after;  ///< the case behind which it begins; empty: the first
    std::size_t most = 100;
};

/// Member "cases" as docs/cli.md has it for law --preview.
[[nodiscard]] document::Node caseMoves(store::Cases& cases, const exchange::LawPreview& preview,
                                       const CasePage& page);

/// law --preview DIR. Gives the exit code: kExitBadData, and what is wrong, if the files would not
/// be taken.
int previewLaw(const Arguments& arguments);

}  // namespace gateway::app
