#pragma once
// A mapping file -> rules: every path, type, code list and condition is checked here, so that
// nothing can be wrong with a plan in service.

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "gateway/document/tree.h"
#include "gateway/mapping/plan.h"
#include "gateway/mapping/rules/rules.h"
#include "gateway/mapping/values/code_table.h"

namespace gateway::mapping {

/// Compiles the rules of one mapping. Lives while one file is loaded; one thread.
/// Every public function throws base::Fault naming file, line and rule.
class RuleCompiler {
  public:
    /// `ours` checks paths of our side; both must outlive the compiler.
    RuleCompiler(document::Form theirs, PerFlow directions, const PrefixTable& prefixes,
                 const Shape& ours, std::shared_ptr<const CodeLists> codeLists);

    /// Code lists and parts that stand in `parent` (a mapping or an included file).
    void addShared(const document::Node& parent, const std::string& file);
    [[nodiscard]] Accept accept(const document::Node& element, const std::string& file);
    [[nodiscard]] Rules body(const document::Node& element, const std::string& file);

  private:
    struct Part {
        const document::Node* element;
        std::string file;
    };
    /// Where the rules being compiled stand on our side.
    struct Place {
        std::string path;  ///< as Shape knows it; empty at the root
        bool inItem = false;
    };

    void addCodeList(const document::Node& element);
    [[nodiscard]] Rules rules(const document::Node& parent, const Place& place);
    void addRule(const document::Node& element, const Place& place, Rules& rules);
    void addUse(const document::Node& element, const Place& place, Rules& rules);

    [[nodiscard]] GroupRule group(const document::Node& element, const Place& place);
    [[nodiscard]] FieldRule field(const document::Node& element, const Place& place);
    [[nodiscard]] EachRule each(const document::Node& element, const Place& place);
    [[nodiscard]] TokensRule tokens(const document::Node& element, const Place& place);
    [[nodiscard]] ConstantRule constant(const document::Node& element, const Place& place);
    [[nodiscard]] PatternRule pattern(const document::Node& element, const Place& place);
    [[nodiscard]] ChooseRule choose(const document::Node& element, const Place& place);
    [[nodiscard]] LeaveRule leave(const document::Node& element);
    [[nodiscard]] PerFlow activity(const document::Node& element) const;

    /// The path on our side as Shape knows it; throws if there is no such field.
    [[nodiscard]] std::string shapePath(const Path& path, const Place& place) const;
    [[nodiscard]] document::Kind kindAt(const std::string& shapePath) const;
    void checkCondition(const Condition& condition, const Place& place) const;
    [[nodiscard]] Path valuePath(const std::string& text, const Place& place,
                                 const ValueType& type) const;
    [[nodiscard]] Path listPath(const std::string& text, const Place& place) const;
    [[nodiscard]] Path theirList(const std::string& text) const;
    void checkWritable(const Path& path) const;
    /// Words of ours that a rule gives to a field of a closed set.
    void checkWords(const std::string& shapePath, const std::vector<std::string>& words) const;

    document::Form theirs_;
    PerFlow directions_;
    PathParser theirPaths_, ourPaths_;
    const Shape& shape_;
    CodeTables codes_;
    std::map<std::string, Part, std::less<>> parts_;
    PerFlow active_;    ///< of the rules being compiled
    std::string file_;  ///< that they stand in
    std::size_t depth_ = 0;
};

}  // namespace gateway::mapping
