#include <algorithm>
#include <charconv>

#include "gateway/law/conditions/expression.h"
#include "gateway/model/messages/ruling.h"

namespace gateway::law {
namespace {

using expression::DayExpression;
using expression::Expression;
using expression::isLength;
using expression::tokensOf;
using ExpressionPtr = std::shared_ptr<const Expression>;
using DayPtr = std::shared_ptr<const DayExpression>;

// Of a column that should be looked at before a lock: which there are, figures.xml says.
constexpr std::string_view kWarning = "warning-";
// Nobody reads a deeper one, and each level is a call.
constexpr int kDeepest = 64;

[[noreturn]] void bad(const std::string& what) { throw std::invalid_argument(what); }

class Parser {
  public:
    Parser(const Words& words, std::string_view text) : words_(words), tokens_(tokensOf(text)) {}

    ExpressionPtr wholeCondition() {
        auto read = disjunction();
        end();
        return read;
    }
    DayPtr wholeDay() {
        auto read = day();
        end();
        return read;
    }

  private:
    [[nodiscard]] const std::string& peek(std::size_t ahead = 0) const {
        static const std::string kEnd;
        return at_ + ahead < tokens_.size() ? tokens_[at_ + ahead] : kEnd;
    }
    std::string take() {
        if (at_ == tokens_.size()) bad("the condition ends too early");
        return tokens_[at_++];
    }
    bool takeIf(std::string_view token) {
        if (peek() != token) return false;
        ++at_;
        return true;
    }
    void expect(std::string_view token) {
        if (!takeIf(token))
            bad("\"" + std::string(token) + "\" expected before \"" + peek() + "\"");
    }
    void end() const {
        if (at_ != tokens_.size()) bad("not understood from \"" + peek() + "\"");
    }

    ExpressionPtr joined(Expression::Kind kind, std::vector<ExpressionPtr> parts) {
        if (parts.size() == 1 && kind != Expression::Kind::Not) return parts.front();
        auto made = std::make_shared<Expression>();
        made->kind = kind;
        made->parts = std::move(parts);
        return made;
    }
    ExpressionPtr disjunction() {
        std::vector<ExpressionPtr> parts{conjunction()};
        while (takeIf("or")) parts.push_back(conjunction());
        return joined(Expression::Kind::Or, std::move(parts));
    }
    ExpressionPtr conjunction() {
        std::vector<ExpressionPtr> parts{negation()};
        while (takeIf("and")) parts.push_back(negation());
        return joined(Expression::Kind::And, std::move(parts));
    }
    ExpressionPtr negation() {
        const Level level(depth_);
        if (takeIf("not")) return joined(Expression::Kind::Not, {negation()});
        if (takeIf("(")) {
            auto inner = disjunction();
            expect(")");
            return inner;
        }
        return atom();
    }

    std::vector<std::string> list() {
        expect("in");
        expect("(");
        std::vector<std::string> values;
        while (!takeIf(")")) values.push_back(take());
        if (values.empty()) bad("an empty list");
        return values;
    }
    // Each value must be of the set; null: anything is.
    std::vector<std::string> listOf(const std::set<std::string, std::less<>>* known,
                                    const char* what) {
        auto values = list();
        for (const auto& value : values)
            if (known && !known->contains(value)) bad(std::string("unknown ") + what + " " + value);
        return values;
    }
    template <class E>
    std::vector<std::string> namedList(const char* what) {
        auto values = list();
        for (const auto& value : values)
            if (!model::valueOf<E>(value)) bad(std::string("unknown ") + what + " " + value);
        return values;
    }

    ExpressionPtr atom() {
        auto made = std::make_shared<Expression>();
        using enum Expression::Kind;
        if (takeIf("always")) return joined(And, {});
        if (takeIf("category")) {
            made->kind = Category;
            made->values = namedList<model::Category>("category");
        } else if (takeIf("party")) {
            made->kind = Party;
            made->values = listOf(words_.groups, "group");
        } else if (takeIf("instance")) {
            made->kind = Instance;
            made->values = namedList<model::Instance>("instance");
        } else if (takeIf("stage")) {
            made->kind = Stage;
            made->values = listOf(words_.stages, "stage");
        } else if (peek() == "passed" || peek() == "open") {
            made->kind = take() == "passed" ? Passed : Open;
            made->word = term(take());
        } else if (takeIf("latest")) {
            made->kind = LatestFact;
            made->fact = fact(take());
            made->values = list();
        } else if (takeIf("field")) {
            made->kind = Field;
            made->word = field(take());
            if (peek() == "in") made->values = list();
        } else if (takeIf("same")) {
            made->kind = takeIf("last") ? LastParty : SameParty;
            made->fact = fact(take());
            made->word = field(take());
        } else if (takeIf("any")) {
            made->kind = AnyItem;
            made->word = field(take());
            made->member = field(take());
            made->values = list();
            if (takeIf("with")) made->beside = field(take());
        } else if (peek() == "person-in" || peek() == "obligated") {
            made->kind = take() == "obligated" ? Obligated : PersonIn;
            made->word = field(take());
        } else if (takeIf("names")) {
            made->kind = Names;
            made->last = takeIf("last");
            made->fact = fact(take());
            made->word = field(take());
        } else if (takeIf("counts")) {
            made->kind = Counts;
            made->fact = fact(take());
            made->word = field(take());
        } else if (takeIf("found")) {
            made->kind = Found;
            made->word = finding(take());
        } else if (peek() == "own") {
            made->own = takeIf("own");
            newer(*made);
        } else if (comparesFacts()) {
            newer(*made);
        } else if (isBareFact()) {
            made->kind = Expression::Kind::Fact;
            made->fact = fact(take());
            if (peek() == "in") made->values = list();
        } else if (words_.definitions && words_.definitions->contains(peek())) {
            made->kind = Defined;
            made->defined = words_.definitions->find(take())->second;
        } else {
            comparison(*made);
        }
        return made;
    }

    void comparison(Expression& made) {
        made.kind = Expression::Kind::Compare;
        made.left = DayTerm(day(), {});
        const auto sign = take();
        using enum Expression::Order;
        if (sign == "<")
            made.order = Less;
        else if (sign == "<=")
            made.order = LessOrEqual;
        else if (sign == ">")
            made.order = Greater;
        else if (sign == ">=")
            made.order = GreaterOrEqual;
        else if (sign == "=")
            made.order = Equal;
        else
            bad("\"" + sign + "\" compares nothing");
        made.right = DayTerm(day(), {});
    }

    // FACT newer FACT, FACT(CODE) newer FACT(CODE)
    [[nodiscard]] bool comparesFacts() const {
        if (!model::valueOf<FactKind>(peek())) return false;
        const auto& word = peek(1) == "(" && peek(3) == ")" ? peek(4) : peek(1);
        return word == "newer" || word == "said-after";
    }
    std::string codeIf() {
        if (!takeIf("(")) return {};
        auto code = take();
        expect(")");
        return code;
    }
    void newer(Expression& made) {
        made.fact = fact(take());
        made.code = codeIf();
        const auto word = take();
        if (word != "newer" && word != "said-after") bad("\"" + word + "\" compares no facts");
        made.kind = word == "newer" ? Expression::Kind::Newer : Expression::Kind::SaidAfter;
        made.other = fact(take());
        made.otherCode = codeIf();
    }
    std::string finding(std::string name) const {
        const bool known =
            words_.findings && (words_.findings->contains(name) || name.starts_with(kWarning));
        if (!known) bad("nothing finds out " + name);
        return name;
    }

    [[nodiscard]] bool isBareFact() const {
        return model::valueOf<FactKind>(peek()) && peek(1) != "(";
    }
    static FactKind fact(const std::string& word) {
        const auto kind = model::valueOf<FactKind>(word);
        if (!kind) bad("unknown fact " + word);
        return *kind;
    }
    std::string term(std::string id) const {
        if (words_.terms && !words_.terms->contains(id)) bad("unknown term " + id);
        return id;
    }
    std::string field(std::string name) const {
        if (!words_.fields) bad("there is no act whose field " + name + " could be meant");
        if (!words_.fields->contains(name)) bad("the act has no field " + name);
        return name;
    }

    DayPtr day() {
        const Level level(depth_);
        auto read = dayAlone();
        while (takeIf("+")) {
            auto sum = std::make_shared<DayExpression>();
            sum->kind = DayExpression::Kind::Plus;
            const auto digits = take();
            const auto [last, failed] =
                std::from_chars(digits.data(), digits.data() + digits.size(), sum->length.count);
            const auto unit = model::valueOf<Unit>(take());
            if (failed != std::errc() || last != digits.data() + digits.size() || !unit)
                bad("\"+ " + digits + "\" is no length");
            sum->length.unit = *unit;
            if (!isLength(sum->length)) bad("\"+ " + digits + "\" is no length");
            sum->days = {read};
            read = sum;
        }
        return read;
    }

    DayPtr dayAlone() {
        auto made = std::make_shared<DayExpression>();
        using enum DayExpression::Kind;
        const auto word = take();
        if (word == "today")
            made->kind = Today;
        else if (word == "receipt")
            made->kind = Receipt;
        else if (word == "ruling.issued" || word == "file.day")
            made->kind = Issued;
        else if (word == "ruling.effective")
            made->kind = Effective;
        else if (word == "ruling.delivered")
            made->kind = Handed;
        else if (word.starts_with("field:")) {
            made->kind = Field;
            made->word = field(word.substr(6));
        } else if (word == "due") {
            made->kind = Due;
            expect("(");
            made->word = term(take());
            expect(")");
        } else if (word == "later" || word == "earlier") {
            made->kind = word == "later" ? Later : Earlier;
            expect("(");
            made->days = {day(), day()};
            expect(")");
        } else if (word == "first" || word == "soonest") {
            made->kind = word == "first" ? First : Soonest;
            expect("(");
            while (!takeIf(")")) made->days.push_back(day());
        } else if (word == "after" || word == "since") {
            made->kind = word == "after" ? After : Since;
            expect("(");
            made->fact = fact(take());
            if (takeIf("(")) {
                made->word = take();
                expect(")");
            }
            made->days = {day()};
            expect(")");
        } else {
            factDay(word, *made);
        }
        return made;
    }

    // FACT.slot, FACT(CODE).slot, this.slot
    void factDay(std::string word, DayExpression& made) {
        std::string slot;
        if (takeIf("(")) {
            made.word = take();
            expect(")");
            slot = take();
            if (slot.empty() || slot.front() != '.')
                bad("a fact's day expected at \"" + slot + "\"");
        } else {
            const auto dot = word.rfind('.');
            if (dot == std::string::npos) bad("unknown word " + word);
            slot = word.substr(dot);
            word.resize(dot);
        }
        made.kind = word == "this" ? DayExpression::Kind::Self : DayExpression::Kind::Fact;
        if (word != "this") made.fact = fact(word);
        if (slot == ".on")
            made.slot = DayExpression::Slot::On;
        else if (slot == ".until")
            made.slot = DayExpression::Slot::Until;
        else if (slot == ".received")
            made.slot = DayExpression::Slot::Received;
        else if (slot == ".recorded")
            made.slot = DayExpression::Slot::Recorded;
        else
            bad("a fact has no day \"" + slot + "\"");
    }

    /// One level of brackets, of negations, of days within days.
    class Level {
      public:
        explicit Level(int& depth) : depth_(depth) {
            if (++depth_ > kDeepest) bad("nested too deeply");
        }
        ~Level() { --depth_; }
        Level(const Level&) = delete;
        Level& operator=(const Level&) = delete;

      private:
        int& depth_;
    };

    const Words& words_;
    const std::vector<std::string> tokens_;
    std::size_t at_ = 0;
    int depth_ = 0;
};

}  // namespace

bool expression::isLength(Length length) noexcept {
    constexpr int kYears = 100;
    switch (length.unit) {
        case Unit::Day:
        case Unit::WorkingDay: return length.count >= 0 && length.count <= kYears * 366;
        case Unit::Month: return length.count >= 0 && length.count <= kYears * 12;
        case Unit::Year: return length.count >= 0 && length.count <= kYears;
        case Unit::AtOnce: break;
    }
    return true;
}

std::vector<std::string> expression::tokensOf(std::string_view text) {
    std::vector<std::string> found;
    constexpr std::string_view kBlanks = " \t\r\n", kEnds = " \t\r\n()<>=+";
    for (;;) {
        text.remove_prefix(std::min(text.find_first_not_of(kBlanks), text.size()));
        if (text.empty()) return found;
        std::size_t length = std::min(text.find_first_of(kEnds), text.size());
        if (length == 0)
            length =
                (text[0] == '<' || text[0] == '>') && text.size() > 1 && text[1] == '=' ? 2 : 1;
        found.emplace_back(text.substr(0, length));
        text.remove_prefix(length);
    }
}

Condition Words::condition(std::string_view text) const {
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) return {};
    return {Parser(*this, text).wholeCondition(), std::string(text)};
}

DayTerm Words::day(std::string_view text) const {
    return {Parser(*this, text).wholeDay(), std::string(text)};
}

}  // namespace gateway::law
