#pragma once
// All that was ever recorded of one ruling, so that a sheet can be counted with the knowledge of
// its day. Terms are not part of it: they follow from the facts (standing.h).

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/document/tree.h"
#include "gateway/law/conditions/facts.h"
#include "gateway/model/messages/ruling.h"

namespace gateway::law::figures {

/// Since when something was known and, if it was withdrawn or corrected, until when.
struct Knowledge {
    base::Timestamp from{};
    std::optional<base::Timestamp> until;
    [[nodiscard]] bool at(base::Timestamp instant) const noexcept {
        return from <= instant && (!until || instant < *until);
    }
};

struct RecordedFact {
    Fact fact;  ///< `struck` is not looked at
    Knowledge known;
};

/// An act that was taken; a corrected one stands here twice.
struct RecordedAct {
    std::string type, id;
    document::Node content;
    Knowledge known;
};

struct RulingVersion {
    model::Ruling ruling;
    base::Timestamp knownFrom{};
};

/// The court has named the ruling in a list of what it has sent.
struct CourtLine {
    base::Date sentOn{};
    base::Timestamp knownFrom{};
    std::string kind{};               ///< class of the ruling, as the court has it
    std::optional<bool> monitored{};  ///< whether it has content, as the court has it
    /// When a newer list of the same court and period took the place of that one.
    std::optional<base::Timestamp> replacedAt{};
    [[nodiscard]] bool knownAt(base::Timestamp cutoff) const noexcept {
        return knownFrom <= cutoff && (!replacedAt || cutoff < *replacedAt);
    }
};

/// A plain value. At least one version, the oldest first.
struct RulingHistory {
    std::string id;
    std::vector<RulingVersion> versions;
    std::vector<RecordedFact> facts;
    std::vector<RecordedAct> acts;
    std::vector<CourtLine> listed;
    std::optional<base::Timestamp> undoneAt{};  ///< its transfer was struck: no figure counts it
    /// Of what is no ruling but a matter (model/cases/matter.h): its subject. Its only version is a
    /// name; of all columns those of acts count it, and its lead stands for the authority below.
    std::string matter{};
    /// Enforcement authority on the last day of the period, and what it makes a pair with.
    std::string thads, court, province, procuracy;
};

/// The act counts no more from then on; with `changes` of a correction, as they have left it.
void endAct(RulingHistory& history, std::string_view id, const document::Node* changes,
            base::Timestamp at);

/// What was known of a ruling at an instant, and had happened by the end of a day. Borrows `acts`.
struct KnownRuling {
    model::Ruling ruling;
    std::vector<Fact> facts;
    std::vector<const RecordedAct*> acts;
    std::vector<base::Date> listed;
};

[[nodiscard]] KnownRuling asKnownAt(const RulingHistory& history, base::Timestamp cutoff,
                                    base::Date last);

}  // namespace gateway::law::figures
