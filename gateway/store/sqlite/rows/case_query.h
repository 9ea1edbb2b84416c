#pragma once
// A selection of cases as SQL text and the values it asks for.

#include <string>
#include <vector>

#include "gateway/store/records.h"

namespace gateway::store::sqlite {

/// "WHERE ..." over `case_file c`, with one placeholder for each value, in order. The text depends
/// on which members the filter has, never on what they say.
struct CaseConditions {
    std::string where;
    std::vector<std::string> values;
    std::string place;  ///< the number of the row, in words that do not let it lead what does
};

[[nodiscard]] CaseConditions conditionsOf(const CaseFilter& filter);

}  // namespace gateway::store::sqlite
