#include "gateway/exchange/acts/related_cases.h"

#include <algorithm>

#include "gateway/base/ids.h"
#include "gateway/base/time_format.h"
#include "gateway/document/digest.h"
#include "gateway/exchange/acts/clock_word.h"
#include "gateway/exchange/casework/act_recipients.h"
#include "gateway/exchange/casework/case_law.h"
#include "gateway/exchange/records/case_records.h"
#include "gateway/exchange/records/own_message.h"
#include "gateway/exchange/reference/number_key.h"
#include "gateway/mapping/binding.h"

namespace gateway::exchange {
namespace {

using document::Node;

// How an item names a ruling; these members are not said again in the case of that ruling.
constexpr std::string_view kNames[] = {"court", "number", "issuedOn"};

std::string textIn(const Node& item, std::string_view member) {
    const auto* said = item.child(member);
    return said ? said->value : std::string();
}

model::DeclaredAct saidThere(const std::string& type, const Node& item,
                             const model::RulingReference& later) {
    model::DeclaredAct there;
    there.type = type;
    there.content = document::objectNode();
    for (const auto& member : item.children)
        if (std::ranges::find(kNames, member.name) == std::end(kNames))
            there.content.children.push_back(member);
    auto named = document::objectNode("later");
    document::addText(named, "court", later.court);
    document::addText(named, "number", later.number);
    document::addText(named, "issuedOn", base::formatDate(later.issuedOn));
    there.content.children.push_back(std::move(named));
    return there;
}

}  // namespace

bool RelatedCases::follow(const model::Act& act, const model::DeclaredAct& said,
                          const model::RulingReference& later, Decision& decision) const {
    const auto* declared = snapshot_.reference->law().act(said.type);
    bool allKnown = true;
    for (const auto& field : declared ? declared->content : std::vector<law::Field>()) {
        const auto* items = field.elsewhere.empty() ? nullptr : said.content.child(field.name);
        for (const auto& item : items ? items->children : std::vector<Node>()) {
            const auto issuedOn = textIn(item, "issuedOn");
            const auto known = cases_.findByAlias(
                {textIn(item, "court"),
                 numberKey(textIn(item, "number"), base::parseDate(issuedOn)), issuedOn});
            const bool other = known && known->subject.empty() && known->caseId != decision.caseId;
            allKnown = allKnown && other;
            if (other) tell(*known, act, saidThere(field.elsewhere, item, later), decision);
        }
    }
    return allKnown;
}

void RelatedCases::tell(const store::CaseRecord& known, const model::Act& act,
                        model::DeclaredAct there, Decision& decision) const {
    auto file = caseFileOf(known);
    file.version = known.version;
    // Of one ruling each thing is said once; of several things of one ruling, the first.
    const auto* later = there.content.child("later");
    OwnWord word;
    word.messageId = base::derivedId("rel", document::FieldDigest()
                                                .add(known.caseId)
                                                .add(there.type)
                                                .add(document::writeJson(*later))
                                                .finish()
                                                .view());
    const auto saidBefore = [&](const auto& one) { return one.id == word.messageId; };
    const auto sameCase = [&](const auto& one) { return one.message.caseId == known.caseId; };
    if (file.undoneOn || std::ranges::any_of(file.acts, saidBefore) ||
        std::ranges::any_of(decision.following, sameCase))
        return;
    word.messageType = kSaidElsewhere;
    word.channel = "gateway";
    word.sealType = "thahc-relation+json";
    word.payload = there.content;
    document::addText(word.payload, "id", word.messageId);
    document::addText(word.payload, "act", there.type);
    document::addText(word.payload, "case", known.caseId);
    auto source = document::objectNode("source");
    document::addText(source, "agency", act.actor);
    document::addText(source, "messageId", act.messageId);
    document::addText(source, "contentSha256", act.contentSha256);
    word.payload.children.push_back(std::move(source));

    std::vector<law::ToldRole> told;
    auto event = CaseLaw(*snapshot_.reference)
                     .follow(file, {identity_.address(), word.messageId, {}, act.recordedAt},
                             std::move(there), told);
    if (!event) return;
    auto after = file;
    fold(after, *event);
    static_cast<void>(ActRecipients(snapshot_, after, act.recordedAt).record(*event, told));
    word.event = *std::move(event);
    decision.following.push_back(wordIn(snapshot_, identity_, notifications_, std::move(file),
                                        std::move(word), act.recordedAt));
}

}  // namespace gateway::exchange
