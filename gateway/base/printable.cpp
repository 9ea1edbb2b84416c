#include "gateway/base/printable.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace gateway::base {
namespace {

constexpr std::size_t kLongestSequence = 4;

// Of a valid sequence of at most three bytes.
char32_t codeOf(std::string_view one) noexcept {
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(one[i]); };
    if (one.size() == 1) return at(0);
    if (one.size() == 2) return ((at(0) & 0x1FU) << 6U) | (at(1) & 0x3FU);
    return ((at(0) & 0x0FU) << 12U) | ((at(1) & 0x3FU) << 6U) | (at(2) & 0x3FU);
}

}  // namespace

std::size_t utf8Length(std::string_view text) noexcept {
    const auto at = [&](std::size_t i) -> unsigned {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
    };
    const auto tail = [&](std::size_t i) { return (at(i) & 0xC0U) == 0x80U; };
    const unsigned first = at(0);
    if (text.empty()) return 0;
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first <= 0xDF) return tail(1) ? 2 : 0;
    if (first >= 0xE0 && first <= 0xEF) {
        if (!tail(1) || !tail(2)) return 0;
        if (first == 0xE0 && at(1) < 0xA0) return 0;
        return first == 0xED && at(1) > 0x9F ? 0 : 3;
    }
    if (first >= 0xF0 && first <= 0xF4) {
        if (!tail(1) || !tail(2) || !tail(3)) return 0;
        if (first == 0xF0 && at(1) < 0x90) return 0;
        return first == 0xF4 && at(1) > 0x8F ? 0 : 4;
    }
    return 0;
}

bool isUnprintable(std::string_view one) noexcept {
    if (one.size() >= kLongestSequence) return false;
    const char32_t code = codeOf(one);
    if (code == '\n' || code == '\t') return false;
    struct Span {
        char32_t first, last;
    };
    // Zero width and marks of direction, separators of lines, isolates, byte order mark.
    static constexpr std::array<Span, 7> kSpans{{{0x00, 0x1F},
                                                 {0x7F, 0x9F},
                                                 {0x061C, 0x061C},
                                                 {0x200B, 0x200F},
                                                 {0x2028, 0x202E},
                                                 {0x2060, 0x206F},
                                                 {0xFEFF, 0xFEFF}}};
    return std::any_of(kSpans.begin(), kSpans.end(), [code](const Span& span) {
        return span.first <= code && code <= span.last;
    });
}

std::string printable(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const std::size_t length = utf8Length(text);
        const auto one = text.substr(0, std::max<std::size_t>(length, 1));
        if (length == 0) {
            out += "\\ufffd";
        } else if (isUnprintable(one)) {
            char escaped[8];
            std::snprintf(escaped, sizeof escaped, "\\u%04x", static_cast<unsigned>(codeOf(one)));
            out += escaped;
        } else {
            out += one;
        }
        text.remove_prefix(one.size());
    }
    return out;
}

PrintableStream::PrintableStream(std::ostream& stream) :
    stream_(stream), below_(stream.rdbuf(this)) {}

PrintableStream::~PrintableStream() {
    pass(true);
    below_->pubsync();
    stream_.rdbuf(below_);
}

std::streambuf::int_type PrintableStream::overflow(int_type byte) {
    if (traits_type::eq_int_type(byte, traits_type::eof())) return traits_type::not_eof(byte);
    const char one = traits_type::to_char_type(byte);
    return xsputn(&one, 1) == 1 ? byte : traits_type::eof();
}

std::streamsize PrintableStream::xsputn(const char* text, std::streamsize length) {
    waiting_.append(text, static_cast<std::size_t>(length));
    return pass(false) ? length : 0;
}

int PrintableStream::sync() { return pass(false) ? below_->pubsync() : -1; }

bool PrintableStream::pass(bool all) {
    std::size_t whole = waiting_.size();
    // A lead byte among the last three may be the beginning of what comes next.
    for (std::size_t back = 1; !all && back < kLongestSequence && back <= waiting_.size(); ++back) {
        const auto lead = static_cast<unsigned char>(waiting_[waiting_.size() - back]);
        if (lead < 0xC0) continue;
        if (utf8Length(std::string_view(waiting_).substr(waiting_.size() - back)) == 0)
            whole = waiting_.size() - back;
        break;
    }
    const std::string out = printable(std::string_view(waiting_).substr(0, whole));
    waiting_.erase(0, whole);
    const auto size = static_cast<std::streamsize>(out.size());
    return below_->sputn(out.data(), size) == size;
}

}  // namespace gateway::base
