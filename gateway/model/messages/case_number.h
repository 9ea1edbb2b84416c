#pragma once
// Numbers of judgments, decisions and dockets as courts write them, and as we compare them.
// Forms: 34/2017/HC-ST, 568/2023/HC-PT, 06/2018/QĐST-HC, 95/2018/QĐ-PT, 36/2016/TLST-HC.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/clock.h"
#include "gateway/model/messages/ruling.h"
#include "gateway/model/names.h"

namespace gateway::model {

/// Why a person should look at a number. What follows from it is data
/// (mappings/case-model/plausibility.xml).
enum class NumberDoubt {
    UnknownForm,    ///< none of the forms of courts
    NoYear,         ///< 62/QĐST-HNGĐ
    ShortYear,      ///< 34/17/HC-ST
    MoreText,       ///< more stands behind it than its date
    OtherSigns,     ///< full-width digits, Cyrillic letters that look like Latin ones
    LaterYear,      ///< a year after that of the ruling
    EarlierYear,    ///< a year before it
    OtherInstance,  ///< HC-PT on a ruling of first instance
    OtherKind,      ///< QĐ on a judgment, HC-ST on a decision
    NoRuling,       ///< a docket (TLST) or a notice (TBPT)
    OtherField      ///< criminal, civil ...
};
template <>
struct Names<NumberDoubt> {
    static constexpr std::pair<NumberDoubt, std::string_view> table[] = {
        {NumberDoubt::UnknownForm, "unknown-form"}, {NumberDoubt::NoYear, "no-year"},
        {NumberDoubt::ShortYear, "short-year"},     {NumberDoubt::MoreText, "more-text"},
        {NumberDoubt::OtherSigns, "other-signs"},   {NumberDoubt::LaterYear, "later-year"},
        {NumberDoubt::EarlierYear, "earlier-year"}, {NumberDoubt::OtherInstance, "other-instance"},
        {NumberDoubt::OtherKind, "other-kind"},     {NumberDoubt::NoRuling, "no-ruling"},
        {NumberDoubt::OtherField, "other-field"}};
};

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
    bool otherSigns = false;   ///< see document::plainSigns
    bool shortYear = false;    ///< written with two digits

    [[nodiscard]] bool known() const noexcept { return !documentType.empty(); }
};

/// What a message says beside the number of a ruling.
struct NumberedRuling {
    std::optional<base::Date> issuedOn;
    std::optional<Instance> instance;
    std::optional<RulingKind> kind;
};

/// Takes apart what a court wrote. Never fails: an unknown form gives the cleaned text. Every
/// blank, every kind of dash, small letters, full width, letters of other scripts that look alike,
/// Ð for Đ, QD for QĐ, a missing hyphen (HCST) or slash and missing leading zeros come to one
/// spelling; two numbers that differ in sequence, year or notation never do.
///
/// A number without a year is that of the ruling's, if the day is given: numbers begin anew each
/// year; a year of two digits is of that day's century. `text` is valid UTF-8. Texts
/// over 200 bytes are of no known form.
[[nodiscard]] CaseNumber normaliseCaseNumber(std::string_view text,
                                             std::optional<base::Date> issuedOn = std::nullopt);

/// Everything at which somebody should look, in the order of NumberDoubt.
[[nodiscard]] std::vector<NumberDoubt> doubtsOf(std::string_view text, const NumberedRuling& of);

}  // namespace gateway::model
