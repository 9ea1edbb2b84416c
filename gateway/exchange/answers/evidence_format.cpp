#include "gateway/exchange/answers/evidence_format.h"

#include <algorithm>
#include <utility>

#include "gateway/base/fault.h"
#include "gateway/base/log.h"
#include "gateway/exchange/desk/formats.h"
#include "gateway/trust/unsealed.h"

namespace gateway::exchange {
namespace {

using document::Form;
using document::Node;

constexpr std::string_view kReceipt = "Receipt", kRefusal = "Refusal";

bool wantsOwn(const trust::Partner* partner) {
    return partner && (partner->formatsOut.contains(std::string(kReceipt)) ||
                       partner->formatsOut.contains(std::string(kRefusal)));
}

// Before anything is read: hardly anybody has such a format.
bool anybodyWantsOwn(const Inbound& inbound) {
    const auto& carries = inbound.channel->carries;
    return std::ranges::any_of(carries, [&](const auto& carriage) {
        return wantsOwn(inbound.snapshot->registry->partner(carriage.agency));
    });
}

/// The canonical evidence, and of which kind it is.
struct Evidence {
    std::string type, signer;
    document::Content content;
};

std::optional<Evidence> evidenceIn(const Answer& answer) {
    if (answer.bytes.empty()) return std::nullopt;
    auto unsealed = trust::unsealed({answer.bytes, answer.mediaType, {}}, document::kOwnBounds);
    if (!unsealed) return std::nullopt;
    Evidence evidence{{}, {}, std::move(unsealed->content)};
    const auto& tree = evidence.content.tree;
    const bool xml = tree.form == Form::Xml;
    const Node* body = xml ? &tree.root : nullptr;
    if (!xml && tree.root.children.size() == 1) body = &tree.root.children.front();
    if (!body) return std::nullopt;
    evidence.type = xml ? body->name : model::elementNameOf(body->name);
    const auto* signer = body->child(xml ? "SignerAgency" : "signerAgency");
    if (!isEvidence(evidence.type) || !signer) return std::nullopt;
    evidence.signer = signer->value;
    return evidence;
}

const mapping::Plan* writerOf(const Inbound& inbound, const std::string& name,
                              const Evidence& evidence) {
    const auto form = evidence.content.tree.form;
    const auto day = base::vietnamDate(inbound.receivedAt);
    for (const auto* plan : inbound.snapshot->mappings->versionsOf(name, day))
        if (plan->outward() && !plan->oursIsModel() && plan->ours() == form) return plan;
    return nullptr;
}

/// What is answered, as its sender wrote it; nothing where that cannot be read.
std::optional<document::Content> answeredIn(const Inbound& inbound) {
    auto content = trust::unsealed({inbound.body, inbound.mediaType, inbound.detachedHeader}, {});
    if (!content) return std::nullopt;
    return std::move(content->content);
}

Answer sealed(Answer answer, const mapping::Plan& plan, const std::string& written,
              const Inbound& inbound, std::string_view type) {
    const auto& seal = inbound.snapshot->seal->own();
    if (plan.theirs() == Form::Xml) {
        answer.bytes = seal.xml(written);
        answer.mediaType = "application/xml";
    } else {
        answer.bytes = seal.jws(written, "thahc-" + kebab(type) + "+json");
        answer.mediaType = "application/jose";
    }
    return answer;
}

}  // namespace

bool isEvidence(std::string_view type) noexcept { return type == kReceipt || type == kRefusal; }

Answer inSignersFormat(const Inbound& inbound, const Identity& identity, Answer answer) {
    if (!anybodyWantsOwn(inbound)) return answer;
    const auto evidence = evidenceIn(answer);
    if (!evidence) return answer;
    const auto* partner = inbound.snapshot->registry->partner(evidence->signer);
    if (!wantsOwn(partner)) return answer;
    const auto chosen = partner->formatsOut.find(evidence->type);
    if (chosen == partner->formatsOut.end()) return answer;
    try {
        const auto* plan = writerOf(inbound, chosen->second, *evidence);
        if (!plan)
            throw base::Fault("no version of it writes " + evidence->type + " of that family");
        const auto answered = plan->inward() ? std::nullopt : answeredIn(inbound);
        if (!plan->inward() && !(answered && plan->accepts(*answered))) return answer;
        mapping::Documents given;
        if (answered) given.emplace("answered", &answered->tree);
        return sealed(
            std::move(answer), *plan,
            plan->write(evidence->content.tree.root,
                        outwardValues(*inbound.snapshot, evidence->signer, identity), given),
            inbound, evidence->type);
    } catch (const base::Fault& fault) {
        // The sender learns the verdict in any case; that its own words are missing, an operator.
        base::logEvent(base::LogLevel::Error, "evidence.not_in_format",
                       {{"agency", evidence->signer},
                        {"mapping", chosen->second},
                        {"correlation", inbound.correlation},
                        {"reason", fault.what()}});
    }
    return answer;
}

}  // namespace gateway::exchange
