#pragma once
// What rules did with nodes of the source.

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "gateway/document/tree.h"

namespace gateway::mapping {

/// A rule as reports and faults name it. Its address is stable while the plan lives.
struct RuleText {
    std::string text;      ///< as written, with its line
    std::string why{};     ///< the reason that the mapping states for what it leaves
    std::string file{};    ///< that it stands in
    std::string around{};  ///< the place of ours from which its paths are seen
};

/// What rules did with nodes of the source. Recording is cheap; look-ups come after seal().
class Marks {
  public:
    /// Stronger uses come later. Passed: gone through as a container, its own text not used.
    enum class Use : std::uint8_t { Passed, Ignored, Kept, Used };
    struct Mark {
        const document::Node* node;
        Use use;
        const RuleText* rule;
    };

    /// A value as it was put into ours.
    struct Carried {
        const document::Node* node;
        const RuleText* rule;
        std::string place, text;  ///< as Shape names places
    };

    /// From now on values are remembered as well, for whoever wants all explained.
    void keepValues() noexcept { keepsValues_ = true; }
    [[nodiscard]] bool keepsValues() const noexcept { return keepsValues_; }
    void carry(Carried carried) { carried_.push_back(std::move(carried)); }
    /// In the order in which they were put there.
    [[nodiscard]] std::vector<Carried> carriedOf(const document::Node& node) const;

    void add(const document::Node& node, Use use, const RuleText* rule) {
        marks_.push_back({&node, use, rule});
    }
    /// Sorts and keeps the strongest of each node.
    void seal();
    [[nodiscard]] const Mark* find(const document::Node& node) const noexcept;

  private:
    std::vector<Mark> marks_;
    std::vector<Carried> carried_;
    bool keepsValues_ = false;
};

}  // namespace gateway::mapping
