#include "gateway/law/figures/ruling_condition.h"

#include <sstream>
#include <stdexcept>

#include "gateway/model/messages/ruling.h"

namespace gateway::law::figures {
namespace {

using Kind = RulingExpression::Kind;

class Reader {
  public:
    Reader(const RulingWords& words, std::string_view text) : words_(words) {
        std::string spaced;
        for (const char c : text)
            spaced += c == '(' || c == ')' ? std::string{' ', c, ' '} : std::string{c};
        std::istringstream stream(spaced);
        for (std::string token; stream >> token;) tokens_.push_back(token);
    }

    RulingExpressionPtr whole() {
        auto read = either();
        if (at_ < tokens_.size()) refuse("not understood from", tokens_[at_]);
        return read;
    }

  private:
    [[noreturn]] static void refuse(const std::string& what, const std::string& word) {
        throw std::invalid_argument(what + " \"" + word + "\"");
    }
    bool skip(std::string_view token) {
        const bool found = at_ < tokens_.size() && tokens_[at_] == token;
        at_ += found ? 1U : 0U;
        return found;
    }
    const std::string& next() {
        if (at_ == tokens_.size()) refuse("something is missing after", tokens_.back());
        return tokens_[at_++];
    }
    void need(std::string_view token) {
        if (!skip(token)) refuse("\"" + std::string(token) + "\" expected before", next());
    }
    const std::string& nextOf(const std::set<std::string, std::less<>>& known, const char* what) {
        const auto& word = next();
        if (!known.contains(word)) refuse(std::string("unknown ") + what, word);
        return word;
    }

    static RulingExpressionPtr join(Kind kind, std::vector<RulingExpressionPtr> parts) {
        if (kind != Kind::Not && parts.size() == 1) return parts[0];
        RulingExpression made;
        made.kind = kind;
        made.parts = std::move(parts);
        return std::make_shared<const RulingExpression>(std::move(made));
    }
    RulingExpressionPtr either() {
        std::vector<RulingExpressionPtr> parts;
        do parts.push_back(both());
        while (skip("or"));
        return join(Kind::Or, std::move(parts));
    }
    RulingExpressionPtr both() {
        std::vector<RulingExpressionPtr> parts;
        do parts.push_back(one());
        while (skip("and"));
        return join(Kind::And, std::move(parts));
    }
    RulingExpressionPtr one() {
        if (skip("not")) return join(Kind::Not, {one()});
        if (skip("always")) return join(Kind::And, {});
        if (!skip("(")) return std::make_shared<const RulingExpression>(atom());
        auto inner = either();
        need(")");
        return inner;
    }

    RulingExpression atom() {
        RulingExpression made;
        if (skip("some") || skip("every")) {
            made.kind = tokens_[at_ - 1] == "some" ? Kind::Some : Kind::Every;
            made.word = nextOf(words_.definitions, "definition");
            need("at");
            made.when = next();
            if (made.when != "start" && made.when != "end" && !words_.days.contains(made.when))
                refuse("unknown day", made.when);
        } else if (skip("late")) {
            made.kind = Kind::Late;
            made.word = nextOf(words_.terms, "term");
        } else if (skip("kind")) {
            made.kind = Kind::RulingKind;
            for (const auto& value : made.values = list())
                if (!model::valueOf<model::RulingKind>(value)) refuse("unknown kind", value);
        } else if (skip("party-kind")) {
            made.kind = Kind::PartyKind;
            made.values = list();
        } else {
            made.word = next();
            if (words_.days.contains(made.word)) {
                made.kind = skip("in")       ? Kind::InPeriod
                            : skip("before") ? Kind::BeforePeriod
                                             : Kind::ByPeriod;
                if (made.kind == Kind::ByPeriod) need("by");
                need("period");
            } else if (words_.names.contains(made.word)) {
                made.kind = Kind::Named;
            } else {
                refuse("unknown word", made.word);
            }
        }
        return made;
    }
    std::vector<std::string> list() {
        need("in");
        need("(");
        std::vector<std::string> values{next()};
        while (!skip(")")) values.push_back(next());
        return values;
    }

    const RulingWords& words_;
    std::vector<std::string> tokens_;
    std::size_t at_ = 0;
};

}  // namespace

RulingCondition RulingWords::condition(std::string_view text) const {
    if (text.empty()) return {};
    return {Reader(*this, text).whole(), std::string(text)};
}

}  // namespace gateway::law::figures
