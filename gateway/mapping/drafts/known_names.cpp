#include "gateway/mapping/drafts/known_names.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <set>
#include <sstream>

#include "gateway/base/fault.h"
#include "gateway/mapping/engine/rule.h"

namespace gateway::mapping::drafts {
namespace {

namespace fs = std::filesystem;
using document::Kind;

constexpr std::size_t kDeepest = 12;

// What a place of ours holds into which others read by that type.
Looks looksOfType(std::string_view as) {
    if (as == "case-number") return Looks::CaseNumber;
    if (as == "date" || as.starts_with("date ")) return Looks::Day;
    if (as == "day" || as.starts_with("day ")) return Looks::Day;
    if (as == "moment" || as.starts_with("moment ")) return Looks::Moment;
    return Looks::Unknown;
}

}  // namespace

std::vector<std::string> wordsIn(std::string_view name) {
    UErrorCode error = U_ZERO_ERROR;
    const auto* normalizer = icu::Normalizer2::getNFDInstance(error);
    GW_CHECK(U_SUCCESS(error));
    const auto text =
        normalizer->normalize(icu::UnicodeString::fromUTF8(icu::StringPiece(
                                  name.data(), static_cast<std::int32_t>(name.size()))),
                              error);
    std::vector<std::string> words(1);
    bool small = false;  // a capital behind a small letter begins a word
    for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
        const UChar32 as = text.char32At(i), c = u_tolower(as);
        const bool letter = c == 0x111 || (c < 0x80 && (u_isalpha(c) || u_isdigit(c)));
        const bool mark = u_getCombiningClass(c) != 0;
        if ((!letter && !mark) || (small && u_isupper(as))) words.emplace_back();
        if (letter) words.back().push_back(c == 0x111 ? 'd' : static_cast<char>(c));
        if (!mark) small = u_islower(as);
    }
    std::erase(words, std::string());
    return words;
}

std::string wordKey(std::string_view name) {
    std::string key;
    for (const auto& word : wordsIn(name)) key += word;
    return key;
}

KnownNames KnownNames::of(const fs::path& mappings,
                          const std::vector<std::shared_ptr<const Plan>>& plans) {
    KnownNames names;
    std::error_code unreadable;
    names.lists_ = {"agency", "agency-name"};
    for (const auto& entry : fs::directory_iterator(mappings / "code-lists", unreadable))
        names.lists_.insert(entry.path().stem().string());
    for (const auto& plan : plans)
        if (plan->oursIsModel())
            plan->forEachRule([&names](const Rule& rule) { names.addRule(rule); });
    for (const auto* schema : {"case-model.schema.json", "case-acts.schema.json"}) {
        const fs::path file = mappings / "case-model" / schema;
        if (!fs::exists(file, unreadable)) continue;
        const auto outline = document::Outline::ofJsonSchema(file);
        std::vector<std::string> around;
        names.addPlaces(*outline, outline->roots().front(), {}, around);
    }
    return names;
}

KnownNames KnownNames::ofSchema(const document::Outline& ours) {
    KnownNames names;
    std::vector<std::string> around;
    if (ours.form() == document::Form::Json) {
        names.addPlaces(ours, ours.roots().front(), {}, around);
        return names;
    }
    for (const document::Place& root : ours.roots()) names.addPlaces(ours, root, root.name, around);
    return names;
}

std::vector<std::string> KnownNames::roots() const {
    std::set<std::string> roots;
    for (const auto& [key, meaning] : meanings_)
        roots.insert(meaning.ours.substr(0, meaning.ours.find('/')));
    return {roots.begin(), roots.end()};
}

void KnownNames::addRule(const Rule& rule) {
    const bool pairs = rule.kind == "field" || rule.kind == "each" || rule.kind == "tokens";
    if (!pairs || rule.ourPlaces.own.empty()) return;
    for (const std::string& theirs : rule.theirPlaces.own) {
        Words around;
        std::string name;
        std::istringstream path(theirs);
        for (std::string step; std::getline(path, step, '/'); name = std::move(step))
            if (!name.empty()) around.push_back(wordKey(name));
        Meaning meaning{false, rule.ourPlaces.own.front(), {}, std::move(around)};
        // A list of that mapping's own is none that another mapping has.
        if (rule.as.starts_with("code ") && lists_.contains(rule.as.substr(5)))
            meaning.as = rule.as;
        add(name, std::move(meaning));
    }
    // A day may be read from a moment, so only what is said as one is one.
    if (const auto looks = looksOfType(rule.as); looks != Looks::Unknown)
        looks_.emplace(rule.ourPlaces.own.front(), looks);
}

void KnownNames::add(std::string_view name, Meaning meaning) {
    const std::string key = wordKey(name);
    // Instances of the exchange and whole documents are no places.
    if (key.empty() || meaning.ours.empty() || meaning.ours.starts_with('$')) return;
    meanings_.emplace(key, std::move(meaning));
    Words words = wordsIn(name);
    std::sort(words.begin(), words.end());
    words_.emplace(key, std::move(words));
}

// Names that share most of their words with this one, those that share most first.
KnownNames::Words KnownNames::keysLike(std::string_view name) const {
    Words words = wordsIn(name);
    std::sort(words.begin(), words.end());
    std::multimap<std::size_t, std::string, std::greater<>> like;
    for (const auto& [key, known] : words_) {
        Words common;
        std::set_intersection(words.begin(), words.end(), known.begin(), known.end(),
                              std::back_inserter(common));
        const std::size_t likeness = 200 * common.size() / (words.size() + known.size());
        if (common.size() >= 2 && likeness >= 66) like.emplace(likeness, key);
    }
    Words keys;
    for (const auto& [unused, key] : like) keys.push_back(key);
    return keys;
}

void KnownNames::addPlaces(const document::Outline& outline, const document::Place& place,
                           const std::string& path, std::vector<std::string>& around) {
    if (around.size() > kDeepest / 2) return;
    for (const document::Place& child : outline.children(place)) {
        if (child.anyName) continue;
        const bool items = child.kind == Kind::Array, list = items || child.repeats;
        std::string at = path.empty() ? "" : path + "/";
        at.append(child.attribute ? "@" : "").append(child.name);
        if (list) at += "[]";
        kinds_.emplace(at, child.kind);
        if (child.builtIn == "date") looks_.emplace(at, Looks::Day);
        add(child.name, {false, at, {}, around});
        if (!child.documentation.empty() && child.documentation.size() < 60)
            add(child.documentation, {false, at, {}, around});
        const document::Place* inner = items ? outline.child(child, {}, false) : &child;
        if (inner == nullptr) continue;
        around.push_back(wordKey(child.name));
        addPlaces(outline, *inner, at, around);
        around.pop_back();
    }
}

std::optional<KnownNames::Meaning> KnownNames::meaningOf(const Question& question) const {
    if (const Meaning* exact = bestOf(wordKey(question.name), question)) return *exact;
    for (const auto& key : keysLike(question.name)) {
        const Meaning* like = bestOf(key, question);
        if (like == nullptr) continue;
        Meaning near = *like;
        near.near = true;
        return near;
    }
    if (question.looks == Looks::CaseNumber && !question.list) return caseNumberFor(question);
    return std::nullopt;
}

// A place of the case model takes what looks like its kind.
bool KnownNames::mayHold(const std::string& ours, const Question& question) const {
    const auto root = ours.substr(0, ours.find('/'));
    if (std::find(question.roots.begin(), question.roots.end(), root) == question.roots.end())
        return false;
    if (ours.ends_with("[]") != question.list) return false;
    std::string_view inner = ours;
    if (question.list) inner.remove_suffix(2);
    if (!question.inList.empty()) {
        if (!inner.starts_with(question.inList + "/")) return false;
        inner.remove_prefix(question.inList.size());
    }
    if (inner.find("[]") != std::string_view::npos) return false;
    const auto kind = kinds_.find(ours);
    if (question.list || kind == kinds_.end()) return true;
    if (kind->second == Kind::Boolean) return question.looks == Looks::Boolean;
    if (kind->second == Kind::Number) return question.looks == Looks::Number;
    return kind->second == Kind::String && fits(ours, question.looks);
}

// What was not seen may be anything; a day is seen as a moment, too.
bool KnownNames::fits(const std::string& ours, Looks looks) const {
    const auto held = looks_.find(ours);
    if (held == looks_.end() || looks == Looks::Unknown) return true;
    if (held->second == Looks::CaseNumber) return looks != Looks::Day && looks != Looks::Moment;
    return looks == Looks::Day || looks == Looks::Moment;
}

// The one that stands in the fewest things, in the message before all others.
std::optional<KnownNames::Meaning> KnownNames::caseNumberFor(const Question& question) const {
    std::optional<Meaning> best;
    for (const auto& [ours, looks] : looks_) {
        if (looks != Looks::CaseNumber || !mayHold(ours, question)) continue;
        const auto depth = std::count(ours.begin(), ours.end(), '/');
        if (!best || depth < std::count(best->ours.begin(), best->ours.end(), '/'))
            best = Meaning{true, ours, {}, {}};
    }
    return best;
}

const KnownNames::Meaning* KnownNames::bestOf(const std::string& key,
                                              const Question& question) const {
    const Meaning* best = nullptr;
    std::size_t most = 0;
    const auto [begin, end] = meanings_.equal_range(key);
    for (auto entry = begin; entry != end; ++entry) {
        const Meaning& meaning = entry->second;
        if (!mayHold(meaning.ours, question)) continue;
        std::size_t score = meaning.as.empty() ? 1 : 2;
        const auto held = looks_.find(meaning.ours);
        if (held != looks_.end() && held->second == question.looks) score += 3;
        for (const auto& outer : meaning.around)
            score += 2 * static_cast<std::size_t>(std::find(question.around.begin(),
                                                            question.around.end(),
                                                            outer) != question.around.end());
        if (score > most) best = &meaning;
        most = std::max(most, score);
    }
    return best;
}

std::optional<KnownNames::Meaning> KnownNames::listHolding(const std::vector<std::string>& names,
                                                           const Question& question) const {
    std::map<std::string, std::set<std::string>> held;  // by list
    for (const auto& name : names) {
        const auto [begin, end] = meanings_.equal_range(wordKey(name));
        for (auto entry = begin; entry != end; ++entry) {
            const auto item = entry->second.ours.rfind("[]/");
            if (item == std::string::npos) continue;
            const std::string list = entry->second.ours.substr(0, item + 2);
            if (mayHold(list, question)) held[list].insert(wordKey(name));
        }
    }
    std::optional<Meaning> best;
    std::size_t most = 1;
    for (const auto& [list, members] : held) {
        if (members.size() <= most || 2 * members.size() < names.size()) continue;
        best = Meaning{true, list, {}, {}};
        most = members.size();
    }
    return best;
}

bool KnownNames::isText(const std::string& ours) const {
    const auto kind = kinds_.find(ours);
    return kind == kinds_.end() || kind->second == Kind::String;
}

std::size_t KnownNames::countOf(std::string_view member) const {
    std::set<std::string_view> places;
    for (const auto& [key, meaning] : meanings_)
        if (meaning.ours.substr(0, meaning.ours.find('/')) == member) places.insert(meaning.ours);
    return places.size();
}

std::vector<std::string> KnownNames::membersNaming(std::string_view name) const {
    std::set<std::string> members;
    const auto [begin, end] = meanings_.equal_range(wordKey(name));
    for (auto entry = begin; entry != end; ++entry)
        members.insert(entry->second.ours.substr(0, entry->second.ours.find('/')));
    return {members.begin(), members.end()};
}

}  // namespace gateway::mapping::drafts
