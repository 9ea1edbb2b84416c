#pragma once
// The shape of the case model, taken from its describe() functions.

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/document/tree.h"
#include "gateway/mapping/plan.h"

namespace gateway::mapping {

/// Every path of every message type, e.g. "judgmentTransfer/ruling/parties[]/name". Made once;
/// immutable and thread-safe.
class ModelShape final : public Shape {
  public:
    ModelShape();
    [[nodiscard]] std::optional<document::Kind> kindAt(std::string_view path) const override;

  private:
    std::map<std::string, document::Kind, std::less<>> kinds_;
};

}  // namespace gateway::mapping
