#pragma once
// What an author would change by hand in a sample.

#include <gtest/gtest.h>

#include <string>

namespace gateway::scenario {

/// The first of them; a sample that has none fails the test.
inline std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

}  // namespace gateway::scenario
