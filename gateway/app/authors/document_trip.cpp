#include "gateway/app/authors/document_trip.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <set>
#include <utility>

#include "gateway/document/text.h"
#include "gateway/mapping/engine/rule.h"
#include "gateway/mapping/values/value_type.h"

namespace gateway::app {
namespace {

using mapping::NodeFate;
using mapping::NodeUse;

// "/2": an item of a list in JSON.
bool isItem(std::string_view step) {
    return step.size() > 1 && std::all_of(step.begin() + 1, step.end(), [](char c) {
               return std::isdigit(static_cast<unsigned char>(c)) != 0;
           });
}

// A path without the numbers of items. A thing and a list of one such thing are one place.
std::string placeOf(std::string_view path) {
    constexpr std::string_view kOwnText = "/text()";
    if (path.ends_with(kOwnText)) path.remove_suffix(kOwnText.size());
    std::string place;
    while (!path.empty()) {
        const auto end = std::min(path.find('/', 1), path.size());
        const std::string_view step = path.substr(0, end);
        path.remove_prefix(end);
        if (!isItem(step)) place.append(step.substr(0, step.find('[')));
    }
    return place;
}

// The place of a rule, as Shape names it, in the same notation.
std::string placeOfRule(std::string_view named) {
    std::string place = "/";
    for (const char c : named)
        if (c != '[' && c != ']') place.push_back(c);
    return place;
}

// Of two ways to write one text whose letters are the same; empty if they are not.
std::string_view spellingOf(const std::string& left, const std::string& right) {
    if (!document::sameText(mapping::trimmed(left), mapping::trimmed(right))) return {};
    return nameOf(document::sameText(left, right) ? mapping::Loss::Notation
                                                  : mapping::Loss::Blanks);
}

// What the rules of a plan say of the differences that they make, by their label.
class Excuses {
  public:
    explicit Excuses(const mapping::Plan& plan) : goesOn_(plan.goesOn()) {
        plan.forEachRule([this](const mapping::Rule& rule) { add(rule); });
    }

    /// Another value at the place, by the rule that read the first.
    [[nodiscard]] std::string changed(const std::string& rule, const std::string& place) const {
        const auto found = byRule_.find(rule);
        // Objects get their names anew; what <accept> asks for is written by other rules.
        if (found == byRule_.end() && rule.starts_with("references"))
            return std::string(nameOf(mapping::Loss::Once));
        if (found == byRule_.end()) return rule == "accept" ? "only tested" : "";
        const Excuse& excuse = found->second;
        // A condition or a look-up asked for it; what is written there is another rule's.
        if (excuse.tested.contains(place) && !excuse.places.contains(place)) return "only tested";
        return joined(excuse.losses);
    }
    /// No value there any more.
    [[nodiscard]] std::string lost(const NodeFate& fate, const std::string& place) const {
        // Rules that do not take nothing for an absent value refuse it or write it again.
        if (mapping::trimmed(fate.value).empty()) return std::string(nameOf(mapping::Loss::Absent));
        const auto found = byRule_.find(fate.rule);
        if (found != byRule_.end() && !found->second.written) return "only read";
        // It says nothing that is not always so.
        if (found != byRule_.end() && found->second.isConstant) return "constant";
        for (auto above = place.rfind('/'); above != std::string::npos && above > 0;
             above = place.rfind('/', above - 1))
            if (const auto around = around_.find(place.substr(0, above)); around != around_.end())
                return joined(around->second);
        return changed(fate.rule, place);
    }

  private:
    using Names = std::set<std::string, std::less<>>;
    struct Excuse {
        bool written = false, isConstant = false;
        Names losses, places, tested;
    };

    void add(const mapping::Rule& rule) {
        Excuse& excuse = byRule_[rule.label.text];
        excuse.written = excuse.written || rule.active.out;
        excuse.isConstant = rule.kind == "constant";
        for (const auto& place : rule.theirPlaces.own) excuse.places.insert(placeOfRule(place));
        for (const auto& place : rule.theirPlaces.tested) excuse.tested.insert(placeOfRule(place));
        bool hasInside = false;
        rule.forEachInside([&hasInside](const mapping::Rule&) { hasInside = true; });
        for (const auto loss : rule.losses()) {
            excuse.losses.emplace(nameOf(loss));
            if (hasInside && !rule.theirPlaces.own.empty())
                around_[placeOfRule(rule.theirPlaces.own.front())].emplace(nameOf(loss));
        }
    }
    // What went through another mapping may have met its rules there.
    [[nodiscard]] std::string joined(const Names& losses) const {
        std::string kind = goesOn_ && losses.empty() ? "next mapping" : "";
        for (const auto& loss : losses) kind.append(kind.empty() ? "" : ", ").append(loss);
        return kind;
    }

    bool goesOn_;
    std::map<std::string, Excuse, std::less<>> byRule_;
    std::map<std::string, Names, std::less<>>
        around_;  ///< by the place of a rule with others in it
};

class Comparison {
  public:
    Comparison(const mapping::Plan& plan, const mapping::Report& before,
               const mapping::Report& after) :
        excuses_(plan) {
        for (const auto& fate : before.nodes) before_[placeOf(fate.path)].push_back(&fate);
        for (const auto& fate : after.nodes) after_[placeOf(fate.path)].push_back(&fate);
    }

    std::vector<DocumentDifference> differences() {
        for (auto& [place, fates] : before_) comparePlace(place, fates, after_[place]);
        for (auto& [place, fates] : after_)
            if (!before_.contains(place)) comparePlace(place, {}, fates);
        compareContainers();
        std::vector<DocumentDifference> list;
        for (auto& [key, difference] : found_) list.push_back(std::move(difference));
        return list;
    }

  private:
    using Fates = std::vector<const NodeFate*>;

    // Of one value several times: first those that rules read, as the rest is left by them.
    void comparePlace(const std::string& place, Fates before, Fates after) {
        for (const bool used : {true, false})
            std::erase_if(before, [&](const NodeFate* fate) {
                return (fate->use == NodeUse::Used) == used && isThere(*fate, after);
            });
        for (const NodeFate* const fate : before) {
            if (fate->use != NodeUse::Used) {
                note(fate->use == NodeUse::Kept ? "kept" : "ignored", place, fate->rule, fate,
                     nullptr);
            } else if (after.empty()) {
                note(excuses_.lost(*fate, place), place, fate->rule, fate, nullptr);
            } else {
                changes(*fate, place, after);
            }
        }
        for (const NodeFate* const fate : after)
            note("only written", place, fate->rule, nullptr, fate);
    }

    bool isThere(const NodeFate& fate, Fates& after) {
        const auto same = std::find_if(after.begin(), after.end(), [&fate](const NodeFate* other) {
            return other->value == fate.value;
        });
        if (same == after.end()) return false;
        if (fate.use == NodeUse::Used) {
            staysIn(fate.path, containersBefore_);
            staysIn((*same)->path, containersAfter_);
        }
        after.erase(same);
        return true;
    }

    void changes(const NodeFate& fate, const std::string& place, Fates& after) {
        auto now = std::find_if(after.begin(), after.end(), [&fate](const NodeFate* other) {
            return !spellingOf(fate.value, other->value).empty();
        });
        if (now == after.end()) now = after.begin();
        std::string kind(spellingOf(fate.value, (*now)->value));
        if (kind.empty()) kind = excuses_.changed(fate.rule, place);
        note(std::move(kind), place, fate.rule, &fate, *now);
        staysIn(fate.path, containersBefore_);
        staysIn((*now)->path, containersAfter_);
        after.erase(now);
    }

    // All containers of a value that went through; of a list its items.
    static void staysIn(std::string_view path, std::set<std::string>& containers) {
        for (auto slash = path.rfind('/'); slash != std::string_view::npos && slash > 0;
             slash = path.rfind('/')) {
            const bool item = isItem(path.substr(slash));
            path = path.substr(0, slash);
            if (!item && !containers.emplace(path).second) return;
        }
    }

    void compareContainers() {
        std::map<std::string, std::pair<std::size_t, std::size_t>> counts;
        for (const auto& path : containersBefore_) ++counts[placeOf(path)].first;
        for (const auto& path : containersAfter_) ++counts[placeOf(path)].second;
        for (const auto& [place, count] : counts)
            if (count.first != count.second)
                found_[{place, {}, "containers"}] = {{},
                                                     place,
                                                     std::to_string(count.first) + " ×",
                                                     std::to_string(count.second) + " ×",
                                                     {},
                                                     1};
    }

    void note(std::string kind, const std::string& place, const std::string& rule,
              const NodeFate* before, const NodeFate* now) {
        auto& difference = found_[{place, kind, rule}];
        if (difference.count++ > 0) return;
        if (before != nullptr) difference.before = before->value;
        if (now != nullptr) difference.now = now->value;
        difference.kind = std::move(kind);
        difference.path = place;
        difference.rule = rule;
    }

    Excuses excuses_;
    std::map<std::string, Fates> before_, after_;
    std::set<std::string> containersBefore_, containersAfter_;
    std::map<std::array<std::string, 3>, DocumentDifference> found_;
};

}  // namespace

std::vector<DocumentDifference> documentDifferences(const mapping::Plan& plan,
                                                    const mapping::Report& before,
                                                    const mapping::Report& after) {
    return Comparison(plan, before, after).differences();
}

void tellDifferences(const std::vector<DocumentDifference>& differences, document::Node& told) {
    document::Node documents = document::arrayNode("documents");
    document::Node unexplained = document::arrayNode("unexplained");
    for (const auto& one : differences) {
        if (one.kind.empty()) {
            unexplained.children.push_back(document::stringNode(
                {}, one.path + ": " + (one.before.empty() ? "nothing" : one.before) + " -> " +
                        (one.now.empty() ? "nothing" : one.now) +
                        (one.rule.empty() ? "" : " (" + one.rule + ")")));
            continue;
        }
        document::Node entry = document::objectNode();
        document::addText(entry, "kind", one.kind);
        document::addText(entry, "path", one.path);
        document::addText(entry, "before", one.before);
        document::addText(entry, "now", one.now);
        document::addText(entry, "rule", one.rule);
        document::addNumber(entry, "count", static_cast<std::int64_t>(one.count));
        documents.children.push_back(std::move(entry));
    }
    told.children.push_back(std::move(documents));
    if (!unexplained.children.empty()) told.children.push_back(std::move(unexplained));
}

}  // namespace gateway::app
