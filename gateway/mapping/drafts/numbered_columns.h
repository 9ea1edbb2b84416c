#pragma once
// Columns of one list: NV1, NV2, … with NV1_Diem, NV2_Diem, … beside them.

#include <cstddef>
#include <string>
#include <vector>

#include "gateway/mapping/drafts/sample.h"

namespace gateway::mapping::drafts {

/// One list that stands in numbered names.
struct NumberedColumns {
    std::string stem;  ///< "NV" of "NV{n}"
    std::size_t upTo = 0;
    std::vector<std::string> beside;          ///< what stands behind the number: "_Diem"
    std::vector<const SamplePlace*> columns;  ///< all of them, in the order of the sample
};

/// Those among the places that stand below one parent: numbers from 1, at least two of them.
[[nodiscard]] std::vector<NumberedColumns> numberedColumns(const std::vector<SamplePlace>& places);

}  // namespace gateway::mapping::drafts
