#pragma once
// Code lists that stand outside of a mapping.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/clock.h"
#include "gateway/base/problem.h"

namespace gateway::mapping {

/// The day, in Viet Nam, as of which codes are asked: that of the message. Without one, what they
/// mean in the end.
using AsOf = std::optional<base::Date>;

/// Code lists that stand in their own files (agencies among them): theirs -> ours and back.
class CodeLists {
  public:
    virtual ~CodeLists() = default;
    /// Nothing if unknown; `list` exists (checked when the plan was compiled through knows()).
    [[nodiscard]] virtual std::optional<std::string> toOurs(std::string_view list,
                                                            std::string_view theirs,
                                                            AsOf day) const = 0;
    [[nodiscard]] virtual std::optional<std::string> toTheirs(std::string_view list,
                                                              std::string_view ours,
                                                              AsOf day) const = 0;
    [[nodiscard]] virtual bool knows(std::string_view list) const = 0;
    /// Every value of ours that toOurs() may give on any day; empty for a list too long to tell.
    [[nodiscard]] virtual std::vector<std::string> oursOf(std::string_view /*list*/) const {
        return {};
    }
    /// What to tell the sender of a text for which toOurs() gives nothing, without its place.
    [[nodiscard]] virtual base::Problem refusalOf(std::string_view list, std::string_view theirs,
                                                  AsOf day) const;
};

}  // namespace gateway::mapping
