#pragma once
// The shape of the case model, taken from its describe() functions.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/document/tree.h"
#include "gateway/mapping/plan.h"

namespace gateway::mapping {

/// Every path of every message type, e.g. "judgmentTransfer/ruling/parties[]/name". Made once;
/// immutable and thread-safe.
class ModelShape final : public Shape {
  public:
    ModelShape();
    [[nodiscard]] std::optional<document::Kind> kindAt(std::string_view path) const override;
    [[nodiscard]] std::vector<std::string_view> wordsAt(std::string_view path) const override;

  private:
    std::map<std::string, document::Kind, std::less<>> kinds_;
    std::map<std::string, std::vector<std::string_view>, std::less<>> words_;
};

}  // namespace gateway::mapping
