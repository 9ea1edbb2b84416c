#include "gateway/law/acts/act_loader.h"

#include <algorithm>

namespace gateway::law {
namespace {

using document::Node;

class ActReader {
  public:
    ActReader(const DataFile& file, const Words& words) : file_(file), words_(words) {}

    ActDeclaration act() {
        const auto& root = file_.root();
        ActDeclaration made;
        made.type = file_.text(root, "type");
        made.vi = file_.text(root, "vi");
        made.en = file_.text(root, "en");
        made.article = file_.text(root, "article");
        made.rank = file_.text(root, "rank").front() - '0';
        if (root.attribute("effect")) made.effect = file_.named<Effect>(root, "effect");
        if (root.attribute("subject")) made.subject = file_.text(root, "subject");
        made.outside = file_.text(root, "outside");
        made.onBehalf = file_.text(root, "on-behalf") != "no";
        collect(root, "");
        words_.fields = &names_;
        made.content = fieldsOf(root);
        for (const auto* node : file_.elements(root, "rule")) made.rules.push_back(rule(*node));
        file(root, made.file);
        check(made);
        return made;
    }

  private:
    // Of an item of a list its members are spoken of by their own names.
    void collect(const Node& parent, const std::string& path) {
        for (const auto* node : file_.elements(parent, "field")) {
            const auto name = path + file_.text(*node, "name");
            names_.insert(name);
            collect(*node, file_.text(*node, "type") == "object" ? name + "/" : "");
        }
    }

    std::vector<Field> fieldsOf(const Node& parent) {
        std::vector<Field> found;
        for (const auto* node : file_.elements(parent, "field")) {
            Field field;
            field.name = file_.text(*node, "name");
            field.vi = file_.text(*node, "vi");
            field.type = file_.named<FieldType>(*node, "type");
            const auto required = file_.text(*node, "required");
            field.optional = required == "no";
            field.future = file_.text(*node, "future") == "yes";
            if (!required.empty() && required != "no")
                field.required = conditionIn(file_, *node, "required", words_);
            field.codes = file_.list(*node, "codes");
            if (field.codes.empty() == (field.type == FieldType::Code))
                file_.fail(*node, "codes belong to a field of type code");
            field.members = fieldsOf(*node);
            const bool holds = field.type == FieldType::List || field.type == FieldType::Object;
            if (field.members.empty() == holds)
                file_.fail(*node, "members belong to a field of type list or object");
            found.push_back(std::move(field));
        }
        return found;
    }

    ActRule rule(const Node& node) {
        ActRule made;
        made.period = file_.period(node);
        scope(node, made);
        for (const auto* one : file_.elements(node, "sender"))
            made.senders.push_back(
                {file_.named<Role>(*one, "role"), when(*one), file_.text(*one, "basis")});
        for (const auto* one : file_.elements(node, "refuse"))
            made.refusals.push_back(refusal(*one));
        for (const auto* one : file_.elements(node, "mark"))
            made.marks.push_back({file_.text(*one, "name"), when(*one), file_.text(*one, "vi"),
                                  file_.text(*one, "en")});
        for (const auto* one : file_.elements(node, "fact")) made.facts.push_back(fact(*one));
        for (const auto* one : file_.elements(node, "told"))
            for (const auto role : file_.namedList<Role>(*one, "role"))
                made.told.push_back({role, when(*one), file_.named<Level>(*one, "level"),
                                     file_.text(*one, "basis"),
                                     file_.text(*one, "what") == "state" ? What::State : What::Act,
                                     file_.text(*one, "copy") == "yes"});
        return made;
    }

    Refusal refusal(const Node& node) {
        Refusal made{when(node),
                     file_.text(node, "code"),
                     file_.text(node, "basis"),
                     file_.text(node, "vi"),
                     file_.text(node, "en"),
                     file_.text(node, "at"),
                     file_.namedList<model::AgencyKind>(node, "kinds")};
        if (!made.at.empty() && !names_.contains(made.at)) file_.fail(node, "no field " + made.at);
        return made;
    }

    // key="lead period/until" part="form counterpart", or in="sheet"
    void file(const Node& root, FileOf& made) {
        made.key = file_.list(root, "key");
        made.part = file_.list(root, "part");
        made.in = file_.text(root, "in");
        for (const auto& name : made.key)
            if (name != kOwnMessage && name != kItsSender && !names_.contains(name))
                file_.fail(root, "no field " + name);
        if (!made.in.empty() && !names_.contains(made.in)) file_.fail(root, "no field " + made.in);
    }

    // of="items/obligation": the numbers in a list; of="obligations": a field of numbers.
    void scope(const Node& node, ActRule& made) {
        const auto of = file_.text(node, "of");
        const auto slash = of.find('/');
        if (slash != std::string::npos) made.list = of.substr(0, slash);
        made.member = slash == std::string::npos ? of : of.substr(slash + 1);
        for (const auto& name : {made.list, made.member})
            if (!name.empty() && !names_.contains(name)) file_.fail(node, "no field " + name);
    }

    FactRule fact(const Node& node) {
        FactRule made;
        made.kind = file_.named<FactKind>(node, "kind");
        if (node.attribute("part")) made.part = file_.named<FactPart>(node, "part");
        made.when = when(node);
        made.each = file_.text(node, "each");
        if (!made.each.empty() && !names_.contains(made.each))
            file_.fail(node, "no list " + made.each);
        made.on = dayIn(file_, node, "on", words_);
        made.until = dayIn(file_, node, "until", words_);
        made.received = dayIn(file_, node, "received", words_);
        for (const auto& [name, slot] : {std::pair{"code", &made.code},
                                         {"number", &made.number},
                                         {"party", &made.party},
                                         {"about", &made.about}}) {
            *slot = file_.text(node, name);
            if (slot->starts_with("field:") && !names_.contains(slot->substr(6)))
                file_.fail(node, "no field " + slot->substr(6));
        }
        made.words = file_.list(node, "words");
        for (const auto& name : made.words)
            if (!names_.contains(name)) file_.fail(node, "no field " + name);
        return made;
    }

    Condition when(const Node& node) { return conditionIn(file_, node, "when", words_); }

    void checkOutside(const ActDeclaration& made) const {
        if (made.effect != Effect::None)
            file_.fail(file_.root(), "only an act of a case has an effect");
        for (const auto& rule : made.rules)
            if ((!rule.facts.empty() && !made.file.kept()) || !rule.member.empty())
                file_.fail(file_.root(),
                           "outside a case facts need a file, and there are no "
                           "obligations");
    }

    void check(const ActDeclaration& made) const {
        if (made.subject != kCase || !made.outside.empty()) checkOutside(made);
        if (made.subject != kCase && !made.outside.empty())
            file_.fail(file_.root(), "only an act of a case may be outside one");
        if (made.fileSubject() == kCase && made.file.kept())
            file_.fail(file_.root(), "a case is its own file");
        for (const auto& rule : made.rules)
            for (const auto& fact : rule.facts)
                if (fact.part == FactPart::Brought &&
                    (made.file.in.empty() || made.file.part.empty()))
                    file_.fail(file_.root(), "it brings in no part");
        for (std::size_t i = 0; i < made.rules.size(); ++i) {
            if (!made.rules[i].period.wellFormed()) file_.fail(file_.root(), "an empty period");
            for (std::size_t j = 0; j < i; ++j)
                if (made.rules[i].period.overlaps(made.rules[j].period))
                    file_.fail(file_.root(), "two rules on one day");
            for (const auto& refusal : made.rules[i].refusals)
                if (refusal.when.isAlways()) file_.fail(file_.root(), "nothing can make it legal");
        }
    }

    const DataFile& file_;
    Words words_;
    std::set<std::string, std::less<>> names_;
};

}  // namespace

Condition conditionIn(const DataFile& file, const Node& node, std::string_view attribute,
                      const Words& words) {
    try {
        return words.condition(file.text(node, attribute));
    } catch (const std::invalid_argument& problem) {
        file.fail(node, std::string(attribute) + ": " + problem.what());
    }
}

DayTerm dayIn(const DataFile& file, const Node& node, std::string_view attribute,
              const Words& words) {
    const auto text = file.text(node, attribute);
    if (text.empty()) return {};
    try {
        return words.day(text);
    } catch (const std::invalid_argument& problem) {
        file.fail(node, std::string(attribute) + ": " + problem.what());
    }
}

ActDeclaration readAct(const DataFile& file, const Words& words) {
    return ActReader(file, words).act();
}

}  // namespace gateway::law
