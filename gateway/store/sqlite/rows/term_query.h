#pragma once
// How a list of terms is found: by which indexes, each from its own end. Internal to term_table.

#include <string>
#include <string_view>
#include <vector>

#include "gateway/store/term_rows.h"

namespace gateway::store::sqlite {

/// One statement's part after FROM: rows that lie beside each other in one index, in the order of
/// their places. `{?}` stands in `where` for each of `values`.
struct TermWalk {
    std::string from;   ///< "case_term INDEXED BY ..."
    std::string where;  ///< without the word
    std::vector<std::string> values;
};

/// The walks that together give each row of the list once. `provinces`: all that there are, asked
/// for only if the filter shows everything.
[[nodiscard]] std::vector<TermWalk> walksOf(const TermFilter& filter,
                                            const std::vector<std::string>& provinces);
[[nodiscard]] bool needsProvinces(const TermFilter& filter);

}  // namespace gateway::store::sqlite
