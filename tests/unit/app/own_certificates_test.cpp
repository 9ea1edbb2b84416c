// What partners learn of our seals: present, past and next, by their dates.

#include "gateway/app/process/own_certificates.h"

#include <gtest/gtest.h>

#include "gateway/app/client/trust_files.h"
#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "tests/unit/app/office.h"

namespace gateway::app {
namespace {

using namespace std::chrono_literals;

class OwnSeals : public testing::Test {
  protected:
    void SetUp() override {
        folder_ = office_.world().folder() / "others";
        std::filesystem::create_directory(folder_);
        office_.config().sealOthers = folder_;
        put("gateway-seal", "a.pem");
    }
    void put(const std::string& name, const std::string& file) {
        std::filesystem::copy_file(office_.world().certificate(name), folder_ / file);
    }
    std::string uses(base::Timestamp now) {
        const auto tree = document::readJson(sealKeysJson(office_.config(), present_, now));
        std::string told;
        for (const auto& key : tree->root.child("keys")->children)
            told += key.child("use")->value + " ";
        return told;
    }
    Office office_;
    std::filesystem::path folder_;
    trust::CertificatePtr present_ = office_.seal();
};

TEST_F(OwnSeals, PresentOneComesFirstAndOnce) {
    EXPECT_EQ(uses(office_.now()), "present ");
    const auto tree = document::readJson(sealKeysJson(office_.config(), present_, office_.now()));
    const auto& key = tree->root.child("keys")->children.front();
    EXPECT_EQ(key.child("sha256")->value, present_->fingerprint().hex());
    EXPECT_EQ(key.child("notBefore")->value, base::formatTimestamp(present_->notBefore()));
    EXPECT_EQ(key.child("notAfter")->value, base::formatTimestamp(present_->notAfter()));
    const auto pem = key.child("pem")->value;
    EXPECT_EQ(trust::Certificate::decode(pem)->fingerprint(), present_->fingerprint());
    std::istringstream lines(pem);
    std::size_t longest = 0;
    for (std::string line; std::getline(lines, line);) longest = std::max(longest, line.size());
    EXPECT_EQ(longest, 64U) << "lines of RFC 7468";
}

TEST_F(OwnSeals, OthersAreToldByTheirDates) {
    office_.world().issue("past", trust::DemoKind::GatewaySeal, trust::DemoAlgorithm::P256, 48h);
    office_.world().issue("next", trust::DemoKind::GatewaySeal, trust::DemoAlgorithm::P256, 1h);
    put("past", "b.pem");
    put("next", "c.pem");
    scenario::writeFile(folder_ / "notes.txt", "no certificate");
    EXPECT_EQ(uses(office_.now()), "present past next ");
    const auto ended = office_.world().load(office_.world().certificate("next"))->notAfter();
    EXPECT_EQ(uses(ended), "present past next ");
    EXPECT_EQ(uses(ended + 1s), "present past past ");
    EXPECT_EQ(ownSeals(office_.config(), present_).size(), 3U);
    office_.config().sealOthers.clear();
    EXPECT_EQ(ownSeals(office_.config(), present_).size(), 1U);
    office_.config().sealOthers = folder_ / "none";
    EXPECT_THROW(static_cast<void>(ownSeals(office_.config(), present_)), InputError);
}

TEST_F(OwnSeals, DoorAndPushAreShown) {
    auto own = loadOwnCertificates(office_.config(), present_, office_.now());
    EXPECT_EQ(own.door->fingerprint(), office_.door()->fingerprint());
    ASSERT_NE(own.push, nullptr);
    EXPECT_NE(own.push->fingerprint(), own.door->fingerprint());
    EXPECT_EQ(own.sealKeysJson, sealKeysJson(office_.config(), present_, office_.now()));
    office_.config().pushCertificate.clear();
    EXPECT_EQ(loadOwnCertificates(office_.config(), present_, office_.now()).push, nullptr);
}

TEST_F(OwnSeals, CertificatesAreReadFromFilesAndFolders) {
    office_.world().issue("second", trust::DemoKind::GatewaySeal);
    const auto bundle = folder_ / "z.pem";
    scenario::writeFile(bundle, "two of them:\n" +
                                    scenario::readFile(office_.world().certificate("second")) +
                                    scenario::readFile(office_.world().authority()) + "the end\n");
    EXPECT_EQ(loadCertificates(bundle).size(), 2U);
    const auto all = loadCertificates(folder_);
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(all.front()->fingerprint(), present_->fingerprint()) << "in the order of their names";
    scenario::writeFile(folder_ / "empty.txt", "nothing");
    for (const char* name : {"empty.txt", "none"})
        EXPECT_THROW(static_cast<void>(loadCertificates(folder_ / name)), InputError) << name;
    scenario::writeFile(folder_ / "y.pem",
                        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    try {
        static_cast<void>(loadCertificates(folder_));
        FAIL() << "garbage was taken";
    } catch (const InputError& error) {
        EXPECT_NE(std::string(error.what()).find("y.pem: "), std::string::npos) << error.what();
    }
}

}  // namespace
}  // namespace gateway::app
