#include "gateway/base/encoding.h"

#include <array>
#include <cstdint>

namespace gateway::base {
namespace {

constexpr std::string_view kStandard =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kUrl =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

using DecodeTable = std::array<std::uint8_t, 256>;
constexpr std::uint8_t kNoSymbol = 255;

constexpr DecodeTable makeTable(std::string_view alphabet) {
    DecodeTable table{};
    for (auto& entry : table) entry = kNoSymbol;
    for (std::size_t i = 0; i < alphabet.size(); ++i)
        table[static_cast<unsigned char>(alphabet[i])] = static_cast<std::uint8_t>(i);
    return table;
}

constexpr DecodeTable kStandardTable = makeTable(kStandard);
constexpr DecodeTable kUrlTable = makeTable(kUrl);

std::uint32_t byteAt(std::string_view bytes, std::size_t at) {
    return static_cast<unsigned char>(bytes[at]);
}

std::string encode(std::string_view bytes, std::string_view alphabet, bool pad) {
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    std::size_t at = 0;
    for (; at + 3 <= bytes.size(); at += 3) {
        const auto group =
            byteAt(bytes, at) << 16U | byteAt(bytes, at + 1) << 8U | byteAt(bytes, at + 2);
        const char symbols[] = {alphabet[group >> 18U], alphabet[group >> 12U & 63U],
                                alphabet[group >> 6U & 63U], alphabet[group & 63U]};
        out.append(symbols, sizeof symbols);
    }
    if (at < bytes.size()) {
        const bool two = at + 1 < bytes.size();
        const auto group = byteAt(bytes, at) << 16U | (two ? byteAt(bytes, at + 1) << 8U : 0U);
        out.push_back(alphabet[group >> 18U]);
        out.push_back(alphabet[group >> 12U & 63U]);
        if (two) out.push_back(alphabet[group >> 6U & 63U]);
        if (pad) out.append(two ? 1 : 2, '=');
    }
    return out;
}

// Decodes unpadded symbols; refuses a lone symbol and unused bits that are not zero.
std::optional<std::string> decode(std::string_view text, const DecodeTable& table) {
    const auto rest = text.size() % 4;
    if (rest == 1) return std::nullopt;
    const auto symbol = [&](std::size_t at) -> std::uint32_t { return table[byteAt(text, at)]; };
    std::string out(text.size() * 3 / 4, '\0');
    char* to = out.data();
    std::uint32_t all = 0;  // a symbol has six bits: more are there when one was none
    std::size_t at = 0;
    for (; at + 4 <= text.size(); at += 4) {
        const auto one = symbol(at), two = symbol(at + 1), three = symbol(at + 2),
                   four = symbol(at + 3);
        all |= one | two | three | four;
        *to++ = static_cast<char>(one << 2U | two >> 4U);
        *to++ = static_cast<char>((two & 15U) << 4U | three >> 2U);
        *to++ = static_cast<char>((three & 3U) << 6U | four);
    }
    std::uint32_t unused = 0;
    if (rest > 1) {
        const auto one = symbol(at), two = symbol(at + 1);
        const auto three = rest == 3 ? symbol(at + 2) : 0U;
        all |= one | two | three;
        *to++ = static_cast<char>(one << 2U | two >> 4U);
        if (rest == 3) *to++ = static_cast<char>((two & 15U) << 4U | three >> 2U);
        unused = rest == 3 ? three & 3U : two & 15U;
    }
    if (all > 63 || unused != 0) return std::nullopt;
    return out;
}

int hexDigit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

}  // namespace

std::string toHex(std::string_view bytes) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string out;
    out.reserve(bytes.size() * 2);
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        out.push_back(kDigits[byte >> 4U]);
        out.push_back(kDigits[byte & 15U]);
    }
    return out;
}

std::optional<std::string> fromHex(std::string_view text) {
    if (text.size() % 2 != 0) return std::nullopt;
    std::string out;
    out.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const int high = hexDigit(text[i]);
        const int low = hexDigit(text[i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        out.push_back(static_cast<char>(high * 16 + low));
    }
    return out;
}

std::string toBase64(std::string_view bytes) { return encode(bytes, kStandard, true); }

std::optional<std::string> fromBase64(std::string_view text) {
    std::string symbols;
    symbols.reserve(text.size());
    for (const char c : text)
        if (c != ' ' && c != '\t' && c != '\r' && c != '\n') symbols.push_back(c);
    if (symbols.size() % 4 != 0) return std::nullopt;
    for (int pads = 0; pads < 2 && !symbols.empty() && symbols.back() == '='; ++pads)
        symbols.pop_back();
    return decode(symbols, kStandardTable);
}

std::string toBase64Url(std::string_view bytes) { return encode(bytes, kUrl, false); }

std::optional<std::string> fromBase64Url(std::string_view text) { return decode(text, kUrlTable); }

}  // namespace gateway::base
