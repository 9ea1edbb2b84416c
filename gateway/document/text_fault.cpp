#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <string_view>

#include "gateway/document/text.h"

namespace gateway::document {
namespace {

// What nearly every sign of a Vietnamese text is, so that ICU need not be asked of each: blocks
// that hold letters and their marks alone, every place of them assigned.
bool isLatinLetter(UChar32 c) noexcept {
    return (c >= 0xC0 && c <= 0x36F && !(c >= 0x250 && c < 0x300)) || (c >= 0x1E00 && c <= 0x1EFF);
}

bool reorders(UChar32 c) noexcept {
    return u_hasBinaryProperty(c, UCHAR_BIDI_CONTROL);  // marks, embeddings, isolates, overrides
}

bool isControl(UChar32 c) noexcept {
    const bool layout = c == u'\t' || c == u'\n' || c == u'\r';
    const auto type = u_charType(c);
    return (type == U_CONTROL_CHAR && !layout) || type == U_PRIVATE_USE_CHAR ||
           type == U_UNASSIGNED || type == U_SURROGATE || c == 0xFEFF || c == 0x2028 || c == 0x2029;
}

// Signs of Latin-1 that TCVN3 (ABC fonts) draws as letters: ă â ê ô ơ ư đ and a, ă with tones. The
// middle dot (ã) is left out: it stands between letters for other reasons too.
bool isTcvn3Sign(UChar32 c) noexcept {
    return c >= 0xA8 && c <= 0xBE &&
           std::u16string_view(
               u"\u00a8\u00a9\u00aa\u00ab\u00ac\u00ad\u00ae\u00b5\u00b6\u00b8\u00b9\u00bb"
               u"\u00bc\u00bd\u00be")
                   .find(static_cast<char16_t>(c)) != std::u16string_view::npos;
}

bool isAsciiLetter(char16_t c) noexcept {
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z');
}

// VNI writes a vowel and its tone as two letters, in pairs that no Vietnamese word has. How much
// one tells: some stand in foreign names as well (Gaëlle, Anaïs, Août).
int weightOfVniPair(char16_t one, char16_t other) noexcept {
    const auto among = [other](std::u16string_view sure, std::u16string_view perhaps) {
        if (sure.find(other) != std::u16string_view::npos) return 2;
        return perhaps.find(other) != std::u16string_view::npos ? 1 : 0;
    };
    switch (one) {
        case u'a':
            return among(
                u"\u00f9\u00f8\u00f5\u00e2\u00ea\u00e1\u00e0\u00e5\u00e3\u00e4\u00e8\u00fa",
                u"\u00fb\u00ef\u00e9\u00fc\u00eb");
        case u'e':
            return among(u"\u00f9\u00f8\u00f5\u00e2\u00e1\u00e0\u00e5\u00e3\u00e4",
                         u"\u00fb\u00ef");
        case u'o': return among(u"\u00f9\u00f8\u00e2\u00e5\u00e4", u"\u00fb\u00ef");
        case u'u':
        case u'y': return among(u"\u00f9\u00f8\u00fb", u"\u00ef");
        case u'\u00f4':
        case u'\u00f6': return among(u"\u00f9\u00f8\u00fb\u00f5\u00ef\u00f4", u"");
        default: return 0;
    }
}

// What only real Vietnamese text has: a text with it is not in an old font as a whole.
bool isVietnameseLetter(UChar32 c) noexcept {
    return (c >= 0x1EA0 && c <= 0x1EF9) || c == 0x0102 || c == 0x0103 || c == 0x0110 ||
           c == 0x0111 || c == 0x01A0 || c == 0x01A1 || c == 0x01AF || c == 0x01B0;
}

bool isOldFont(std::string_view utf8, bool vietnamese) {
    auto text = icu::UnicodeString::fromUTF8(
        icu::StringPiece(utf8.data(), static_cast<std::int32_t>(utf8.size())));
    text.toLower();
    const std::u16string_view all(text.getBuffer(), static_cast<std::size_t>(text.length()));
    constexpr int kEnough = 3;
    int pairs = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const char16_t before = i > 0 ? all[i - 1] : u' ';
        const char16_t after = i + 1 < all.size() ? all[i + 1] : u' ';
        if (isTcvn3Sign(all[i]) && isAsciiLetter(before) && isAsciiLetter(after)) return true;
        pairs += weightOfVniPair(before, all[i]);
    }
    return pairs >= kEnough && !vietnamese;
}

}  // namespace

TextFault textFault(std::string_view utf8) {
    bool latin1 = false, vietnamese = false, tcvn3 = false;
    const auto length = static_cast<std::int32_t>(utf8.size());
    for (std::int32_t at = 0; at < length;) {
        if (const char c = utf8[static_cast<std::size_t>(at)]; c >= ' ' && c <= '~') {
            ++at;
            continue;
        }
        UChar32 c = 0;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"  // of the library's macro
        U8_NEXT_OR_FFFD(utf8.data(), at, length, c);
#pragma GCC diagnostic pop
        if (c == 0xFFFD) return TextFault::Damaged;
        if (!isLatinLetter(c)) {
            if (reorders(c)) return TextFault::Direction;
            if (isControl(c)) return TextFault::Control;
        }
        latin1 = latin1 || (c >= 0xA0 && c <= 0xFF);
        tcvn3 = tcvn3 || isTcvn3Sign(c);
        vietnamese = vietnamese || isVietnameseLetter(c);
    }
    // A text with Vietnamese letters, which nearly every one is, need not be looked at again.
    const bool doubtful = tcvn3 || (latin1 && !vietnamese);
    return doubtful && isOldFont(utf8, vietnamese) ? TextFault::OldFont : TextFault::None;
}

}  // namespace gateway::document
