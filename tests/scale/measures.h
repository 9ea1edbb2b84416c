#pragma once
// How long questions take on a store of the country.

#include <filesystem>

#include "tests/scale/country.h"

namespace gateway::scale {

/// Prints p50, p99 and the worst of each kind of question beside its bound.
void measure(const Country& country, const std::filesystem::path& store);

}  // namespace gateway::scale
