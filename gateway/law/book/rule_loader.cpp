// mappings/legal-rules and mappings/acts, held against each other.

#include <algorithm>
#include <charconv>

#include "gateway/base/fault.h"
#include "gateway/law/acts/act_loader.h"
#include "gateway/law/book/law_book.h"

namespace gateway::law {

using document::Node;
using Names = std::set<std::string, std::less<>>;

class RuleLoader {
  public:
    explicit RuleLoader(const std::filesystem::path& mappings) :
        acts_(mappings / "acts"),
        book_(Calendar::load(mappings / "legal-rules" / "calendar.xml", mappings / "schemas")),
        schema_(document::XmlSchema::load(mappings / "schemas" / "law.xsd")),
        process_(mappings / "legal-rules" / "process.xml", *schema_) {
        // What a later decree adds may build upon the delivered terms, so these come first.
        const auto first = mappings / "legal-rules" / "terms.xml";
        termFiles_.emplace_back(first, *schema_);
        for (const auto& path : filesIn(mappings / "legal-rules", ".xml"))
            if (path.filename().string().starts_with("terms") && path != first)
                termFiles_.emplace_back(path, *schema_);
        for (const auto& folder : {mappings / "legal-rules", acts_})
            for (const auto& path : filesIn(folder, ".xml"))
                digest_.add(path.filename().string()).add(document::fileDigest(path).view());
        book_.digest_ = digest_.finish();
    }

    LawBook load() {
        vocabulary();
        definitions();
        for (const auto* node : process_.elements(process_.root(), "stage"))
            book_.stages_.push_back({process_.text(*node, "name"), process_.text(*node, "vi"),
                                     process_.text(*node, "open") != "no",
                                     conditionIn(process_, *node, "when", words_)});
        for (const auto* node : process_.elements(process_.root(), "track"))
            book_.tracks_.push_back(track(*node));
        terms();
        acts();
        check();
        return std::move(book_);
    }

  private:
    // What conditions may speak of, before any of them is read.
    void vocabulary() {
        for (const auto* node : process_.elements(process_.root(), "stage"))
            stages_.insert(process_.text(*node, "name"));
        for (const auto* node : process_.elements(process_.root(), "group")) {
            const auto name = process_.text(*node, "name");
            groups_.insert(name);
            for (const auto& kind : process_.list(*node, "kinds")) book_.groups_[kind].insert(name);
        }
        for (const auto& file : termFiles_)
            for (const auto* node : file.elements(file.root(), "term"))
                terms_.insert(file.text(*node, "id"));
        words_ = {&definitions_, &terms_, &stages_, &groups_, nullptr};
    }

    void definitions() {
        for (const auto* node : process_.elements(process_.root(), "define")) {
            const auto name = process_.text(*node, "name");
            if (model::valueOf<FactKind>(name)) process_.fail(*node, name + " is a fact");
            definitions_[name] = conditionIn(process_, *node, "when", words_);
        }
    }

    Track track(const Node& node) const {
        Track made{process_.text(node, "name"), process_.text(node, "vi"), {}};
        for (const auto* value : process_.elements(node, "value"))
            made.values.push_back({process_.text(*value, "name"), process_.text(*value, "vi"),
                                   conditionIn(process_, *value, "when", words_)});
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
        if (failed != std::errc() || !unit || made.count < 1)
            file.fail(node, "\"" + text + "\" is no length");
        made.unit = *unit;
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
        auto act = readAct(file, words_);
        act.sha256 = document::fileDigest(path);
        if (act.type + ".xml" != path.filename().string())
            file.fail(file.root(), "its file is to be called " + act.type + ".xml");
        auto& acts = act.subject == Subject::Case ? book_.acts_ : book_.others_;
        acts.emplace(act.type, std::move(act));
    }

    // A term may build upon those before it only, so that one pass over them is enough.
    void terms() {
        Names before;
        words_.terms = &before;
        for (const auto& file : termFiles_)
            for (const auto* node : file.elements(file.root(), "term")) {
                const auto id = file.text(*node, "id");
                before.insert(id);
                for (const auto* version : file.elements(*node, "version"))
                    book_.terms_.push_back(term(file, *node, *version, id));
            }
        words_.terms = &terms_;
    }

    TermRule term(const DataFile& file, const Node& node, const Node& version,
                  const std::string& id) const {
        TermRule made;
        made.id = id;
        made.vi = file.text(node, "vi");
        made.flag = file.text(node, "flag");
        made.consequence = file.text(node, "consequence");
        made.origin = file.place(version);
        made.basis = file.text(version, "basis");
        made.level = file.named<Level>(version, "level");
        made.period = file.period(version);
        made.applies = conditionIn(file, node, "applies", words_);
        made.owes = file.named<Role>(node, "owes");
        made.to = file.namedList<Role>(node, "to");
        made.tell = file.namedList<Role>(node, "tell");
        each(file, node, made);
        made.starts = dayIn(file, node, "starts", words_);
        if (const auto text = file.text(version, "length"); !text.empty())
            made.length = length(file, version, text);
        made.ends = dayIn(file, node, "ends", words_);
        made.answered = conditionIn(file, node, "answered", words_);
        made.answeredOn = dayIn(file, node, "answered-on", words_);
        made.lifted = conditionIn(file, node, "lifted", words_);
        made.pausedByStay = file.text(node, "paused-by-stay") == "yes";
        if (const auto text = file.text(node, "near"); !text.empty())
            made.near = length(file, node, text);
        if (made.answered.isAlways() && made.answeredBy.empty())
            file.fail(node, "nothing answers it");
        if (!made.answered.isAlways() && !made.answeredOn.given())
            file.fail(node, "on which day was it answered?");
        return made;
    }

    static void each(const DataFile& file, const Node& node, TermRule& made) {
        auto text = file.text(node, "each");
        if (text.empty()) return;
        if (const auto bracket = text.find('('); bracket != std::string::npos) {
            made.eachCode = text.substr(bracket + 1, text.size() - bracket - 2);
            text.resize(bracket);
        }
        made.each = model::valueOf<FactKind>(text);
        if (!made.each) file.fail(node, "unknown fact " + text);
        made.answeredBy = file.text(node, "answered-by");
        if (!made.answeredBy.empty() && !model::valueOf<FactKind>(made.answeredBy))
            file.fail(node, "unknown fact " + made.answeredBy);
    }

    // What no file shows by itself.
    void check() const {
        std::set<FactKind> added;
        for (const auto& [type, act] : book_.acts_)
            for (const auto& rule : act.rules)
                for (const auto& fact : rule.facts) added.insert(fact.kind);
        for (const auto& [kind, name] : model::Names<FactKind>::table)
            if (!added.contains(kind))
                throw base::Fault("mappings/acts: no act adds the fact " + std::string(name));
        if (book_.stages_.empty() || !book_.stages_.back().when.isAlways())
            process_.fail(process_.root(), "the last stage holds always");
        for (std::size_t i = 0; i < book_.terms_.size(); ++i)
            for (std::size_t j = 0; j < i; ++j)
                if (book_.terms_[i].id == book_.terms_[j].id &&
                    book_.terms_[i].period.overlaps(book_.terms_[j].period))
                    throw base::Fault(book_.terms_[i].origin +
                                      ": two versions on one day, the other at " +
                                      book_.terms_[j].origin);
    }

    const std::filesystem::path acts_;
    LawBook book_;
    std::shared_ptr<const document::XmlSchema> schema_;
    DataFile process_;
    std::vector<DataFile> termFiles_;
    document::FieldDigest digest_;
    std::map<std::string, Condition, std::less<>> definitions_;
    Names stages_, groups_, terms_;
    Words words_;
};

LawBook LawBook::load(const std::filesystem::path& mappings) { return RuleLoader(mappings).load(); }

}  // namespace gateway::law
