#include "gateway/base/ids.h"

#include <sys/random.h>

#include <array>

#include "gateway/base/fault.h"
#include "gateway/base/limits.h"

namespace gateway::base {
namespace {

constexpr std::string_view kAlphabet = "0123456789abcdefghjkmnpqrstvwxyz";

void fillRandom(void* buffer, std::size_t size) {
    if (getrandom(buffer, size, 0) != static_cast<ssize_t>(size))
        throw Fault("the kernel gave no random bytes");
}

// Appends `count` base-32 symbols taken from the bits of `bytes`, most significant first.
void appendBits(std::string& out, std::string_view bytes, std::size_t count) {
    std::uint32_t group = 0;
    unsigned bits = 0;
    std::size_t next = 0;
    while (count > 0) {
        if (bits < 5) {
            group = (group << 8U) | static_cast<unsigned char>(bytes[next++]);
            bits += 8;
        }
        bits -= 5;
        out.push_back(kAlphabet[(group >> bits) & 31U]);
        --count;
    }
}

}  // namespace

std::string newId(std::string_view prefix, Timestamp now) {
    std::string out(prefix);
    out.push_back('-');
    auto milliseconds = static_cast<std::uint64_t>(now.time_since_epoch().count());
    std::array<char, 10> time{};
    for (auto symbol = time.rbegin(); symbol != time.rend(); ++symbol) {
        *symbol = kAlphabet[milliseconds & 31U];
        milliseconds >>= 5U;
    }
    out.append(time.data(), time.size());
    std::array<char, 10> noise{};
    fillRandom(noise.data(), noise.size());
    appendBits(out, std::string_view(noise.data(), noise.size()), 16);
    return out;
}

std::string derivedId(std::string_view prefix, std::string_view digest32) {
    GW_CHECK(digest32.size() >= 17);
    std::string out(prefix);
    out.push_back('-');
    appendBits(out, digest32, 26);
    return out;
}

std::uint64_t randomBelow(std::uint64_t bound) {
    GW_CHECK(bound > 0);
    const std::uint64_t fair = UINT64_MAX - UINT64_MAX % bound;
    std::uint64_t value = 0;
    do {
        fillRandom(&value, sizeof value);
    } while (value >= fair);
    return value % bound;
}

bool isMessageId(std::string_view text) noexcept {
    if (text.empty() || text.size() > kLongestMessageId) return false;
    for (const char c : text)
        if (c <= ' ' || c > '~' || c == '"' || c == '\'' || c == '\\' || c == '<' || c == '>' ||
            c == '&')
            return false;
    return true;
}

}  // namespace gateway::base
