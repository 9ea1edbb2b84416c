#pragma once
// The directory of agencies on any day: who is who, who followed whom, who is competent where.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/model/agencies/agency.h"
#include "gateway/model/agencies/territory.h"

namespace gateway::model {

/// Whose cases an agency has by law on a day.
struct SuccessionClosure {
    /// Itself first, then every predecessor that passed to it whole, transitively.
    std::vector<std::string> codes;
    /// Predecessors that were split: their cases pass one by one, by decision only.
    std::vector<std::string> split;

    [[nodiscard]] bool contains(std::string_view code) const noexcept;
};

/// An immutable snapshot. Thread-safe because it never changes; pointers live as long as it does.
///
/// Codes may be given in either form (canonicalAgencyCode). Names are compared exactly: NFC is
/// expected, foldings of spelling are not done here. Not promised: that a code is official (see
/// Agency::status), nor that an obligation passes to a successor (that takes a decision).
class AgencyDirectory {
  public:
    AgencyDirectory() = default;
    /// Throws base::Fault with a line for each of directoryFaults(), 20 at most.
    AgencyDirectory(std::vector<Agency> agencies, Territories territories);

    /// On whatever day it existed.
    [[nodiscard]] const Agency* find(std::string_view code) const noexcept;
    /// Only if it exists on that day.
    [[nodiscard]] const Agency* find(std::string_view code, base::Date day) const noexcept;
    /// All that ever bore exactly this name or alias, in order of code.
    [[nodiscard]] std::vector<const Agency*> named(std::string_view name) const;
    /// Those that bear it on that day.
    [[nodiscard]] std::vector<const Agency*> namedOn(std::string_view name, base::Date day) const;

    [[nodiscard]] SuccessionClosure closure(std::string_view code, base::Date day) const;
    /// Itself or whoever followed it whole by that day; nullptr if unknown, split or gone.
    [[nodiscard]] const Agency* holderOn(std::string_view code, base::Date day) const noexcept;

    /// The province in which it lies on that day, "" if none (central bodies, unknown codes).
    [[nodiscard]] std::string provinceOn(std::string_view code, base::Date day) const;
    /// The province in which that province lies on that day, "" if none (see Territories::at).
    [[nodiscard]] std::string provinceAt(std::string_view territory, base::Date day) const;
    /// Thi hành án dân sự of the province that contains `territory` on that day. That the
    /// provincial authority is "cùng cấp" with the first-instance court after 01/07/2025 is an
    /// inference from QĐ 1898/QĐ-BTP, kept in this one place.
    [[nodiscard]] const Agency* enforcementFor(std::string_view territory, base::Date day) const;
    /// Viện kiểm sát nhân dân of that province on that day.
    [[nodiscard]] const Agency* procuracyFor(std::string_view territory, base::Date day) const;
    /// Agencies whose superior it is, transitively, whether or not they still exist.
    [[nodiscard]] std::vector<const Agency*> subordinates(std::string_view code) const;

    [[nodiscard]] const Territories& territories() const noexcept { return territories_; }
    [[nodiscard]] const std::vector<Agency>& all() const noexcept { return agencies_; }

  private:
    [[nodiscard]] const Agency* competentOn(AgencyKind kind, std::string_view territory,
                                            base::Date day) const;
    void index();
    void check() const;

    std::vector<Agency> agencies_;
    Territories territories_;
    std::map<std::string, std::size_t, std::less<>> byCode_;
    std::multimap<std::string, std::size_t, std::less<>> byName_;
    std::multimap<std::string, std::size_t, std::less<>> bySuccessor_, bySuperior_;
};

}  // namespace gateway::model
