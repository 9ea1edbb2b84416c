#include "gateway/document/lookalikes.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/uspoof.h>

#include <algorithm>

#include "gateway/base/fault.h"

namespace gateway::document {
namespace {

constexpr UChar32 kBarredD = 0x0110;

/// Opened once; reading them is thread-safe.
struct Icu {
    const icu::Normalizer2* compatible = nullptr;
    USpoofChecker* spoof = nullptr;

    static const Icu& shared() {
        static const Icu one;
        return one;
    }

  private:
    Icu() {
        UErrorCode status = U_ZERO_ERROR;
        compatible = icu::Normalizer2::getNFKCInstance(status);
        spoof = uspoof_open(&status);  // for as long as the process runs
        if (U_FAILURE(status)) throw base::Fault("ICU: no data of look-alikes");
    }
};

icu::UnicodeString skeletonOf(UChar32 c) {
    UErrorCode status = U_ZERO_ERROR;
    icu::UnicodeString skeleton;
    uspoof_getSkeletonUnicodeString(Icu::shared().spoof, 0, icu::UnicodeString(c), skeleton,
                                    &status);
    if (U_FAILURE(status)) throw base::Fault("ICU: no skeleton");
    return skeleton;
}

bool isLatin(UChar32 c) {
    UErrorCode status = U_ZERO_ERROR;
    return uscript_getScript(c, &status) == USCRIPT_LATIN;
}

/// What one capital letter or sign beyond ASCII is taken for: itself if it looks like nothing else.
UChar32 takenFor(UChar32 c) {
    static const auto barredD = skeletonOf(kBarredD);
    const auto skeleton = skeletonOf(c);
    if (skeleton == barredD) return kBarredD;
    // Ă, Ê and their like: letters of their own.
    if (skeleton.length() != 1 || skeleton.charAt(0) >= 0x80) return c;
    const UChar32 plain = skeleton.charAt(0);
    // One sign stands for l, I and 1 there; the letter was a capital one.
    if (plain == 'l' && u_isalpha(c)) return 'I';
    return u_toupper(plain);
}

UChar32 plain(UChar32 c) {
    if (u_isUWhiteSpace(c)) return ' ';
    if (const auto digit = u_charDigitValue(c); digit >= 0) return '0' + digit;
    if (u_charType(c) == U_DASH_PUNCTUATION || c == 0x2212) return '-';
    const UChar32 capital = u_toupper(c);
    return capital < 0x80 ? capital : takenFor(capital);
}

bool isLetterOrNumber(UChar32 c) {
    return u_isalnum(c) || u_charType(c) == U_OTHER_NUMBER || u_charType(c) == U_LETTER_NUMBER;
}

bool isCompatible(UChar32 c) {
    UErrorCode status = U_ZERO_ERROR;
    return Icu::shared().compatible->isNormalized(icu::UnicodeString(c), status) != 0;
}

}  // namespace

PlainSigns plainSigns(std::string_view utf8) {
    PlainSigns result;
    const auto beyondAscii = [](char c) { return static_cast<unsigned char>(c) >= 0x80; };
    const auto given = icu::UnicodeString::fromUTF8(
        icu::StringPiece(utf8.data(), static_cast<std::int32_t>(utf8.size())));
    icu::UnicodeString text = given, plainText;
    if (std::ranges::any_of(utf8, beyondAscii)) {
        UErrorCode status = U_ZERO_ERROR;
        for (std::int32_t i = 0; i < given.length(); i += U16_LENGTH(given.char32At(i)))
            if (const auto c = given.char32At(i); isLetterOrNumber(c) && !isCompatible(c))
                result.replaced = true;
        text = Icu::shared().compatible->normalize(given, status);
        if (U_FAILURE(status)) throw base::Fault("ICU: normalisation failed");
    }
    for (std::int32_t i = 0; i < text.length(); i += U16_LENGTH(text.char32At(i))) {
        const auto c = text.char32At(i);
        if (u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) continue;
        const auto taken = plain(c);
        // Ð for Đ is a key of the keyboard, no other letter.
        if (u_isalnum(c) && taken != u_toupper(c) && !isLatin(c)) result.replaced = true;
        plainText.append(taken);
    }
    plainText.toUTF8String(result.text);
    return result;
}

std::string bareLetters(std::string_view utf8) {
    UErrorCode status = U_ZERO_ERROR;
    const auto* apart = icu::Normalizer2::getNFDInstance(status);
    const auto signs = plainSigns(utf8).text;
    const auto text = apart->normalize(icu::UnicodeString::fromUTF8(icu::StringPiece(
                                           signs.data(), static_cast<std::int32_t>(signs.size()))),
                                       status);
    if (U_FAILURE(status)) throw base::Fault("ICU: normalisation failed");
    std::string bare;
    for (std::int32_t i = 0; i < text.length(); i += U16_LENGTH(text.char32At(i))) {
        const auto c = text.char32At(i) == kBarredD ? UChar32{'D'} : text.char32At(i);
        if (c < 0x80 && u_isalnum(c)) bare += static_cast<char>(u_tolower(c));
    }
    return bare;
}

}  // namespace gateway::document
