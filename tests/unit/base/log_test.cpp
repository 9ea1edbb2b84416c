#include "gateway/base/log.h"

#include <gtest/gtest.h>

using namespace gateway::base;

TEST(Log, NoContentCanForgeALine) {
    EXPECT_EQ(jsonQuoted("a\nb\"c\\"), "\"a\\u000ab\\\"c\\\\\"");
    EXPECT_EQ(jsonQuoted("Hòa"), "\"Hòa\"");
    EXPECT_EQ(jsonQuoted("\xff\xc0\x80"), "\"\\ufffd\\ufffd\\ufffd\"");
    EXPECT_EQ(jsonQuoted("\xed\xa0\x80"), "\"\\ufffd\\ufffd\\ufffd\"");  // a surrogate
}

TEST(Log, WritesOneLineOfJson) {
    testing::internal::CaptureStderr();
    logEvent(LogLevel::Warning, "door.refused",
             {{"channel", "a\nb"}, {"big", std::string(9000, 'x')}});
    const auto line = testing::internal::GetCapturedStderr();
    EXPECT_EQ(line.find('\n'), line.size() - 1);
    EXPECT_NE(line.find("\"event\":\"door.refused\""), std::string::npos);
    EXPECT_NE(line.find("\"cut\":true}"), std::string::npos);
    testing::internal::CaptureStderr();
    logEvent(LogLevel::Debug, "quiet");
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}
