// Mappings one after another: what the rules of one make, the next one reads.

#include <algorithm>
#include <utility>

#include "gateway/base/fault.h"
#include "gateway/document/json.h"
#include "gateway/mapping/engine/message_day.h"
#include "gateway/mapping/paths/node_path.h"
#include "gateway/mapping/plan.h"
#include "gateway/mapping/plan_parts.h"

namespace gateway::mapping {

using document::Form;
using document::Node;

namespace {

// What was made keeps the positions of what it was made of.
const Node* nodeAt(const Node& node, const base::Position& position) {
    if (node.position == position) return &node;
    for (const Node& child : node.children)
        if (const Node* const found = nodeAt(child, position)) return found;
    return nullptr;
}

document::Content contentOf(Form form, const std::string& text) {
    document::Content content;
    if (form == Form::Json) {
        auto tree = document::readJson(text, document::kOwnBounds);
        GW_CHECK(tree.ok());
        content.tree = std::move(tree).value();
        return content;
    }
    auto xml = document::XmlDocument::parse(text, document::kOwnBounds);
    GW_CHECK(xml.ok());
    content.tree = xml->toTree();
    content.xml = std::move(xml).value();
    return content;
}

bool standsAt(const std::string& place, const std::string& path) {
    return place == path || (place.starts_with(path) && place.substr(path.size()).starts_with('/'));
}

}  // namespace

document::Content Plan::made(Node ours) const {
    const Form form = compiled_->sides.ours;
    if (form == Form::Json) return {{form, std::move(ours)}, std::nullopt};
    if (ours.kind != document::Kind::Element && ours.children.size() == 1) {
        Node element = std::move(ours.children.front());
        ours = std::move(element);
    }
    document::Content content = contentOf(form, document::writeXml(ours, compiled_->ourPrefixes));
    content.tree.root = std::move(ours);
    return content;
}

base::Result<MappedTree, Problems> Plan::readOn(MappedTree own, const Node& source,
                                                const ExchangeValues& exchange, Detail detail,
                                                const Documents& given) const {
    const Plan& next = *compiled_->next;
    const document::Content content = made(std::move(own.ours));
    if (!next.accepts(content)) {
        base::Problem problem(base::ErrorCode::MAPPING_VALUE, pathOf(source, source),
                              source.position);
        return Problems{std::move(problem).inWords(
            "expected", {"phải là nội dung mà ánh xạ " + next.name() + " nhận",
                         "it must be what the mapping " + next.name() + " accepts"})};
    }
    auto mapped = next.read(content, exchange, detail, given);
    if (!mapped) {
        Problems problems = std::move(mapped).error();
        for (base::Problem& problem : problems)
            if (const Node* const from = nodeAt(source, problem.position))
                problem.path = pathOf(source, *from);
        return problems;
    }
    // What the next one leaves stands in what was made, not in the source.
    for (NodeFate& fate : mapped->report.nodes) {
        if (fate.use == NodeUse::Used) continue;
        fate.path.insert(0, next.name() + " ");
        own.report.nodes.push_back(std::move(fate));
    }
    for (const NodeUse use : {NodeUse::Ignored, NodeUse::Kept, NodeUse::Unknown})
        own.report.counts[static_cast<std::size_t>(use)] += mapped->report.count(use);
    mapped->report = std::move(own.report);
    return mapped;
}

Node Plan::writtenByNext(const Node& ours, const ExchangeValues& exchange,
                         const Documents& given) const {
    const std::string text = compiled_->next->write(ours, exchange, given);
    return contentOf(compiled_->sides.ours, text).tree.root;
}

// A place that the rules here do not carry is told by the field that the next plan put there.
std::vector<std::string> Plan::leftOutOnTheWay(const Node& ours, const ExchangeValues& exchange,
                                               const Documents& given) const {
    const Plan& next = *compiled_->next;
    std::vector<std::string> fields = next.leftOut(ours, exchange, given);
    const Node onTheWay = writtenByNext(ours, exchange, given);
    const auto dated = datedBy(exchange, ours);
    for (const std::string& path : leftOutByOwn(onTheWay, dated ? *dated : exchange, given)) {
        const std::size_t known = fields.size();
        next.forEachRule([&](const Rule& rule) {
            const auto& theirs = rule.theirPlaces.own;
            if (!rule.active.out || std::none_of(theirs.begin(), theirs.end(), [&](const auto& at) {
                    return standsAt(at, path);
                }))
                return;
            for (const std::string& field : rule.ourPlaces.own)
                if (std::find(fields.begin(), fields.end(), field) == fields.end())
                    fields.push_back(field);
        });
        if (fields.size() == known) fields.push_back(next.id() + ": " + path);
    }
    return fields;
}

}  // namespace gateway::mapping
