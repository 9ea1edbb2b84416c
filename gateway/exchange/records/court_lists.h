#pragma once
// What courts say that they have sent, for the figures of the transfer (form 03, part A).
// Law: TTLT 12/2021 Đ.8.1b.

#include <optional>
#include <string>
#include <vector>

#include "gateway/law/figures/history.h"
#include "gateway/model/cases/event.h"

namespace gateway::exchange {

/// A line of a court's list, and since when it was known.
struct CourtListed {
    std::string court, number, enforcement, province;
    base::Date issuedOn{}, sentOn{};
    std::string kind;  ///< class of the ruling, as the list has it
    std::optional<bool> monitored;
    base::Timestamp knownFrom{};
};

/// The lines of a list that was recorded; none of any other act.
[[nodiscard]] std::vector<CourtListed> listedBy(const model::Event& event,
                                                const std::string& province);

/// Adds them to the rulings that they name; a ruling that nobody has received becomes a history of
/// its own, of which nothing is known but the list. The last list of a court that was known at an
/// instant is not told from those before it: what was on one of them counts.
void addListed(std::vector<law::figures::RulingHistory>& histories,
               const std::vector<CourtListed>& lines);

}  // namespace gateway::exchange
