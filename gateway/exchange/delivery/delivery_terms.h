#pragma once
// For how long a recipient that cannot be reached is tried, by what it is to be told.

#include <array>
#include <chrono>

#include "gateway/model/questions/any_message.h"

namespace gateway::exchange {

/// A plain value. After its term a delivery that has never left us is a dead letter: its author
/// is told, and the law's other ways (paper, post) are open. Terms are settings, not law: how
/// many days an author can afford to hope before it serves by another way.
class DeliveryTerms {
  public:
    static constexpr std::chrono::days kStandard{7};

    DeliveryTerms() { terms_.fill(kStandard); }
    [[nodiscard]] std::chrono::milliseconds of(model::MessageType type) const {
        return terms_.at(static_cast<std::size_t>(type));
    }
    void set(model::MessageType type, std::chrono::days term) {
        terms_.at(static_cast<std::size_t>(type)) = term;
    }

  private:
    std::array<std::chrono::days, std::variant_size_v<model::Payload>> terms_{};
};

}  // namespace gateway::exchange
