#pragma once
// The versions of one mapping side by side: which of them reads and writes on a day.

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/mapping/plan.h"

namespace gateway::mapping {

/// What operators have decided about the versions of one id, on top of what their files say.
struct VersionChoice {
    struct Activated {
        std::string version;
        std::string sha256;  ///< of the plan that was judged: no other file serves under its name
        friend bool operator==(const Activated&, const Activated&) = default;
    };
    std::vector<Activated> activated;  ///< the latest first
    std::set<std::string> withdrawn;   ///< serve nobody who does not name them
    friend bool operator==(const VersionChoice&, const VersionChoice&) = default;
};
using VersionChoices = std::map<std::string, VersionChoice, std::less<>>;

/// "court-xml/ruling@2" as id and version; without a version the second is empty.
[[nodiscard]] std::pair<std::string_view, std::string_view> idAndVersion(std::string_view name);

/// Whether messages of that day, in Viet Nam, may be read and written by it.
[[nodiscard]] bool validOn(const Plan& plan, base::Date day) noexcept;

/// Immutable once settled; thread-safe.
class Versions {
  public:
    /// `waits`: it serves whoever names it, others only when it has been activated.
    /// Throws base::Fault if that version is there.
    void add(std::shared_ptr<const Plan> plan, bool waits);
    /// Puts them in order: what was activated, the latest first, then the others that do not
    /// wait, the latest first day first. Throws base::Fault if two of those begin on one day and
    /// hold at one time, or an activated version is not there or not the file that was activated.
    void settle(const VersionChoice& choice);

    /// The one order of preference, for reading and for writing; of those that are valid on that
    /// day, if one is given. With a version: that one alone.
    [[nodiscard]] std::vector<const Plan*> inOrder(std::string_view version,
                                                   std::optional<base::Date> day) const;
    /// In order of version.
    [[nodiscard]] std::vector<const Plan*> all() const;
    /// Whether it serves those who name no version, on the days on which it is valid.
    [[nodiscard]] bool serves(const Plan& plan) const noexcept;

  private:
    struct Version {
        std::shared_ptr<const Plan> plan;
        bool waits;
    };
    std::map<std::string, Version, std::less<>> versions_;
    std::vector<const Plan*> serving_;
};

}  // namespace gateway::mapping
