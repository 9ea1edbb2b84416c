#include "gateway/mapping/drafts/their_names.h"

#include "gateway/mapping/drafts/draft_texts.h"

namespace gateway::mapping::drafts {

TheirNames::TheirNames(const SamplePlace& root, bool json, const document::Prefixes& own) :
    json_(json), own_(own.begin(), own.end()) {
    choose(root, true);
}

// Theirs, where a path can be written with it. Two namespaces may have had one prefix in turn.
std::string TheirNames::prefixFor(const std::string& uri, bool isRoot) {
    if (uri == kInstance) return "xsi";
    const auto own = own_.find(uri);
    const std::string prefix = own == own_.end() ? std::string() : own->second;
    const bool usable = !prefix.empty() && prefix.find_first_of("0123456789_-") != 0 &&
                        prefix.find_first_not_of(
                            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                            "0123456789_-") == std::string::npos;
    if (usable && !taken_.contains(prefix)) return prefix;
    if (isRoot && prefix.empty()) return {};
    for (std::size_t n = 1;; ++n)
        if (const auto made = "n" + std::to_string(n); !taken_.contains(made)) return made;
}

void TheirNames::choose(const SamplePlace& place, bool isRoot) {
    const auto& uri = place.namespaceUri;
    if (!uri.empty() && !prefixes_.contains(uri)) {
        const auto prefix = prefixFor(uri, isRoot);
        taken_.insert(prefix);
        prefixes_.emplace(uri, prefix);
        order_.push_back(uri);
    }
    for (const SamplePlace& child : place.children) choose(child, false);
}

std::vector<std::pair<std::string, std::string>> TheirNames::prefixes() const {
    std::vector<std::pair<std::string, std::string>> all;
    for (const auto& uri : order_) all.emplace_back(prefixes_.at(uri), uri);
    return all;
}

std::string TheirNames::of(const SamplePlace& place) const {
    if (json_) {
        const bool plain = !place.name.empty() && place.name[0] != '@' &&
                           place.name.find_first_of(" \t\r\n/[]|='\"!$(),.") == std::string::npos;
        if (plain) return escaped(place.name);
        std::string quoted = "'";
        for (const char c : place.name) quoted.append(c == '\'' ? 2 : 1, c);
        return escaped(quoted + "'");
    }
    std::string name = place.attribute ? "@" : "";
    if (const auto found = prefixes_.find(place.namespaceUri);
        found != prefixes_.end() && !found->second.empty())
        name += found->second + ":";
    return name + place.name;
}

}  // namespace gateway::mapping::drafts
