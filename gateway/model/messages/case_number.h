#pragma once
// Numbers of judgments, decisions and dockets as courts write them, and as we compare them.
// Forms: 34/2017/HC-ST, 568/2023/HC-PT, 06/2018/QĐST-HC, 95/2018/QĐ-PT, 36/2016/TLST-HC.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gateway::model {

/// A number taken apart. `normalised` is for comparing only; `original` is never lost.
struct CaseNumber {
    std::string original;    ///< as written
    std::string normalised;  ///< e.g. "09/2025/HC-ST" for "9/ 2025 HCST"
    std::optional<std::int64_t> sequence;
    std::optional<std::int64_t> year;
    std::string documentType;  ///< "BA", "QĐ" (QĐXX too), "TB", "TL"; empty: unknown
    std::string field;         ///< "HC", "HS", "DS", "HNGĐ", "KDTM", "LĐ"; empty: not written
    std::string level;         ///< "ST", "PT", "GĐT", "TT"; empty: not written
    std::string subject;       ///< e.g. "BPKCTT" in 02/2025/QĐ-BPKCTT
    std::string remainder;     ///< what followed the number, e.g. "ngày 02/10/2024"
    /// Why a person should look: empty, "unknown-form", "no-year" or "more-text".
    std::string warning;

    [[nodiscard]] bool known() const noexcept { return !documentType.empty(); }
};

/// Takes apart what a court wrote. Never fails: an unknown form gives the cleaned text and a
/// warning. Every blank, every kind of dash, small letters, Ð for Đ, QD for QĐ, a missing hyphen
/// (HCST) or slash and missing leading zeros come to one spelling; two numbers that differ in
/// sequence, year or notation never do.
///
/// `text` is UTF-8 in NFC (documents are normalised before they are mapped); other bytes pass
/// through unchanged. Texts over 200 bytes are of no known form.
[[nodiscard]] CaseNumber normaliseCaseNumber(std::string_view text);

}  // namespace gateway::model
