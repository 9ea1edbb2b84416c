#pragma once
// Carries out the rules of a plan over one message, in one direction.

#include <string>
#include <vector>

#include "gateway/document/tree.h"
#include "gateway/mapping/paths/builder.h"
#include "gateway/mapping/paths/finder.h"
#include "gateway/mapping/plan.h"
#include "gateway/mapping/rules/rules.h"

namespace gateway::mapping {

/// Reads theirs into ours (In) or writes ours as theirs (Out); the same rules, the other way.
/// One message, one thread. Nothing is thrown for what a partner sent; a problem going Out is a
/// base::Fault, since it is our own model that cannot be said in their format.
class Runner {
  public:
    /// Everything referred to must outlive the runner.
    Runner(Flow flow, document::Form theirs, const document::Node& source, Marks* marks,
           const ExchangeValues& exchange);

    /// The tree that the rules make. Going Out to XML: an object with the root element in it.
    [[nodiscard]] document::Node run(const Rules& rules);
    [[nodiscard]] Problems& problems() noexcept { return problems_; }
    /// More was to be written than may be for such a source: the one problem says so.
    [[nodiscard]] bool exhausted() const noexcept { return exhausted_; }

  private:
    /// Where values are put. Real once something but constants and defaults stands in it.
    struct Target {
        document::Node* node;
        bool real = false;
    };
    /// A value on its way.
    struct Source {
        const document::Node* node = nullptr;  ///< nullptr if the value is given by the exchange
        std::string text;
        base::Position position;
    };

    void runAll(const Rules& rules, const Here& here, Target& target);
    void runOne(const Rule& rule, const Here& here, Target& target);
    void apply(const GroupRule& group, const Here& here, Target& target);
    void apply(const FieldRule& field, const Here& here, Target& target);
    void apply(const EachRule& each, const Here& here, Target& target);
    void apply(const TokensRule& tokens, const Here& here, Target& target);
    void apply(const ConstantRule& constant, const Here& here, Target& target);
    void apply(const PatternRule& pattern, const Here& here, Target& target);
    void apply(const ChooseRule& choose, const Here& here, Target& target);
    void apply(const LeaveRule& leave, const Here& here, Target& target);

    void inGroup(const GroupRule& group, const Here& inner, Target& target);
    void applyDefaults(const Rules& rules, const Here& here, Target& target);
    void readTokens(const TokensRule& tokens, const Source& source, Target& target);
    void writeTokens(const TokensRule& tokens, const Here& here, Target& target);
    void readPattern(const PatternRule& pattern, const Source& source, Target& target);
    void writePattern(const PatternRule& pattern, const Here& here, Target& target);
    [[nodiscard]] std::string patternText(const PatternRule& pattern,
                                          const std::vector<std::string>& pieces);

    /// The one filled value among the places, or nothing; tells what is wrong.
    [[nodiscard]] std::optional<Source> valueAt(const Here& here, const std::vector<Path>& places,
                                                document::Kind kind, const Presence& presence);
    [[nodiscard]] std::optional<Source> given(const Here& here, const Path& path) const;
    [[nodiscard]] bool takeOne(const document::Node& node, document::Kind kind,
                               const Presence& presence, std::optional<Source>& value);
    void putValue(Target& target, const Path& path, document::Kind kind, std::string text,
                  const Source& source, bool real);
    void putElsewhere(const Path& path, document::Node value, Target& target);

    void missing(const Here& here, const Path& path);
    void wrongValue(const Source& source, base::Words expected);
    void refuseValue(const Source& source, const ValueType& type, std::string_view text);
    template <class Make>
    void putAt(const Source& source, const Make& make);
    [[nodiscard]] bool enough() const;
    /// Counts what is about to be written; false, told once, when it is more than may be.
    [[nodiscard]] bool mayWrite(std::size_t bytes, const Source& source);
    void repeated(const document::Node& node);
    void put(base::Problem problem);
    [[nodiscard]] const Path& from(const Path& theirs, const Path& ours) const {
        return flow_ == Flow::In ? theirs : ours;
    }
    [[nodiscard]] const Path& to(const Path& theirs, const Path& ours) const {
        return flow_ == Flow::In ? ours : theirs;
    }

    Flow flow_;
    document::Form sourceForm_, targetForm_;
    const document::Node& source_;
    Finder finder_;
    Builder builder_;
    const ExchangeValues& exchange_;
    const std::size_t mostWritten_;
    std::size_t written_ = 0;
    bool exhausted_ = false;                ///< more was to be written than may be: nothing more is
    const Rule* rule_ = nullptr;            ///< being carried out
    const document::Node* root_ = nullptr;  ///< of the target
    Problems problems_;
    /// Values for another branch of the target, put when the tree is complete.
    struct Elsewhere {
        std::vector<Step> steps;
        document::Node value;
    };
    std::vector<Elsewhere> elsewhere_;
};

}  // namespace gateway::mapping
