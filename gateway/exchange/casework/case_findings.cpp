#include "gateway/exchange/casework/case_findings.h"

#include <algorithm>
#include <set>
#include <string>

#include "gateway/base/time_format.h"
#include "gateway/exchange/records/case_records.h"
#include "gateway/exchange/records/law_words.h"
#include "gateway/exchange/reference/number_key.h"
#include "gateway/law/conditions/scene.h"

namespace gateway::exchange {
namespace {

using document::Node;
using Findings = std::set<std::string, std::less<>>;

constexpr std::string_view kFound = "found ";

// Agencies of other kinds than the law limits may stand anywhere.
bool isBeyondLevel(const ReferenceData& reference, const model::Act& act,
                   const std::vector<model::AgencyKind>& kinds, const std::string& named) {
    const auto day = base::vietnamDate(act.recordedAt);
    const auto author = reference.names().resolve(authorOf(act), day);
    const auto asked = reference.names().resolve(named, day);
    if (!author || !asked) return false;
    if (!kinds.empty() && std::ranges::find(kinds, asked.value()->kind) == kinds.end())
        return false;
    const auto above = reference.rights().notSupervised(author.value()->code, act.recordedAt);
    return std::ranges::find(above, asked.value()->code) != above.end();
}

// Named by our id, or by its ruling as in `case`.
bool isOfCase(const AgencyNames& names, const model::CaseFile& file, const Node& named) {
    if (const auto* id = named.kind == document::Kind::String ? &named : named.child("caseId"))
        return id->value == file.caseId;
    const auto* ruling = named.child("ruling") ? named.child("ruling") : &named;
    const auto text = [ruling](const char* member) {
        const auto* found = ruling->child(member);
        return found ? found->value : std::string();
    };
    const auto& own = file.ruling.reference;
    const auto issued = base::parseDate(text("issuedOn"));
    const auto court = names.resolve(text("court"), own.issuedOn);
    return court && court.value()->code == own.court && issued == own.issuedOn &&
           numberKey(text("number"), issued) == numberKey(own.number, issued);
}

bool namesOtherCase(const AgencyNames& names, const model::CaseFile& file, const Node& field) {
    if (field.kind != document::Kind::Array) return !isOfCase(names, file, field);
    return !std::ranges::all_of(field.children,
                                [&](const Node& one) { return isOfCase(names, file, one); });
}

bool takesNumber(const model::CaseFile& file, const law::ActRule& rule, const law::Scene& scene,
                 const NumberTaken& isTaken) {
    constexpr std::string_view kField = "field:";
    return std::ranges::any_of(rule.facts, [&](const law::FactRule& fact) {
        if (!isTaken || fact.kind != law::FactKind::Registered || !fact.number.starts_with(kField))
            return false;
        const auto day = fact.on.in(scene);
        return day && isTaken(registeredAs(file.routing.enforcement,
                                           scene.wordsOf(fact.number.substr(kField.size())), *day));
    });
}

}  // namespace

std::optional<base::Problem> refusedByFinding(const ReferenceData& reference,
                                              const model::CaseFile& file, const model::Act& act,
                                              const law::ActDeclaration& declared,
                                              const law::ActRule& rule, const Node& content,
                                              const NumberTaken& isTaken) {
    const law::FactsInForce facts(file.facts, 0);
    law::Scene scene;
    scene.ruling = &file.ruling;
    scene.facts = &facts;
    scene.today = base::vietnamDate(act.recordedAt);
    scene.content = &content;
    for (const auto& refusal : rule.refusals) {
        const auto* field = refusal.at.empty() ? nullptr : scene.field(refusal.at);
        if (!field || !refusal.when.text().starts_with(kFound)) continue;
        Findings found;
        if (isBeyondLevel(reference, act, refusal.kinds, scene.wordsOf(refusal.at)))
            found.insert("beyond-level");
        if (!file.matter && namesOtherCase(reference.names(), file, *field))
            found.insert("other-case");
        if (takesNumber(file, rule, scene, isTaken)) found.insert("number-taken");
        scene.findings = &found;
        if (refusal.when.holds(scene))
            return actRefused(
                declared, {refusal.code, "/" + refusal.at, refusal.basis, refusal.vi, refusal.en},
                {"-", "-"});
    }
    return std::nullopt;
}

}  // namespace gateway::exchange
