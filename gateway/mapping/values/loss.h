#pragma once
// What a rule does not bring back when a document is read and written again.

#include <cstdint>
#include <string_view>

namespace gateway::mapping {

/// Found out when a mapping is loaded, by type and kind of each rule.
enum class Loss : std::uint8_t {
    ManyToOne,  ///< several of their codes or words are one of ours: the first is written
    Blanks,     ///< blanks dropped or joined
    Notation,   ///< several forms of one value: the first is written
    Precision,  ///< digits or parts of a second that the written form has no place for
    Zone,       ///< the offset as it was written
    Cut,        ///< what is longer is cut when written
    First,      ///< of several values the first is taken
    Absent,     ///< empty, null or a word for it becomes absent
    Order,      ///< items come back sorted by what is one
    Once,       ///< written once and then referred to
};

/// "many codes to one": for reports and tables.
[[nodiscard]] std::string_view nameOf(Loss loss) noexcept;

}  // namespace gateway::mapping
