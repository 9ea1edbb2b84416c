#include "gateway/exchange/casework/declared_content.h"

#include "gateway/exchange/casework/notice_addressee.h"
#include "gateway/exchange/casework/ruling_intake.h"
#include "gateway/exchange/reference/number_key.h"
#include "gateway/law/life/case_life.h"

namespace gateway::exchange {
namespace {

using document::Node;
using law::FactKind;
using law::FieldType;

constexpr std::string_view kField = "field:";

// The member that a slot of a fact names; null if it names none or the act has none.
Node* memberOf(Node& content, const std::string& slot) {
    if (!slot.starts_with(kField)) return nullptr;
    auto* member = content.child(std::string_view(slot).substr(kField.size()));
    return member && member->kind == document::Kind::String ? member : nullptr;
}

class Canonical {
  public:
    Canonical(const ReferenceData& reference, const std::string& sender, base::Date day) :
        reference_(reference), sender_(sender), day_(day) {}

    std::optional<base::Problem> members(const std::vector<law::Field>& fields, Node& object,
                                         const std::string& path) {
        for (const auto& field : fields) {
            auto* member = object.child(field.name);
            if (!member) continue;
            if (auto problem = value(field, *member, path + field.name)) return problem;
        }
        return std::nullopt;
    }

  private:
    std::optional<base::Problem> value(const law::Field& field, Node& node,
                                       const std::string& path) {
        if (field.type == FieldType::Object) return members(field.members, node, path + "/");
        if (field.type == FieldType::List) {
            for (std::size_t i = 0; i < node.children.size(); ++i)
                if (auto problem = members(field.members, node.children[i],
                                           path + "/" + std::to_string(i) + "/"))
                    return problem;
            return std::nullopt;
        }
        if (node.kind != document::Kind::String) return std::nullopt;
        if (field.type == FieldType::Party) {
            if (const auto* known = reference_.directory().find(node.value))
                node.value = known->code;
            return std::nullopt;
        }
        if (field.type == FieldType::Office) return foreignOffice(node, path);
        if (field.type != FieldType::Agency) return std::nullopt;
        auto code = canonicalCode(reference_, node.value, path, day_);
        if (!code) return std::move(code).error();
        node.value = std::move(code).value();
        return std::nullopt;
    }

    // Offices below an agency have codes that no directory knows; another agency's is another
    // matter.
    [[nodiscard]] std::optional<base::Problem> foreignOffice(Node& node,
                                                             const std::string& path) const {
        const auto* known = reference_.directory().find(node.value);
        if (!known) return std::nullopt;
        node.value = known->code;
        if (reference_.directory().closure(sender_, day_).contains(known->code))
            return std::nullopt;
        return base::Problem(base::ErrorCode::FORBIDDEN_SENDER, path, {})
            .with("value", node.value)
            .with("agency", sender_);
    }

    const ReferenceData& reference_;
    const std::string& sender_;
    base::Date day_;
};

}  // namespace

void inWordsOf(const model::CaseFile& file, const law::ActRule& rule, Node& content) {
    for (const auto& fact : rule.facts) {
        Node* number = nullptr;
        if (fact.kind == FactKind::Notice) number = memberOf(content, fact.number);
        if (fact.kind == FactKind::NoticeRead) number = memberOf(content, fact.about);
        if (!number) continue;
        for (const auto& notice : file.notices)
            if (sameNumber(notice.number, number->value)) {
                number->value = notice.number;
                break;
            }
    }
}

std::optional<base::Problem> canonicalAgencies(const ReferenceData& reference,
                                               const law::ActDeclaration& declared,
                                               const std::string& sender, Node& content,
                                               base::Date day) {
    return Canonical(reference, sender, day).members(declared.content, content, "");
}

std::optional<base::Problem> addressedNotice(const ReferenceData& reference,
                                             const model::CaseFile& file, const law::ActRule& rule,
                                             model::DeclaredAct& said, base::Timestamp at) {
    for (const auto& fact : rule.facts) {
        auto* addressee =
            fact.kind == FactKind::Notice ? memberOf(said.content, fact.party) : nullptr;
        if (!addressee) continue;
        auto numbers = law::CaseLife::numbersIn(rule, said.content);
        if (numbers.empty())
            for (const auto& state : file.obligations) numbers.push_back(state.no);
        auto code = addresseeOf(reference, file, said.type, addressee->value, numbers, at);
        if (!code) return std::move(code).error();
        addressee->value = std::move(code).value();
    }
    return std::nullopt;
}

}  // namespace gateway::exchange
