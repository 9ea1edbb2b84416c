#pragma once
// A command run in this process: what it printed, or complained of.

#include <gtest/gtest.h>

#include <string>

#include "gateway/app/settings/commands.h"
#include "gateway/app/settings/failure.h"

namespace gateway::app {

inline std::string printedBy(int (*command)(const Words&), const Words& words, int expected) {
    testing::internal::CaptureStdout();
    int code = 0;
    std::string complaint;
    try {
        code = command(words);
    } catch (const CommandFailure& failure) {
        code = failure.code();
        complaint = failure.what();
    }
    const auto printed = testing::internal::GetCapturedStdout();
    EXPECT_EQ(code, expected) << complaint << printed.substr(0, 500);
    return complaint + printed;
}

}  // namespace gateway::app
