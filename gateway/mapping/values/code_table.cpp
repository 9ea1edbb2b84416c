#include "gateway/mapping/values/code_table.h"

#include <algorithm>
#include <utility>

#include "gateway/base/fault.h"
#include "gateway/document/text.h"

namespace gateway::mapping {

void CodeTable::setUnknown(const std::string& unknown) {
    constexpr std::string_view kUse = "use:";
    if (unknown == "refuse") {
        unknown_ = Unknown::Refuse;
    } else if (unknown == "keep") {
        unknown_ = Unknown::Keep;
    } else if (unknown == "omit") {
        unknown_ = Unknown::Omit;
    } else if (unknown.starts_with(kUse)) {
        unknown_ = Unknown::Use;
        use_ = unknown.substr(kUse.size());
    } else {
        throw base::Fault("unknown is refuse, keep, omit or use:CODE");
    }
}

// False if the key has another meaning on one of these days.
bool CodeTable::put(Meanings& meanings, const std::string& key, Meaning meaning) {
    const auto [first, last] = meanings.equal_range(key);
    const bool clash = std::any_of(first, last, [&meaning](const auto& there) {
        return there.second.days.from < meaning.days.until &&
               meaning.days.from < there.second.days.until;
    });
    if (!clash) meanings.emplace(key, std::move(meaning));
    return !clash;
}

// On no day in particular: what it means in the end.
const CodeTable::Meaning* CodeTable::find(const Meanings& meanings, std::string_view key,
                                          AsOf day) {
    const Meaning* found = nullptr;
    for (auto [at, last] = meanings.equal_range(key); at != last; ++at) {
        const Meaning& meaning = at->second;
        if (day && meaning.days.cover(*day)) return &meaning;
        if (!day && (found == nullptr || found->days.from < meaning.days.from)) found = &meaning;
    }
    return found;
}

// Keyboards write one letter as one code point or as several; the text is the same.
bool CodeTable::add(const std::string& theirs, const std::string& ours, Use use, Days days) {
    const Days always;
    asksDay_ = asksDay_ || days.from != always.from || days.until != always.until;
    const bool in = use == Use::Out || put(toOurs_, document::toNfc(theirs), {ours, days});
    const bool out = use == Use::In || put(toTheirs_, ours, {theirs, days});
    return in && out;
}

std::optional<std::string> CodeTable::toOurs(std::string_view theirs, AsOf day) const {
    if (const auto* found = find(toOurs_, document::toNfc(theirs), day)) return found->other;
    // Kept is only what would not mean something else on the way back.
    if (unknown_ == Unknown::Keep)
        return find(toTheirs_, theirs, day) == nullptr ? std::optional(std::string(theirs))
                                                       : std::nullopt;
    return unknown_ == Unknown::Use ? std::optional(use_) : std::nullopt;
}

std::optional<std::string> CodeTable::toTheirs(std::string_view ours, AsOf day) const {
    if (const auto* found = find(toTheirs_, ours, day)) return found->other;
    const bool isKept =
        unknown_ == Unknown::Keep && find(toOurs_, document::toNfc(ours), day) == nullptr;
    return isKept ? std::optional(std::string(ours)) : std::nullopt;
}

bool CodeTable::isManyToOne() const {
    if (unknown_ == Unknown::Use) return true;
    return std::any_of(toOurs_.begin(), toOurs_.end(), [this](const auto& read) {
        const auto [first, last] = toTheirs_.equal_range(read.second.other);
        return first != last && std::none_of(first, last, [&read](const auto& written) {
                   return document::toNfc(written.second.other) == read.first;
               });
    });
}

std::vector<std::string> CodeTable::ours() const {
    std::vector<std::string> words;
    for (const auto& [theirs, meaning] : toOurs_) words.push_back(meaning.other);
    if (unknown_ == Unknown::Use) words.push_back(use_);
    return words;
}

std::vector<std::string> CodeTable::theirs(AsOf day) const {
    std::vector<std::string> codes;
    for (const auto& [code, meaning] : toOurs_)
        if ((!day || meaning.days.cover(*day)) && (codes.empty() || codes.back() != code))
            codes.push_back(code);
    return codes;
}

base::Problem unknownCode(std::string_view list, const std::vector<std::string>& codes) {
    constexpr std::size_t kMostTold = 10;
    constexpr std::size_t kLongestCode = 40;
    std::string told;
    for (std::size_t i = 0; i < codes.size() && i < kMostTold; ++i)
        told += (i == 0 ? "" : ", ") + base::shortened(codes[i], kLongestCode);
    if (codes.size() > kMostTold) told += ", …";
    if (codes.empty()) told = "…";
    return base::Problem(base::ErrorCode::MAPPING_CODE)
        .with("list", std::string(list))
        .inWords("codes", {told, told});
}

base::Problem CodeLists::refusalOf(std::string_view list, std::string_view /*theirs*/,
                                   AsOf /*day*/) const {
    return unknownCode(list, {});
}

}  // namespace gateway::mapping
