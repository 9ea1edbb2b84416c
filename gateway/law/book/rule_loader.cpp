// mappings/legal-rules and mappings/acts, held against each other.

#include <algorithm>
#include <charconv>

#include "gateway/base/fault.h"
#include "gateway/law/acts/act_loader.h"
#include "gateway/law/book/book_check.h"
#include "gateway/law/book/fact_codes.h"
#include "gateway/law/book/law_book.h"
#include "gateway/law/conditions/expression.h"
#include "gateway/model/cases/stage.h"

namespace gateway::law {

using document::Node;
using Names = std::set<std::string, std::less<>>;

// What the gateway finds out about an act by reckoning, for `found NAME`.
const Names kFindings{"no-period",    "other-cells", "broken-identity", "broken-figures",
                      "wrong-period", "unexplained", "beyond-level",    "other-case",
                      "built-upon",   "other-sum",   "other-figure",    "unnamed",
                      "number-taken"};

/// What conditions of one subject may speak of.
struct Vocabulary {
    std::map<std::string, Condition, std::less<>> definitions;
    Names stages, terms;
    Words words;
};

class RuleLoader {
  public:
    explicit RuleLoader(const std::filesystem::path& mappings) :
        acts_(mappings / "acts"),
        book_(Calendar::load(mappings / "legal-rules" / "calendar.xml", mappings / "schemas")),
        schema_(document::XmlSchema::load(mappings / "schemas" / "law.xsd")) {
        checkFiles(mappings);
        // What a later decree adds may build upon the delivered files, so these come first.
        read(mappings / "legal-rules", "process", processes_);
        read(mappings / "legal-rules", "terms", termFiles_);
        for (const auto& folder : {mappings / "legal-rules", acts_})
            for (const auto& path : filesIn(folder, ".xml"))
                digest_.add(path.filename().string()).add(document::fileDigest(path).view());
        book_.digest_ = digest_.finish();
    }

    LawBook load() {
        for (const auto& file : processes_) vocabulary(file);
        for (const auto& file : termFiles_)
            for (const auto* node : file.elements(file.root(), "term"))
                wordsOf(file).terms.insert(file.text(*node, "id"));
        for (const auto& file : processes_) process(file);
        terms();
        acts();
        checkBook(book_);
        for (const auto* files : {&processes_, &termFiles_})
            for (const auto& file : *files) codes_.read(file, subjectOf(file));
        codes_.check(book_);
        return std::move(book_);
    }

  private:
    void read(const std::filesystem::path& folder, const std::string& name,
              std::vector<DataFile>& files) {
        const auto first = folder / (name + ".xml");
        files.emplace_back(first, *schema_);
        for (const auto& path : filesIn(folder, ".xml"))
            if (path.filename().string().starts_with(name) && path != first)
                files.emplace_back(path, *schema_);
        for (const auto& file : files) isOf(file, name);
    }

    static void isOf(const DataFile& file, const std::string& name) {
        if (file.root().name != name)
            file.fail(file.root(),
                      "\"" + name + "\" is expected here, not \"" + file.root().name + "\"");
    }

    static Subject subjectOf(const DataFile& file) {
        return file.root().attribute("subject") ? file.text(file.root(), "subject") : kCase;
    }

    Vocabulary& wordsOf(const DataFile& file) {
        const auto found = vocabularies_.find(subjectOf(file));
        if (found == vocabularies_.end()) file.fail(file.root(), "its subject has no process");
        return found->second;
    }

    // Before any condition is read.
    void vocabulary(const DataFile& file) {
        if (vocabularies_.contains(subjectOf(file))) file.fail(file.root(), "a second process");
        auto& own = vocabularies_[subjectOf(file)];
        for (const auto* node : file.elements(file.root(), "stage")) {
            const auto name = file.text(*node, "name");
            if (subjectOf(file) == kCase && !model::valueOf<model::Stage>(name))
                file.fail(*node, "a case has no stage " + name +
                                     ": those of the case model are all; a view beside the stage "
                                     "is a track");
            if (!own.stages.insert(name).second && subjectOf(file) != kCase)
                file.fail(*node, "a second stage " + name);
        }
        for (const auto* node : file.elements(file.root(), "group")) {
            const auto name = file.text(*node, "name");
            groups_.insert(name);
            for (const auto& kind : file.list(*node, "kinds")) book_.groups_[kind].insert(name);
        }
        own.words = {&own.definitions, &own.terms, &own.stages, &groups_, nullptr, &kFindings};
    }

    void process(const DataFile& file) {
        auto& own = wordsOf(file);
        auto& made = book_.processes_[subjectOf(file)];
        made.vi = file.text(file.root(), "vi");
        made.openedBy = file.text(file.root(), "opened-by");
        made.seenBy = file.namedList<Role>(file.root(), "seen-by");
        for (const auto* node : file.elements(file.root(), "pairing"))
            made.pairings.push_back(pairing(file, *node));
        for (const auto* node : file.elements(file.root(), "define")) {
            const auto name = file.text(*node, "name");
            if (model::valueOf<FactKind>(name)) file.fail(*node, name + " is a fact");
            own.definitions[name] = conditionIn(file, *node, "when", own.words);
        }
        for (const auto* node : file.elements(file.root(), "stage"))
            made.stages.push_back({file.text(*node, "name"), file.text(*node, "vi"),
                                   file.text(*node, "open") != "no",
                                   conditionIn(file, *node, "when", own.words)});
        for (const auto* node : file.elements(file.root(), "track"))
            made.tracks.push_back(track(file, *node, own.words));
        for (const auto* node : file.elements(file.root(), "rests"))
            made.rests.push_back(
                {file.named<FactKind>(*node, "on"), file.namedList<FactKind>(*node, "facts")});
        if (made.stages.empty() || !made.stages.back().when.isAlways())
            file.fail(file.root(), "the last stage holds always");
    }

    static Pairing pairing(const DataFile& file, const Node& node) {
        Pairing made;
        made.kind = file.text(node, "kind");
        made.lead = file.named<Role>(node, "lead");
        made.counterpart = file.named<Role>(node, "counterpart");
        if (node.attribute("with")) made.with = file.named<Role>(node, "with");
        made.sameLevel = file.text(node, "level") == "same";
        return made;
    }

    static Track track(const DataFile& file, const Node& node, const Words& words) {
        Track made{file.text(node, "name"), file.text(node, "vi"), {}};
        for (const auto* value : file.elements(node, "value"))
            made.values.push_back({file.text(*value, "name"), file.text(*value, "vi"),
                                   conditionIn(file, *value, "when", words)});
        return made;
    }

    static Length length(const DataFile& file, const Node& node, const std::string& text) {
        const auto blank = text.find(' ');
        Length made;
        const auto [end, failed] =
            std::from_chars(text.data(), text.data() + std::min(blank, text.size()), made.count);
        const auto unit = blank == std::string::npos
                              ? std::nullopt
                              : model::valueOf<Unit>(std::string_view(text).substr(blank + 1));
        if (text == "at-once") return {0, Unit::AtOnce};
        if (failed != std::errc() || end != text.data() + blank || !unit || made.count < 1)
            file.fail(node, "\"" + text + "\" is no length");
        made.unit = *unit;
        if (!expression::isLength(made))
            file.fail(node, "\"" + text + "\" is longer than any term");
        return made;
    }

    // What is wrong is told of every file, so that one look mends them all.
    void acts() {
        constexpr int kMostFaults = 20;
        std::string faults;
        int count = 0;
        for (const auto& path : filesIn(acts_, ".xml")) {
            try {
                act(path);
            } catch (const base::Fault& fault) {
                faults += (faults.empty() ? "" : "\n") + std::string(fault.what());
                if (++count == kMostFaults) break;
            }
        }
        if (!faults.empty()) throw base::Fault(faults);
    }

    void act(const std::filesystem::path& path) {
        const DataFile file(path, *schema_);
        isOf(file, "act");
        // Of a letter to an office the conditions may speak of the act alone.
        const auto known = vocabularies_.find(subjectOf(file));
        if (known == vocabularies_.end() && subjectOf(file) != kOffice)
            file.fail(file.root(), "its subject " + subjectOf(file) + " has no process");
        const auto& own = known == vocabularies_.end() ? vocabularies_.at(kCase) : known->second;
        auto act = readAct(file, own.words);
        if ((act.file.kept() || !act.outside.empty()) && !vocabularies_.contains(act.fileSubject()))
            file.fail(file.root(), "its subject " + act.fileSubject() + " has no process");
        act.sha256 = document::fileDigest(path);
        codes_.read(file, act.subject);
        if (act.type + ".xml" != path.filename().string())
            file.fail(file.root(), "its file is to be called " + act.type + ".xml");
        auto& acts = act.subject == kCase ? book_.acts_ : book_.others_;
        acts.emplace(act.type, std::move(act));
    }

    // A term may build upon those before it only, so that one pass over them is enough.
    void terms() {
        std::map<Subject, Names, std::less<>> before;
        for (const auto& file : termFiles_)
            for (const auto* node : file.elements(file.root(), "term")) {
                const auto id = file.text(*node, "id");
                auto& known = before[subjectOf(file)];
                auto words = wordsOf(file).words;
                words.terms = &known;
                for (const auto* version : file.elements(*node, "version"))
                    book_.processes_[subjectOf(file)].terms.push_back(
                        term(file, *node, *version, id, words));
                known.insert(id);
            }
    }

    TermRule term(const DataFile& file, const Node& node, const Node& version,
                  const std::string& id, const Words& words) const {
        TermRule made;
        made.id = id;
        made.vi = file.text(node, "vi");
        made.flag = file.text(node, "flag");
        if (!file.text(node, "kind").empty()) made.kind = file.named<model::TermKind>(node, "kind");
        made.consequence = file.text(node, "consequence");
        made.origin = file.place(version);
        made.basis = file.text(version, "basis");
        made.level = file.named<Level>(version, "level");
        made.period = file.period(version);
        if (!made.period.wellFormed()) file.fail(version, "an empty period");
        made.applies = conditionIn(file, node, "applies", words);
        made.owes = file.named<Role>(node, "owes");
        made.to = file.namedList<Role>(node, "to");
        if (node.attribute("tell")) made.tell.push_back({file.namedList<Role>(node, "tell"), {}});
        for (const auto* told : file.elements(node, "told"))
            made.tell.push_back(
                {file.namedList<Role>(*told, "role"), conditionIn(file, *told, "when", words)});
        each(file, node, made);
        made.starts = dayIn(file, node, "starts", words);
        if (const auto text = file.text(version, "length"); !text.empty())
            made.length = length(file, version, text);
        made.ends = dayIn(file, node, "ends", words);
        made.answered = conditionIn(file, node, "answered", words);
        made.answeredOn = dayIn(file, node, "answered-on", words);
        made.lifted = conditionIn(file, node, "lifted", words);
        made.pausedByStay = file.text(node, "paused-by-stay") == "yes";
        reminders(file, node, words, made);
        if (made.answered.isAlways() && made.answeredBy.empty())
            file.fail(node, "nothing answers it");
        if (!made.answered.isAlways() && !made.answeredOn.given())
            file.fail(node, "on which day was it answered?");
        return made;
    }

    // "3 month, 1 month": so long before the last day; or the day itself of what has none.
    static void reminders(const DataFile& file, const Node& node, const Words& words,
                          TermRule& made) {
        auto text = file.text(node, "near");
        while (!text.empty()) {
            const auto comma = std::min(text.find(", "), text.size());
            made.near.push_back(length(file, node, text.substr(0, comma)));
            text.erase(0, comma + 2);
        }
        made.remind = dayIn(file, node, "remind", words);
    }

    static void each(const DataFile& file, const Node& node, TermRule& made) {
        auto text = file.text(node, "each");
        if (text.empty()) {
            if (node.attribute("answered-by"))
                file.fail(node, "answered-by needs each: what is it that is answered?");
            return;
        }
        if (const auto bracket = text.find('('); bracket != std::string::npos) {
            if (text.back() != ')') file.fail(node, "\")\" is missing in \"" + text + "\"");
            made.eachCode = text.substr(bracket + 1, text.size() - bracket - 2);
            text.resize(bracket);
        }
        made.each = model::valueOf<FactKind>(text);
        if (!made.each) file.fail(node, "unknown fact " + text);
        made.answeredBy = file.namedList<FactKind>(node, "answered-by");
    }

    const std::filesystem::path acts_;
    LawBook book_;
    std::shared_ptr<const document::XmlSchema> schema_;
    std::vector<DataFile> processes_, termFiles_;
    document::FieldDigest digest_;
    std::map<Subject, Vocabulary, std::less<>> vocabularies_;
    FactCodes codes_;
    Names groups_;
};

LawBook LawBook::load(const std::filesystem::path& mappings) { return RuleLoader(mappings).load(); }

}  // namespace gateway::law
