#pragma once
// One message going through the rules of a plan, in one direction: what rules work with.

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "gateway/document/tree.h"
#include "gateway/mapping/engine/rule.h"
#include "gateway/mapping/paths/builder.h"
#include "gateway/mapping/paths/finder.h"
#include "gateway/mapping/paths/report_maker.h"
#include "gateway/mapping/values/exchange_values.h"
#include "gateway/mapping/values/problems.h"
#include "gateway/mapping/values/value_type.h"

namespace gateway::mapping {

/// Where values are put. Real once something but constants and defaults stands in it.
struct Target {
    document::Node* node = nullptr;
    bool real = false;
    Target* outer = nullptr;  ///< of the place above, for paths that go up
};

/// A value on its way.
struct Source {
    const document::Node* node = nullptr;  ///< nullptr if it stands in no document
    std::string text;
    base::Position position;
    bool null = false;
};

/// Whether JSON can have the text as a value of that kind.
[[nodiscard]] bool canStand(document::Kind kind, std::string_view text);

/// What the loader knows of the two sides of a plan.
struct Sides {
    document::Form theirs{};
    document::Form ours = document::Form::Json;
    bool oursIsModel = true;  ///< the case model, in which an empty text is an absent one
    const ReferenceForms* references = nullptr;
    const Documents* documents = nullptr;
};

/// Reads theirs into ours (In) or writes ours as theirs (Out). One message, one thread. Nothing is
/// thrown for what a partner sent; a problem going Out is Unwritable, since it is our own side
/// that cannot be said in their format.
class Run {
  public:
    /// Everything referred to must outlive the run.
    Run(Flow flow, const Sides& sides, const document::Node& source, Marks* marks,
        const ExchangeValues& exchange);

    /// The tree that the rules make. Of a side in XML: an object with the root element in it.
    [[nodiscard]] document::Node run(const Rules& rules);
    [[nodiscard]] Problems& problems() noexcept { return problems_; }
    /// More was to be done than may be for such a source: the one problem says so.
    [[nodiscard]] bool exhausted() const noexcept { return exhausted_; }
    [[nodiscard]] const InnerRoots& innerRoots() const noexcept { return innerRoots_; }

    // --- for rules
    /// Into a part that stands in itself. False, which has been told, if that goes on for too long:
    /// references may lead back to where they come from.
    [[nodiscard]] bool goDeeper(const Here& here);
    void comeBack() noexcept { --deep_; }
    [[nodiscard]] Flow flow() const noexcept { return flow_; }
    [[nodiscard]] const Sides& sides() const noexcept { return sides_; }
    [[nodiscard]] document::Form sourceForm() const noexcept { return sourceForm_; }
    [[nodiscard]] document::Form targetForm() const noexcept { return targetForm_; }
    [[nodiscard]] Finder& finder() noexcept { return finder_; }
    [[nodiscard]] const Builder& builder() const noexcept { return builder_; }
    [[nodiscard]] const RuleText* rule() const noexcept { return rule_; }

    /// The object above the root element of what is written.
    [[nodiscard]] bool isRoot(const document::Node& node) const noexcept {
        return targetForm_ == document::Form::Xml && &node == root_;
    }

    void runAll(const Rules& rules, const Here& here, Target& target);
    void runOne(const Rule& rule, const Here& here, Target& target);
    /// A list where the path names members of an object is told: nothing could ever be found.
    [[nodiscard]] Nodes find(const Here& here, const Path& path);
    void mark(const document::Node& node, Marks::Use use) { finder_.mark(node, use, rule_); }

    /// The one filled value among the places, or nothing; tells what is wrong.
    [[nodiscard]] std::optional<Source> valueAt(const Here& here, const std::vector<Path>& places,
                                                document::Kind kind, const Presence& presence,
                                                bool firstOfMany = false);
    /// A value of the exchange, or the item's number.
    [[nodiscard]] std::optional<Source> given(const Here& here, const Path& path) const;
    void putValue(Target& target, const Path& path, document::Kind kind, std::string text,
                  const Source& source, bool real);
    /// An empty or null place where ours has nothing, as the rule wishes it.
    void putAbsent(Target& target, const Path& path, const Presence& presence, const Here& here);
    /// Ours has nothing for a place looked up by a key: if another item has, that is told late.
    void leaveOut(const Path& path, const Here& here, Target& target);
    /// False, which has been told, if it stands where another form of references has its objects.
    [[nodiscard]] bool isOfKind(const document::Node& object, std::size_t form);

    /// The text on the other side, codes as of the day of the message; nothing if it is not of the
    /// type.
    [[nodiscard]] std::optional<std::string> converted(const ValueType& type,
                                                       std::string_view text);

    /// Till the next call this place, which is empty, has no value for any rule.
    void passOver(const document::Node* empty) noexcept { passedOver_ = empty; }
    /// How many values of the source have been put so far.
    [[nodiscard]] std::size_t valuesTaken() const noexcept { return taken_; }

    void missing(const Here& here, const Path& path);
    void wrongValue(const Source& source, base::Words expected);
    void refuseValue(const Source& source, const ValueType& type, std::string_view text);
    void repeated(const document::Node& node);
    /// Counts what is about to be written; false, told once, when it is more than may be.
    [[nodiscard]] bool mayWrite(std::size_t bytes, const Source& source);
    void put(base::Problem problem);
    /// The place of a node as its sender knows it.
    [[nodiscard]] std::string placeOf(const document::Node& node) const;

    /// A leaf made of a part of `origin`: it lives as long as the run and is told as its origin.
    [[nodiscard]] const document::Node& partOf(const Source& origin, std::string text);
    /// Reads a document that stands in the text of `host`, till closeInner(). It lives as long as
    /// the run.
    void openInner(document::Tree tree, const document::Node& host, const Here& here);
    void closeInner();
    /// What is written goes into a document of its own, the object `root`, till finishInner().
    void beginInner(document::Form form, const document::Node& root);
    void finishInner(document::Node& root);

    /// Writes an object once: the place gets a reference of that form, the object its name.
    void refer(document::Node& made, std::size_t form);
    /// No option of a `choose` held since the last reset: what is made may stand for nothing.
    bool choiceMissed = false;

  private:
    struct Elsewhere {
        std::vector<Step> steps;
        document::Node value;
        const document::Node* source = nullptr;
        const RuleText* rule = nullptr;
    };
    /// The document that is being written, while one inside it is.
    struct Outer {
        document::Form form;
        const document::Node* root;
        std::vector<Elsewhere> elsewhere;
    };

    [[nodiscard]] bool takeOne(const document::Node& node, document::Kind kind,
                               const Presence& presence, bool firstOfMany,
                               std::optional<Source>& value);
    [[nodiscard]] bool takeBlank(const Source& source, const Presence& presence,
                                 std::optional<Source>& value);
    [[nodiscard]] bool hasKind(const Source& source, document::Kind kind);
    void tellList(const document::Node& list);
    void contradicted(const Source& source);
    void tellCarried(const Source& source, const Path& path, const std::string& text);
    void putElsewhere(const Path& path, document::Node value, const Source& source, Target& target);
    [[nodiscard]] const Path* takeKeys(const Path& path, Elsewhere& late, Target& target) const;
    [[nodiscard]] std::string placeOfMissing(const Here& here, const Path& path);
    [[nodiscard]] const document::Node* nextOnTheWay(const document::Node& at, const Step& step);
    void putLate(document::Node& root);
    void tellReferences();
    [[nodiscard]] AsOf day();
    [[nodiscard]] AsOf findDay() const;
    template <class Make>
    void putAt(const Source& source, const Make& make);
    [[nodiscard]] bool enough() const;

    Flow flow_;
    const Sides& sides_;
    document::Form sourceForm_, targetForm_;
    const document::Node& source_;
    Finder finder_;
    Builder builder_;
    const ExchangeValues& exchange_;
    const Rules* rules_ = nullptr;  ///< all
    bool onlyDay_ = false;          ///< carries out what tells the day of the message, only
    std::optional<AsOf> day_;
    const std::size_t mostWritten_;
    std::size_t written_ = 0;
    std::size_t taken_ = 0;
    const document::Node* passedOver_ = nullptr;
    bool exhausted_ = false;
    const RuleText* rule_;                  ///< being carried out
    const document::Node* root_ = nullptr;  ///< of the target
    Problems problems_;
    std::vector<Elsewhere> elsewhere_;  ///< put when the tree is complete
    std::vector<Elsewhere> leftOut_;    ///< places for which an item had nothing
    std::vector<Outer> outers_;
    std::deque<document::Tree> innerTrees_;
    std::vector<document::Form> outerForms_;
    InnerRoots innerRoots_;
    std::size_t deep_ = 0;  ///< parts in themselves
    std::deque<document::Node> parts_;
    std::unordered_map<const document::Node*, const document::Node*> origins_;
    std::unordered_map<std::string, std::string> writtenOnce_;
    Nodes toldLists_;
};

/// Where a path that may go up begins to go down, and the steps that are left.
class Below {
  public:
    Below(Target& target, const std::vector<Step>& steps);
    [[nodiscard]] Target& target() const noexcept { return *target_; }
    [[nodiscard]] const std::vector<Step>& steps() const noexcept {
        return cut_.empty() ? *steps_ : cut_;
    }

  private:
    Target* target_;
    const std::vector<Step>* steps_;
    std::vector<Step> cut_;
};

}  // namespace gateway::mapping
