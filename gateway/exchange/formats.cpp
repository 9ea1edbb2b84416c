#include "gateway/exchange/formats.h"

namespace gateway::exchange {

std::string kebab(std::string_view typeName) {
    std::string out;
    for (const char c : typeName) {
        if (c >= 'A' && c <= 'Z') {
            if (!out.empty()) out.push_back('-');
            out.push_back(static_cast<char>(c - 'A' + 'a'));
        } else {
            out.push_back(c);
        }
    }
    return out;
}

const mapping::Plan& outwardPlan(const Snapshot& snapshot, const trust::Partner& partner,
                                 model::MessageType type) {
    const std::string name(nameOf(type));
    const auto chosen = partner.formatsOut.find(name);
    const std::string id = chosen != partner.formatsOut.end()
                               ? chosen->second
                               : "case-model-" + partner.preferredFamily + "/" + kebab(name);
    const auto* plan = snapshot.mappings->find(id);
    if (!plan || !plan->outward() || plan->messageType() != name)
        throw base::Fault("no mapping writes " + name + " for " + partner.agency + ": " + id);
    return *plan;
}

Sealed writeSealed(const mapping::Plan& plan, const document::Node& ours,
                   const std::string& recipient, const Identity& identity,
                   const trust::Seal& seal, std::string_view jwsType) {
    const mapping::ExchangeValues values{{"gateway", identity.address()},
                                         {"sender", identity.address()},
                                         {"recipient", recipient},
                                         {"audience", recipient}};
    const std::string written = plan.write(ours, values);
    if (plan.theirs() == document::Form::Xml) return {seal.xml(written), "application/xml"};
    return {seal.jws(written, jwsType), "application/jose"};
}

}  // namespace gateway::exchange
