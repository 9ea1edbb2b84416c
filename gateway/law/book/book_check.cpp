#include "gateway/law/book/book_check.h"

#include <algorithm>

#include "gateway/base/fault.h"
#include "gateway/law/conditions/data_file.h"

namespace gateway::law {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kOfField = "field:", kXml = ".xml", kSamples = "samples";
// What the program reads of legal-rules, and what begins so.
constexpr std::string_view kWhole[] = {"calendar.xml", "case-file.xml", "figures.xml",
                                       "registers.xml", "report.xml"};
constexpr std::string_view kFirst[] = {"process", "terms"};

bool isRead(const std::string& name) {
    return std::ranges::find(kWhole, name) != std::end(kWhole) ||
           std::ranges::any_of(kFirst, [&](auto first) { return name.starts_with(first); });
}

void checkFolder(const fs::path& folder, bool ofRules) {
    for (const auto& entry : fs::directory_iterator(folder)) {
        const auto name = entry.path().filename().string();
        if (entry.is_directory() && (ofRules || name != kSamples))
            throw base::Fault(entry.path().string() + ": nothing reads this folder");
        auto ending = entry.path().extension().string();
        std::ranges::transform(ending, ending.begin(), [](char c) {
            return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        });
        if (entry.is_directory() || ending != kXml) continue;
        if (!name.ends_with(kXml))
            throw base::Fault(entry.path().string() +
                              ":1: nothing reads it, its name is to end "
                              "with .xml");
        if (ofRules && !isRead(name))
            throw base::Fault(entry.path().string() +
                              ":1: nothing reads it, its name is to begin "
                              "with terms or process");
    }
}

const Field* fieldIn(const std::vector<Field>& fields, std::string_view name) {
    for (const auto& field : fields) {
        if (field.name == name) return &field;
        if (const auto* inner = fieldIn(field.members, name)) return inner;
    }
    return nullptr;
}

// Of a field without a list of codes, or of what only the sender knows, it may be any code.
bool mayHaveCode(const ActDeclaration& act, const FactRule& fact, const std::string& code) {
    if (code.empty() || fact.code == code || fact.code == "sender") return true;
    if (!fact.code.starts_with(kOfField)) return false;
    const auto name = std::string_view(fact.code).substr(kOfField.size());
    const auto* field = fieldIn(act.content, name.substr(name.rfind('/') + 1));
    return !field || field->codes.empty() || std::ranges::count(field->codes, code) > 0;
}

std::string called(FactKind kind, const std::string& code) {
    return std::string(model::nameOf(kind)) + (code.empty() ? "" : "(" + code + ")");
}

void checkAnswers(const LawBook& book, const Subject& subject, const TermRule& term) {
    if (!term.each) return;
    if (!isLeft(book, subject, *term.each, term.eachCode))
        throw base::Fault(term.origin + ": no act leaves the fact " +
                          called(*term.each, term.eachCode) + " for which the term " + term.id +
                          " runs");
    const auto answers = [&](FactKind kind) { return isLeft(book, subject, kind, term.eachCode); };
    if (!term.answeredBy.empty() && std::ranges::none_of(term.answeredBy, answers))
        throw base::Fault(term.origin + ": no act leaves the fact " +
                          called(term.answeredBy.front(), term.eachCode) +
                          " that answers the term " + term.id);
}

void checkRoles(const Subject& subject, const TermRule& term) {
    auto told = term.to;
    for (const auto& tell : term.tell)
        told.insert(told.end(), tell.roles.begin(), tell.roles.end());
    if (term.owes == Role::Public || term.owes == Role::Gateway)
        throw base::Fault(term.origin + ": " + std::string(model::nameOf(term.owes)) +
                          " owes nothing");
    const bool ofAnAct = term.owes == Role::Addressee || term.owes == Role::Author;
    if (subject == kCase && !term.each && ofAnAct)
        throw base::Fault(term.origin + ": " + std::string(model::nameOf(term.owes)) +
                          " of which act? Such a term runs for each of its facts");
    told.push_back(term.owes);
    for (const auto role : told) {
        if (subject == kCase && (role == Role::Lead || role == Role::Counterpart))
            throw base::Fault(term.origin + ": a case has no " + std::string(model::nameOf(role)));
    }
}

void checkVersions(const std::vector<TermRule>& terms) {
    for (std::size_t i = 0; i < terms.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            if (terms[i].id == terms[j].id && terms[i].period.overlaps(terms[j].period))
                throw base::Fault(terms[i].origin + ": two versions on one day, the other at " +
                                  terms[j].origin);
}

}  // namespace

bool isLeft(const LawBook& book, std::string_view subject, FactKind kind, const std::string& code) {
    for (const auto* act : book.everyAct()) {
        if (act->subject != subject && act->fileSubject() != subject) continue;
        for (const auto& rule : act->rules)
            for (const auto& fact : rule.facts)
                if (fact.kind == kind && mayHaveCode(*act, fact, code)) return true;
    }
    return false;
}

void checkFiles(const fs::path& mappings) {
    checkFolder(mappings / "acts", false);
    checkFolder(mappings / "legal-rules", true);
}

namespace {

// What is said in another case is the gateway's word there, and nobody else's.
void checkElsewhere(const LawBook& book, const ActDeclaration& act) {
    for (const auto& field : act.content) {
        if (field.elsewhere.empty()) continue;
        const auto* there = book.act(field.elsewhere);
        const bool ours = there && there->subject == kCase && !there->onBehalf &&
                          std::ranges::all_of(there->rules, [](const ActRule& rule) {
                              return std::ranges::all_of(rule.senders, [](const Sender& sender) {
                                  return sender.role == Role::Gateway;
                              });
                          });
        if (!ours)
            throw base::Fault("mappings/acts/" + act.type + ".xml: elsewhere: " + field.elsewhere +
                              " is no act of a case that the gateway alone says");
    }
}

}  // namespace

void checkBook(const LawBook& book) {
    std::set<FactKind> added;
    for (const auto* act : book.everyAct()) checkElsewhere(book, *act);
    for (const auto* act : book.everyAct())
        for (const auto& rule : act->rules)
            for (const auto& fact : rule.facts) added.insert(fact.kind);
    for (const auto& [kind, name] : model::Names<FactKind>::table)
        if (!added.contains(kind))
            throw base::Fault("mappings/acts: no act adds the fact " + std::string(name));
    for (const auto& subject : book.subjects()) {
        const auto& process = book.process(subject);
        checkVersions(process.terms);
        for (const auto& term : process.terms) {
            checkAnswers(book, subject, term);
            checkRoles(subject, term);
        }
        if (!process.openedBy.empty() && !book.act(process.openedBy))
            throw base::Fault("legal-rules: a process is opened by " + process.openedBy +
                              ", which is no act");
    }
}

}  // namespace gateway::law
