#pragma once
// Texts that a keyboard, a scanner or a word processor has spelt in other signs than it shows.

#include <string>
#include <string_view>

namespace gateway::document {

/// The signs by which a register's number is compared.
struct PlainSigns {
    std::string text;
    /// A letter or a digit was taken for another one: full width, of another script.
    bool replaced = false;
};

/// Capitals in NFC; compatibility forms (full width, superscripts) and digits of every script as
/// plain ones, dashes as '-', slashes as '/', blanks as ' ', what is not drawn left out, and
/// letters that look like a Latin one (Cyrillic С, Greek Η, Ð for Đ) as that one, after the data of
/// Unicode TR39. Vietnamese letters and tones stay. For look-ups only, never stored in the place of
/// what was written. `utf8` must be valid UTF-8. Thread-safe.
[[nodiscard]] PlainSigns plainSigns(std::string_view utf8);

/// What remains of a text without marks, blanks and signs: small ASCII letters and digits,
/// "anhaiphong". For finding what somebody may have meant, never for deciding it. Thread-safe.
[[nodiscard]] std::string bareLetters(std::string_view utf8);

}  // namespace gateway::document
