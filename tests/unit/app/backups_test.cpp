#include "gateway/app/process/backups.h"

#include <gtest/gtest.h>

namespace gateway::app {
namespace {

Config installed() {
    Config config;
    config.storeFile = "/var/lib/thahc-gateway/gateway.db";
    config.storeBackups = "/var/backups/thahc-gateway";
    return config;
}

TEST(Backups, AreTakenWhereTheyWillBeFound) {
    for (const char* place :
         {"/var/backups/thahc-gateway/a.db", "/var/backups/thahc-gateway/d/a.db",
          "/srv/copies/a.db", "/mnt/nas/a.db"})
        EXPECT_EQ(backupRefused(installed(), place), std::nullopt) << place;
}

TEST(Backups, AreRefusedWhereTheyAreLost) {
    for (const char* place : {"/tmp/a.db", "/var/tmp/a.db", "/run/thahc-gateway/a.db",
                              "/dev/shm/a.db", "/var/lib/thahc-gateway/a.db", "/srv/../tmp/a.db",
                              "relative.db", "/srv/", "/srv/a.db.partial"}) {
        const auto refused = backupRefused(installed(), place);
        ASSERT_TRUE(refused) << place;
        EXPECT_NE(refused->find("/var/backups/thahc-gateway"), std::string::npos) << *refused;
    }
}

// The folder that the settings name is the operators' own choice.
TEST(Backups, AreTakenInTheNamedFolderWhereverItLies) {
    auto config = installed();
    config.storeBackups = "/var/tmp/copies";
    EXPECT_EQ(backupRefused(config, "/var/tmp/copies/a.db"), std::nullopt);
    EXPECT_EQ(backupRefused(config, "/var/tmp/copies/more/a.db"), std::nullopt);
    EXPECT_TRUE(backupRefused(config, "/var/tmp/copies2/a.db"));
}

// A trial whose store lies in a passing place.
TEST(Backups, AreTakenInAPassingPlaceWhereTheStoreLiesThereToo) {
    auto config = installed();
    config.storeFile = "/tmp/trial/gateway.db";
    EXPECT_EQ(backupRefused(config, "/tmp/copies/a.db"), std::nullopt);
    EXPECT_TRUE(backupRefused(config, "/tmp/trial/a.db"));
}

}  // namespace
}  // namespace gateway::app
