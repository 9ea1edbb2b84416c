#include "gateway/mapping/drafts/coverage.h"

#include <algorithm>
#include <set>

#include "gateway/mapping/engine/rule.h"

namespace gateway::mapping::drafts {
namespace {

using document::Kind;
using document::Outline;
using document::Place;

constexpr std::size_t kDeepest = 16;

/// Places of one side, asked by place: is it named, is anything below it?
class Named {
  public:
    void add(const std::string& place, bool whole) {
        if (place.find('*') != std::string::npos) {
            loose_.push_back(lastName(place));
            return;
        }
        for (auto end = place.find('/'); end != std::string::npos; end = place.find('/', end + 1))
            touched_.insert(place.substr(0, end));
        touched_.insert(place);
        if (whole) whole_.insert(place);
    }
    /// It, or something below it.
    [[nodiscard]] bool touches(const std::string& place) const {
        return touched_.contains(place) || fitsLoosely(place);
    }
    /// With all that is below it.
    [[nodiscard]] bool takesWhole(const std::string& place) const { return whole_.contains(place); }

  private:
    static std::string lastName(const std::string& place) {
        return place.substr(place.rfind('/') + 1);
    }
    // Any depth or any name: the last name decides, as that is what such a path is for.
    [[nodiscard]] bool fitsLoosely(const std::string& place) const {
        return std::any_of(loose_.begin(), loose_.end(), [&](const std::string& loose) {
            return loose == "*" || loose == lastName(place);
        });
    }

    std::set<std::string> touched_, whole_;
    std::vector<std::string> loose_;
};

// What repeats is one place of theirs, however the rules go through it.
std::string withoutItems(std::string place) {
    for (auto at = place.find("[]"); at != std::string::npos; at = place.find("[]", at))
        place.erase(at, 2);
    return place;
}

std::string below(const std::string& path, const Place& place) {
    if (place.name.empty()) return path;
    return path + (path.empty() ? "" : "/") + (place.attribute ? "@" : "") + place.name;
}

class Search {
  public:
    Search(const Outline& outline, const Named& named) : outline_(outline), named_(named) {}

    void unmentionedBelow(const Place& place, const std::string& path, std::size_t depth = 0) {
        if (depth > kDeepest || named_.takesWhole(path)) return;
        for (const Place& child : outline_.children(place)) {
            if (child.anyName) continue;
            const std::string at = below(path, child);
            if (!at.empty() && !named_.touches(at))
                found_.push_back(at);
            else
                unmentionedBelow(child, at, depth + 1);
        }
    }

    void unfilledBelow(const Place& place, const std::string& path, std::size_t depth = 0) {
        if (depth > kDeepest || named_.takesWhole(path)) return;
        for (const Place& child : outline_.children(place)) {
            if (child.anyName) continue;
            const bool list = child.kind == Kind::Array;
            const std::string at = below(path, child);
            const bool filled = named_.touches(at) || (list && named_.touches(at + "[]"));
            if (!filled && child.required) found_.push_back(at);
            if (!filled) continue;
            const Place* items = list ? outline_.child(child, {}, false) : nullptr;
            if (items != nullptr) unfilledBelow(*items, at + "[]", depth + 1);
            if (!list) unfilledBelow(child, at, depth + 1);
        }
    }

    [[nodiscard]] std::vector<std::string> found() && { return std::move(found_); }

  private:
    const Outline& outline_;
    const Named& named_;
    std::vector<std::string> found_;
};

}  // namespace

std::vector<std::string> unmentioned(const Outline& theirs, const Plan& plan) {
    Named named;
    for (const auto& place : plan.placesOfAccept()) named.add(withoutItems(place), false);
    plan.forEachRule([&named](const Rule& rule) {
        for (const auto& place : rule.theirPlaces.own)
            named.add(withoutItems(place), rule.takesWhole());
        for (const auto& place : rule.theirPlaces.tested) named.add(withoutItems(place), false);
    });
    Search search(theirs, named);
    for (const Place& root : theirs.roots()) {
        const std::string path = below({}, root);
        if (path.empty() || named.touches(path)) search.unmentionedBelow(root, path);
    }
    return std::move(search).found();
}

std::vector<std::string> unfilled(const Outline& ours, const std::vector<std::string>& members,
                                  const Plan& plan) {
    Named named;
    plan.forEachRule([&named](const Rule& rule) {
        if (!rule.active.in) return;
        for (const auto& place : rule.ourPlaces.own) named.add(place, rule.takesWhole());
    });
    Search search(ours, named);
    for (const Place& root : ours.roots()) {
        // Of a schema of several documents the one that the rules make.
        const std::string path = below({}, root);
        if (members.empty() && (ours.roots().size() == 1 || named.touches(path)))
            search.unfilledBelow(root, path);
        for (const auto& member : members)
            if (const Place* place = ours.child(root, member, false))
                search.unfilledBelow(*place, member);
    }
    return std::move(search).found();
}

}  // namespace gateway::mapping::drafts
