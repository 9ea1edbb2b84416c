#include "gateway/exchange/reference/number_rules.h"

#include <utility>

#include "gateway/base/time_format.h"

namespace gateway::exchange {
namespace {

using document::Node;
using model::NumberDoubt;

struct NumberPlace {
    std::string path, number;
    model::NumberedRuling of;
};

std::string textIn(const Node& node, std::string_view name) {
    const auto* member = node.child(name);
    return member && member->kind == document::Kind::String ? member->value : std::string();
}

/// Visits a payload: the numbers of rulings, with what is said of each.
class Collector {
  public:
    std::vector<NumberPlace> found;

    template <class T>
    void required(std::string_view name, T& member) {
        const auto size = path_.size();
        path_.append(path_.empty() ? "" : "/").append(name);
        take(member);
        path_.resize(size);
    }
    template <class T>
    void optional(std::string_view name, T& member) {
        required(name, member);
    }

  private:
    void add(const std::string& path, const std::string& number, model::NumberedRuling of) {
        if (!number.empty()) found.push_back({path, number, of});
    }
    void take(model::Ruling& ruling) {
        const auto& own = ruling.reference;
        add(path_ + "/reference/number", own.number, {own.issuedOn, ruling.instance, ruling.kind});
    }
    void take(model::RulingReference& named) {
        add(path_ + "/number", named.number, {named.issuedOn, {}, {}});
    }
    void take(model::RulingRelation& related) {
        add(path_ + "/number", related.number, {related.issuedOn, {}, {}});
    }
    // The content of a declared act: its members stand in the message itself.
    void take(Node& content) {
        const auto own = std::exchange(path_, {});
        walk(content);
        path_ = own;
    }
    void walk(const Node& node) {
        if (const auto* reference = node.child("reference"); reference && isReference(*reference)) {
            auto of = dated(*reference);
            of.instance = model::valueOf<model::Instance>(textIn(node, "instance"));
            of.kind = model::valueOf<model::RulingKind>(textIn(node, "kind"));
            return add(path_ + "/reference/number", textIn(*reference, "number"), of);
        }
        if (isReference(node)) return add(path_ + "/number", textIn(node, "number"), dated(node));
        const auto size = path_.size();
        for (std::size_t i = 0; i < node.children.size(); ++i) {
            const auto& child = node.children[i];
            path_.append(path_.empty() ? "" : "/")
                .append(child.name.empty() ? std::to_string(i) : child.name);
            walk(child);
            path_.resize(size);
        }
    }
    static bool isReference(const Node& node) {
        return node.child("court") && node.child("number") && node.child("issuedOn");
    }
    static model::NumberedRuling dated(const Node& node) {
        return {base::parseDate(textIn(node, "issuedOn")), {}, {}};
    }
    template <class T>
    void take(std::optional<T>& member) {
        if (member) take(*member);
    }
    template <class T>
    void take(std::vector<T>& list) {
        const auto size = path_.size();
        for (std::size_t i = 0; i < list.size(); ++i) {
            path_.append("/").append(std::to_string(i));
            take(list[i]);
            path_.resize(size);
        }
    }
    template <class S>
    requires requires(Collector& collector, S& structure) { describe(collector, structure); }
    void take(S& structure) { describe(*this, structure); }
    template <class T>
    void take(T&) {}

    std::string path_;
};

base::Words expectedOf(NumberDoubt doubt) {
    using enum NumberDoubt;
    switch (doubt) {
        case UnknownForm:
            return {"số theo cách ghi của Tòa án, ví dụ 34/2017/HC-ST",
                    "a number as courts write it, such as 34/2017/HC-ST"};
        case NoYear: return {"số có năm, ví dụ 34/2017/HC-ST", "a number with its year"};
        case ShortYear:
            return {"số có năm đủ bốn chữ số, ví dụ 34/2017/HC-ST",
                    "a number whose year has four digits, such as 34/2017/HC-ST"};
        case MoreText: return {"chỉ có số, không kèm ngày, chữ khác", "the number alone"};
        case OtherSigns:
            return {"chữ, số thường: có ký tự chỉ trông giống (Kirin, Hy Lạp, toàn độ rộng)",
                    "plain letters and digits: some only look like them (Cyrillic, Greek, full "
                    "width)"};
        case LaterYear:
            return {"năm của số không sau năm ban hành", "no year later than that of its date"};
        case EarlierYear:
            return {"năm của số không trước năm ban hành", "no year earlier than that of its date"};
        case OtherInstance:
            return {"số của đúng cấp xét xử đã khai (ST, PT, GĐT, TT)",
                    "a number of the instance that is stated (ST, PT, GĐT, TT)"};
        case OtherKind:
            return {"số của đúng loại đã khai (bản án, quyết định)",
                    "a number of the kind that is stated (judgment, decision)"};
        case NoRuling:
            return {"số bản án, quyết định, không phải số thụ lý hay thông báo",
                    "the number of a ruling, not of a docket or a notice"};
        case OtherField:
            return {"số của vụ án hành chính (HC)", "a number of administrative cases (HC)"};
    }
    return {};
}

}  // namespace

NumberRules::Verdict NumberRules::judge(const model::Payload& payload) const {
    Collector collector;
    // describe() serves readers too, so it takes a structure that it could change; this does not.
    std::visit([&](auto& message) { describe(collector, message); },
               const_cast<model::Payload&>(payload));
    Verdict verdict;
    for (const auto& place : collector.found) {
        for (const auto doubt : model::doubtsOf(place.number, place.of)) {
            const auto row = consequences_.find(doubt);
            const auto then = row == consequences_.end() ? NumberConsequence::Note : row->second;
            if (then == NumberConsequence::Note)
                verdict.notes.push_back("number:" + std::string(nameOf(doubt)) + ":" + place.path);
            if (then == NumberConsequence::Refuse && !verdict.refusal)
                verdict.refusal = base::Problem(base::ErrorCode::MAPPING_VALUE, place.path, {})
                                      .with("value", place.number)
                                      .inWords("expected", expectedOf(doubt));
        }
    }
    return verdict;
}

}  // namespace gateway::exchange
