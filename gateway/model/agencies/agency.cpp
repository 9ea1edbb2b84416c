#include "gateway/model/agencies/agency.h"

#include <algorithm>
#include <array>

namespace gateway::model {
namespace {

constexpr std::size_t kLongestCode = 35;

bool isDigit(char c) noexcept { return c >= '0' && c <= '9'; }
bool isCodeCharacter(char c) noexcept { return isDigit(c) || (c >= 'A' && c <= 'Z'); }

std::vector<std::string_view> groupsOf(std::string_view text) {
    std::vector<std::string_view> groups;
    for (;;) {
        const auto dot = text.find('.');
        groups.push_back(text.substr(0, dot));
        if (dot == std::string_view::npos) return groups;
        text.remove_prefix(dot + 1);
    }
}

bool isFirstLevel(std::string_view group) noexcept {
    return group.size() == 3 && group[0] >= 'A' && group[0] <= 'Z' && isDigit(group[1]) &&
           isDigit(group[2]);
}

bool allZero(std::string_view group) noexcept {
    return group.find_first_not_of('0') == std::string_view::npos;
}

/// "000.00.11.H53": widths 3, 2, 2, 3 and the first level last.
bool isOlderForm(const std::vector<std::string_view>& groups) noexcept {
    constexpr std::array<std::size_t, 3> kWidths{3, 2, 2};
    if (groups.size() != 4 || !isFirstLevel(groups[3])) return false;
    for (std::size_t i = 0; i < kWidths.size(); ++i)
        if (groups[i].size() != kWidths[i]) return false;
    return !isFirstLevel(groups[0]);
}

}  // namespace

std::string_view Agency::nameOn(base::Date day) const noexcept {
    const AgencyName* last = nullptr;   // of those that ended before
    const AgencyName* first = nullptr;  // of those that begin later
    for (const auto& name : names) {
        if (name.alias) continue;
        if (name.period.covers(day)) return name.text;
        if (name.period.until && *name.period.until <= day) {
            if (!last || *last->period.until < *name.period.until) last = &name;
        } else if (!first || *name.period.from < *first->period.from) {
            first = &name;
        }
    }
    if (last) return last->text;
    return first ? std::string_view(first->text) : std::string_view();
}

bool isAgencyCodeSpelling(std::string_view text) noexcept {
    if (text.empty() || text.size() > kLongestCode) return false;
    bool firstLevel = false;
    for (;;) {
        const auto dot = text.find('.');
        const auto group = text.substr(0, dot);
        if (group.empty() || !std::all_of(group.begin(), group.end(), isCodeCharacter))
            return false;
        firstLevel = firstLevel || isFirstLevel(group);
        if (dot == std::string_view::npos) return firstLevel;
        text.remove_prefix(dot + 1);
    }
}

std::optional<std::string> canonicalAgencyCode(std::string_view text) {
    if (text.empty() || text.size() > kLongestCode) return std::nullopt;
    auto groups = groupsOf(text);
    for (const auto group : groups)
        if (group.empty() || !std::all_of(group.begin(), group.end(), isCodeCharacter))
            return std::nullopt;
    if (isOlderForm(groups)) {
        std::reverse(groups.begin(), groups.end());
        while (allZero(groups.back())) groups.pop_back();
        for (std::size_t i = 1; i < groups.size(); ++i)
            if (allZero(groups[i])) return std::nullopt;
    }
    if (!isFirstLevel(groups[0])) return std::nullopt;
    std::string code(groups[0]);
    for (std::size_t i = 1; i < groups.size(); ++i) code.append(".").append(groups[i]);
    return code;
}

}  // namespace gateway::model
