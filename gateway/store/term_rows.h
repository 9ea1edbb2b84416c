#pragma once
// What is owed in cases, one row a term and an agency that owes it: what work lists and lists of
// breaches are read from. Derived from cases in the transaction that changes them.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gateway::store {

/// The last day of what is owed without a term.
inline constexpr const char* kNoDueDay = "9999-12-31";

/// Why an agency is in a case.
struct CaseAgency {
    std::string agency;
    std::string role;  ///< court, first-instance-court, enforcement, procuracy, obligated
    friend bool operator==(const CaseAgency&, const CaseAgency&) = default;
};

/// Where a row stands in its list: by last day, then as it came. A key, but for these two.
struct TermPlace {
    std::string due;          ///< yyyy-MM-dd
    std::int64_t number = 0;  ///< the store's, of rows that stand in a page
    std::string caseId;
    std::int64_t obligation = 0;
    std::string rule, anchor, owner;  ///< owner: an agency; empty: the directory knew none
    friend auto operator<=>(const TermPlace&, const TermPlace&) = default;
};

/// A term that is owed still (over or not), or was answered late.
struct TermRow {
    TermPlace at;
    std::string owes, officer;  ///< role in the case; name
    bool passed = false;        ///< over, by the clock's word
    bool answered = false;      ///< late
    bool breach = false;        ///< not to have done it in time is one
    std::string line;           ///< JSON: what it says beyond these members
    friend bool operator==(const TermRow&, const TermRow&) = default;
};

enum class TermsOf : std::uint8_t {
    Owed,     ///< not answered yet
    Breaches  ///< over and not answered, or answered late
};

/// Every present member must hold; vectors: any of, unless said otherwise.
struct TermFilter {
    TermsOf list{};
    /// What the asker may see: terms of cases that have one of these pairs (obligated: those that
    /// this very agency owes) or lie in one of the provinces, and what `own` owe. `everything`:
    /// all.
    std::vector<CaseAgency> visibleTo;
    std::vector<std::string> visibleProvinces;
    std::vector<std::string> own;
    bool everything = false;
    std::vector<std::string> owners;        ///< asked for
    std::vector<std::string> exceptOwners;  ///< none of these
    std::string caseId, court, province, owes, officer, rule, dueFrom, dueUntil;
    std::string askedBy;  ///< as CaseFilter's
};

/// Thread-safe. Interrupted by the time limit of questions with StoreTooCostly.
class TermLists {
  public:
    virtual ~TermLists() = default;
    /// In the order of their places, after `after` (none: from the first), at most `limit`. Costs
    /// what it gives, times the agencies that the asker sees by.
    [[nodiscard]] virtual std::vector<TermRow> termPage(const TermFilter& filter,
                                                        const std::optional<TermPlace>& after,
                                                        std::size_t limit) = 0;
    /// How many there are; costs what it counts.
    [[nodiscard]] virtual std::int64_t termCount(const TermFilter& filter) = 0;
    /// Those of one case, by key.
    [[nodiscard]] virtual std::vector<TermRow> termsOf(std::string_view caseId) = 0;
};

}  // namespace gateway::store
