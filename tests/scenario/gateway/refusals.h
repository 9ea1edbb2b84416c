#pragma once
// What every refusal must be, whatever the reason.

#include "gateway/document/digest.h"
#include "tests/scenario/support/town.h"

namespace gateway::scenario {

/// A sealed refusal with that status, class and first code, in both languages.
inline void expectRefusal(const Reply& reply, int status, const char* errorClass,
                          const std::string& code) {
    EXPECT_EQ(reply.status, status) << reply.body;
    EXPECT_TRUE(reply.sealed) << reply.body;
    EXPECT_EQ(reply.at("refusal/class"), errorClass);
    EXPECT_EQ(reply.code(), code) << reply.at("refusal/reasons/0/en");
    EXPECT_NE(reply.at("refusal/reasons/0/vi"), "");
    EXPECT_NE(reply.at("refusal/reasons/0/en"), "");
    EXPECT_NE(reply.at("refusal/reasons/0/remedyVi"), "");
    EXPECT_EQ(reply.at("refusal/gateway") + "/" + reply.at("refusal/environment"), kAddress);
}

/// Class A: it names who signed and which message.
inline void expectJudged(const Reply& reply, int status, const std::string& code,
                         const Agency& signer, const model::Message& message) {
    expectRefusal(reply, status, "A", code);
    EXPECT_EQ(reply.at("refusal/signerAgency"), signer.code());
    EXPECT_EQ(reply.at("refusal/messageId"), message.envelope.id);
}

/// Class T: an unsigned problem (RFC 9457).
inline void expectTransport(const Reply& reply, int status, const std::string& code) {
    EXPECT_EQ(reply.status, status) << reply.body;
    EXPECT_EQ(reply.mediaType, "application/problem+json");
    EXPECT_EQ(reply.code(), code) << reply.body;
}

}  // namespace gateway::scenario
