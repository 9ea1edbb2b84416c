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

std::string encode(std::string_view bytes, std::string_view alphabet, bool pad) {
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    std::uint32_t group = 0;
    unsigned bits = 0;
    for (const char c : bytes) {
        group = (group << 8U) | static_cast<unsigned char>(c);
        bits += 8;
        while (bits >= 6) {
            bits -= 6;
            out.push_back(alphabet[(group >> bits) & 63U]);
        }
    }
    if (bits > 0) out.push_back(alphabet[(group << (6 - bits)) & 63U]);
    while (pad && out.size() % 4 != 0) out.push_back('=');
    return out;
}

// Decodes unpadded symbols; refuses a lone symbol and unused bits that are not zero.
std::optional<std::string> decode(std::string_view text, const DecodeTable& table) {
    if (text.size() % 4 == 1) return std::nullopt;
    std::string out;
    out.reserve(text.size() * 3 / 4);
    std::uint32_t group = 0;
    unsigned bits = 0;
    for (const char c : text) {
        const std::uint8_t value = table[static_cast<unsigned char>(c)];
        if (value == kNoSymbol) return std::nullopt;
        group = (group << 6U) | value;
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            out.push_back(static_cast<char>((group >> bits) & 255U));
        }
    }
    if ((group & ((1U << bits) - 1U)) != 0) return std::nullopt;
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
