#pragma once
// The kinds of rules: one file each, one line each in rule_kinds.cpp.

#include "gateway/mapping/engine/compiler.h"

namespace gateway::mapping {

[[nodiscard]] const RuleKinds& ruleKinds();

[[nodiscard]] std::unique_ptr<Rule> makeChoose(RuleCompiler&, const document::Node&, const Place&);
[[nodiscard]] std::unique_ptr<Rule> makeConstant(RuleCompiler&, const document::Node&,
                                                 const Place&);
[[nodiscard]] std::unique_ptr<Rule> makeEach(RuleCompiler&, const document::Node&, const Place&);
[[nodiscard]] std::unique_ptr<Rule> makeField(RuleCompiler&, const document::Node&, const Place&);
[[nodiscard]] std::unique_ptr<Rule> makeGroup(RuleCompiler&, const document::Node&, const Place&);
[[nodiscard]] std::unique_ptr<Rule> makeInside(RuleCompiler&, const document::Node&, const Place&);
[[nodiscard]] std::unique_ptr<Rule> makeLeave(RuleCompiler&, const document::Node&, const Place&);
[[nodiscard]] std::unique_ptr<Rule> makeMarkup(RuleCompiler&, const document::Node&, const Place&);
[[nodiscard]] std::unique_ptr<Rule> makeNumbered(RuleCompiler&, const document::Node&,
                                                 const Place&);
[[nodiscard]] std::unique_ptr<Rule> makePattern(RuleCompiler&, const document::Node&, const Place&);
[[nodiscard]] std::unique_ptr<Rule> makeRest(RuleCompiler&, const document::Node&, const Place&);
[[nodiscard]] std::unique_ptr<Rule> makeTokens(RuleCompiler&, const document::Node&, const Place&);
[[nodiscard]] std::unique_ptr<Rule> makeUsedMapping(RuleCompiler&, const document::Node&,
                                                    const Place&);

}  // namespace gateway::mapping
