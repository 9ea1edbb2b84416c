#include "gateway/mapping/rules/rule_kinds.h"

namespace gateway::mapping {

const RuleKinds& ruleKinds() {
    static const RuleKinds kinds = {
        {"choose", makeChoose}, {"constant", makeConstant}, {"each", makeEach},
        {"field", makeField},   {"group", makeGroup},       {"ignore", makeLeave},
        {"inside", makeInside}, {"keep", makeLeave},        {"numbered", makeNumbered},
        {"markup", makeMarkup}, {"pattern", makePattern},   {"rest", makeRest},
        {"tokens", makeTokens}, {"use", makeUsedMapping},
    };
    return kinds;
}

}  // namespace gateway::mapping
