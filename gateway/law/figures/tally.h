#pragma once
// Figures as numbers alone, so that they can be kept for each ruling and added up for many.

#include <cstdint>
#include <map>
#include <string>

#include "gateway/law/figures/table.h"

namespace gateway::law::figures {

/// How often something counts, by cell: "B7", "B7/kind/judgment-first". Cells with nothing in them
/// are left out.
using Tally = std::map<std::string, std::int64_t, std::less<>>;

[[nodiscard]] Tally tallyOf(const Table& table);
/// "B7=1 B7/kind/judgment-first=1": for one tally always the same text, and back.
[[nodiscard]] std::string textOf(const Tally& tally);
[[nodiscard]] Tally tallyFrom(const std::string& text);
/// Adds `times` times what another holds.
void add(Tally& to, const Tally& other, std::int64_t times);

}  // namespace gateway::law::figures
