#include "gateway/mapping/values/loss.h"

namespace gateway::mapping {

std::string_view nameOf(Loss loss) noexcept {
    switch (loss) {
        case Loss::ManyToOne: return "many-to-one";
        case Loss::Blanks: return "blanks";
        case Loss::Notation: return "notation";
        case Loss::Precision: return "precision";
        case Loss::Zone: return "zone";
        case Loss::Cut: return "cut";
        case Loss::First: return "first";
        case Loss::Absent: return "absent";
        case Loss::Order: return "order";
        case Loss::Once: return "once";
    }
    return {};
}

}  // namespace gateway::mapping
