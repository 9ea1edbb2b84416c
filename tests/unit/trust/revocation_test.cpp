#include "gateway/trust/certificates/revocation.h"

#include <gtest/gtest.h>

#include "gateway/base/fault.h"
#include "tests/unit/trust/test_pki.h"

using namespace gateway::trust;
using namespace gateway::trust::test;
using gateway::base::Fault;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::seconds;

namespace {

constexpr seconds kGrace = hours(72);

// A PKI of its own: these tests rewrite its revocation list.
struct Revocation : ::testing::Test {
    TemporaryDirectory directory;
    DemoPki own = DemoPki::create(directory.path() / "pki", term());
    CertificatePtr good, bad, root;

    Revocation() {
        own.issue({"good", DemoKind::Seal}, term());
        own.issue({"bad", DemoKind::Seal}, term());
        good = load("good");
        bad = load("bad");
        root = load("ca");
    }
    CertificatePtr load(const std::string& name) const {
        return Certificate::decode(textOf(own.certificateFile(name)));
    }
    std::filesystem::path crls() const { return own.directory() / "crl"; }
    RevocationLists lists() const { return {crls(), {root}}; }
};

}  // namespace

TEST_F(Revocation, TellsGoodFromRevoked) {
    own.writeRevocationList({"bad"}, {now() - days(1), now() + days(7)});
    const auto loaded = lists();
    const auto ok = loaded.statusOf(*good, now(), kGrace);
    EXPECT_EQ(ok.standing, Standing::Good);
    EXPECT_EQ(ok.listNextUpdate, now() + days(7));
    EXPECT_FALSE(ok.revokedAt);
    const auto revoked = loaded.statusOf(*bad, now(), kGrace);
    EXPECT_EQ(revoked.standing, Standing::Revoked);
    EXPECT_EQ(revoked.revokedAt, now() - days(1));
}

TEST_F(Revocation, BeforeItsDateACertificateWasGood) {
    own.writeRevocationList({"bad"}, {now(), now() + days(7)});
    EXPECT_EQ(lists().statusOf(*bad, now() - seconds(1), kGrace).standing, Standing::Good);
}

TEST_F(Revocation, StaleOnlyAfterGrace) {
    own.writeRevocationList({"bad"}, {now() - days(7), now()});
    const auto loaded = lists();
    EXPECT_EQ(loaded.statusOf(*good, now(), kGrace).standing, Standing::Good);
    EXPECT_EQ(loaded.statusOf(*good, now() + hours(1), kGrace).standing, Standing::GoodInGrace);
    EXPECT_EQ(loaded.statusOf(*good, now() + kGrace, kGrace).standing, Standing::GoodInGrace);
    EXPECT_EQ(loaded.statusOf(*good, now() + kGrace + seconds(1), kGrace).standing,
              Standing::Stale);
    EXPECT_EQ(loaded.statusOf(*bad, now() + days(99), kGrace).standing, Standing::Revoked);
    EXPECT_TRUE(loaded.overdueIssuers(now()).empty());
    EXPECT_EQ(loaded.overdueIssuers(now() + seconds(1)),
              std::vector<std::string>{"CN=Demo THAHC Root,O=Demo THAHC,C=VN"});
}

TEST_F(Revocation, TheNewestListCounts) {
    own.writeRevocationList({}, {now() - days(2), now() + days(1)});
    std::filesystem::copy_file(crls() / "ca.crl", crls() / "older.crl");
    own.writeRevocationList({"bad"}, {now() - days(1), now() + days(7)});
    const auto status = lists().statusOf(*bad, now(), kGrace);
    EXPECT_EQ(status.standing, Standing::Revoked);
    EXPECT_EQ(status.listNextUpdate, now() + days(7));
}

TEST_F(Revocation, WithoutAListRegistrationAloneDecides) {
    std::filesystem::remove(crls() / "ca.crl");
    const auto loaded = lists();
    EXPECT_EQ(loaded.statusOf(*good, now(), kGrace).standing, Standing::NoList);
    EXPECT_TRUE(loaded.overdueIssuers(now() + days(9999)).empty());
}

TEST_F(Revocation, AListMustComeFromAnAnchor) {
    TemporaryDirectory other;
    const DemoPki stranger = DemoPki::create(other.path() / "pki", term());
    // Same issuer name, another key.
    std::filesystem::copy_file(stranger.directory() / "crl" / "ca.crl", crls() / "forged.crl");
    EXPECT_THROW(lists(), Fault);
    std::filesystem::remove(crls() / "forged.crl");
    EXPECT_NO_THROW(lists());
    EXPECT_THROW(RevocationLists(crls(), {good}), Fault);
}

TEST_F(Revocation, BrokenListsAreFaultsThatNameTheFile) {
    writeText(crls() / "broken.crl", "not a list");
    try {
        lists();
        FAIL() << "accepted";
    } catch (const Fault& fault) {
        EXPECT_NE(std::string(fault.what()).find("broken.crl"), std::string::npos);
    }
    writeText(crls() / "broken.crl", "");
    EXPECT_THROW(lists(), Fault);
    EXPECT_THROW(RevocationLists(crls() / "missing", {root}), Fault);
}

TEST_F(Revocation, OtherFilesAreLeftAlone) {
    writeText(crls() / "README", "not a list");
    writeText(crls() / ".hidden.crl", "not a list");
    EXPECT_NO_THROW(lists());
}

namespace {

struct KeptRevocation : Revocation {
    RevocationLists read(const ListSources& sources) const { return {sources, {root}, now()}; }
    ListSources sources() const { return {crls(), {}, {}}; }
};

}  // namespace

TEST_F(KeptRevocation, AListOutlivesItsFile) {
    own.writeRevocationList({"bad"}, {now() - days(1), now() + days(7)});
    auto from = sources();
    const auto first = read(from);
    EXPECT_TRUE(first.faults().empty());
    from.kept = first.kept();
    ASSERT_EQ(from.kept.size(), 1U);
    writeText(crls() / "ca.crl", "");
    const auto second = read(from);
    EXPECT_EQ(second.statusOf(*bad, now(), kGrace).standing, Standing::Revoked);
    EXPECT_EQ(second.statusOf(*good, now(), kGrace).standing, Standing::Good);
    ASSERT_EQ(second.faults().size(), 2U) << "the file, and that an old list is in force";
    EXPECT_NE(second.faults()[0].file.find("ca.crl"), std::string::npos);
    std::filesystem::remove(crls() / "ca.crl");
    const auto third = read(from);
    EXPECT_EQ(third.statusOf(*bad, now(), kGrace).standing, Standing::Revoked);
    EXPECT_EQ(third.faults().size(), 1U);
    // A new one replaces what was kept, also when it is of an earlier day.
    own.writeRevocationList({}, {now() - days(2), now() + days(7)});
    EXPECT_EQ(read(from).statusOf(*bad, now(), kGrace).standing, Standing::Good);
    EXPECT_TRUE(read(from).faults().empty());
}

TEST_F(KeptRevocation, AnAuthorityWithoutAnyListStandsInGraceThenStale) {
    std::filesystem::remove_all(crls());
    std::filesystem::create_directories(crls());
    auto from = sources();
    const auto first = read(from);
    ASSERT_EQ(first.faults().size(), 1U);
    EXPECT_NE(first.faults()[0].reason.find(root->subject()), std::string::npos);
    EXPECT_EQ(first.statusOf(*good, now() + kGrace, kGrace).standing, Standing::GoodInGrace);
    EXPECT_EQ(first.statusOf(*good, now() + kGrace + seconds(1), kGrace).standing, Standing::Stale);
    // A new start does not begin a new grace.
    from.missingSince = {{root->fingerprint().hex(), now() - kGrace - hours(1)}};
    EXPECT_EQ(read(from).statusOf(*good, now(), kGrace).standing, Standing::Stale);
    EXPECT_EQ(read(from).missingSince(), from.missingSince);
}

TEST_F(KeptRevocation, AListOfTheFutureIsNone) {
    own.writeRevocationList({"bad"}, {now() - days(1), now() + days(7)});
    auto from = sources();
    from.kept = read(from).kept();
    own.writeRevocationList({}, {now() + days(1), now() + days(9)});
    const auto lists = read(from);
    EXPECT_EQ(lists.statusOf(*bad, now(), kGrace).standing, Standing::Revoked);
    ASSERT_FALSE(lists.faults().empty());
    EXPECT_NE(lists.faults()[0].reason.find("future"), std::string::npos);
}
