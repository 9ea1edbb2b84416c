// Whom the verifier believes: registration, dates, revocation, hints and their absence.

#include "gateway/base/encoding.h"
#include "gateway/trust/signer.h"
#include "tests/unit/trust/verifier_fixture.h"

using namespace gateway::trust;
using namespace gateway::trust::test;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::milliseconds;

namespace {

constexpr std::string_view kBody = R"({"id":"m-1"})";

struct Policy : VerifierFixture {
    StrangerKey courtKey{"court"};
    StrangerKey wardKey{"ward"};
    StrangerKey procuracyKey{"procuracy"};

    static std::string hinted(const std::string& name) {
        return Seal(*signerNamed(name)).jws(kBody, "thahc");
    }
    std::string unhinted() const { return compact(courtKey, "ES256", R"({"alg":"ES256"})", kBody); }
    std::string outcomeOf(const std::string& text, const std::string& channel = "hub",
                          gateway::base::Timestamp at = now()) const {
        return outcome(jose(text), channel, at);
    }
};

}  // namespace

TEST_F(Policy, UnregisteredSignersAreUnknown) {
    data.signers.erase(data.signers.begin());
    EXPECT_EQ(outcomeOf(hinted("court")), "SIGNER_UNKNOWN");
    EXPECT_EQ(outcomeOf(hinted("ward")), "accepted");
}

TEST_F(Policy, AHintDoesNotReplaceTheSignature) {
    // Signed with the ward's key while pointing at the court's certificate.
    const auto court = certificateNamed("court");
    const std::string header = R"({"alg":"ES256","x5t#S256":")" +
                               gateway::base::toBase64Url(court->fingerprint().view()) + "\"}";
    EXPECT_EQ(outcomeOf(compact(wardKey, "ES256", header, kBody)), "SIGNATURE_INVALID");
    const std::string carried =
        R"({"alg":"ES256","x5c":[")" + gateway::base::toBase64(court->der()) + "\"]}";
    EXPECT_EQ(outcomeOf(compact(wardKey, "ES256", carried, kBody)), "SIGNATURE_INVALID");
    EXPECT_EQ(outcomeOf(compact(courtKey, "ES256", carried, kBody)), "accepted");
}

TEST_F(Policy, ACarriedCertificateMustBeTheRegisteredOne) {
    // The same key and name, but another certificate around it.
    const std::string other = derAround(courtKey.key);
    const std::string header =
        R"({"alg":"ES256","x5c":[")" + gateway::base::toBase64(other) + "\"]}";
    EXPECT_EQ(outcomeOf(compact(courtKey, "ES256", header, kBody)), "SIGNER_UNKNOWN");
}

TEST_F(Policy, TheRegisteredKeyDecidesTheAlgorithm) {
    const std::string header =
        R"({"alg":"RS256","x5t#S256":")" +
        gateway::base::toBase64Url(certificateNamed("court")->fingerprint().view()) + "\"}";
    EXPECT_EQ(outcomeOf(compact(procuracyKey, "RS256", header, kBody)), "SIGNATURE_ALGORITHM");
}

TEST_F(Policy, WithoutHintTheChannelsAgenciesAreTried) {
    const auto verified = verify(jose(unhinted()));
    ASSERT_TRUE(verified.ok());
    EXPECT_EQ(verified->signerAgency, "G01");
    const std::string byWard = compact(wardKey, "ES256", R"({"alg":"ES256"})", kBody);
    EXPECT_EQ(verify(jose(byWard))->signerAgency, "G03");
    // The court's own channel does not carry for the ward.
    EXPECT_EQ(outcomeOf(byWard, "court-1"), "SIGNATURE_INVALID");
    EXPECT_EQ(outcomeOf(compact(procuracyKey, "PS256", R"({"alg":"PS256"})", kBody), "court-1"),
              "SIGNATURE_ALGORITHM");
}

TEST_F(Policy, WithoutHintOnlyCurrentSignersAreTried) {
    signerOf(0).validity.until = now();
    EXPECT_EQ(outcomeOf(unhinted(), "court-1"), "SIGNER_UNKNOWN");
    signerOf(0).validity.until = now() + milliseconds(1);
    EXPECT_EQ(outcomeOf(unhinted(), "court-1"), "accepted");
    signerOf(0).revokedAt = now();
    EXPECT_EQ(outcomeOf(unhinted(), "court-1"), "SIGNER_UNKNOWN");
    signerOf(0).revokedAt.reset();
    data.channels[1].carries[0].validity.until = now();
    EXPECT_EQ(outcomeOf(unhinted(), "court-1"), "SIGNER_UNKNOWN");
}

TEST_F(Policy, TooManyCandidatesAreAmbiguous) {
    limits.signersTriedWithoutHint = 3;
    EXPECT_EQ(outcomeOf(unhinted()), "accepted");
    limits.signersTriedWithoutHint = 2;
    EXPECT_EQ(outcomeOf(unhinted()), "SIGNER_AMBIGUOUS");
    EXPECT_EQ(outcomeOf(hinted("court")), "accepted");
    // The same agency twice on a channel is not two candidates.
    data.channels[1].carries.resize(3, data.channels[1].carries[0]);
    EXPECT_EQ(outcomeOf(unhinted(), "court-1"), "accepted");
}

TEST_F(Policy, DatesOfTheRegistration) {
    signerOf(0).validity = {now(), now() + days(1)};
    const std::string text = hinted("court");
    EXPECT_EQ(outcomeOf(text, "hub", now() - milliseconds(1)), "SIGNER_NOT_YET_VALID");
    EXPECT_EQ(outcomeOf(text, "hub", now()), "accepted");
    EXPECT_EQ(outcomeOf(text, "hub", now() + days(1)), "SIGNER_EXPIRED");
}

TEST_F(Policy, DatesOfTheCertificate) {
    const std::string text = hinted("court");
    EXPECT_EQ(outcomeOf(text, "hub", term().from), "accepted");
    EXPECT_EQ(outcomeOf(text, "hub", term().from - milliseconds(1)), "SIGNER_NOT_YET_VALID");
    EXPECT_EQ(outcomeOf(text, "hub", term().until), "accepted");
    EXPECT_EQ(outcomeOf(text, "hub", term().until + milliseconds(1)), "SIGNER_EXPIRED");
}

TEST_F(Policy, ARegistrationMarkedRevokedRefusesAtOnce) {
    signerOf(0).revokedAt = now();
    EXPECT_EQ(outcomeOf(hinted("court")), "SIGNER_REVOKED");
    EXPECT_EQ(outcomeOf(hinted("court"), "hub", now() - milliseconds(1)), "accepted");
    EXPECT_EQ(outcomeOf(hinted("ward")), "accepted");
}

TEST_F(Policy, ABadSignatureIsToldBeforeItsSignersStanding) {
    // A stranger must not learn from a forged message whether a certificate is revoked.
    signerOf(0).revokedAt = now();
    std::string forged = hinted("court");
    forged.back() = forged.back() == 'A' ? 'Q' : 'A';
    EXPECT_EQ(outcomeOf(forged), "SIGNATURE_INVALID");
}

TEST_F(Policy, RevocationListsWithGrace) {
    TemporaryDirectory directory;
    std::filesystem::copy(pki().directory(), directory.path() / "pki",
                          std::filesystem::copy_options::recursive);
    DemoPki copy = DemoPki::open(directory.path() / "pki");
    copy.writeRevocationList({"court"}, {now() - days(1), now() + days(1)});
    revocation = std::make_shared<RevocationLists>(
        copy.directory() / "crl", std::vector<CertificatePtr>{certificateNamed("ca")});
    EXPECT_EQ(outcomeOf(hinted("court")), "SIGNER_REVOKED");
    EXPECT_EQ(verify(jose(hinted("ward")))->revocation.standing, Standing::Good);
    const auto late = now() + days(1) + hours(1);
    EXPECT_EQ(verify(jose(hinted("ward")), "hub", late)->revocation.standing,
              Standing::GoodInGrace);
    EXPECT_EQ(outcomeOf(hinted("ward"), "hub", now() + days(1) + limits.revocationGrace + hours(1)),
              "SIGNER_STATUS_STALE");
}
