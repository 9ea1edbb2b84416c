#include "gateway/law/registers/register_book.h"

#include <algorithm>

#include "gateway/law/acts/act_loader.h"

namespace gateway::law::registers {
namespace {

using document::Node;
using Names = std::set<std::string, std::less<>>;

const Names& fieldsOf(Thing thing) {
    static const std::map<Thing, Names> all = {
        {Thing::Line, {"no"}},
        {Thing::Ruling,
         {"kind", "number", "issuedOn", "court", "instance", "docket", "subject", "effectiveOn"}},
        {Thing::Party, {"role", "name", "address", "birthYear"}},
        {Thing::Obligation, {"no", "category", "text", "party", "entitled", "superior", "stage"}},
        {Thing::File, {"name", "sha256"}},
        {Thing::Fact,
         {"on", "until", "received", "code", "number", "party", "about", "by", "obligation"}},
        {Thing::Act, {"by", "recordedOn"}},
        {Thing::Term, {"vi", "start", "due", "answeredOn", "outcome", "obligation"}}};
    return all.at(thing);
}

/// Reads the file, held against the law and the words of the figures.
class Reader {
  public:
    Reader(const DataFile& file, const figures::FigureBook& figures) :
        file_(file), figures_(figures) {
        const auto take = [](const auto& from, auto& to) {
            for (const auto& [name, value] : from) to.insert(name);
        };
        take(figures.rulings(), words_.names);
        take(figures.definitions(), words_.definitions);
        take(figures.days(), words_.days);
        words_.days.insert(std::string(figures::kListed));
        for (const auto& term : figures.law().terms()) words_.terms.insert(term.id);
    }

    Form form(const Node& node) const {
        Form made;
        made.id = file_.text(node, "id");
        made.title = file_.text(node, "title");
        made.vi = file_.text(node, "vi");
        made.en = file_.text(node, "en");
        made.basis = file_.text(node, "basis");
        made.source = file_.named<figures::Source>(node, "level");
        if (node.attribute("entered")) made.entered = file_.named<FactKind>(node, "entered");
        made.when = condition(node, "when");
        made.struck = condition(node, "struck");
        made.order = file_.namedList<FactKind>(node, "order");
        if (!made.entered && !made.when.read)
            file_.fail(node, "it does not say which rulings stand in it");
        for (const auto* one : file_.elements(node, "column")) {
            const auto id = file_.text(*one, "id");
            if (std::ranges::count(made.columns, id, &Column::id) > 0)
                file_.fail(*one, "a second column " + id);
            made.columns.push_back(column(*one));
        }
        return made;
    }

  private:
    figures::RulingCondition condition(const Node& node, const char* attribute) const {
        try {
            return words_.condition(file_.text(node, attribute));
        } catch (const std::invalid_argument& problem) {
            file_.fail(node, std::string(attribute) + ": " + problem.what());
        }
    }
    Column column(const Node& node) const {
        Column made{file_.text(node, "id"),
                    file_.text(node, "vi"),
                    file_.text(node, "en"),
                    file_.text(node, "basis"),
                    file_.named<figures::Source>(node, "level"),
                    {}};
        for (const auto* one : file_.elements(node, "entry")) made.entries.push_back(entry(*one));
        return made;
    }
    Entry entry(const Node& node) const {
        Entry made;
        made.of = file_.named<Thing>(node, "of");
        made.code = file_.text(node, "code");
        made.acts = file_.list(node, "acts");
        made.terms = file_.list(node, "terms");
        if (made.of == Thing::Fact) made.fact = file_.named<FactKind>(node, "fact");
        auto fields = fieldsOf(made.of);
        for (const auto& type : made.acts) {
            const auto* act = figures_.law().act(type);
            if (!act) file_.fail(node, "unknown act " + type);
            for (const auto& field : act->content) fields.insert(field.name);
        }
        for (const auto& term : made.terms)
            if (!words_.terms.contains(term)) file_.fail(node, "unknown term " + term);
        if ((made.of == Thing::Act) == made.acts.empty() ||
            (made.of == Thing::Term) == made.terms.empty())
            file_.fail(node, "acts or terms, where they are what it is of");
        try {
            made.says = Template::read(file_.text(node, "says"));
        } catch (const std::invalid_argument& problem) {
            file_.fail(node, std::string("says: ") + problem.what());
        }
        for (const auto& piece : made.says.pieces)
            if (piece.field && !fields.contains(piece.text))
                file_.fail(node, "no field " + piece.text);
        return made;
    }

    const DataFile& file_;
    const figures::FigureBook& figures_;
    figures::RulingWords words_;
};

}  // namespace

Template Template::read(const std::string& text) {
    Template made;
    int bracket = 0, brackets = 0;
    std::string words;
    const auto take = [&](bool field) {
        if (!words.empty()) made.pieces.push_back({field, words, bracket});
        words.clear();
    };
    bool inField = false;
    for (const char c : text) {
        const bool mark = c == '{' || c == '}' || c == '[' || c == ']';
        if (!mark) {
            words += c;
            continue;
        }
        const bool fits = inField ? c == '}' : c == '{' || c == (bracket == 0 ? '[' : ']');
        if (!fits) throw std::invalid_argument(std::string("misplaced \"") + c + "\"");
        take(inField);
        if (c == '[') bracket = ++brackets;
        if (c == ']') bracket = 0;
        inField = c == '{';
    }
    if (inField || bracket != 0) throw std::invalid_argument("it does not close");
    take(false);
    return made;
}

std::string Template::write(const std::map<std::string, std::string, std::less<>>& fields) const {
    const auto textOf = [&](const Piece& piece) -> std::string {
        if (!piece.field) return piece.text;
        const auto found = fields.find(piece.text);
        return found == fields.end() ? std::string() : found->second;
    };
    std::set<int> missing;
    for (const auto& piece : pieces)
        if (piece.field && textOf(piece).empty()) missing.insert(piece.bracket);
    if (missing.contains(0)) return {};
    std::string made;
    for (const auto& piece : pieces)
        if (!missing.contains(piece.bracket)) made += textOf(piece);
    return made;
}

RegisterBook RegisterBook::load(const std::filesystem::path& mappings,
                                const figures::FigureBook& figures) {
    const auto schema = document::XmlSchema::load(mappings / "schemas" / "law.xsd");
    const DataFile file(mappings / "legal-rules" / "registers.xml", *schema);
    const Reader reader(file, figures);
    RegisterBook made;
    for (const auto* node : file.elements(file.root(), "word"))
        made.words[file.text(*node, "name")] = file.text(*node, "vi");
    for (const auto* node : file.elements(file.root(), "register")) {
        made.forms.push_back(reader.form(*node));
        if (made.form(made.forms.back().id) != &made.forms.back())
            file.fail(*node, "a second register " + made.forms.back().id);
    }
    return made;
}

const Form* RegisterBook::form(std::string_view id) const {
    const auto found = std::ranges::find(forms, id, &Form::id);
    return found == forms.end() ? nullptr : &*found;
}

}  // namespace gateway::law::registers
