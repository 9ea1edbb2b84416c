#include "gateway/law/acts/act_loader.h"

#include <algorithm>
#include <array>

#include "gateway/law/conditions/expression.h"
#include "gateway/model/questions/any_message.h"

namespace gateway::law {
namespace {

using document::Node;

// No question, answer or receipt may be called so, nor what stands beside a payload.
bool mayBeAct(const std::string& type) {
    using enum model::MessageType;
    const auto known = model::typeOf(type);
    return known == DeclaredAct ? type != "Envelope" && type != "Delivery" && type != "Message"
                                : known == JudgmentTransfer;
}

bool namesRulings(const Field& field) {
    return field.type == FieldType::List &&
           std::ranges::all_of(std::array{"court", "number", "issuedOn"}, [&](const char* name) {
               return std::ranges::count(field.members, name, &Field::name) == 1;
           });
}

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
            const bool first = names_.insert(name).second;
            const auto codes = file_.list(*node, "codes");
            // Of one name in several lists: a code of any of them, and anything where one has none.
            auto& known = codes_[name];
            if (codes.empty()) known.clear();
            if (first || !known.empty()) known.insert(codes.begin(), codes.end());
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
                field.required = condition(*node, "required");
            field.codes = file_.list(*node, "codes");
            if (field.codes.empty() == (field.type == FieldType::Code))
                file_.fail(*node, "codes belong to a field of type code");
            if (std::set(field.codes.begin(), field.codes.end()).size() != field.codes.size())
                file_.fail(*node, "a code stands twice");
            if (field.future && field.type != FieldType::Day)
                file_.fail(*node, "only a day may be to come");
            if (std::ranges::find(found, field.name, &Field::name) != found.end())
                file_.fail(*node, "a second field " + field.name);
            field.members = fieldsOf(*node);
            const bool holds = field.type == FieldType::List || field.type == FieldType::Object;
            if (field.members.empty() == holds)
                file_.fail(*node, "members belong to a field of type list or object");
            staying(*node, field);
            field.elsewhere = file_.text(*node, "elsewhere");
            if (!field.elsewhere.empty() && !namesRulings(field))
                file_.fail(*node, "elsewhere belongs to a list whose items name rulings");
            found.push_back(std::move(field));
        }
        return found;
    }

    // What may be left out because it is as it was; of items in a list, by what they are the same.
    void staying(const Node& node, Field& field) {
        field.stays = file_.text(node, "stays") == "yes";
        field.key = file_.text(node, "key");
        const bool within = std::ranges::any_of(field.members, hasStaying);
        if (field.stays && !isOfCase()) file_.fail(node, "only in a case something stays");
        if (field.stays && !field.optional)
            file_.fail(node, "what must be said does not stay unsaid: required=\"no\"");
        if (field.stays && (field.type == FieldType::Files || field.type == FieldType::Ruling))
            file_.fail(node, "files and rulings do not stay");
        if (field.key.empty() && field.type == FieldType::List && within)
            file_.fail(node, "say by key which of its items are the same as before");
        if (field.key.empty()) return;
        const auto key = std::ranges::find(field.members, field.key, &Field::name);
        if (key == field.members.end() || key->optional || !key->members.empty() || !within)
            file_.fail(node, "key names what every item of a list says, in which something stays");
    }
    static bool hasStaying(const Field& field) {
        return field.stays || std::ranges::any_of(field.members, hasStaying);
    }

    ActRule rule(const Node& node) {
        ActRule made;
        made.period = file_.period(node);
        scope(node, made);
        for (const auto* one : file_.elements(node, "sender"))
            made.senders.push_back({sender(*one), when(*one), file_.text(*one, "basis")});
        for (const auto* one : file_.elements(node, "refuse"))
            made.refusals.push_back(refusal(*one));
        for (const auto* one : file_.elements(node, "mark"))
            made.marks.push_back({file_.text(*one, "name"), when(*one), file_.text(*one, "vi"),
                                  file_.text(*one, "en")});
        for (const auto* one : file_.elements(node, "fact")) made.facts.push_back(fact(*one));
        for (const auto* one : file_.elements(node, "told"))
            for (const auto role : file_.namedList<Role>(*one, "role"))
                made.told.push_back({told(*one, role), when(*one),
                                     file_.named<Level>(*one, "level"), file_.text(*one, "basis"),
                                     file_.text(*one, "what") == "state" ? What::State : What::Act,
                                     file_.text(*one, "copy") == "yes"});
        return made;
    }

    Role sender(const Node& node) const {
        const auto said = file_.named<Role>(node, "role");
        if (said == Role::Public) file_.fail(node, "the public sends nothing");
        return ofCase(node, said);
    }
    Role told(const Node& node, Role role) const {
        if (isOfCase() && role == Role::Addressee && !namesAnAgency())
            file_.fail(node, "it has no field of type agency or party that names the addressee");
        return ofCase(node, role);
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
        if (made.when.text() == "always")
            file_.fail(node, "nothing can make it legal: end the rule by its until");
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

    Condition when(const Node& node) { return condition(node, "when"); }

    // Of a field that says one of a list of codes nothing asks for another one.
    Condition condition(const Node& node, std::string_view attribute) const {
        auto read = conditionIn(file_, node, attribute, words_);
        const auto tokens = expression::tokensOf(read.text());
        for (std::size_t i = 0; i + 3 < tokens.size(); ++i) {
            const bool item = tokens[i] == "any" && i + 4 < tokens.size();
            const auto at = i + (item ? 2 : 1);
            if ((!item && tokens[i] != "field") || tokens[at + 1] != "in") continue;
            const auto known = codes_.find(tokens[at]);
            if (known == codes_.end() || known->second.empty()) continue;
            for (auto code = at + 3; code < tokens.size() && tokens[code] != ")"; ++code)
                if (!known->second.contains(tokens[code]))
                    file_.fail(node, std::string(attribute) + ": the field " + tokens[at] +
                                         " has no code " + tokens[code]);
        }
        return read;
    }

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
        if (!mayBeAct(made.type))
            file_.fail(file_.root(), made.type + " is a message of the gateway's own");
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
        }
    }

    bool isOfCase() const {
        return !file_.root().attribute("subject") && !file_.root().attribute("outside");
    }
    Role ofCase(const Node& node, Role role) const {
        if (isOfCase() && (role == Role::Lead || role == Role::Counterpart))
            file_.fail(node, "a case has no " + std::string(model::nameOf(role)));
        return role;
    }
    bool namesAnAgency() const {
        return std::ranges::any_of(file_.elements(file_.root(), "field"),
                                   [this](const Node* field) {
                                       const auto type = file_.text(*field, "type");
                                       return type == "agency" || type == "party";
                                   });
    }

    const DataFile& file_;
    Words words_;
    std::set<std::string, std::less<>> names_;
    std::map<std::string, std::set<std::string, std::less<>>, std::less<>> codes_;
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
