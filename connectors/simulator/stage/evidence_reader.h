#pragma once
// Receipts and refusals in one shape, whichever family they came in.

#include <string>

#include "gateway/document/tree.h"

namespace gateway::simulator {

struct Answer;

/// The members of a Receipt or Refusal as a JSON-shaped object in the names of protocol.md.
[[nodiscard]] document::Node evidenceIn(const document::Tree& tree);

/// Status and reasons in one line, for people.
[[nodiscard]] std::string describe(const Answer& answer);

}  // namespace gateway::simulator
