#pragma once
// For how long a recipient that cannot be reached is tried, by what it is to be told.

#include <chrono>
#include <map>
#include <string>
#include <string_view>

namespace gateway::exchange {

/// A plain value. After its term a delivery that has never left us is a dead letter: its author
/// is told, and the law's other ways (paper, post) are open. Terms are settings, not law: how
/// many days an author can afford to hope before it serves by another way.
class DeliveryTerms {
  public:
    static constexpr std::chrono::days kStandard{7};

    [[nodiscard]] std::chrono::milliseconds of(std::string_view typeName) const {
        const auto own = terms_.find(typeName);
        return own == terms_.end() ? kStandard : own->second;
    }
    void set(std::string_view typeName, std::chrono::days term) {
        terms_.insert_or_assign(std::string(typeName), term);
    }

  private:
    std::map<std::string, std::chrono::days, std::less<>> terms_;
};

}  // namespace gateway::exchange
