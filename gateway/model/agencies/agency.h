#pragma once
// Agencies: courts, procuracies, people's committees, enforcement authorities, and the two forms
// of their codes. Sources: QĐ 20/2020/QĐ-TTg (canonical), QCVN 102:2016/BTTTT (older form).

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/model/names.h"
#include "gateway/model/period.h"

namespace gateway::model {

enum class AgencyKind { Court, Procuracy, PeoplesCommittee, Enforcement, Ministry, Department };
template <>
struct Names<AgencyKind> {
    static constexpr std::pair<AgencyKind, std::string_view> table[] = {
        {AgencyKind::Court, "court"},
        {AgencyKind::Procuracy, "procuracy"},
        {AgencyKind::PeoplesCommittee, "peoples-committee"},
        {AgencyKind::Enforcement, "enforcement"},
        {AgencyKind::Ministry, "ministry"},
        {AgencyKind::Department, "department"}};
};

/// `High` and `District` ended on 01/07/2025, `Region` (khu vực) began; all stay for old cases.
enum class AgencyLevel { Central, High, Province, Region, District, Commune };
template <>
struct Names<AgencyLevel> {
    static constexpr std::pair<AgencyLevel, std::string_view> table[] = {
        {AgencyLevel::Central, "central"},   {AgencyLevel::High, "high"},
        {AgencyLevel::Province, "province"}, {AgencyLevel::Region, "region"},
        {AgencyLevel::District, "district"}, {AgencyLevel::Commune, "commune"}};
};

/// How sure we are of the code: seen in an official source, recalled, or given by us until the
/// competent body publishes one.
enum class CodeStatus { Verified, Unverified, Provisional };
template <>
struct Names<CodeStatus> {
    static constexpr std::pair<CodeStatus, std::string_view> table[] = {
        {CodeStatus::Verified, "verified"},
        {CodeStatus::Unverified, "unverified"},
        {CodeStatus::Provisional, "provisional"}};
};

/// `Whole`: everything passes to one successor (merger, renaming, taking over). `Split`: parts go
/// to several, and nothing passes without a decision for the single case.
enum class SuccessionType { Whole, Split };
template <>
struct Names<SuccessionType> {
    static constexpr std::pair<SuccessionType, std::string_view> table[] = {
        {SuccessionType::Whole, "whole"}, {SuccessionType::Split, "split"}};
};

struct AgencyName {
    std::string text;  ///< UTF-8, NFC
    Period period;
    bool alias = false;  ///< found by look-ups, never written by us
};

struct Succession {
    std::string successor;  ///< canonical code
    base::Date on{};
    SuccessionType type{};
    std::string basis;
};

struct Agency {
    std::string code;                    ///< canonical, e.g. "H53.11"
    std::vector<std::string> originals;  ///< other spellings that were registered, as written
    CodeStatus status{};
    AgencyKind kind{};
    AgencyLevel level{};
    Period period;
    std::vector<AgencyName> names;
    std::string territory;  ///< id at its start; empty for the whole country
    std::string superior;   ///< canonical code; empty: none in the directory
    std::vector<Succession> successors;
    std::string note;
    std::string origin;  ///< file and line, for messages

    /// The official name on that day; the last one it had for a day after its end, the first one
    /// for a day before its start.
    [[nodiscard]] std::string_view nameOn(base::Date day) const noexcept;
};

/// The canonical form of a code in either form; nothing if it has neither.
///
/// Canonical (QĐ 20/2020): groups of 0-9 and A-Z between dots, level 1 first, at most 35
/// characters; level 1 is a letter and two digits. QCVN 102:2016 writes the four levels from right
/// to left and fills absent ones with zeros: "000.00.11.H53" is H53.11. An absent level above a
/// present one is refused, as the two forms would not agree. Case and blanks are not mended.
[[nodiscard]] std::optional<std::string> canonicalAgencyCode(std::string_view text);

/// Whether a text is spelt as agencies' codes are, in either form and for offices below them whose
/// codes no directory knows ("000.11.22.D01", "28.22.H17"): groups of 0-9 and A-Z between dots, one
/// of them of the first level, at most 35 characters. A blank, another case, a letter that only
/// looks like one of these, or an address is none.
[[nodiscard]] bool isAgencyCodeSpelling(std::string_view text) noexcept;

}  // namespace gateway::model
