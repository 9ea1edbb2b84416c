#include "gateway/store/woven_bytes.h"

#include <algorithm>
#include <charconv>

#include "gateway/base/encoding.h"

namespace gateway::store {
namespace {

// A recipe is a line saying what is wrapped around the pieces, then the pieces: "L", a length, a
// line end and so many bytes; or "B" and the name of a part to stand there as base64.
constexpr std::string_view kPlain = "P\n";
constexpr char kJws = 'J';

struct Jws {
    std::string header, payload, signature;
};

std::optional<Jws> jwsIn(std::string_view bytes) {
    const auto first = bytes.find('.');
    const auto last = bytes.rfind('.');
    if (first == std::string_view::npos || first == last) return std::nullopt;
    const auto header = bytes.substr(0, first);
    const auto signature = bytes.substr(last + 1);
    const auto isWord = [](std::string_view text) {
        return text.size() < 16 * 1024 && std::ranges::all_of(text, [](char c) {
                   return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                          (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
               });
    };
    if (!isWord(header) || !isWord(signature)) return std::nullopt;
    auto payload = base::fromBase64Url(bytes.substr(first + 1, last - first - 1));
    if (!payload) return std::nullopt;
    return Jws{std::string(header), std::move(*payload), std::string(signature)};
}

void addLiteral(std::string& pieces, std::string_view bytes) {
    if (!bytes.empty()) pieces.append("L" + std::to_string(bytes.size()) + "\n").append(bytes);
}

struct Sought {
    std::string_view name;
    std::string text;
    std::size_t next = 0;  ///< where it occurs next
    bool named = false;
};

// The pieces of `bytes`; empty if no part occurs in it.
std::string piecesOf(std::string_view bytes, std::vector<Sought>& sought) {
    std::string pieces;
    std::size_t done = 0;
    for (auto& one : sought) one.next = bytes.find(one.text);
    for (;;) {
        const auto first = std::ranges::min_element(sought, {}, &Sought::next);
        if (first == sought.end() || first->next == std::string_view::npos) break;
        addLiteral(pieces, bytes.substr(done, first->next - done));
        pieces.append("B").append(first->name).append("\n");
        first->named = true;
        done = first->next + first->text.size();
        for (auto& one : sought)
            if (one.next < done) one.next = bytes.find(one.text, done);
    }
    addLiteral(pieces, bytes.substr(done));
    return done > 0 ? pieces : std::string();
}

// The line at the front, without its end; taken off.
std::optional<std::string_view> takeLine(std::string_view& rest) {
    const auto end = rest.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    const auto line = rest.substr(0, end);
    rest.remove_prefix(end + 1);
    return line;
}

std::optional<std::string> joined(std::string_view pieces, const PartSource& part) {
    std::string bytes;
    while (!pieces.empty()) {
        const auto line = takeLine(pieces);
        if (!line || line->empty()) return std::nullopt;
        const auto word = line->substr(1);
        if (line->front() == 'B') {
            const auto known = part(word);
            if (!known) return std::nullopt;
            bytes += base::toBase64(*known);
            continue;
        }
        std::size_t length = 0;
        const auto parsed = std::from_chars(word.data(), word.data() + word.size(), length);
        if (line->front() != 'L' || parsed.ec != std::errc() ||
            parsed.ptr != word.data() + word.size() || length > pieces.size())
            return std::nullopt;
        bytes.append(pieces.substr(0, length));
        pieces.remove_prefix(length);
    }
    return bytes;
}

}  // namespace

std::optional<Woven> weave(std::string_view bytes, const std::vector<KnownBytes>& parts) {
    std::vector<Sought> sought;
    for (const auto& part : parts)
        if (base::base64Length(part.bytes.size()) >= kWorthWeaving)
            sought.push_back({part.name, base::toBase64(part.bytes), 0, false});
    if (sought.empty()) return std::nullopt;
    Woven woven;
    auto& recipe = woven.recipe;
    if (const auto jws = jwsIn(bytes)) {
        const auto pieces = piecesOf(jws->payload, sought);
        if (!pieces.empty()) recipe = kJws + jws->header + "." + jws->signature + "\n" + pieces;
    } else if (const auto pieces = piecesOf(bytes, sought); !pieces.empty()) {
        recipe.append(kPlain).append(pieces);
    }
    const auto again = unweave(recipe, [&](std::string_view name) -> std::optional<std::string> {
        const auto found = std::ranges::find(parts, name, &KnownBytes::name);
        return found == parts.end() ? std::nullopt : std::optional(found->bytes);
    });
    if (again != bytes) return std::nullopt;
    for (const auto& one : sought)
        if (one.named) woven.named.emplace_back(one.name);
    return woven;
}

std::optional<std::string> unweave(std::string_view recipe, const PartSource& part) {
    const auto around = takeLine(recipe);
    if (!around || around->empty()) return std::nullopt;
    auto bytes = joined(recipe, part);
    if (!bytes || *around == kPlain.substr(0, 1)) return bytes;
    const auto dot = around->find('.');
    if (around->front() != kJws || dot == std::string_view::npos) return std::nullopt;
    return std::string(around->substr(1, dot - 1)) + "." + base::toBase64Url(*bytes) +
           std::string(around->substr(dot));
}

}  // namespace gateway::store
