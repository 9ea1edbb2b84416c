#include "gateway/exchange/records/law_words.h"

namespace gateway::exchange {

base::Words legalWords(const law::LawBook& law, const std::vector<std::string>& types) {
    base::Words words;
    for (const auto& type : types) {
        const char* comma = words.en.empty() ? "" : ", ";
        words.vi += comma + law.act(type)->vi;
        words.en += comma + type;
    }
    return types.empty() ? base::Words{"-", "-"} : words;
}

std::string placeOf(const law::Reason& reason) {
    return reason.path.empty() ? std::string() : reason.path.substr(1);
}

base::Problem actRefused(const law::ActDeclaration& declared, const law::Reason& reason,
                         const base::Words& legal) {
    return base::Problem(base::ErrorCode::ACT_REFUSED, placeOf(reason), {})
        .inWords("act", {declared.vi, declared.type})
        .inWords("reason", {reason.vi, reason.en + " (" + reason.code + ")"})
        .with("basis", reason.basis.empty() ? declared.article : reason.basis)
        .inWords("legal", legal);
}

model::TermChange changeOf(const law::TermNews& news) {
    model::TermChange change{news.event,
                             news.deadline.rule->id,
                             news.deadline.obligation,
                             news.deadline.anchor,
                             news.was,
                             {}};
    for (const auto role : news.told) change.told.emplace_back(model::nameOf(role));
    return change;
}

}  // namespace gateway::exchange
