#include "gateway/base/result.h"

#include <gtest/gtest.h>

#include <memory>

using namespace gateway::base;

TEST(Result, HoldsEitherSide) {
    Result<std::unique_ptr<int>> good(std::make_unique<int>(5));
    ASSERT_TRUE(good.ok());
    EXPECT_EQ(*std::move(good).value(), 5);
    const Result<int> bad(Problem(ErrorCode::SYNTAX_JSON));
    EXPECT_FALSE(bad);
    EXPECT_EQ(bad.error().code, ErrorCode::SYNTAX_JSON);
}

TEST(Result, ReadingTheWrongSideIsOurFault) {
    const Result<int> bad(Problem(ErrorCode::SYNTAX_JSON));
    EXPECT_THROW(static_cast<void>(bad.value()), Fault);
    const Result<int> good(1);
    EXPECT_THROW(static_cast<void>(good.error()), Fault);
}
