#pragma once
// A mapping file -> rules: every path, type, code list and condition is checked here, so that
// nothing can be wrong with a plan in service.

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/document/tree.h"
#include "gateway/document/xml.h"
#include "gateway/mapping/engine/absence.h"
#include "gateway/mapping/engine/other_mapping.h"
#include "gateway/mapping/engine/rule.h"
#include "gateway/mapping/paths/shape.h"
#include "gateway/mapping/values/code_table.h"
#include "gateway/mapping/values/value_type.h"

namespace gateway::mapping {

class RuleCompiler;
class PartRule;

/// Where the rules being compiled stand on both sides.
struct Place {
    std::string ours;    ///< as Shape knows it; empty at the root
    std::string theirs;  ///< the same notation
    /// Of each place above: whether its rule names it by one step, so that a path that goes up
    /// from here can be written.
    std::vector<bool> ourSteps, theirSteps;
};

/// Makes one rule of one kind. Throws base::Fault without the place.
using MakeRule = std::unique_ptr<Rule> (*)(RuleCompiler&, const document::Node&, const Place&);
/// By the name of the element.
using RuleKinds = std::map<std::string_view, MakeRule>;

/// The two sides as the loader has read them.
struct CompilerSides {
    PathParser theirs, ours;
    const Shape* shape = nullptr;  ///< of ours
    PerFlow directions;
    bool oursIsModel = true;
    const ReferenceForms* references = nullptr;
    document::Prefixes prefixes;  ///< of theirs, as they are written
    bool table = false;           ///< theirs is a row, whose cells are texts
};

/// Several places for one value of theirs.
struct Alternatives {
    std::vector<Path> places;  ///< in the order in which they are tried
    std::size_t written = 0;
    [[nodiscard]] const Path& writes() const { return places[written]; }
};

/// Compiles the rules of one mapping. Lives while one file is loaded; one thread.
///
/// What is wrong with one rule is noted, and the next is looked at: faults() has all of them.
class RuleCompiler {
  public:
    RuleCompiler(const RuleKinds& kinds, CompilerSides sides,
                 std::shared_ptr<const CodeLists> codeLists);

    /// Code lists and parts that stand in `parent` (a mapping or an included file).
    void addShared(const document::Node& parent, const std::string& file);
    void addTable(const std::string& name, std::shared_ptr<CodeTable> table);
    void setOthers(OtherMappings others) { others_ = std::move(others); }
    [[nodiscard]] Accept accept(const document::Node& element, const std::string& file);
    [[nodiscard]] Rules body(const document::Node& element, const std::string& file);
    /// Each with file, line and rule, in the order of the file.
    [[nodiscard]] const std::vector<std::string>& faults() const noexcept { return faults_; }
    void note(std::string fault);
    /// What rules say of what is left out.
    [[nodiscard]] const std::vector<Absence>& absences() const noexcept { return absences_; }
    /// Runs `work`; what is wrong in it is told with the place of the element.
    void at(const document::Node& element, const std::function<void()>& work) const;

    // --- for the kinds of rules
    [[nodiscard]] PerFlow active() const noexcept { return active_; }
    [[nodiscard]] const PathParser& theirs() const noexcept { return sides_.theirs; }
    [[nodiscard]] const PathParser& ours() const noexcept { return sides_.ours; }
    [[nodiscard]] bool oursIsModel() const noexcept { return sides_.oursIsModel; }
    [[nodiscard]] const document::Prefixes& prefixes() const noexcept { return sides_.prefixes; }
    /// The element in which the rule being made stands.
    [[nodiscard]] const document::Node& parent() const noexcept { return *parent_; }
    [[nodiscard]] Rules rules(const document::Node& parent, const Place& place);
    /// The same with theirs in another form, as inside a text.
    [[nodiscard]] Rules rulesInside(const document::Node& parent, const Place& place,
                                    document::Form form);
    /// The rules of another mapping, here; `named` from the file that is being compiled.
    [[nodiscard]] TakenOver rulesOf(const std::string& named, const Place& place);
    /// The same with {n} in every attribute read as that number.
    [[nodiscard]] Rules rulesNumbered(const document::Node& parent, const Place& place,
                                      std::size_t number);

    [[nodiscard]] static PerFlow required(const document::Node& element, std::string_view fallback);
    [[nodiscard]] Presence presence(const document::Node& element) const;
    [[nodiscard]] std::shared_ptr<const ValueType> type(const document::Node& element) const;
    /// How a value of theirs stands in JSON.
    [[nodiscard]] document::Kind jsonKind(const document::Node& element,
                                          document::Kind usual) const;

    /// The path on our side as Shape knows it; nothing where it names no one place. Throws if there
    /// is no such field. The rule being made names it from now on; the same goes for every place
    /// and condition below.
    std::optional<std::string> shapePath(const Path& path, const Place& place);
    [[nodiscard]] document::Kind kindAt(const std::string& shapePath) const;
    [[nodiscard]] bool isContainer(const std::string& shapePath) const;
    std::string theirPath(const Path& path, const Place& place);
    /// A place of a value on our side, fit for the directions in which the rule is active.
    [[nodiscard]] Path ourValue(const std::string& text, const Place& place, const ValueType& type);
    [[nodiscard]] Path theirValue(const std::string& text, const Place& place);
    /// The places that theirs= of a rule names, A | B: each may be read, one is written.
    [[nodiscard]] Alternatives theirValues(const document::Node& element, const Place& place);
    [[nodiscard]] Path ourList(const std::string& text, const Place& place);
    [[nodiscard]] Path theirList(const std::string& text, const Place& place);
    [[nodiscard]] Condition ourCondition(const std::string& text, const Place& place);
    /// The places of theirs that it looks at.
    [[nodiscard]] std::vector<std::string> testedBy(const Condition& condition, const Place& place);
    [[nodiscard]] Condition theirCondition(const std::string& text, const Place& place);
    /// Throws unless writing can make the place.
    void checkWritable(const Path& path, const std::vector<bool>& above) const;
    /// Words that a rule gives to a field of a closed set.
    void checkWords(const std::string& shapePath, const std::vector<std::string>& words) const;
    /// Which of the forms of references refer= chooses, if the rule has it.
    [[nodiscard]] std::optional<std::size_t> reference(const document::Node& element) const;
    /// The place that rules inside see, one or more steps further down.
    [[nodiscard]] static Place below(const Place& place, const Path* theirs, std::string theirPath,
                                     const Path* ours, std::string ourPath);

  private:
    struct Part {
        const document::Node* element;
        std::string file;
    };
    /// A part whose rules are being compiled, and where.
    struct PartInUse {
        const Part* part;
        std::optional<std::size_t> number;
        const PartRule* rule;  ///< once it has been met inside itself
        std::string ours, theirs;
    };

    void addCodeList(const document::Node& element);
    void addRule(const document::Node& element, const Place& place, Rules& rules);
    void checkShapes(const Rules& rules, const Place& place);
    void addUse(const document::Node& element, const Place& place, Rules& rules);
    [[nodiscard]] Rules rulesOfPart(const Part& part, const Place& place, const PartRule* rule);
    void checkGoesDown(const PartInUse& above, const Place& place) const;
    /// What compiling another mapping sets aside; put back at the end of its life.
    class SetAside;
    [[nodiscard]] PerFlow activity(const document::Node& element) const;
    [[nodiscard]] std::optional<std::string> resolved(const Path& path, const Place& place);
    void checkConditions(const Condition& condition, const Place& place, bool makes);
    std::string resolvedTheirs(const Path& path, const Place& place);
    void nameTested(const Condition& condition, const std::string& at);
    void nameTested(const Path& path, const std::string& at);

    const RuleKinds& kinds_;
    CompilerSides sides_;
    OtherMappings others_;
    CodeTables codes_;
    std::map<std::string, Part, std::less<>> parts_;
    std::vector<std::string> faults_;
    std::vector<Absence> absences_;
    PerFlow active_;    ///< of the rules being compiled
    std::string file_;  ///< that they stand in
    const document::Node* parent_ = nullptr;
    NamedPlaces theirNamed_, ourNamed_;  ///< by the rule being made
    std::optional<std::size_t> number_;
    std::size_t depth_ = 0;
    std::vector<PartInUse> partsInUse_;
};

}  // namespace gateway::mapping
