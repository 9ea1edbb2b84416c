#include "gateway/exchange/ruling_comparison.h"

#include <set>

#include "gateway/document/json.h"
#include "gateway/mapping/binding.h"

namespace gateway::exchange {
namespace {

std::string textOf(const document::Node* node) { return node ? document::writeJson(*node) : ""; }

document::Node comparable(model::Ruling ruling) {
    ruling.reference.number = ruling.reference.numberNormalised;
    for (auto& attachment : ruling.attachments) attachment.content.clear();
    return mapping::toNode(ruling);
}

}  // namespace

std::string differingFields(const model::Ruling& first, const model::Ruling& second) {
    const auto left = comparable(first);
    const auto right = comparable(second);
    std::set<std::string> names;
    for (const auto& member : left.children) names.insert(member.name);
    for (const auto& member : right.children) names.insert(member.name);
    std::string differing;
    for (const auto& name : names)
        if (textOf(left.child(name)) != textOf(right.child(name)))
            differing += (differing.empty() ? "" : ", ") + name;
    return differing;
}

}  // namespace gateway::exchange
