#include "gateway/exchange/desk/formats.h"

#include <algorithm>

#include "gateway/base/encoding.h"
#include "gateway/exchange/desk/canonical_acts.h"
#include "gateway/trust/unsealed.h"

namespace gateway::exchange {
namespace {

std::string canonicalId(document::Form form, std::string_view typeName) {
    return (form == document::Form::Json ? "case-model-json/" : "case-model-xml/") +
           kebab(typeName);
}

}  // namespace

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

std::optional<document::Form> canonicalForm(std::string_view id, std::string_view typeName) {
    using enum document::Form;
    if (model::typeOf(typeName) != model::MessageType::DeclaredAct) return std::nullopt;
    for (const auto form : {Json, Xml})
        if (id == canonicalId(form, typeName)) return form;
    return std::nullopt;
}

namespace {

// The first of them. A table has no place for a seal of ours.
const mapping::Plan* writerAmong(const std::vector<const mapping::Plan*>& plans,
                                 const std::string& type) {
    const auto found = std::ranges::find_if(plans, [&](const auto* plan) {
        return !plan->table() && plan->outward() && plan->messageType() == type;
    });
    return found == plans.end() ? nullptr : *found;
}

const mapping::Plan* writer(const Snapshot& snapshot, const std::string& name,
                            const std::string& type, base::Date day) {
    return writerAmong(snapshot.mappings->versionsOf(name, day), type);
}

// "court-json/" has a mapping that is called like the type, or one that is called otherwise.
const mapping::Plan* writerOfFormat(const Snapshot& snapshot, const std::string& format,
                                    const std::string& type, base::Date day) {
    if (const auto* plan = writer(snapshot, format + kebab(type), type, day)) return plan;
    return writerAmong(snapshot.mappings->below(format, day), type);
}

constexpr std::string_view kOriginal = "original";

// The message as its author sent it, whose bytes a delivery has: so what one format has and the
// case model has no field for, kept or not, can go out in another. Nothing for a mapping that does
// not ask.
class Original {
  public:
    Original(const mapping::Plan& plan, const document::Node& ours) {
        const auto* delivery = ours.child("delivery");
        if (!delivery || !plan.asksFor(kOriginal)) return;
        const auto text = [&](const char* name) {
            const auto* member = delivery->child(name);
            return member ? member->value : std::string();
        };
        const auto bytes = base::fromBase64(text("original"));
        if (!bytes || bytes->empty()) return;
        auto unsealed = trust::unsealed({std::string(bytes->begin(), bytes->end()),
                                         text("originalMediaType"), text("originalHeader")},
                                        {});
        if (unsealed) content_ = std::move(unsealed->content);
    }
    [[nodiscard]] mapping::Documents given() const {
        if (!content_) return {};
        return {{std::string(kOriginal), &content_->tree}};
    }

  private:
    std::optional<document::Content> content_;
};

}  // namespace

std::string OutwardForm::id() const { return plan_ ? plan_->name() : canonicalId(form_, type_); }

std::string OutwardForm::write(const document::Node& ours,
                               const mapping::ExchangeValues& values) const {
    if (!plan_) return writeCanonicalAct(act_, ours, form_);
    const Original original(*plan_, ours);
    return plan_->write(ours, values, original.given());
}

void OutwardForm::tryWriting(const document::Node& ours,
                             const mapping::ExchangeValues& values) const {
    if (!plan_) return;
    const Original original(*plan_, ours);
    plan_->tryWriting(ours, values, original.given());
}

std::vector<std::string> OutwardForm::leftOut(const document::Node& ours,
                                              const mapping::ExchangeValues& values) const {
    if (!plan_) return {};
    const Original original(*plan_, ours);
    return plan_->leftOut(ours, values, original.given());
}

namespace {

OutwardForm canonicalOf(const Snapshot& snapshot, const trust::Partner& partner,
                        const std::string& name, base::Date day) {
    const auto id = "case-model-" + partner.preferredFamily + "/" + kebab(name);
    if (const auto* plan = writer(snapshot, id, name, day)) return OutwardForm(*plan);
    if (const auto form = canonicalForm(id, name))
        return OutwardForm(name, snapshot.reference->law().act(name), *form);
    throw base::Fault("no mapping writes " + name + " for " + partner.agency + ": " + id);
}

bool actsOnEarlierDocument(const document::Node& ours) {
    const auto* document = ours.child("documentTransfer");
    const auto* business = document ? document->child("business") : nullptr;
    return business && business->value != model::nameOf(model::DocumentBusiness::New);
}

}  // namespace

OutwardForm outwardForm(const Snapshot& snapshot, const trust::Partner& partner,
                        const std::string& name, base::Date day) {
    const auto canonical = [&](document::Form form) {
        return OutwardForm(name, snapshot.reference->law().act(name), form);
    };
    const auto chosen = partner.formatsOut.find(name);
    if (chosen != partner.formatsOut.end()) {
        if (const auto* plan = writer(snapshot, chosen->second, name, day))
            return OutwardForm(*plan);
        if (const auto form = canonicalForm(chosen->second, name)) return canonical(*form);
        throw base::Fault("no mapping writes " + name + " for " + partner.agency + ": " +
                          chosen->second);
    }
    // "court-json/*" for any type: as far as that format goes, the canonical one beyond it.
    if (const auto any = partner.formatsOut.find("*"); any != partner.formatsOut.end()) {
        const auto format = any->second.substr(0, any->second.find('*'));
        if (const auto* plan = writerOfFormat(snapshot, format, name, day))
            return OutwardForm(*plan);
        if (const auto form = canonicalForm(format + kebab(name), name)) return canonical(*form);
    }
    return canonicalOf(snapshot, partner, name, day);
}

OutwardForm sayableForm(const Snapshot& snapshot, const trust::Partner& partner,
                        const std::string& name, base::Date day, const document::Node& ours,
                        const mapping::ExchangeValues& values) {
    auto form = outwardForm(snapshot, partner, name, day);
    if (!actsOnEarlierDocument(ours)) return form;
    try {
        form.tryWriting(ours, values);
        return form;
    } catch (const mapping::Unwritable&) {
        return canonicalOf(snapshot, partner, name, day);
    }
}

void addSettings(const trust::Registry& registry, const std::string& agency,
                 mapping::ExchangeValues& values) {
    const auto* partner = registry.partner(agency);
    if (!partner) return;
    for (const auto& [name, value] : partner->settings) values["partner/" + name] = value;
}

mapping::ExchangeValues outwardValues(const Snapshot& snapshot, const std::string& recipient,
                                      const Identity& identity) {
    mapping::ExchangeValues values{{"gateway", identity.address()},
                                   {"sender", identity.address()},
                                   {"recipient", recipient},
                                   {"audience", recipient}};
    addSettings(*snapshot.registry, recipient, values);
    return values;
}

Sealed writeSealed(const OutwardForm& form, const document::Node& ours,
                   const std::string& recipient, const Identity& identity, const Snapshot& snapshot,
                   std::string_view jwsType) {
    const std::string written = form.write(ours, outwardValues(snapshot, recipient, identity));
    const auto& seal = snapshot.seal->own();
    if (form.theirs() == document::Form::Xml) return {seal.xml(written), "application/xml"};
    return {seal.jws(written, jwsType), "application/jose"};
}

}  // namespace gateway::exchange
