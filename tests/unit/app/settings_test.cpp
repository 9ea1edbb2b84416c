// Every setting is taken as what it says, and as nothing beside it.

#include <gtest/gtest.h>

#include <array>
#include <cstring>
#include <set>
#include <stdexcept>

#include "gateway/app/settings/config_keys.h"

namespace gateway::app {
namespace {

const std::filesystem::path kBase = "/base";

const ConfigKey& keyOf(const std::string& name) {
    for (const auto& key : configKeys())
        if (key.name == name) return key;
    throw std::runtime_error("no setting " + name);
}

Config with(const std::string& name, const std::string& value) {
    Config config;
    keyOf(name).set(config, value, kBase);
    return config;
}

bool takes(const std::string& name, const std::string& value) {
    try {
        static_cast<void>(with(name, value));
        return true;
    } catch (const std::invalid_argument&) {
        return false;
    }
}

std::array<unsigned char, sizeof(base::Limits)> bytesOf(const base::Limits& limits) {
    std::array<unsigned char, sizeof(base::Limits)> bytes{};
    std::memcpy(bytes.data(), &limits, sizeof limits);
    return bytes;
}

TEST(Settings, LogLevels) {
    EXPECT_EQ(with("log.level", "debug").logLevel, base::LogLevel::Debug);
    EXPECT_EQ(with("log.level", "info").logLevel, base::LogLevel::Info);
    EXPECT_EQ(with("log.level", "warning").logLevel, base::LogLevel::Warning);
    EXPECT_EQ(with("log.level", "error").logLevel, base::LogLevel::Error);
    EXPECT_FALSE(takes("log.level", "Debug"));
    EXPECT_FALSE(takes("log.level", ""));
}

TEST(Settings, NumbersAreWholeAndWithinTheirBounds) {
    EXPECT_EQ(with("listen.port", "0").listenPort, 0);
    EXPECT_EQ(with("listen.port", "65535").listenPort, 65535);
    EXPECT_FALSE(takes("listen.port", "65536"));
    EXPECT_EQ(with("metrics.port", "9100").metricsPort, 9100);
    EXPECT_EQ(with("metrics.port", "9100").listenPort, 8443);
    EXPECT_FALSE(takes("metrics.port", "65536"));
    EXPECT_EQ(with("dispatch.workers", "1").dispatchWorkers, 1);
    EXPECT_EQ(with("dispatch.workers", "64").dispatchWorkers, 64);
    EXPECT_FALSE(takes("dispatch.workers", "0"));
    EXPECT_FALSE(takes("dispatch.workers", "65"));
    EXPECT_EQ(with("limits.connections", "1").limits.connections, 1U);
    EXPECT_TRUE(takes("limits.connections", std::to_string(std::uint64_t{1} << 50U)));
    EXPECT_FALSE(takes("limits.connections", std::to_string((std::uint64_t{1} << 50U) + 1)));
    EXPECT_TRUE(takes("limits.longestPollMs", std::to_string(std::uint64_t{1} << 40U)));
    EXPECT_FALSE(takes("limits.longestPollMs", std::to_string((std::uint64_t{1} << 40U) + 1)));
    for (const char* value : {"", " 1", "1 ", "+1", "-1", "1.0", "0x1", "99999999999999999999"})
        EXPECT_FALSE(takes("limits.connections", value)) << value;
}

TEST(Settings, PathsAreRelativeToTheFile) {
    EXPECT_EQ(with("store.file", "a/../b.db").storeFile, "/base/b.db");
    EXPECT_EQ(with("store.file", "/c.db").storeFile, "/c.db");
    EXPECT_EQ(with("store.file", "").storeFile, "");
    EXPECT_EQ(with("store.identity", "id").storeIdentity, "/base/id");
    using Paths = std::vector<std::filesystem::path>;
    EXPECT_EQ(with("tls.clientAnchors", "a.pem").tlsClientAnchors, (Paths{"/base/a.pem"}));
    EXPECT_EQ(with("tls.clientAnchors", " a.pem,, /b.pem,  c d.pem,").tlsClientAnchors,
              (Paths{"/base/a.pem", "/b.pem", "/base/c d.pem"}));
    EXPECT_EQ(with("data.revocationAnchors", "").revocationAnchors, Paths{});
}

TEST(Settings, OurNameIsPlain) {
    EXPECT_EQ(with("gateway.id", "thahc-2.x").identity.gateway, "thahc-2.x");
    EXPECT_EQ(with("gateway.environment", "test").identity.environment, "test");
    for (const char* value : {"", "A", "a b", "a/b", "a_b", "đ"})
        EXPECT_FALSE(takes("gateway.id", value)) << value;
}

TEST(Settings, MetricsStayOnLoopback) {
    EXPECT_EQ(with("metrics.address", "127.0.0.2").metricsAddress, "127.0.0.2");
    EXPECT_EQ(with("metrics.address", "::1").metricsAddress, "::1");
    for (const char* value : {"0.0.0.0", "192.0.2.1", "localhost", ""})
        EXPECT_FALSE(takes("metrics.address", value)) << value;
}

// A key that writes into another's place would be found by nobody else.
TEST(Settings, EachTypeThatIsDeliveredHasItsDays) {
    for (const std::string type :
         {"JudgmentTransfer", "TransferAcknowledgement", "VoluntaryNotice", "NoticeAcknowledgement",
          "StatusReport", "CompletionReport", "DocumentTransfer", "MonitoringResult"}) {
        const auto terms = with("delivery.days." + type, "9").deliveryTerms;
        EXPECT_EQ(terms.of(type), std::chrono::days(9)) << type;
        EXPECT_EQ(terms.of("CompelOrder"), std::chrono::days(7));
    }
}

TEST(Settings, EachHasAPlaceOfItsOwn) {
    std::set<std::string> names;
    std::set<std::size_t> limits;
    for (const auto& key : configKeys()) {
        EXPECT_TRUE(names.insert(key.name).second) << key.name << " is there twice";
        EXPECT_FALSE(key.meaning.empty()) << key.name;
        EXPECT_FALSE(key.required && key.defaultValue) << key.name;
        if (!key.name.starts_with("limits.")) continue;
        ASSERT_TRUE(key.defaultValue) << key.name;
        Config config;
        const auto standard = bytesOf(config.limits);
        key.set(config, "12345679", kBase);
        const auto changed = bytesOf(config.limits);
        std::set<std::size_t> places;
        for (std::size_t at = 0; at < standard.size(); ++at)
            if (standard[at] != changed[at]) places.insert(at / sizeof(std::size_t));
        ASSERT_EQ(places.size(), 1U) << key.name;
        EXPECT_TRUE(limits.insert(*places.begin()).second) << key.name << " shares its place";
        key.set(config, *key.defaultValue, kBase);
        EXPECT_EQ(bytesOf(config.limits), standard) << key.name;
    }
}

}  // namespace
}  // namespace gateway::app
