#include "gateway/server/wire/http.h"

#include <gtest/gtest.h>

#include "gateway/document/json.h"

namespace gateway::server {
namespace {

using base::ErrorCode;
using base::Problem;

std::string memberOf(const std::string& body, const std::string& name) {
    const auto tree = document::readJson(body);
    if (!tree.ok()) return "not JSON";
    for (const auto& child : tree->root.children)
        if (child.name == name) return child.value;
    return "absent";
}

TEST(Query, IsDecodedStrictly) {
    const auto query = parseQuery("id=a%2Bb+c&dry-run&name=t%C3%B2a");
    ASSERT_TRUE(query.ok());
    EXPECT_EQ(query->at("id"), "a+b+c");
    EXPECT_EQ(query->at("dry-run"), "");
    EXPECT_EQ(query->at("name"), "tòa");
    EXPECT_TRUE(parseQuery("").ok());
}

class BadQuery : public testing::TestWithParam<const char*> {};

TEST_P(BadQuery, IsRefused) {
    const auto query = parseQuery(GetParam());
    ASSERT_FALSE(query.ok());
    EXPECT_EQ(query.error().code, ErrorCode::HTTP_BAD_PARAMETER);
}

INSTANTIATE_TEST_SUITE_P(Query, BadQuery,
                         testing::Values("id=%00", "id=%0a", "id=%7f", "id=%", "id=%4", "id=%zz",
                                         "id=1&id=2", "=1", "a&&b", "a&", "a=%c0%80", "a=%ff",
                                         "a=%ed%a0%80", "a=%f4%90%80%80", "%00=1"));

TEST(MediaType, LosesParametersAndCase) {
    EXPECT_EQ(mediaTypeOf("Application/XML ; charset=utf-8"), "application/xml");
    EXPECT_EQ(mediaTypeOf(" text/plain"), "text/plain");
    EXPECT_EQ(mediaTypeOf(""), "");
}

TEST(Headers, AreFoundInAnyCase) {
    Request request;
    request.headers.emplace("X-JWS-Signature", "a..b");
    ASSERT_NE(request.header("x-jws-signature"), nullptr);
    EXPECT_EQ(*request.header("x-jws-signature"), "a..b");
    EXPECT_EQ(request.header("X-JWS"), nullptr);
}

TEST(ProblemResponse, SaysAllInBothLanguages) {
    const Response response =
        problemResponse(Problem(ErrorCode::HTTP_MALFORMED).with("reason", "\"Host\"\n"), "req-1");
    EXPECT_EQ(response.status, 400);
    EXPECT_EQ(response.contentType, "application/problem+json");
    EXPECT_EQ(memberOf(response.body, "type"), "urn:thahc:problem:HTTP_MALFORMED");
    EXPECT_EQ(memberOf(response.body, "status"), "400");
    EXPECT_EQ(memberOf(response.body, "code"), "HTTP_MALFORMED");
    EXPECT_EQ(memberOf(response.body, "correlation"), "req-1");
    EXPECT_NE(memberOf(response.body, "detail").find("\"Host\"\n"), std::string::npos);
    EXPECT_NE(memberOf(response.body, "vi").find("Yêu cầu HTTP"), std::string::npos);
    EXPECT_NE(memberOf(response.body, "remedyVi"), "absent");
    EXPECT_NE(memberOf(response.body, "remedyEn"), "absent");
    EXPECT_TRUE(response.headers.empty());
}

TEST(ProblemResponse, TellsWhenToComeAgain) {
    using Pair = std::pair<std::string, std::string>;
    const Response busy = problemResponse(Problem(ErrorCode::OVERLOADED), "r");
    EXPECT_EQ(busy.status, 503);
    EXPECT_EQ(busy.headers.at(0), Pair("Retry-After", "5"));
    const Response limited =
        problemResponse(Problem(ErrorCode::RATE_LIMITED), "r", std::chrono::seconds(60));
    EXPECT_EQ(limited.headers.at(0), Pair("Retry-After", "60"));
    const Response method = problemResponse(Problem(ErrorCode::HTTP_METHOD), "r");
    EXPECT_EQ(method.headers.at(0), Pair("Allow", "GET, POST"));
}

TEST(ProblemResponse, NamesTheReferenceOfAFault) {
    const Response fault = problemResponse(Problem(ErrorCode::INTERNAL_FAULT), "req-77");
    EXPECT_NE(memberOf(fault.body, "detail").find("req-77"), std::string::npos);
}

}  // namespace
}  // namespace gateway::server
