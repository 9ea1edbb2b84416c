#pragma once
// A verifier over a small registry: court G01 (P-256), procuracy G02 (RSA), ward G03 (P-256).

#include <gtest/gtest.h>

#include <string>

#include "gateway/trust/verifier.h"
#include "tests/unit/trust/jws_maker.h"
#include "tests/unit/trust/test_pki.h"

namespace gateway::trust::test {

struct VerifierFixture : ::testing::Test {
    Registry::Data data;
    base::Limits limits;
    std::shared_ptr<const RevocationLists> revocation;

    VerifierFixture() {
        Channel hub;
        hub.id = "hub";
        hub.ownerAgency = "H01";
        hub.certificate = certificateNamed("hub-tls");
        for (const char* agency : {"G01", "G02", "G03"}) hub.carries.push_back({agency, {}, false});
        Channel own = hub;
        own.id = "court-1";
        own.ownerAgency = "G01";
        own.certificate = certificateNamed("court-tls");
        own.carries.resize(1);
        data.channels = {hub, own};
        data.signers = {{"G01", certificateNamed("court"), {}, {}},
                        {"G02", certificateNamed("procuracy"), {}, {}},
                        {"G03", certificateNamed("ward"), {}, {}}};
    }

    SignerRecord& signerOf(std::size_t index) { return data.signers[index]; }

    base::Result<Verified> verify(const SignedBytes& message, const std::string& channel = "hub",
                                  base::Timestamp at = now()) const {
        const auto registry = std::make_shared<Registry>(data);
        return Verifier(registry, revocation, limits)
            .verify(message, *registry->channelById(channel), at);
    }

    // The name of the code with which a message is refused, or "accepted".
    std::string outcome(const SignedBytes& message, const std::string& channel = "hub",
                        base::Timestamp at = now()) const {
        const auto result = verify(message, channel, at);
        return result.ok() ? "accepted" : std::string(entryOf(result.error().code).name);
    }
};

inline SignedBytes jose(std::string_view body) { return {body, "application/jose", {}}; }
inline SignedBytes xml(std::string_view body) { return {body, "application/xml", {}}; }

/// A complete protected header for a detached signature by a P-256 key.
inline std::string claims(const std::string& cty, const std::string& alg = "ES256") {
    return R"({"alg":")" + alg + R"(","aud":"gw-test","typ":"JudgmentTransfer","jti":"m-1",)" +
           R"("iat":1795219200,"cty":")" + cty + "\"}";
}

}  // namespace gateway::trust::test
