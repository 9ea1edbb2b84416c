#include "gateway/mapping/values/code_table.h"

#include "gateway/document/text.h"

namespace gateway::mapping {

// Keyboards write one letter as one code point or as several; the text is the same.
bool CodeTable::add(const std::string& theirs, const std::string& ours, Use use) {
    const bool in = use == Use::Out || toOurs_.emplace(document::toNfc(theirs), ours).second;
    const bool out = use == Use::In || toTheirs_.emplace(ours, theirs).second;
    return in && out;
}

std::optional<std::string> CodeTable::toOurs(std::string_view theirs) const {
    const auto found = toOurs_.find(document::toNfc(theirs));
    if (found == toOurs_.end()) return std::nullopt;
    return found->second;
}

std::optional<std::string> CodeTable::toTheirs(std::string_view ours) const {
    const auto found = toTheirs_.find(ours);
    if (found == toTheirs_.end()) return std::nullopt;
    return found->second;
}

std::vector<std::string> CodeTable::ours() const {
    std::vector<std::string> words;
    for (const auto& [theirs, ours] : toOurs_) words.push_back(ours);
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
