#pragma once
// Makes places and values in the tree that is being written, on either side.

#include <string>
#include <vector>

#include "gateway/document/tree.h"
#include "gateway/mapping/paths/paths.h"

namespace gateway::mapping {

/// How one side's trees are made: XML elements and attributes, or JSON. Stateless.
class Builder {
  public:
    explicit Builder(document::Form form) : xml_(form == document::Form::Xml) {}

    enum class Outcome { Written, Same, Other };
    /// Puts a value where the path leads from `scope`, making containers on the way. Other: another
    /// value stands there already.
    [[nodiscard]] Outcome put(document::Node& scope, const std::vector<Step>& steps,
                              document::Node value) const;
    /// The place that the steps lead to, if it is there.
    [[nodiscard]] document::Node* existing(document::Node& scope, const std::vector<Step>& steps,
                                           std::size_t count) const;
    /// The same, made if need be.
    [[nodiscard]] document::Node& container(document::Node& scope, const std::vector<Step>& steps,
                                            std::size_t count, base::Position position) const;
    /// A new place of that name that fulfils the step's conditions, not yet attached.
    [[nodiscard]] document::Node fresh(const Step& step, base::Position position) const;
    /// Attaches what fresh() made, as the step's last.
    void attach(document::Node& scope, const Step& step, document::Node made) const;

    /// Puts into a place what was made for it elsewhere; what stands there already stays once.
    void join(document::Node& place, document::Node made) const;

  private:
    [[nodiscard]] document::Node* child(document::Node& scope, const Step& step) const;
    [[nodiscard]] document::Node* chosen(std::vector<document::Node>& among,
                                         const Step& step) const;
    void fillUpTo(document::Node& scope, const Step& step) const;
    [[nodiscard]] bool fulfils(const document::Node& node, const Step& step) const;
    [[nodiscard]] Outcome putHere(document::Node& place, document::Node value) const;

    bool xml_;
};

}  // namespace gateway::mapping
