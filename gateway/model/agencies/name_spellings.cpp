#include "gateway/model/agencies/name_spellings.h"

#include <algorithm>

#include "gateway/base/fault.h"
#include "gateway/document/lookalikes.h"
#include "gateway/document/text.h"

namespace gateway::model {
namespace {

bool isWordByte(char c) noexcept {
    return static_cast<unsigned char>(c) >= 0x80 || (c >= '0' && c <= '9') ||
           (c >= 'a' && c <= 'z');
}

// Everything between words is alike: "BR-VT", "B.R. V.T.", "khu vực 1 - Hà Nội".
std::vector<std::string> wordsOf(std::string_view text) {
    const auto folded = document::nameKey(document::plainSigns(text).text);
    std::vector<std::string> words(1);
    for (const char c : folded) {
        if (isWordByte(c))
            words.back() += c;
        else if (!words.back().empty())
            words.emplace_back();
    }
    if (words.back().empty()) words.pop_back();
    return words;
}

using Words = std::vector<std::string>;

std::string joined(Words::const_iterator from, Words::const_iterator to) {
    std::string text;
    for (; from != to; ++from) text.append(text.empty() ? "" : " ").append(*from);
    return text;
}

std::string joined(const Words& words) { return joined(words.begin(), words.end()); }

}  // namespace

NameSpellings::NameSpellings(const std::vector<Spelling>& spellings,
                             const std::vector<std::string>& units) {
    for (const auto& spelling : spellings) {
        const auto meant = joined(wordsOf(spelling.of));
        const auto add = [&](const std::string& written) {
            const auto words = wordsOf(written);
            const auto [place, fresh] = meanings_.emplace(joined(words), meant);
            if (!fresh && place->second != meant)
                throw base::Fault(spelling.origin + ": \"" + written + "\" stands for two things");
            longest_ = std::max(longest_, words.size());
            return fresh;
        };
        if (!add(spelling.of))
            throw base::Fault(spelling.origin + ": \"" + spelling.of + "\" stands there already");
        for (const auto& written : spelling.as)
            if (!add(written))
                throw base::Fault(spelling.origin + ": \"" + written +
                                  "\" is the same spelling as another");
    }
    for (const auto& unit : units) units_.push_back(key(unit));
}

std::string NameSpellings::key(std::string_view text) const {
    const auto words = wordsOf(text);
    std::string result;
    for (auto at = words.begin(); at != words.end();) {
        auto end =
            at + std::min<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(longest_), words.end() - at);
        auto meaning = meanings_.end();
        while (end > at && meaning == meanings_.end()) meaning = meanings_.find(joined(at, end--));
        const bool known = meaning != meanings_.end();
        result.append(result.empty() ? "" : " ").append(known ? meaning->second : *at);
        at = known ? end + 1 : at + 1;
    }
    return result;
}

std::string NameSpellings::shortKey(std::string_view province) const {
    auto whole = key(province);
    for (const auto& unit : units_)
        if (whole.starts_with(unit + " ")) return whole.substr(unit.size() + 1);
    return whole;
}

std::vector<std::string> NameSpellings::keysOf(std::string_view name,
                                               const std::vector<std::string>& provinces) const {
    std::vector<std::string> keys{key(name)};
    const auto own = keys.front();
    const auto endsWithUnit = [this](std::string_view text) {
        return std::ranges::any_of(units_, [&](const auto& unit) { return text.ends_with(unit); });
    };
    for (const auto& province : provinces) {
        const auto whole = " " + key(province), bare = " " + shortKey(province);
        if (whole == bare) continue;
        std::string other;
        if (own.ends_with(whole))
            other = own.substr(0, own.size() - whole.size()) + bare;
        else if (own.ends_with(bare) &&
                 !endsWithUnit(std::string_view(own).substr(0, own.size() - bare.size())))
            other = own.substr(0, own.size() - bare.size()) + whole;
        if (!other.empty() && std::ranges::find(keys, other) == keys.end())
            keys.push_back(std::move(other));
    }
    return keys;
}

}  // namespace gateway::model
