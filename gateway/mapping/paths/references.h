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
    std::string name;        ///< by which rules choose it, where a mapping has several
    Step from;               ///< attribute or member of the place: the name of the object
    Step to;                 ///< attribute or member of the object: its own name
    std::optional<Path> at;  ///< where objects stand that are written once; else where first met
    bool nil = false;        ///< a place that refers is written as nil: it has no content
    RuleText rule;
};
using ReferenceForms = std::vector<ReferenceForm>;

/// The objects of one document by their names, made at the first question. One message, one thread.
/// What stands where a form has its objects is an object of forms that refer like it alone: persons
/// and offices may be numbered each for themselves. What stands elsewhere is one of any form.
class ReferenceTable {
  public:
    ReferenceTable(const ReferenceForms& forms, const document::Node& root) :
        forms_(forms), root_(root), entries_(forms.size()) {}

    /// The member of the place by which it refers to something, and which form that is.
    struct Reference {
        const document::Node* node = nullptr;  ///< nullptr: it refers to nothing
        std::size_t form = 0;
    };
    [[nodiscard]] Reference referenceIn(const document::Node& place) const;
    /// The object that it names, nullptr if there is none.
    [[nodiscard]] const document::Node* objectOf(const Reference& reference, Marks* marks);
    /// Marks the names to which nothing refers: they say nothing else.
    void markUnused(Marks& marks);
    /// False if it stands where other forms have their objects.
    [[nodiscard]] bool isOfKind(const document::Node& object, std::size_t form);
    /// Names that several objects have.
    [[nodiscard]] const std::vector<const document::Node*>& doubled();

  private:
    struct Entry {
        const document::Node* object;
        const document::Node* name;
        bool referred = false;
    };
    using Entries = std::unordered_map<std::string_view, Entry>;
    void fill();
    void visit(const document::Node& node);
    void add(const document::Node& object, const document::Node& name);
    [[nodiscard]] bool standsAt(const Path& place) const;

    const ReferenceForms& forms_;
    const document::Node& root_;
    bool filled_ = false;
    std::vector<const document::Node*> way_;  ///< from the root to what is visited; no items
    std::vector<Entries> entries_;            ///< of each form
    std::vector<const document::Node*> doubled_;
    /// Of what stands where forms have their objects: whether each form does.
    std::unordered_map<const document::Node*, std::vector<bool>> kinds_;
};

}  // namespace gateway::mapping
