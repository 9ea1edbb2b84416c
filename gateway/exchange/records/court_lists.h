#pragma once
// What courts say that they have sent, for the figures of the transfer (form 03, part A).
// Law: TTLT 12/2021 Đ.8.1b.

#include <optional>
#include <string>
#include <vector>

#include "gateway/law/figures/history.h"
#include "gateway/model/cases/event.h"

namespace gateway::exchange {

/// A line of a court's list, and in between which instants it was known.
struct CourtListed {
    std::string list;  ///< of one court for one period; the last one counts
    std::string court, number, enforcement, province;
    base::Date issuedOn{}, sentOn{};
    std::string kind;  ///< class of the ruling, as the list has it
    std::optional<bool> monitored;
    base::Timestamp knownFrom{};
    std::optional<base::Timestamp> replacedAt{};
};

/// Adds the lines of a list that was recorded, none of any other act, and ends those of an earlier
/// list of the same court for the same period, which it replaces. In the order of the log.
void addList(const model::Event& event, const std::string& province,
             std::vector<CourtListed>& lines);

/// Adds them to the rulings that they name; a ruling that nobody has received becomes a history of
/// its own, of which nothing is known but the list.
void addListed(std::vector<law::figures::RulingHistory>& histories,
               const std::vector<CourtListed>& lines);

}  // namespace gateway::exchange
