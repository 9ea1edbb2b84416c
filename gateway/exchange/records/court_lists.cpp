#include "gateway/exchange/records/court_lists.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "gateway/base/time_format.h"
#include "gateway/exchange/reference/number_key.h"

namespace gateway::exchange {
namespace {

using document::Node;
using law::figures::RulingHistory;
using Key = std::tuple<std::string, std::string, base::Date>;

std::string textOf(const Node& node, std::string_view name) {
    const auto* child = node.child(name);
    return child ? child->value : std::string();
}

std::optional<bool> flagIn(const Node& node, std::string_view name) {
    const auto* child = node.child(name);
    return child ? std::optional(child->value == "true") : std::nullopt;
}

Key keyOf(const model::RulingReference& reference) {
    return {reference.court, numberKey(reference.number, reference.issuedOn), reference.issuedOn};
}

// Kind and instance as the class says them, with what tells measures and voter lists apart.
model::Ruling rulingOf(const CourtListed& line) {
    using model::Instance;
    model::Ruling made;
    made.reference = {line.court, line.number, numberKey(line.number, line.issuedOn),
                      line.issuedOn};
    const bool judgment =
        line.kind == "first-instance" || line.kind == "appellate" || line.kind == "voter-list";
    made.kind = judgment ? model::RulingKind::Judgment : model::RulingKind::Decision;
    made.instance = line.kind == "appellate" ? Instance::Appeal
                    : line.kind == "special" ? Instance::Cassation
                                             : Instance::First;
    auto& part = made.obligations.emplace_back();
    part.no = 1;
    part.category = line.kind == "interim-measure" ? model::Category::G
                    : line.kind == "voter-list"    ? model::Category::E
                                                   : model::Category::B;
    return made;
}

}  // namespace

void addList(const model::Event& event, const std::string& province,
             std::vector<CourtListed>& lines) {
    const bool list = event.act && event.decided &&
                      std::ranges::any_of(event.decided->facts, [](const model::Fact& fact) {
                          return fact.kind == model::FactKind::Listed;
                      });
    if (!list) return;
    const auto& content = event.act->content;
    const auto name = event.caseId + " " + textOf(content, "court");
    for (auto& line : lines)
        if (line.list == name && !line.replacedAt) line.replacedAt = event.recordedAt;
    const auto* said = content.child("lines");
    if (!said) return;
    for (const auto& line : said->children) {
        const auto* ruling = line.child("ruling");
        const auto sent = base::parseDate(textOf(line, "sentOn"));
        const auto issued = ruling ? base::parseDate(textOf(*ruling, "issuedOn")) : std::nullopt;
        if (!sent || !issued) continue;
        lines.push_back({name,
                         textOf(*ruling, "court"),
                         textOf(*ruling, "number"),
                         textOf(content, "enforcement"),
                         province,
                         *issued,
                         *sent,
                         textOf(line, "class"),
                         flagIn(line, "monitored"),
                         event.recordedAt,
                         {}});
    }
}

void addListed(std::vector<RulingHistory>& histories, const std::vector<CourtListed>& lines) {
    std::map<Key, std::size_t> known;
    for (std::size_t i = 0; i < histories.size(); ++i)
        for (const auto& version : histories[i].versions)
            known.emplace(keyOf(version.ruling.reference), i);
    for (const auto& line : lines) {
        const Key key{line.court, numberKey(line.number, line.issuedOn), line.issuedOn};
        auto found = known.find(key);
        if (found == known.end()) {
            RulingHistory made;
            made.id = "listed " + line.court + " " + line.number;
            made.versions.push_back({rulingOf(line), line.knownFrom});
            made.thads = line.enforcement;
            made.court = line.court;
            made.province = line.province;
            found = known.emplace(key, histories.size()).first;
            histories.push_back(std::move(made));
        }
        histories[found->second].listed.push_back(
            {line.sentOn, line.knownFrom, line.kind, line.monitored, line.replacedAt});
    }
}

}  // namespace gateway::exchange
