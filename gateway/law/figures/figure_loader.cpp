// mappings/legal-rules/figures.xml, held against the law and against itself.

#include <algorithm>
#include <sstream>

#include "gateway/law/acts/act_loader.h"
#include "gateway/law/figures/figure_book.h"

namespace gateway::law::figures {

using document::Node;
using Names = std::set<std::string, std::less<>>;

namespace {

// The words of a condition that are not codes in a list.
std::vector<std::string> wordsIn(const std::string& text) {
    std::string spaced;
    for (const char c : text)
        spaced += std::string_view("()<>=+.").find(c) == std::string_view::npos
                      ? std::string{c}
                      : std::string{' ', c, ' '};
    std::istringstream stream(spaced);
    std::vector<std::string> words;
    bool inList = false;
    for (std::string word, last; stream >> word; last = word) {
        if (word == "(" && last == "in") inList = true;
        if (word == ")") inList = false;
        if (!inList) words.push_back(word);
    }
    return words;
}

void addFields(const std::vector<Field>& fields, const std::string& path, Names& names) {
    for (const auto& field : fields) {
        names.insert(path + field.name);
        addFields(field.members,
                  field.type == FieldType::Object ? path + field.name + "/" : std::string(), names);
    }
}

}  // namespace

class FigureLoader {
  public:
    FigureLoader(const std::filesystem::path& mappings, const LawBook& law) :
        schema_(document::XmlSchema::load(mappings / "schemas" / "law.xsd")),
        process_(mappings / "legal-rules" / "process.xml", *schema_),
        file_(mappings / "legal-rules" / "figures.xml", *schema_),
        book_(law) {}

    FigureBook load() {
        vocabulary();
        for (const auto* node : elements("day")) day(*node);
        for (const auto* node : elements("ruling")) {
            const auto name = file_.text(*node, "name");
            book_.rulings_[name] = ruling(*node, "when");
            words_.names.insert(name);
        }
        for (const auto* node : elements("split")) split(*node);
        for (const auto* node : elements("sheet")) sheet(*node);
        for (const auto* node : elements("identity")) identity(*node);
        for (const auto* node : elements("indicator"))
            book_.indicators_.push_back({file_.text(*node, "id"), file_.text(*node, "vi"),
                                         file_.text(*node, "en"), file_.text(*node, "basis"),
                                         file_.named<Source>(*node, "level"), sum(*node, "of"),
                                         sum(*node, "over")});
        return std::move(book_);
    }

  private:
    std::vector<const Node*> elements(std::string_view name) const {
        return file_.elements(file_.root(), name);
    }

    void vocabulary() {
        for (const auto& line : book_.law().stages()) stages_.insert(line.name);
        for (const auto& term : book_.law().terms()) words_.terms.insert(term.id);
        for (const auto* node : process_.elements(process_.root(), "group"))
            groups_.insert(process_.text(*node, "name"));
        lawWords_ = {&conditions_, &words_.terms, &stages_, &groups_, nullptr};
        for (const auto* node : process_.elements(process_.root(), "define"))
            define(process_, *node);
        for (const auto* node : elements("define")) define(file_, *node);
        words_.days.insert(std::string(kListed));
    }

    void define(const DataFile& file, const Node& node) {
        const auto name = file.text(node, "name");
        if (conditions_.contains(name)) file.fail(node, name + " is defined already");
        Definition made{conditionIn(file, node, "when", lawWords_), {}};
        for (const auto& word : wordsIn(made.when.text())) {
            if (const auto kind = model::valueOf<FactKind>(word)) made.kinds.insert(*kind);
            if (const auto other = book_.definitions_.find(word); other != book_.definitions_.end())
                made.kinds.insert(other->second.kinds.begin(), other->second.kinds.end());
            if (word == "passed" || word == "open" || word == "due" || word == "stage" ||
                ofTerms_.contains(word))
                ofTerms_.insert(name);
        }
        conditions_[name] = made.when;
        book_.definitions_.emplace(name, std::move(made));
        words_.definitions.insert(name);
    }

    void day(const Node& node) {
        NamedDay made;
        made.name = file_.text(node, "name");
        made.first = dayIn(file_, node, "first", lawWords_);
        made.since = file_.text(node, "since");
        // Looked for on every day on which something happened: too often to count terms for it.
        for (const char* word : {"every", "of"})
            for (const auto& part : wordsIn(file_.text(node, word)))
                if (ofTerms_.contains(part)) file_.fail(node, part + " speaks of terms or stages");
        made.every = conditionIn(file_, node, "every", lawWords_);
        made.of = conditionIn(file_, node, "of", lawWords_);
        if (made.first.given() == !made.since.empty())
            file_.fail(node, "a day has either first or since");
        if (!made.since.empty() && !words_.days.contains(made.since))
            file_.fail(node, "unknown day " + made.since);
        words_.days.insert(made.name);
        book_.days_.emplace(made.name, std::move(made));
    }

    RulingCondition ruling(const Node& node, const char* attribute) const {
        try {
            return words_.condition(file_.text(node, attribute));
        } catch (const std::invalid_argument& problem) {
            file_.fail(node, std::string(attribute) + ": " + problem.what());
        }
    }

    std::vector<std::string> acts(const Node& node, const char* attribute) const {
        auto types = file_.list(node, attribute);
        for (const auto& type : types)
            if (!book_.law().act(type)) file_.fail(node, "unknown act " + type);
        return types;
    }

    void split(const Node& node) {
        Split made;
        made.name = file_.text(node, "name");
        made.vi = file_.text(node, "vi");
        made.field = file_.text(node, "field");
        made.none = file_.text(node, "none");
        made.acts = acts(node, "acts");
        for (const auto* value : file_.elements(node, "value"))
            made.values.push_back(
                {file_.text(*value, "name"), file_.text(*value, "vi"), ruling(*value, "when")});
        if (made.values.empty() == made.field.empty())
            file_.fail(node, "a split has either values or a field");
        if (!made.values.empty() && made.values.back().when.read)
            file_.fail(node, "its last value holds always");
        if (!book_.splits_.emplace(made.name, made).second)
            file_.fail(node, "a second split " + made.name);
    }

    void sheet(const Node& node) {
        Sheet made{file_.text(node, "id"),
                   file_.text(node, "form"),
                   file_.text(node, "vi"),
                   file_.text(node, "en"),
                   file_.text(node, "basis"),
                   file_.named<Source>(node, "level"),
                   {}};
        for (const auto* one : file_.elements(node, "column")) made.columns.push_back(column(*one));
        book_.sheets_.push_back(std::move(made));
    }

    Column column(const Node& node) {
        Column made;
        made.id = file_.text(node, "id");
        made.vi = file_.text(node, "vi");
        made.en = file_.text(node, "en");
        made.basis = file_.text(node, "basis");
        made.origin = file_.origin(node);
        made.awaits = file_.text(node, "awaits");
        made.source = file_.named<Source>(node, "level");
        made.period = file_.period(node);
        made.unit = node.attribute("of") ? file_.named<Unit>(node, "of") : Unit::Ruling;
        made.when = ruling(node, "when");
        made.splits = file_.list(node, "splits");
        for (const auto& split : made.splits)
            if (!book_.splits_.contains(split)) file_.fail(node, "unknown split " + split);
        if (!ids_.insert(made.id).second) file_.fail(node, "a second column " + made.id);
        if (!made.awaits.empty()) awaited_.insert(made.id);
        counted(node, made);
        return made;
    }

    // What a line of it is.
    void counted(const Node& node, Column& made) const {
        Names fields;
        made.acts = acts(node, "acts");
        for (const auto& type : made.acts) addFields(book_.law().act(type)->content, {}, fields);
        auto words = lawWords_;
        if (made.unit == Unit::Act) words.fields = &fields;
        made.where = conditionIn(file_, node, "where", words);
        made.on = dayIn(file_, node, "on", words);
        made.day = file_.text(node, "day");
        made.answers = file_.text(node, "answers");
        for (const auto& name : {made.day, made.answers})
            if (!name.empty() && !fields.contains(name)) file_.fail(node, "no field " + name);
        made.byEnd = file_.text(node, "by-end") == "yes";
        made.answered = acts(node, "answered");
        made.unanswered = acts(node, "unanswered");
        made.unfollowed = acts(node, "unfollowed");
        made.terms = file_.list(node, "terms");
        for (const auto& term : made.terms)
            if (!words_.terms.contains(term)) file_.fail(node, "unknown term " + term);
        made.outcomes = file_.namedList<Outcome>(node, "outcomes");
        if (made.unit == Unit::Term) made.by = file_.named<TermsBy>(node, "by");
        if (made.unit == Unit::Fact) fact(node, made);
        if ((made.unit == Unit::Act && made.acts.empty()) ||
            (made.unit == Unit::Term && made.terms.empty()))
            file_.fail(node, "it does not say what is counted");
    }

    void fact(const Node& node, Column& made) const {
        auto text = file_.text(node, "fact");
        if (const auto bracket = text.find('('); bracket != std::string::npos) {
            made.code = text.substr(bracket + 1, text.rfind(')') - bracket - 1);
            text.resize(bracket);
        }
        const auto kind = model::valueOf<FactKind>(text);
        if (!kind) file_.fail(node, "unknown fact \"" + text + "\"");
        made.fact = *kind;
    }

    // "A1 - A3 + B2", "0"
    Sum sumOf(const Node& node, const std::string& text) const {
        std::istringstream stream(text);
        Sum made;
        int sign = 1;
        bool nothing = false;
        for (std::string word; stream >> word;) {
            if (word == "+" || word == "-") {
                sign = word == "+" ? 1 : -1;
                continue;
            }
            nothing = word == "0";
            if (nothing) continue;
            if (!ids_.contains(word)) file_.fail(node, "unknown column " + word);
            if (awaited_.contains(word)) file_.fail(node, word + " is not counted");
            made.emplace_back(sign, word);
        }
        if (made.empty() != nothing) file_.fail(node, "\"" + text + "\" is no sum");
        return made;
    }
    Sum sum(const Node& node, const char* attribute) const {
        return sumOf(node, file_.text(node, attribute));
    }

    void identity(const Node& node) {
        Identity made;
        made.id = made.vi = file_.text(node, "says");
        made.across = file_.named<Identity::Across>(node, "across");
        made.warning = file_.text(node, "warning") == "yes";
        if (node.attribute("vi")) made.vi = file_.text(node, "vi");
        if (const auto columns = file_.list(node, "each"); !columns.empty()) {
            made.atMost = true;
            for (const auto& column : columns) {
                made.id = column + " <= " + column;
                made.left = made.right = sumOf(node, column);
                book_.identities_.push_back(made);
            }
            return;
        }
        const auto sign = made.id.find('=');
        if (sign == std::string::npos || sign == 0) file_.fail(node, "it says nothing equal");
        made.atMost = made.id[sign - 1] == '<';
        made.left = sumOf(node, made.id.substr(0, sign - (made.atMost ? 1 : 0)));
        made.right = sumOf(node, made.id.substr(sign + 1));
        book_.identities_.push_back(std::move(made));
    }

    std::shared_ptr<const document::XmlSchema> schema_;
    DataFile process_, file_;
    FigureBook book_;
    RulingWords words_;
    Words lawWords_;
    std::map<std::string, Condition, std::less<>> conditions_;
    Names stages_, groups_, ofTerms_, ids_, awaited_;
};

FigureBook FigureBook::load(const std::filesystem::path& mappings, const LawBook& law) {
    return FigureLoader(mappings, law).load();
}

}  // namespace gateway::law::figures
