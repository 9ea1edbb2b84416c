#pragma once
// The order that an XML Schema wants, given to a tree that was written in another.

#include <memory>

#include "gateway/document/schemas/outline.h"
#include "gateway/document/tree.h"

namespace gateway::document {

/// Puts the elements of a written tree where their schema has them. Made once for a schema;
/// immutable and thread-safe. Takes time in proportion to the tree.
///
/// Where the schema has no order of its own (a repeated choice, xs:all) what was written stays as
/// it stands; of a sequence that repeats the rounds are kept, or dealt where each part was written
/// in one go. The member of a substitution group keeps its name and stands where its head does.
/// What the schema does not know comes last: validation names it.
///
/// A child of kind Null becomes an element with xsi:nil="true" where the schema lets it be nil, and
/// nothing where it does not.
class ChildOrder {
  public:
    /// Of an outline of an XSD; another one is a programmer error (Fault).
    explicit ChildOrder(std::shared_ptr<const Outline> outline);
    ~ChildOrder();
    ChildOrder(const ChildOrder&) = delete;
    ChildOrder& operator=(const ChildOrder&) = delete;

    /// `root` is an Element tree; of a root that the schema does not have nothing is moved.
    void apply(Node& root) const;

  private:
    struct Orders;
    std::unique_ptr<const Orders> orders_;
};

}  // namespace gateway::document
