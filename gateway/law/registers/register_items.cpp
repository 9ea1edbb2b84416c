#include "gateway/law/registers/register_items.h"

#include <algorithm>

#include "gateway/base/time_format.h"

namespace gateway::law::registers {
namespace {

std::string day(std::optional<base::Date> date) {
    return date ? base::formatDayMonthYear(*date) : std::string();
}

// Of a member of an act: what it says, a day as people read it.
std::string wordsOf(const document::Node& node) {
    if (node.isLeaf()) {
        const auto date = base::parseDate(node.value);
        return date ? day(date) : node.value;
    }
    std::string text;
    for (const auto& child : node.children) {
        const auto words = wordsOf(child);
        if (!words.empty()) text += (text.empty() ? "" : ", ") + words;
    }
    return text;
}

std::string joined(const std::vector<std::string>& texts) {
    std::string text;
    for (const auto& one : texts) text += (text.empty() ? "" : ", ") + one;
    return text;
}

// A correction of something else left this as it was: nothing is crossed out.
void keepWhatChanged(std::vector<Item>& items) {
    for (auto& standing : items)
        for (const auto& other : items)
            if (!standing.struckAt && other.struckAt && other.text == standing.text)
                standing.from = std::min(standing.from, other.from);
    std::erase_if(items, [all = items](const Item& item) {
        return item.struckAt && std::ranges::any_of(all, [&](const Item& other) {
                   return !other.struckAt && other.text == item.text;
               });
    });
}

}  // namespace

std::string Items::word(std::string_view code) const {
    const auto found = book_.words.find(code);
    return found == book_.words.end() ? std::string(code) : found->second;
}

std::string Items::stageOf(std::int64_t obligation) const {
    for (const auto& place : view_.end().places())
        if (place.obligation->no == obligation)
            for (const auto& line : view_.book().law().stages())
                if (line.name == place.stage) return line.vi;
    return {};
}

std::vector<Items::Fields> Items::thingsOf(const Entry& entry, const model::Ruling& ruling) const {
    std::vector<Fields> found;
    const auto issued = ruling.reference.issuedOn;
    if (entry.of == Thing::Ruling)
        found.push_back(
            {{"kind", word(model::nameOf(ruling.kind))},
             {"number", ruling.reference.number},
             {"issuedOn", day(issued)},
             {"court", ruling.courtName.empty() ? naming_(ruling.reference.court, issued)
                                                : ruling.courtName},
             {"instance", word(model::nameOf(ruling.instance))},
             {"docket", ruling.docket},
             {"subject", ruling.subject},
             {"effectiveOn", day(model::effectOf(ruling))}});
    if (entry.of == Thing::Party)
        for (const auto& party : ruling.parties)
            if (entry.code.empty() || entry.code == model::nameOf(party.role))
                found.push_back(
                    {{"role", word(model::nameOf(party.role))},
                     {"name", party.name},
                     {"address", party.address},
                     {"birthYear", party.birthYear ? std::to_string(*party.birthYear) : ""}});
    if (entry.of == Thing::Obligation)
        for (const auto& one : ruling.obligations)
            found.push_back({{"no", std::to_string(one.no)},
                             {"category", word(model::nameOf(one.category))},
                             {"text", one.text},
                             {"party", one.obligatedParty},
                             {"entitled", joined(one.entitledParties)},
                             {"superior", one.obligatedSuperior},
                             {"stage", stageOf(one.no)}});
    if (entry.of == Thing::File)
        for (const auto& file : ruling.attachments)
            found.push_back({{"name", file.fileName}, {"sha256", file.sha256}});
    return found;
}

// What a later version of the ruling says no longer is crossed out on the day of that version.
void Items::addVersions(const Entry& entry, std::vector<Item>& items) const {
    std::vector<Item> standing;
    for (const auto& version : view_.history().versions) {
        if (version.knownFrom > cutoff_) break;
        std::vector<std::string> texts;
        for (const auto& fields : thingsOf(entry, version.ruling))
            if (auto text = entry.says.write(fields);
                !text.empty() && std::ranges::count(texts, text) == 0)
                texts.push_back(std::move(text));
        for (auto& item : standing)
            if (!item.struckAt && std::ranges::count(texts, item.text) == 0)
                item.struckAt = version.knownFrom;
        for (auto& text : texts) {
            const bool there = std::ranges::any_of(
                standing, [&](const Item& item) { return !item.struckAt && item.text == text; });
            if (!there) standing.push_back({std::move(text), {}, version.knownFrom, {}});
        }
    }
    for (auto& item : standing) items.push_back(std::move(item));
}

void Items::addFacts(const Entry& entry, std::vector<Item>& items) const {
    for (const auto& [fact, known] : view_.history().facts) {
        if (fact.kind != entry.fact || known.from > cutoff_ || fact.on > view_.period().last())
            continue;
        if (!entry.code.empty() && entry.code != fact.code) continue;
        const auto text = entry.says.write(
            {{"on", day(fact.on)},
             {"until", day(fact.until)},
             {"received", day(fact.received)},
             {"code", word(fact.code)},
             {"number", fact.number},
             {"party", naming_(fact.party, fact.on)},
             {"about", std::string(model::messageIdOf(fact.about))},
             {"by", naming_(std::string(model::agencyOf(fact.source)), fact.on)},
             {"obligation", fact.obligation == 0 ? "" : std::to_string(fact.obligation)}});
        const bool struck = known.until && *known.until <= cutoff_;
        items.push_back({text, fact.source, known.from, struck ? known.until : std::nullopt});
    }
}

void Items::addActs(const Entry& entry, std::vector<Item>& items) const {
    for (const auto& act : view_.history().acts) {
        const auto recorded = base::vietnamDate(act.known.from);
        if (act.known.from > cutoff_ || std::ranges::count(entry.acts, act.type) == 0) continue;
        Fields fields{{"recordedOn", day(recorded)},
                      {"by", naming_(std::string(model::agencyOf(act.id)), recorded)}};
        for (const auto& member : act.content.children)
            fields.emplace(member.name, word(wordsOf(member)));
        const bool struck = act.known.until && *act.known.until <= cutoff_;
        items.push_back({entry.says.write(fields), act.id, act.known.from,
                         struck ? act.known.until : std::nullopt});
    }
}

void Items::addTerms(const Entry& entry, std::vector<Item>& items) const {
    for (const auto& place : view_.end().places())
        for (const auto* one : view_.end().deadlines(place))
            if (std::ranges::count(entry.terms, one->rule->id) > 0)
                items.push_back(
                    {entry.says.write({{"vi", one->rule->vi},
                                       {"start", day(one->start)},
                                       {"due", day(one->due)},
                                       {"answeredOn", day(one->answeredOn)},
                                       {"outcome", word(model::nameOf(one->outcome()))},
                                       {"obligation", std::to_string(one->obligation)}}),
                     {},
                     {},
                     {}});
}

std::vector<Item> Items::of(const Column& column, std::size_t lineNo) const {
    std::vector<Item> all;
    for (const auto& entry : column.entries) switch (entry.of) {
            case Thing::Line:
                all.push_back({entry.says.write({{"no", std::to_string(lineNo)}}), {}, {}, {}});
                break;
            case Thing::Ruling:
            case Thing::Party:
            case Thing::Obligation:
            case Thing::File: addVersions(entry, all); break;
            case Thing::Fact: addFacts(entry, all); break;
            case Thing::Act: addActs(entry, all); break;
            case Thing::Term: addTerms(entry, all); break;
        }
    // A message that says it of several obligations says it once.
    std::vector<Item> items;
    for (auto& item : all) {
        const bool there = std::ranges::any_of(items, [&](const Item& other) {
            return other.text == item.text && other.message == item.message &&
                   other.struckAt == item.struckAt;
        });
        if (!item.text.empty() && !there) items.push_back(std::move(item));
    }
    keepWhatChanged(items);
    return items;
}

}  // namespace gateway::law::registers
