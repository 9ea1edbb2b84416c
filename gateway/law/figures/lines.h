#pragma once
// What of one ruling counts in a column. Internal to the room figures.

#include "gateway/law/figures/table.h"

namespace gateway::law::figures {

/// A line, and the act of which it is, for splits by what the act says.
struct Found {
    Line line;
    const RecordedAct* act = nullptr;
};

[[nodiscard]] std::vector<Found> linesOf(const Column& column, const RulingView& view);

/// The value of the split: its name and what it is called.
[[nodiscard]] std::pair<std::string, std::string> valueIn(const Split& split, const Found& found,
                                                          const RulingView& view);

/// Of a field that is counted as a day; the day on which it was recorded if it has none.
[[nodiscard]] base::Date happenedOn(const RecordedAct& act, const std::string& field);

}  // namespace gateway::law::figures
