// What a client command makes of an answer, and what it makes of a file before it is sent.

#include "gateway/app/client/client_session.h"

#include <gtest/gtest.h>

#include "gateway/base/encoding.h"
#include "gateway/document/json.h"
#include "gateway/trust/offline_verification.h"
#include "tests/scenario/support/facts.h"
#include "tests/scenario/support/world.h"

namespace gateway::app {
namespace {

using Kind = server::CallOutcome::Kind;

CheckedAnswer answered(int status, bool verified = false, std::string payload = {}) {
    CheckedAnswer answer;
    answer.call.kind = Kind::Answered;
    answer.call.status = status;
    answer.verified = verified;
    answer.payload = std::move(payload);
    return answer;
}

CheckedAnswer without(Kind kind) {
    CheckedAnswer answer;
    answer.call.kind = kind;
    answer.call.reason = "nobody listens";
    answer.call.status = 200;
    return answer;
}

TEST(ClientExitCodes, FollowTheClassOfTheAnswer) {
    EXPECT_EQ(exitCodeOf(without(Kind::NotSent), false), kExitUnreachable);
    EXPECT_EQ(exitCodeOf(without(Kind::MaybeSent), false), kExitOutcomeUnknown);
    EXPECT_EQ(exitCodeOf(answered(200), false), kExitOk);
    EXPECT_EQ(exitCodeOf(answered(200, false), true), kExitRefused) << "its seal was asked for";
    EXPECT_EQ(exitCodeOf(answered(200, true), true), kExitOk);
    EXPECT_EQ(exitCodeOf(answered(409, true), true), kExitRefused);
    EXPECT_EQ(exitCodeOf(answered(422, true), true), kExitRefused);
    EXPECT_EQ(exitCodeOf(answered(404), false), kExitNotFound);
    EXPECT_EQ(exitCodeOf(answered(400), false), kExitTransport);
    EXPECT_EQ(exitCodeOf(answered(429), false), kExitTransport);
    const auto of503 = [](const char* body) {
        return exitCodeOf(answered(503, false, body), false);
    };
    EXPECT_EQ(of503("{\"code\":\"OUTCOME_UNKNOWN\"}"), kExitOutcomeUnknown);
    EXPECT_EQ(of503("{\"code\":\"OVERLOADED\"}"), kExitTransport);
    EXPECT_EQ(of503("{\"status\":503}"), kExitTransport);
    EXPECT_EQ(of503("not JSON"), kExitTransport);
}

TEST(ClientAnswers, AreOneDocument) {
    const auto json = [](const CheckedAnswer& answer, bool wantsSeal) {
        return document::writeJson(answerNode(answer, wantsSeal));
    };
    EXPECT_EQ(json(without(Kind::NotSent), true), "{\"problem\":\"nobody listens\"}");
    EXPECT_EQ(json(without(Kind::MaybeSent), true), "{\"problem\":\"nobody listens\"}");
    EXPECT_EQ(json(answered(200), false), "{\"status\":200}");
    EXPECT_EQ(json(answered(422, true, "{\"a\":1}"), true),
              "{\"status\":422,\"verified\":true,\"content\":{\"a\":1}}");
    EXPECT_EQ(json(answered(200, false, "[1]"), true),
              "{\"status\":200,\"verified\":false,\"content\":[1]}");
}

TEST(ClientAnswers, EndTheCommandWhenNoneCame) {
    const Arguments none({}, {}, {"json"});
    try {
        static_cast<void>(finish(without(Kind::MaybeSent), none, false));
        FAIL() << "no answer was told as one";
    } catch (const CommandFailure& failure) {
        EXPECT_EQ(failure.code(), kExitOutcomeUnknown);
        EXPECT_STREQ(failure.what(), "nobody listens");
    }
    testing::internal::CaptureStdout();
    EXPECT_EQ(finish(answered(404, false, "{}"), none, false), kExitNotFound);
    EXPECT_EQ(testing::internal::GetCapturedStdout(), "HTTP 404\n{}\n");
    testing::internal::CaptureStdout();
    auto plain = answered(200, true);
    plain.call.body = "as it came";
    EXPECT_EQ(finish(plain, none, true), kExitOk);
    EXPECT_EQ(testing::internal::GetCapturedStdout(), "HTTP 200, seal verified\nas it came\n");
    testing::internal::CaptureStdout();
    plain.verified = false;
    EXPECT_EQ(finish(plain, none, true), kExitRefused);
    EXPECT_EQ(testing::internal::GetCapturedStdout(), "HTTP 200, seal NOT verified\nas it came\n");
    testing::internal::CaptureStdout();
    EXPECT_EQ(finish(answered(200), Arguments({"--json"}, {}, {"json"}), false), kExitOk);
    EXPECT_EQ(testing::internal::GetCapturedStdout(), "{\"status\":200}\n");
}

TEST(ClientAnswers, AreKeptAsTheyCame) {
    const support::TemporaryFolder folder;
    const std::string file = folder.path() / "answer";
    auto answer = answered(200, false, "{}");
    answer.call.body = std::string("as\0it came", 10);
    testing::internal::CaptureStdout();
    static_cast<void>(finish(answer, Arguments({"--save", file}, {"save"}, {}), false));
    static_cast<void>(testing::internal::GetCapturedStdout());
    EXPECT_EQ(scenario::readFile(file), answer.call.body);
    EXPECT_THROW(
        static_cast<void>(
            finish(answer, Arguments({"--save", folder.path() / "no/such"}, {"save"}, {}), false)),
        InputError);
}

TEST(ClientParameters, AreEncoded) {
    EXPECT_EQ(parameter("id", "X#1+%?&="), "id=X%231%2B%25%3F%26%3D");
    EXPECT_EQ(forAgency(Arguments({"--agency", "D01.21"}, {"agency"}, {}), "&"), "&agency=D01.21");
    EXPECT_EQ(forAgency(Arguments({}, {"agency"}, {}), "&"), "");
}

class Signing : public testing::Test {
  protected:
    Signing() {
        world_.issue("seal", trust::DemoKind::Seal);
        signer_ = trust::loadSigner(world_.key("seal"), world_.certificate("seal"));
        seal_.emplace(*signer_);
    }
    SignedMessage made(const std::string& bytes, bool sealed = true) const {
        return signForSending(bytes, sealed ? &*seal_ : nullptr, std::nullopt, at_);
    }
    scenario::World world_;
    std::unique_ptr<trust::Signer> signer_;
    std::optional<trust::Seal> seal_;
    base::Timestamp at_{std::chrono::seconds(1'800'000'000)};
};

TEST_F(Signing, GoesByTheFirstThatIsSaid) {
    const auto xml = made(" \r\n\t<a/>");
    EXPECT_EQ(xml.mediaType, "application/xml");
    EXPECT_NE(xml.body.find("SignatureValue"), std::string::npos);
    const auto json = made("\n {\"a\":1}");
    EXPECT_EQ(json.mediaType, "application/jose");
    EXPECT_EQ(std::count(json.body.begin(), json.body.end(), '.'), 2);
    EXPECT_EQ(json.detachedHeader, "");
}

TEST_F(Signing, WhatIsSignedPassesAsItIs) {
    for (const char* xml : {"<a><SignatureValue/></a>", "<a><ds:SignatureValue/></a>"})
        EXPECT_EQ(made(xml).body, xml);
    const auto jws = made("{\"a\":1}").body;
    EXPECT_EQ(made(jws).body, jws);
    EXPECT_EQ(made(jws + "\r\n\n").body, jws) << "an editor's line ends do not belong to it";
    EXPECT_EQ(made("A-_9.b.0").body, "A-_9.b.0");
    EXPECT_EQ(made("<a/>", false).body, "<a/>");
    EXPECT_EQ(made("{}", false).body, "{}");
    EXPECT_EQ(made("{}", false).mediaType, "application/jose");
    EXPECT_EQ(made("anything", false).body, "anything");
}

TEST_F(Signing, NothingGoesOutUnsigned) {
    for (const char* bytes : {"", "\n", "a.b", ".b.c", "a..c", "a.b.", "a.b.c.d", "a.b.c!",
                              "a b.c.d", "[1]", "chữ.b.c", "."})
        EXPECT_THROW(static_cast<void>(made(bytes)), InputError) << bytes;
    EXPECT_THROW(static_cast<void>(made("<a>")), InputError);
    EXPECT_THROW(static_cast<void>(made("{\"a\":}")), InputError);
    try {
        static_cast<void>(made("{\n\"a\":}"));
    } catch (const InputError& error) {
        const std::string words = error.what();
        EXPECT_EQ(words.find("line 2: SYNTAX_JSON: "), 0U) << words;
        EXPECT_NE(words.find(" · "), std::string::npos) << words;
    }
}

TEST_F(Signing, DetachedNamesWhatTheBodyCannot) {
    const DetachedDetails details{"thahc/test", "Ping", "p-1", "text/plain"};
    EXPECT_THROW(static_cast<void>(signForSending("x", nullptr, details, at_)), UsageError);
    const auto message = signForSending("x", &*seal_, details, at_);
    EXPECT_EQ(message.mediaType, "text/plain");
    EXPECT_EQ(message.body, "x");
    trust::OfflineTrust trust;
    trust.certificates = {signer_->certificate()};
    trust.at = base::SystemClock().now();
    const auto report = trust::verifyOffline("x", message.detachedHeader, trust);
    EXPECT_TRUE(report.good());
    const auto header = base::fromBase64Url(
        std::string_view(message.detachedHeader).substr(0, message.detachedHeader.find('.')));
    ASSERT_TRUE(header);
    for (const char* claim : {"\"aud\":\"thahc/test\"", "\"typ\":\"Ping\"", "\"jti\":\"p-1\"",
                              "\"iat\":1800000000", "\"cty\":\"text/plain\""})
        EXPECT_NE(header->find(claim), std::string::npos) << claim << " in " << *header;
}

}  // namespace
}  // namespace gateway::app
