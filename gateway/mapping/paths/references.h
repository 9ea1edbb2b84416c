#pragma once
// References inside a document: a place that names an object standing elsewhere in it.

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "gateway/mapping/paths/marks.h"
#include "gateway/mapping/paths/paths.h"

namespace gateway::mapping {

/// How a format writes them, as the mapping states it.
struct ReferenceForm {
    Step from;               ///< attribute or member of the place: the name of the object
    Step to;                 ///< attribute or member of the object: its own name
    std::optional<Path> at;  ///< where objects stand that are written once; else where first met
    RuleText rule;
};

/// The objects of one document by their names, made at the first question. One message, one thread.
class ReferenceTable {
  public:
    ReferenceTable(const ReferenceForm& form, const document::Node& root) :
        form_(form), root_(root) {}

    /// The member of the place by which it refers to something; nullptr if it does not.
    [[nodiscard]] const document::Node* referenceIn(const document::Node& place) const;
    /// The object of that name, nullptr if there is none.
    [[nodiscard]] const document::Node* objectOf(std::string_view name, Marks* marks);
    /// Marks the names to which nothing refers: they say nothing else.
    void markUnused(Marks& marks);
    /// Names that several objects have.
    [[nodiscard]] const std::vector<const document::Node*>& doubled();

  private:
    struct Entry {
        const document::Node* object;
        const document::Node* name;
        bool referred = false;
    };
    void fill();
    void visit(const document::Node& node);

    const ReferenceForm& form_;
    const document::Node& root_;
    bool filled_ = false;
    std::unordered_map<std::string_view, Entry> entries_;
    std::vector<const document::Node*> doubled_;
};

}  // namespace gateway::mapping
