// Certificates as an operator lays them down: files of one or several, and folders of files.

#include "gateway/app/client/trust_files.h"

#include <gtest/gtest.h>

#include "gateway/app/settings/failure.h"
#include "tests/unit/app/office.h"

namespace gateway::app {
namespace {

std::vector<std::string> namesOf(const std::vector<trust::CertificatePtr>& certificates) {
    std::vector<std::string> names;
    for (const auto& one : certificates) names.push_back(one->fingerprint().hex());
    return names;
}

TEST(TrustFiles, AFolderIsReadInTheOrderOfItsNames) {
    Office office;
    const auto folder = office.world().folder() / "several";
    std::filesystem::create_directories(folder);
    std::vector<std::string> expected;
    const std::vector<std::string> all = {"gateway-tls", "gateway-push", "gateway-seal"};
    // Written from the last name to the first, and again and again: no folder lists them so.
    for (int number = 30; number > 0; --number) {
        const auto& name = all[static_cast<std::size_t>(number) % all.size()];
        const auto file = std::to_string(100 + number) + ".pem";
        scenario::writeFile(folder / file, scenario::readFile(office.world().certificate(name)));
        expected.insert(expected.begin(),
                        office.world().load(office.world().certificate(name))->fingerprint().hex());
    }
    scenario::writeFile(folder / "note.txt", "no certificate");
    EXPECT_EQ(namesOf(loadCertificates(folder)), expected);
}

TEST(TrustFiles, AFileMayHoldSeveralAndMustHoldOne) {
    Office office;
    const auto file = office.world().folder() / "chain.pem";
    const auto one = scenario::readFile(office.world().certificate("gateway-tls"));
    const auto other = scenario::readFile(office.world().certificate("gateway-seal"));
    scenario::writeFile(file, one + "\nin words: the next\n" + other);
    EXPECT_EQ(loadCertificates(file).size(), 2U);
    scenario::writeFile(file, "nothing");
    EXPECT_THROW(static_cast<void>(loadCertificates(file)), InputError);
    EXPECT_THROW(static_cast<void>(loadCertificates(office.world().folder() / "none.pem")),
                 InputError);
}

}  // namespace
}  // namespace gateway::app
