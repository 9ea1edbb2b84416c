#pragma once
// Provinces before and after 01/07/2025. The statistical office's codes were re-used with another
// meaning on that day (52 was Bình Định and is Gia Lai), so a code alone names nothing: our ids
// carry the set they belong to, "p63-52" and "p34-52".

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/model/period.h"

namespace gateway::model {

struct TerritoryName {
    std::string text;  ///< official, e.g. "Tỉnh Bình Định"
    Period period;
};

/// One province of one set. Provinces were merged whole: each has at most one successor.
struct Territory {
    std::string id;
    Period period;
    std::vector<TerritoryName> names;
    std::string successor;                   ///< id; empty: none
    std::optional<base::Date> successionOn;  ///< with `successor` only
    std::string origin;                      ///< file and line, for messages
};

/// All provinces, immutable. Thread-safe because it never changes.
class Territories {
  public:
    Territories() = default;
    /// Throws base::Fault naming `origin`: doubled ids, unknown or cyclic successors, periods of no
    /// day, names that overlap.
    explicit Territories(std::vector<Territory> territories);

    [[nodiscard]] const Territory* find(std::string_view id) const noexcept;
    /// Itself or what it became, following the successions up to `day`; nothing if the province
    /// is unknown, does not exist yet on that day or ended without a successor.
    [[nodiscard]] std::optional<std::string> at(std::string_view id, base::Date day) const;
    /// Itself and everything that had been merged into it by `day`, transitively.
    [[nodiscard]] std::vector<std::string> closure(std::string_view id, base::Date day) const;
    [[nodiscard]] const std::vector<Territory>& all() const noexcept { return territories_; }

  private:
    std::vector<Territory> territories_;
    std::map<std::string, std::size_t, std::less<>> index_;
};

}  // namespace gateway::model
