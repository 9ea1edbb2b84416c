#include "gateway/mapping/drafts/their_names.h"

#include "gateway/mapping/drafts/draft_texts.h"

namespace gateway::mapping::drafts {

TheirNames::TheirNames(const SamplePlace& root, bool json) : json_(json) { choose(root, true); }

void TheirNames::choose(const SamplePlace& place, bool isRoot) {
    const auto& uri = place.namespaceUri;
    if (!uri.empty() && !prefixes_.contains(uri)) {
        std::string prefix = "n" + std::to_string(prefixes_.size());
        if (isRoot) prefix = "";
        if (uri == kInstance) prefix = "xsi";
        if (uri == "http://www.w3.org/1999/xlink") prefix = "xlink";
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
