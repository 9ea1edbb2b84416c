#include "gateway/base/printable.h"

#include <gtest/gtest.h>

#include <iostream>
#include <sstream>

#include "gateway/base/log.h"

using namespace gateway::base;

namespace {

const std::string kHostile =
    "a\x1b[2Jb\xC2\x9B"
    "31mc\xE2\x80\xAE"
    "fdp.exe\rd\x7F\xEF\xBB\xBF\xFF";
const std::string kTame = "a\\u001b[2Jb\\u009b31mc\\u202efdp.exe\\u000dd\\u007f\\ufeff\\ufffd";

}  // namespace

TEST(Printable, EscapesWhatMovesTurnsOrHides) {
    EXPECT_EQ(printable(kHostile), kTame);
    for (const char* mark : {"\xD8\x9C", "\xE2\x80\x8B", "\xE2\x80\x8F", "\xE2\x80\xA8",
                             "\xE2\x81\xA6", "\xE2\x81\xA9"})
        EXPECT_EQ(printable(mark).substr(0, 2), "\\u") << mark;
}

TEST(Printable, LeavesTextAlone) {
    for (const char* text : {"", "Quyết định số 1 \"a\\b\"\n\tdòng", "đ\xCC\x81",
                             "\xF0\x9F\x98\x80", "\xC2\xA0", "—…✔"})
        EXPECT_EQ(printable(text), text);
}

TEST(Printable, AStreamIsTamedHoweverItIsWritten) {
    for (const std::size_t step : {1U, 2U, 3U, 5U, 100U}) {
        std::ostringstream under;
        {
            const PrintableStream tamed(under);
            for (std::size_t at = 0; at < kHostile.size(); at += step) {
                under << kHostile.substr(at, step);
                under.flush();
            }
            under << 'x' << "đường" << 7;
        }
        EXPECT_EQ(under.str(), kTame + "xđường7") << step;
        under << "\x1b";
        EXPECT_EQ(under.str().back(), '\x1b');
    }
}

TEST(Printable, TheLogWritesNoneOfItEither) {
    EXPECT_EQ(jsonQuoted("\x1b\xC2\x9B\xE2\x80\xAE\n\t\xFF"),
              "\"\\u001b\\u009b\\u202e\\u000a\\u0009\\ufffd\"");
}
