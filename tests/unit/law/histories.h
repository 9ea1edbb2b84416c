#pragma once
// Rulings told in a line of words, for tests of what is counted.

#include <sstream>
#include <string>

#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "gateway/law/figures/figures.h"

namespace gateway::law::figures {

inline base::Timestamp noonOf(base::Date day) {
    return std::chrono::sys_days(day) + std::chrono::hours(5);
}
inline base::Date dayFrom(const std::string& text) { return base::parseDate(text).value(); }

/// "received/electronic 2025-01-10": a fact with its code, of every obligation; "#2" after the code
/// of the second; "@2025-02-01" after the day: recorded on that day; "!2025-03-01": withdrawn then;
/// "listed": in the court's list. Separated by ";". Categories: one obligation each.
inline RulingHistory told(const std::string& facts, const std::string& categories = "b",
                          const std::string& id = "v1") {
    RulingHistory made;
    made.id = id;
    model::Ruling ruling;
    ruling.kind = model::RulingKind::Judgment;
    ruling.reference = {"TA.AG", "1/2024/HC-ST", "1/2024/HC-ST", dayFrom("2023-06-01")};
    std::istringstream kinds(categories);
    for (std::string word; kinds >> word;) {
        model::Obligation one;
        one.no = static_cast<std::int64_t>(ruling.obligations.size()) + 1;
        one.category = *model::valueOf<model::Category>(word);
        one.obligatedParty = "Ủy ban nhân dân xã Tân Lập";
        one.obligatedPartyKind = "commune-committee";
        ruling.obligations.push_back(one);
    }
    made.versions.push_back({ruling, {}});
    std::istringstream list(facts);
    for (std::string item; std::getline(list, item, ';');) {
        std::istringstream words(item);
        std::string kind, day, code, until;
        if (!(words >> kind >> day)) continue;
        const auto number = static_cast<int>(made.facts.size());
        const auto take = [](std::string& text, char mark) {
            const auto at = text.find(mark);
            std::string rest = at == std::string::npos ? std::string() : text.substr(at + 1);
            text.resize(std::min(at, text.size()));
            return rest;
        };
        until = take(day, '!');
        const auto recorded = take(day, '@');
        RecordedFact one;
        if (const auto no = take(kind, '#'); !no.empty()) one.fact.obligation = no[0] - '0';
        code = take(kind, '/');
        one.fact.on = dayFrom(day);
        one.fact.recordedAt =
            noonOf(dayFrom(recorded.empty() ? day : recorded)) + std::chrono::milliseconds(number);
        one.known.from = one.fact.recordedAt;
        if (!until.empty()) one.known.until = noonOf(dayFrom(until));
        if (kind == "listed") {
            made.listed.push_back({one.fact.on, one.fact.recordedAt});
            continue;
        }
        one.fact.kind = model::valueOf<FactKind>(kind).value();
        one.fact.code = code;
        one.fact.source = "m" + std::to_string(number);
        made.facts.push_back(one);
    }
    return made;
}

/// One more act, recorded at noon of a day.
inline void addAct(RulingHistory& history, const std::string& type, const std::string& id,
                   const std::string& recorded, const std::string& content) {
    RecordedAct act;
    act.type = type;
    act.id = id;
    act.content = document::readJson(content).value().root;
    act.known.from = noonOf(dayFrom(recorded));
    history.acts.push_back(act);
}

inline constexpr Period kYear{Months::Twelve, 2025};
inline constexpr auto kEver = base::Timestamp::max();
inline const LawBook& law() {
    static const auto loaded = LawBook::load(THAHC_SOURCE_DIR "/mappings");
    return loaded;
}
inline const FigureBook& book() {
    static const auto loaded = FigureBook::load(THAHC_SOURCE_DIR "/mappings", law());
    return loaded;
}
inline Table counted(const std::vector<RulingHistory>& histories, const Period& period = kYear,
                     base::Timestamp cutoff = kEver) {
    return Figures(book()).count(histories, period, cutoff);
}
inline std::int64_t valueOf(const Table& table, const std::string& id) {
    const auto* column = table.column(id);
    return column ? column->whole.value() : -1;
}
inline std::int64_t partOf(const Table& table, const std::string& id, const std::string& value) {
    for (const auto& part : table.column(id)->parts)
        if (part.value == value) return part.cell.value();
    return -1;
}
inline const std::string kNew = "known 2025-01-10; received/electronic 2025-01-10;";
inline const std::string kOld = "known 2024-05-10; received/electronic 2024-05-10;";
inline const std::string kNewWith = kNew + "classified/with-content 2025-01-13;";
inline const std::string kOldWith = kOld + "classified/with-content 2024-05-13;";

}  // namespace gateway::law::figures
