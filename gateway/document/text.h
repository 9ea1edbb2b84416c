#pragma once
// Unicode text as people type it: one normal form, and one key for spellings that mean the same.
// Originals are always kept; keys are for look-ups only and are never stored or sent.

#include <string>
#include <string_view>

namespace gateway::document {

/// Whether the bytes are well-formed UTF-8 (Unicode 15, table 3-7). Thread-safe.
[[nodiscard]] bool isUtf8(std::string_view bytes);

/// Unicode NFC (UAX #15). `utf8` must be valid UTF-8, as every tree's text is. Thread-safe.
[[nodiscard]] std::string toNfc(std::string_view utf8);

/// Whether two texts are the same in NFC: however a keyboard has written the letters. Thread-safe.
[[nodiscard]] bool sameText(std::string_view one, std::string_view other);

/// Outer blanks dropped, runs of inner ones made one space: whatever Unicode calls white space, as
/// office software puts it between words. Thread-safe.
[[nodiscard]] std::string oneBlank(std::string_view utf8);

/// A key under which spellings of one Vietnamese name fall together: NFC or NFD, capitals or not,
/// the tone on either vowel (Hòa, Hoà), blanks, kinds of dashes with or without blanks around
/// them. Letters and tones themselves are never dropped: Hòa and Hoa stay apart, so do d and đ.
/// Thread-safe.
[[nodiscard]] std::string nameKey(std::string_view utf8);

/// Whether a reader would see anything: false for blanks of any kind, control and format
/// characters and what is not drawn at all. Thread-safe.
[[nodiscard]] bool hasVisible(std::string_view utf8);

/// What makes a text unfit to be passed on as somebody's words.
enum class TextFault {
    None,
    Control,    ///< a control character other than tab and line ends; what Unicode leaves unused
    Direction,  ///< reorders what is shown: what is read is not what stands there (CVE-2021-42574)
    Damaged,    ///< U+FFFD: a program could not read what stood there
    OldFont,    ///< Vietnamese in the bytes of an 8-bit font (TCVN3 "B\u00b6n \u00b8n", VNI)
};

/// The first such fault. Old fonts are known by letter sequences that no Vietnamese syllable has;
/// a single short word of one may pass. Thread-safe.
[[nodiscard]] TextFault textFault(std::string_view utf8);

}  // namespace gateway::document
