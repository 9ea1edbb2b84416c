#pragma once
// Rows of one list written as items of lists in lists: those with the same keys are one.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/mapping/engine/run.h"

namespace gateway::mapping {

/// What `keys` of an <each> says: per level, from the outermost, the paths of its keys.
struct NestedKeys {
    Flow writes{};
    std::vector<std::vector<std::vector<Step>>> levels;  ///< of all lists but the innermost

    /// "../../room | ../name": how often a key goes up says whose it is. Throws base::Fault.
    [[nodiscard]] static NestedKeys of(const PathParser& parser, std::string_view keys,
                                       const Path& lists, Flow writes);
};

/// Puts items into the lists of one place. Lives while one <each> is carried out.
class NestedItems {
  public:
    NestedItems(Run& run, const NestedKeys& keys, const Path& lists) :
        run_(run), keys_(keys), lists_(lists) {}
    /// Runs the rules for one item and puts what they made where it belongs.
    void add(const Here& item, const Rules& rules, Target& target);

  private:
    [[nodiscard]] std::string keyOf(document::Node& node, std::size_t level) const;
    void merge(document::Node& into, document::Node made, const Here& item);
    [[nodiscard]] bool lacks(const document::Node& into, const document::Node& made,
                             const Here& item);
    void contradicts(const document::Node& what, const Here& item);

    Run& run_;
    const NestedKeys& keys_;
    const Path& lists_;
    /// Of all keys from the outermost level on: the number of the item among its siblings.
    std::map<std::string, std::size_t> known_;
};

}  // namespace gateway::mapping
