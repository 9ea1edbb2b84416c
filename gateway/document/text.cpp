#include "gateway/document/text.h"

#include <simdjson.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <utility>

#include "gateway/base/fault.h"

namespace gateway::document {
namespace {

using Get = const icu::Normalizer2* (*)(UErrorCode&);

icu::UnicodeString normalised(Get instance, const icu::UnicodeString& text) {
    UErrorCode status = U_ZERO_ERROR;
    const auto* normalizer = instance(status);
    if (U_FAILURE(status)) throw base::Fault("ICU: no normaliser");
    auto result = normalizer->normalize(text, status);
    if (U_FAILURE(status)) throw base::Fault("ICU: normalisation failed");
    return result;
}

icu::UnicodeString fromUtf8(std::string_view utf8) {
    return icu::UnicodeString::fromUTF8(
        icu::StringPiece(utf8.data(), static_cast<std::int32_t>(utf8.size())));
}

std::string toUtf8(const icu::UnicodeString& text) {
    std::string result;
    text.toUTF8String(result);
    return result;
}

bool isAscii(std::string_view text) noexcept {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// Huyền, sắc, ngã, hỏi, nặng. A syllable has one at most, so where it stands says nothing.
bool isTone(UChar32 c) noexcept {
    return c == 0x0300 || c == 0x0301 || c == 0x0303 || c == 0x0309 || c == 0x0323;
}

bool isWordPart(UChar32 c) noexcept { return u_isalnum(c) || u_getCombiningClass(c) != 0; }

bool isDash(UChar32 c) noexcept { return u_charType(c) == U_DASH_PUNCTUATION || c == 0x2212; }

}  // namespace

// Every text that is written or read goes through here: sign by sign it costs as much as all else
// of reading and writing.
bool isUtf8(std::string_view bytes) { return simdjson::validate_utf8(bytes.data(), bytes.size()); }

bool sameText(std::string_view one, std::string_view other) {
    return one == other || (!(isAscii(one) && isAscii(other)) && toNfc(one) == toNfc(other));
}

std::string toNfc(std::string_view utf8) {
    if (isAscii(utf8)) return std::string(utf8);
    return toUtf8(normalised(icu::Normalizer2::getNFCInstance, fromUtf8(utf8)));
}

bool hasVisible(std::string_view utf8) {
    // Nearly every text shows itself by its first sign.
    if (std::ranges::any_of(utf8, [](char c) { return c > ' ' && c <= '~'; })) return true;
    constexpr UChar32 kBrailleBlank = 0x2800;
    const auto text = fromUtf8(utf8);
    for (std::int32_t i = 0; i < text.length();) {
        const UChar32 c = text.char32At(i);
        i += U16_LENGTH(c);
        const bool unseen = u_isUWhiteSpace(c) || u_iscntrl(c) || c == kBrailleBlank ||
                            u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
        if (!unseen) return true;
    }
    return false;
}

std::string oneBlank(std::string_view utf8) {
    // Most texts are one word of plain letters.
    if (std::ranges::all_of(utf8, [](char c) { return c > ' ' && c <= '~'; }))
        return std::string(utf8);
    const auto text = fromUtf8(utf8);
    icu::UnicodeString made;
    bool blank = false;
    for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
        const UChar32 c = text.char32At(i);
        if (u_isUWhiteSpace(c)) {
            blank = !made.isEmpty();
            continue;
        }
        if (std::exchange(blank, false)) made.append(u' ');
        made.append(c);
    }
    return toUtf8(made);
}

std::string nameKey(std::string_view utf8) {
    auto folded = fromUtf8(utf8);
    folded.foldCase();
    const auto text = normalised(icu::Normalizer2::getNFDInstance, folded);
    icu::UnicodeString key, tones;
    bool blank = false;
    for (std::int32_t i = 0; i < text.length();) {
        const UChar32 c = text.char32At(i);
        i += U16_LENGTH(c);
        if (isTone(c)) {
            tones.append(c);
            continue;
        }
        if (!isWordPart(c)) {
            key.append(tones);
            tones.remove();
        }
        if (u_isUWhiteSpace(c)) {
            blank = !key.isEmpty();
            continue;
        }
        const bool dash = isDash(c);
        if (blank && !dash && key.charAt(key.length() - 1) != u'-') key.append(u' ');
        blank = false;
        key.append(dash ? UChar32{'-'} : c);
    }
    key.append(tones);
    return toUtf8(key);
}

}  // namespace gateway::document
