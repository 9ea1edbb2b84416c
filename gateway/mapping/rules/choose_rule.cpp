// <choose>: the rules of the first option that holds; each direction tests its own side.

#include <algorithm>

#include "gateway/base/fault.h"
#include "gateway/mapping/engine/attributes.h"
#include "gateway/mapping/engine/run.h"
#include "gateway/mapping/rules/rule_kinds.h"

namespace gateway::mapping {
namespace {

using document::Node;

struct Option {
    Condition whenTheirs, whenOurs;
    std::string theirText, ourText;
    Rules rules;
    bool writesWhatItTests = false;  ///< its own rules write all that its condition asks for
};

class ChooseRule final : public Rule {
  public:
    std::vector<Option> options;
    PerFlow required;
    bool goesBothWays = false;

    void read(Run& run, const Here& here, Target& target) const override { go(run, here, target); }
    void write(Run& run, const Here& here, Target& target) const override { go(run, here, target); }
    void forEachInside(const std::function<void(const Rule&)>& visit) const override {
        for (const Option& option : options)
            for (const auto& rule : option.rules) visit(*rule);
    }

  private:
    // What later rules write can only add to what is there: such a condition stays true.
    static bool staysTrue(const Condition& condition) {
        return !condition.empty() && std::ranges::all_of(condition, [](const Clause& clause) {
            const bool positive = clause.test != Clause::Test::Missing &&
                                  clause.test != Clause::Test::Differs &&
                                  clause.test != Clause::Test::NoneOf;
            return positive && !clause.count && !clause.here && clause.path.isOwn() &&
                   clause.path.from == Path::From::Here &&
                   std::ranges::none_of(clause.path.steps, isParent) &&
                   std::ranges::all_of(clause.inner, staysTrue);
        });
    }
    static bool isParent(const Step& step) { return step.axis == Step::Axis::Parent; }

    // An earlier option by which it would be read takes it for something else.
    void checkReadAlike(Run& run, const Option& chosen, const Here& here,
                        const Target& target) const {
        const auto isRead = [&](const Option& option) {
            Finder finder(run.targetForm(), *target.node, nullptr);
            return finder.holds({target.node, false, 0}, option.whenTheirs, run.rule());
        };
        const auto refuse = [&](const std::string& text) {
            run.wrongValue({here.node, here.node->value, here.node->position, false},
                           {"sẽ được đọc lại thành trường hợp khác: " + text,
                            "it would be read back as another case: " + text});
        };
        for (const Option& option : options) {
            if (&option == &chosen) break;
            if (staysTrue(option.whenTheirs) && isRead(option)) return refuse(option.theirText);
        }
        if (chosen.writesWhatItTests && !isRead(chosen)) refuse("not (" + chosen.theirText + ")");
    }

    void go(Run& run, const Here& here, Target& target) const {
        for (const Option& option : options) {
            const Condition& when = run.flow() == Flow::In ? option.whenTheirs : option.whenOurs;
            if (!run.finder().holds(here, when, run.rule())) continue;
            run.runAll(option.rules, here, target);
            if (run.flow() == Flow::Out && goesBothWays) checkReadAlike(run, option, here, target);
            return;
        }
        run.choiceMissed = true;
        if (!required(run.flow())) return;
        run.wrongValue({here.node, {}, here.node->position, false},
                       {"không thuộc trường hợp nào mà định dạng quy định",
                        "it is none of the cases for which the format provides"});
    }
};

// An earlier option that always holds hides the later ones; two that hold for the same are one.
void checkApart(const std::vector<Option>& options, PerFlow active) {
    for (std::size_t i = 0; i + 1 < options.size(); ++i)
        if ((active.in && options[i].whenTheirs.empty()) ||
            (active.out && options[i].whenOurs.empty()))
            throw base::Fault("option " + std::to_string(i + 1) +
                              " always holds in one direction, so those after it never do");
    for (std::size_t i = 0; i < options.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            if ((active.in && options[i].theirText == options[j].theirText) ||
                (active.out && options[i].ourText == options[j].ourText))
                throw base::Fault("options " + std::to_string(j + 1) + " and " +
                                  std::to_string(i + 1) + " cannot be told apart in one direction");
}

// Whether the rules write each of the places, if there are any.
bool writesAll(const Rules& rules, const std::vector<std::string>& places) {
    return !places.empty() && std::ranges::all_of(places, [&rules](const std::string& place) {
        return std::ranges::any_of(rules, [&place](const auto& rule) {
            return rule->active.out && rule->theirPlaces.hasOwn(place);
        });
    });
}

}  // namespace

std::unique_ptr<Rule> makeChoose(RuleCompiler& compiler, const Node& element, const Place& place) {
    auto rule = std::make_unique<ChooseRule>();
    rule->required = RuleCompiler::required(element, "no");
    rule->goesBothWays = compiler.active().in && compiler.active().out;
    for (const Node& child : element.children) {
        if (child.name != "option") continue;
        compiler.at(child, [&] {
            Option option;
            if (const Node* const theirs = child.attribute("when-theirs")) {
                option.theirText = theirs->value;
                option.whenTheirs = compiler.theirCondition(theirs->value, place);
            }
            if (const Node* const ours = child.attribute("when-ours")) {
                option.ourText = ours->value;
                option.whenOurs = compiler.ourCondition(ours->value, place);
            }
            option.rules = compiler.rules(child, place);
            option.writesWhatItTests =
                writesAll(option.rules, compiler.testedBy(option.whenTheirs, place));
            rule->options.push_back(std::move(option));
        });
    }
    checkApart(rule->options, compiler.active());
    return rule;
}

}  // namespace gateway::mapping
