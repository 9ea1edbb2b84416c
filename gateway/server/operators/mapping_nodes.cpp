#include "gateway/server/operators/mapping_nodes.h"

#include <algorithm>

#include "gateway/base/time_format.h"
#include "gateway/server/wire/http.h"

namespace gateway::server {
namespace {

using document::Node;

std::string stateOf(const mapping::Mappings& mappings, const mapping::Plan& plan, base::Date day) {
    if (!mappings.serves(plan)) return "waits";
    if (!mapping::validOn(plan, day)) return "not-valid";
    return mappings.find(plan.id(), day) == &plan ? "serves" : "behind";
}

// Partners that have it by name, whatever serves the others.
Node namedBy(const exchange::Snapshot& snapshot, const std::string& name) {
    Node agencies = document::arrayNode("namedBy");
    for (const auto& partner : snapshot.registry->data().partners) {
        const bool named = std::ranges::find(partner.formatsIn, name) != partner.formatsIn.end() ||
                           std::ranges::any_of(partner.formatsOut,
                                               [&](const auto& out) { return out.second == name; });
        if (named) agencies.children.push_back(document::stringNode("", partner.agency));
    }
    return agencies;
}

}  // namespace

Node mappingsNode(const exchange::Snapshot& snapshot, base::Date day) {
    Node list = document::arrayNode("mappings");
    for (const auto* plan : snapshot.mappings->all()) {
        Node node = document::objectNode();
        addText(node, "mapping", plan->name());
        addText(node, "message", plan->messageType());
        addText(node, "direction",
                plan->inward() && plan->outward() ? "both" : (plan->inward() ? "in" : "out"));
        addText(node, "state", stateOf(*snapshot.mappings, *plan, day));
        if (const auto from = plan->validFrom())
            addText(node, "validFrom", base::formatDate(*from));
        if (const auto until = plan->validUntil())
            addText(node, "validUntil", base::formatDate(*until));
        addText(node, "sha256", plan->digest().hex());
        node.children.push_back(namedBy(snapshot, plan->name()));
        list.children.push_back(std::move(node));
    }
    Node root = document::objectNode();
    root.children.push_back(std::move(list));
    return root;
}

}  // namespace gateway::server
