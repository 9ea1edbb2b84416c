#include "gateway/exchange/casework/ruling_comparison.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "gateway/document/json.h"
#include "gateway/document/text.h"
#include "gateway/mapping/binding.h"

namespace gateway::exchange {
namespace {

// One text in whatever Unicode form it was typed.
std::string textOf(const document::Node* node) {
    return node ? document::toNfc(document::writeJson(*node)) : "";
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 18> kNames = {{
    {"kind", "loại văn bản"},
    {"reference", "Tòa án, số, ngày bản án, quyết định"},
    {"instance", "cấp xét xử"},
    {"docket", "số thụ lý"},
    {"courtName", "tên Tòa án"},
    {"firstInstanceCourt", "Tòa án xét xử sơ thẩm"},
    {"subject", "đối tượng khởi kiện"},
    {"presidingJudge", "chủ tọa phiên tòa"},
    {"clerk", "thư ký phiên tòa"},
    {"prosecutor", "kiểm sát viên"},
    {"defendantSuperior", "cơ quan cấp trên trực tiếp của người bị kiện"},
    {"effectiveOn", "ngày có hiệu lực"},
    {"deliveredToObligatedOn", "ngày tống đạt cho người phải thi hành án"},
    {"immediateEffect", "thi hành ngay"},
    {"closedHearing", "xử kín"},
    {"parties", "đương sự"},
    {"obligations", "nghĩa vụ thi hành"},
    {"attachments", "tệp đính kèm"},
}};

std::string_view vietnameseOf(std::string_view member) {
    const auto* const found = std::find_if(kNames.begin(), kNames.end(),
                                           [&](const auto& row) { return row.first == member; });
    return found == kNames.end() ? member : found->second;
}

document::Node comparable(model::Ruling ruling) {
    ruling.reference.number = ruling.reference.numberNormalised;
    ruling.immediateEffect = ruling.immediateEffect.value_or(false);
    ruling.closedHearing = ruling.closedHearing.value_or(false);
    for (auto& attachment : ruling.attachments) attachment.content.clear();
    return mapping::toNode(ruling);
}

}  // namespace

base::Words differingFields(const model::Ruling& first, const model::Ruling& second) {
    const auto left = comparable(first);
    const auto right = comparable(second);
    std::set<std::string> names;
    for (const auto& member : left.children) names.insert(member.name);
    for (const auto& member : right.children) names.insert(member.name);
    base::Words differing;
    for (const auto& name : names)
        if (textOf(left.child(name)) != textOf(right.child(name))) {
            const auto* comma = differing.en.empty() ? "" : ", ";
            differing.vi.append(comma).append(vietnameseOf(name));
            differing.en.append(comma).append(name);
        }
    return differing;
}

}  // namespace gateway::exchange
