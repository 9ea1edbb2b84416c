#include "gateway/mapping/drafts/coverage.h"

#include <algorithm>
#include <set>

namespace gateway::mapping::drafts {
namespace {

using document::Kind;
using document::Outline;
using document::Place;

constexpr std::size_t kDeepest = 16;

/// Paths of one side, asked by place: is it named, is anything below it?
class Named {
  public:
    void add(const PlacePath& path, bool whole) {
        if (std::find(path.begin(), path.end(), "*") != path.end() ||
            std::find(path.begin(), path.end(), "**") != path.end()) {
            loose_.push_back(path);
            return;
        }
        PlacePath upTo;
        for (const auto& name : path) {
            upTo.push_back(name);
            touched_.insert(upTo);
        }
        named_.insert(path);
        if (whole) whole_.insert(path);
    }
    /// It, or something below it.
    [[nodiscard]] bool touches(const PlacePath& path) const {
        return touched_.contains(path) || fitsLoosely(path);
    }
    /// With all that is below it.
    [[nodiscard]] bool takesWhole(const PlacePath& path) const { return whole_.contains(path); }

  private:
    // Any depth or any name: the last name decides, as that is what such a path is for.
    [[nodiscard]] bool fitsLoosely(const PlacePath& path) const {
        return std::any_of(loose_.begin(), loose_.end(), [&](const PlacePath& loose) {
            return loose.back() == "*" || loose.back() == path.back();
        });
    }

    std::set<PlacePath> named_, touched_, whole_;
    std::vector<PlacePath> loose_;
};

PlacePath below(PlacePath path, const Place& place, bool items) {
    if (place.name.empty()) {
        if (items && !path.empty()) path.back() += "[]";
    } else {
        path.push_back((place.attribute ? "@" : "") + place.name);
    }
    return path;
}

class Search {
  public:
    Search(const Outline& outline, const Named& named) : outline_(outline), named_(named) {}

    void unmentionedBelow(const Place& place, const PlacePath& path) {
        if (path.size() > kDeepest || named_.takesWhole(path)) return;
        for (const Place& child : outline_.children(place)) {
            if (child.anyName) continue;
            const PlacePath at = below(path, child, false);
            if (!at.empty() && !named_.touches(at))
                found_.push_back(joinedPath(at));
            else
                unmentionedBelow(child, at);
        }
    }

    void unfilledBelow(const Place& place, const PlacePath& path) {
        if (path.size() > kDeepest || named_.takesWhole(path)) return;
        for (const Place& child : outline_.children(place)) {
            if (child.anyName) continue;
            const bool list = child.kind == Kind::Array;
            PlacePath at = below(path, child, true);
            const bool filled = named_.touches(at) || (list && named_.touches(asList(at)));
            if (!filled && child.required) found_.push_back(joinedPath(at));
            if (!filled) continue;
            const Place* items = list ? outline_.child(child, {}, false) : nullptr;
            if (items != nullptr) unfilledBelow(*items, asList(at));
            if (!list) unfilledBelow(child, at);
        }
    }

    [[nodiscard]] std::vector<std::string> found() && { return std::move(found_); }

  private:
    static PlacePath asList(PlacePath path) {
        path.back() += "[]";
        return path;
    }

    const Outline& outline_;
    const Named& named_;
    std::vector<std::string> found_;
};

}  // namespace

std::vector<std::string> unmentioned(const Outline& theirs, const std::vector<RulePlace>& rules) {
    Named named;
    for (const RulePlace& rule : rules)
        if (rule.hasTheirs) named.add(rule.theirs, rule.rule == "ignore" || rule.rule == "keep");
    Search search(theirs, named);
    for (const Place& root : theirs.roots()) {
        const PlacePath path = below({}, root, false);
        if (path.empty() || named.touches(path)) search.unmentionedBelow(root, path);
    }
    return std::move(search).found();
}

std::vector<std::string> unfilled(const Outline& ours, const std::vector<std::string>& members,
                                  const std::vector<RulePlace>& rules) {
    Named named;
    for (const RulePlace& rule : rules)
        if (rule.hasOurs && !rule.out)
            named.add(rule.ours, rule.rule != "group" && rule.rule != "each" &&
                                     rule.rule != "condition" && rule.rule != "choose");
    Search search(ours, named);
    for (const Place& root : ours.roots()) {
        if (members.empty()) search.unfilledBelow(root, below({}, root, true));
        for (const auto& member : members)
            if (const Place* place = ours.child(root, member, false))
                search.unfilledBelow(*place, {member});
    }
    return std::move(search).found();
}

}  // namespace gateway::mapping::drafts
