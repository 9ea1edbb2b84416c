#include "gateway/law/conditions/redaction.h"

#include <algorithm>
#include <array>
#include <set>
#include <span>

#include "gateway/document/text.h"

namespace gateway::law {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";
constexpr std::array<std::string_view, 10> kTitles = {"ông", "bà", "anh", "chị",  "cô",
                                                      "chú", "cụ", "em",  "cháu", "bác"};
constexpr std::array<std::string_view, 10> kMarks = {".", ",",  ";", ":", "(",
                                                     ")", "\"", "'", "“", "”"};

struct Piece {
    std::size_t from = 0, until = 0;  ///< without the marks around it
    std::string key;
};

/// Its marks stay outside.
Piece pieceOf(std::string_view text, std::size_t from, std::size_t until) {
    for (bool again = true; again;) {
        again = false;
        for (const auto mark : kMarks) {
            const auto word = text.substr(from, until - from);
            if (word.size() >= mark.size() && word.starts_with(mark)) {
                from += mark.size();
                again = true;
            } else if (word.size() >= mark.size() && word.ends_with(mark)) {
                until -= mark.size();
                again = true;
            }
        }
    }
    return {from, until, document::nameKey(text.substr(from, until - from))};
}

std::vector<Piece> piecesOf(std::string_view text) {
    std::vector<Piece> pieces;
    for (auto at = text.find_first_not_of(kBlanks); at != std::string_view::npos;) {
        const auto end = std::min(text.find_first_of(kBlanks, at), text.size());
        pieces.push_back(pieceOf(text, at, end));
        at = text.find_first_not_of(kBlanks, end);
    }
    return pieces;
}

std::vector<std::string> keysOf(std::string_view name) {
    std::vector<std::string> keys;
    for (auto& piece : piecesOf(name))
        if (!piece.key.empty()) keys.push_back(std::move(piece.key));
    return keys;
}

std::string withoutTitle(std::string_view name) {
    name = name.substr(0, name.find_first_of("(,;"));
    const auto pieces = piecesOf(name);
    for (const auto& piece : pieces)
        if (std::ranges::none_of(kTitles,
                                 [&](auto title) { return document::nameKey(title) == piece.key; }))
            return std::string(name.substr(piece.from, pieces.back().until - piece.from));
    return {};
}

bool isAuthority(const model::Party& party) {
    return party.kind == model::PartyKind::Authority ||
           party.kind == model::PartyKind::Officeholder ||
           (!party.kind && party.role == model::PartyRole::Defendant);
}

bool isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           static_cast<unsigned char>(c) >= 0x80U;
}

}  // namespace

std::vector<std::string> privateNamesIn(const model::Ruling& ruling,
                                        const std::vector<std::string>& officers) {
    std::set<std::string> authorities, names;
    const auto add = [&names](const std::string& name) {
        if (auto plain = withoutTitle(name); keysOf(plain).size() > 1)
            names.insert(std::move(plain));
    };
    for (const auto& obligation : ruling.obligations) {
        authorities.insert(document::nameKey(obligation.obligatedParty));
        for (const auto& entitled : obligation.entitledParties) add(entitled);
    }
    for (const auto& party : ruling.parties)
        if (!isAuthority(party)) add(party.name);
    for (const auto* official : {&ruling.presidingJudge, &ruling.clerk, &ruling.prosecutor})
        add(*official);
    for (const auto& officer : officers) add(officer);
    std::erase_if(names,
                  [&](const auto& name) { return authorities.contains(document::nameKey(name)); });
    return {names.begin(), names.end()};
}

std::string withoutNames(std::string_view text, const std::vector<std::string>& names) {
    std::string plain = document::toNfc(text);
    for (const auto& name : names) {
        const auto keys = keysOf(name);
        if (keys.empty()) continue;
        const auto pieces = piecesOf(plain);
        std::string left;
        std::size_t at = 0;
        for (std::size_t i = 0; i + keys.size() <= pieces.size();) {
            const bool found = std::ranges::equal(keys, std::span(pieces).subspan(i, keys.size()),
                                                  {}, {}, &Piece::key);
            if (!found) {
                ++i;
                continue;
            }
            left += plain.substr(at, pieces[i].from - at);
            left += kLeftOutName;
            i += keys.size();
            at = pieces[i - 1].until;
        }
        plain = left + plain.substr(at);
    }
    return plain;
}

bool hasNameOf(std::string_view text, const std::vector<std::string>& names) {
    const auto all = document::nameKey(text);
    return std::ranges::any_of(names, [&](const std::string& name) {
        const auto key = document::nameKey(name);
        for (auto at = all.find(key); at != std::string::npos; at = all.find(key, at + 1)) {
            const auto end = at + key.size();
            if ((at == 0 || !isLetter(all[at - 1])) && (end == all.size() || !isLetter(all[end])))
                return true;
        }
        return false;
    });
}

}  // namespace gateway::law
