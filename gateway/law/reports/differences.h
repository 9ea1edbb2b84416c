#pragma once
// Where the court's list and the register differ, ruling by ruling, and why. Law: TTLT 12/2021
// Đ.8.3c.

#include <cstdint>
#include <string>
#include <vector>

#include "gateway/law/figures/table.h"

namespace gateway::law::figures {

enum class Because : std::uint8_t {
    MissingTransfer,  ///< the court has sent it, nobody has received it
    ReceivedLater,    ///< it came after the period, or before it
    SentBack,
    NotListed,    ///< received, and on no list
    ListedLater,  ///< the list says that it was sent in another period
    OtherClass,   ///< both have it, as another kind of ruling
    OtherContent  ///< both have it; one side says that there is something to monitor
};

/// One ruling on which the two sides differ. A plain value.
struct Difference {
    std::string ruling, label;  ///< RulingHistory::id; number and day
    std::string court;
    Because because{};
    std::string vi;  ///< in a sentence, with days
};

/// Of the rulings of one pair of offices in a period, with the knowledge of an instant. Pure.
[[nodiscard]] std::vector<Difference> differences(const FigureBook& book,
                                                  const std::vector<RulingHistory>& histories,
                                                  const Period& period, base::Timestamp cutoff);

}  // namespace gateway::law::figures

template <>
struct gateway::model::Names<gateway::law::figures::Because> {
    using enum gateway::law::figures::Because;
    static constexpr std::pair<gateway::law::figures::Because, std::string_view> table[] = {
        {MissingTransfer, "missing-transfer"},
        {ReceivedLater, "received-in-another-period"},
        {SentBack, "sent-back"},
        {NotListed, "not-listed"},
        {ListedLater, "listed-in-another-period"},
        {OtherClass, "other-class"},
        {OtherContent, "other-classification"}};
};
