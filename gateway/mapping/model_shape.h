#pragma once
// The shape of the case model: of what is typed from its describe() functions, of acts that are
// data from what their declarations say.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/document/tree.h"
#include "gateway/mapping/plan.h"
#include "gateway/model/messages/declared_shapes.h"

namespace gateway::mapping {

/// Every path of every message type, e.g. "judgmentTransfer/ruling/parties[]/name". Immutable and
/// thread-safe.
class ModelShape final : public Shape {
  public:
    /// Without acts: what is typed. A type with a class of its own keeps that shape.
    explicit ModelShape(model::DeclaredShapes acts = {});
    [[nodiscard]] std::optional<document::Kind> kindAt(std::string_view path) const override;
    [[nodiscard]] std::vector<std::string_view> wordsAt(std::string_view path) const override;
    [[nodiscard]] bool hasMessage(std::string_view type) const override;
    [[nodiscard]] std::vector<std::string> stayingOf(std::string_view type) const override;

  private:
    std::map<std::string, document::Kind, std::less<>> kinds_;
    std::map<std::string, std::vector<std::string_view>, std::less<>> words_;
    model::DeclaredShapes acts_;
};

}  // namespace gateway::mapping
