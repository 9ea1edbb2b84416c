#pragma once
// Unicode text as people type it: one normal form, and one key for spellings that mean the same.
// Originals are always kept; keys are for look-ups only and are never stored or sent.

#include <string>
#include <string_view>

namespace gateway::document {

/// Unicode NFC (UAX #15). `utf8` must be valid UTF-8, as every tree's text is. Thread-safe.
[[nodiscard]] std::string toNfc(std::string_view utf8);

/// Whether two texts are the same in NFC: however a keyboard has written the letters. Thread-safe.
[[nodiscard]] bool sameText(std::string_view one, std::string_view other);

/// A key under which spellings of one Vietnamese name fall together: NFC or NFD, capitals or not,
/// the tone on either vowel (Hòa, Hoà), blanks, kinds of dashes with or without blanks around
/// them. Letters and tones themselves are never dropped: Hòa and Hoa stay apart, so do d and đ.
/// Thread-safe.
[[nodiscard]] std::string nameKey(std::string_view utf8);

/// Whether a reader would see anything: false for blanks of any kind, control and format
/// characters and what is not drawn at all. Thread-safe.
[[nodiscard]] bool hasVisible(std::string_view utf8);

}  // namespace gateway::document
