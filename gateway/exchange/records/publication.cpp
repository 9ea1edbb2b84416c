#include "gateway/exchange/records/publication.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "gateway/base/time_format.h"
#include "gateway/document/digest.h"
#include "gateway/law/conditions/facts.h"
#include "gateway/law/conditions/redaction.h"

namespace gateway::exchange {
namespace {

using law::FactsInForce;
using model::CaseFile;
using model::Fact;
using model::FactKind;
using model::Stage;

constexpr std::size_t kIdDigits = 32;

std::string idOf(const CaseFile& file, const Fact& published) {
    return document::FieldDigest()
        .add("thahc-publication-1")
        .add(file.caseId)
        .add(published.source)
        .add(published.code)
        .finish()
        .hex()
        .substr(0, kIdDigits);
}

std::string wordOf(const Fact& fact, std::string_view name) {
    const auto found = std::ranges::find(fact.words, name, &model::Word::name);
    return found == fact.words.end() ? std::string() : found->text;
}

bool mayBeEnforced(Stage stage) {
    return stage == Stage::Compelled || stage == Stage::NonCompliant;
}

// Whichever way two days may be told: what has been taken down stays down.
bool isTakenDown(const FactsInForce& facts, const Fact& published) {
    const auto removed = facts.of(FactKind::Removed, published.code);
    const auto ended = facts.of(FactKind::OrderEnded);
    return std::ranges::any_of(removed,
                               [&](const Fact* fact) {
                                   return fact->on > published.on ||
                                          fact->recordedAt >= published.recordedAt;
                               }) ||
           std::ranges::any_of(
               ended, [&](const Fact* fact) { return fact->recordedAt >= published.recordedAt; });
}

// The last publication of each obligation at each portal, if it stands; by id.
std::map<std::string, const Fact*> standing(const CaseFile& file) {
    std::map<std::string, const Fact*> found;
    if (file.undoneOn) return found;
    for (const auto& state : file.obligations) {
        if (!mayBeEnforced(state.stage)) continue;
        const FactsInForce facts(file.facts, state.no);
        for (const auto& portal : portalsOf(file)) {
            const auto* published = facts.latest(FactKind::Published, portal);
            if (published && !isTakenDown(facts, *published))
                found.emplace(idOf(file, *published), published);
        }
    }
    return found;
}

std::vector<std::string> namesIn(const CaseFile& file) {
    std::vector<std::string> officers;
    for (const auto& fact : file.facts)
        if (fact.kind == FactKind::Officer) officers.push_back(fact.party);
    return law::privateNamesIn(file.ruling, officers);
}

/// Nothing if a field of Đ.30.2 is missing, or if a name cannot be taken out.
std::optional<PublishedItem> itemOf(const std::string& id, const Fact& published,
                                    const std::vector<std::string>& names) {
    PublishedItem item;
    item.id = id;
    item.portal = published.code;
    item.publisher = published.source.substr(0, published.source.find(' '));
    item.publishedOn = published.on;
    const auto issued = base::parseDate(wordOf(published, "orderIssuedOn"));
    if (!issued) return std::nullopt;
    item.orderIssuedOn = *issued;
    for (const auto& [name, slot] : {std::pair{"obligatedName", &item.obligatedName},
                                     {"obligatedAddress", &item.obligatedAddress},
                                     {"orderNumber", &item.orderNumber},
                                     {"orderCourt", &item.orderCourt},
                                     {"obligationText", &item.obligationText}}) {
        *slot = law::withoutNames(wordOf(published, name), names);
        if (slot->empty() || law::hasNameOf(*slot, names)) return std::nullopt;
    }
    return item;
}

}  // namespace

Publications publicationsOf(const CaseFile& file) {
    Publications made;
    const auto stands = standing(file);
    const auto names = stands.empty() ? std::vector<std::string>() : namesIn(file);
    for (const auto& [id, published] : stands) {
        if (auto item = itemOf(id, *published, names))
            made.inForce.push_back(*std::move(item));
        else
            made.withheld.push_back(id);
    }
    std::set<std::string> over;
    for (const auto& fact : file.facts)
        if (fact.kind == FactKind::Published)
            if (auto id = idOf(file, fact); !stands.contains(id)) over.insert(std::move(id));
    made.over.assign(over.begin(), over.end());
    return made;
}

std::vector<PublishedItem> publishedIn(const CaseFile& file, std::string_view portal) {
    auto items = publicationsOf(file).inForce;
    std::erase_if(items, [&](const PublishedItem& item) { return item.portal != portal; });
    return items;
}

std::vector<std::string> portalsOf(const CaseFile& file) {
    std::set<std::string> portals;
    for (const auto& fact : file.facts)
        if (fact.kind == FactKind::Published) portals.insert(fact.code);
    return {portals.begin(), portals.end()};
}

}  // namespace gateway::exchange
