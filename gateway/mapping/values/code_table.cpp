#include "gateway/mapping/values/code_table.h"

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

// Keyboards write one letter as one code point or as several; the text is the same.
bool CodeTable::add(const std::string& theirs, const std::string& ours, Use use) {
    const bool in = use == Use::Out || toOurs_.emplace(document::toNfc(theirs), ours).second;
    const bool out = use == Use::In || toTheirs_.emplace(ours, theirs).second;
    return in && out;
}

std::optional<std::string> CodeTable::toOurs(std::string_view theirs) const {
    const auto found = toOurs_.find(document::toNfc(theirs));
    if (found != toOurs_.end()) return found->second;
    if (unknown_ == Unknown::Keep) return std::string(theirs);
    return unknown_ == Unknown::Use ? std::optional(use_) : std::nullopt;
}

std::optional<std::string> CodeTable::toTheirs(std::string_view ours) const {
    const auto found = toTheirs_.find(ours);
    if (found != toTheirs_.end()) return found->second;
    return unknown_ == Unknown::Keep ? std::optional(std::string(ours)) : std::nullopt;
}

std::vector<std::string> CodeTable::ours() const {
    std::vector<std::string> words;
    for (const auto& [theirs, ours] : toOurs_) words.push_back(ours);
    if (unknown_ == Unknown::Use) words.push_back(use_);
    return words;
}

std::vector<std::string> CodeTable::theirs() const {
    std::vector<std::string> codes;
    for (const auto& entry : toOurs_) codes.push_back(entry.first);
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

base::Problem CodeLists::refusalOf(std::string_view list, std::string_view /*theirs*/) const {
    return unknownCode(list, {});
}

}  // namespace gateway::mapping
