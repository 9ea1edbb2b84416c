#include "gateway/exchange/desk/formats.h"

#include "gateway/exchange/desk/canonical_acts.h"

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

namespace {

const mapping::Plan* writer(const Snapshot& snapshot, const std::string& id,
                            const std::string& type) {
    const auto* plan = snapshot.mappings->find(id);
    return plan && plan->outward() && plan->messageType() == type ? plan : nullptr;
}

}  // namespace

std::string OutwardForm::id() const {
    if (plan_) return plan_->id();
    return (form_ == document::Form::Json ? "case-model-json/" : "case-model-xml/") + kebab(type_);
}

std::string OutwardForm::write(const document::Node& ours,
                               const mapping::ExchangeValues& values) const {
    return plan_ ? plan_->write(ours, values) : writeCanonicalAct(act_, ours, form_);
}

void OutwardForm::tryWriting(const document::Node& ours,
                             const mapping::ExchangeValues& values) const {
    if (plan_) plan_->tryWriting(ours, values);
}

std::vector<std::string> OutwardForm::leftOut(const document::Node& ours,
                                              const mapping::ExchangeValues& values) const {
    return plan_ ? plan_->leftOut(ours, values) : std::vector<std::string>();
}

OutwardForm outwardForm(const Snapshot& snapshot, const trust::Partner& partner,
                        const std::string& name) {
    const auto chosen = partner.formatsOut.find(name);
    if (chosen != partner.formatsOut.end()) {
        if (const auto* plan = writer(snapshot, chosen->second, name)) return OutwardForm(*plan);
        throw base::Fault("no mapping writes " + name + " for " + partner.agency + ": " +
                          chosen->second);
    }
    // "court-json/*" for any type: as far as that format goes, the canonical one beyond it.
    if (const auto any = partner.formatsOut.find("*"); any != partner.formatsOut.end()) {
        const auto format = any->second.substr(0, any->second.find('*'));
        if (const auto* plan = writer(snapshot, format + kebab(name), name))
            return OutwardForm(*plan);
    }
    const auto id = "case-model-" + partner.preferredFamily + "/" + kebab(name);
    if (const auto* plan = writer(snapshot, id, name)) return OutwardForm(*plan);
    if (model::typeOf(name) == model::MessageType::DeclaredAct)
        return {name, snapshot.reference->law().act(name),
                partner.preferredFamily == "xml" ? document::Form::Xml : document::Form::Json};
    throw base::Fault("no mapping writes " + name + " for " + partner.agency + ": " + id);
}

mapping::ExchangeValues outwardValues(const std::string& recipient, const Identity& identity) {
    return {{"gateway", identity.address()},
            {"sender", identity.address()},
            {"recipient", recipient},
            {"audience", recipient}};
}

Sealed writeSealed(const OutwardForm& form, const document::Node& ours,
                   const std::string& recipient, const Identity& identity, const trust::Seal& seal,
                   std::string_view jwsType) {
    const std::string written = form.write(ours, outwardValues(recipient, identity));
    if (form.theirs() == document::Form::Xml) return {seal.xml(written), "application/xml"};
    return {seal.jws(written, jwsType), "application/jose"};
}

}  // namespace gateway::exchange
