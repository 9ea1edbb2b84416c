#pragma once
// What a condition looks at: one obligation of one case on one day.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "gateway/document/tree.h"
#include "gateway/law/conditions/calendar.h"
#include "gateway/law/conditions/facts.h"
#include "gateway/model/messages/ruling.h"

namespace gateway::law {

/// Of one term of one obligation: when it ends, whether the clock has said that it is over, and
/// whether it is owed still.
struct TermState {
    std::optional<base::Date> due;
    bool passed = false;
    bool open = false;
};

/// By the id of the term.
using TermStates = std::map<std::string, TermState, std::less<>>;

/// Borrows everything; valid while what it borrows is.
struct Scene {
    const model::Ruling* ruling = nullptr;
    const model::Obligation* obligation = nullptr;
    const std::set<std::string, std::less<>>* groups = nullptr;  ///< of the obligated party
    const FactsInForce* facts = nullptr;
    const TermStates* terms = nullptr;
    const Calendar* calendar = nullptr;
    base::Date today{};
    std::string_view stage;
    const Fact* self = nullptr;
    std::string_view sender;  ///< the agency that speaks
    /// When it came in, of an act that is recorded for its author; else it is today's.
    std::optional<base::Date> receivedOn;
    bool namesJudged = false;  ///< whom the act addresses has been held against the directory
    /// What has been found out about the act by reckoning (`found NAME`).
    const std::set<std::string, std::less<>>* findings = nullptr;
    /// The act that is judged, and the item of its list that is spoken of.
    const document::Node* content = nullptr;
    const document::Node* item = nullptr;

    /// A member of the item, else of the act.
    [[nodiscard]] const document::Node* field(std::string_view name) const;
    [[nodiscard]] std::optional<base::Date> dayOf(std::string_view field) const;
    /// Its text; of a reference or a party as an object, what it is called. Empty: absent.
    [[nodiscard]] std::string wordsOf(std::string_view field) const;
};

}  // namespace gateway::law
