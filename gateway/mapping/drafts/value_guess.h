#pragma once
// What type of the mapping language a place's values look like.

#include <string>

#include "gateway/mapping/drafts/sample.h"

namespace gateway::mapping::drafts {

/// What the guess is good for: an id, a moment of making. Unknown: nothing was seen.
enum class Looks { Unknown, Text, CaseNumber, Number, Boolean, Day, Moment, Bytes };

/// Attributes of a rule, e.g. `as="date dd/MM/yyyy or d/M/yyyy"`. Empty: text as it stands.
struct Guess {
    std::string attributes;
    Looks looks = Looks::Text;
};

/// By all values seen, all of which the guess reads; by the schema where nothing was seen.
[[nodiscard]] Guess guessOf(const SamplePlace& place);

}  // namespace gateway::mapping::drafts
