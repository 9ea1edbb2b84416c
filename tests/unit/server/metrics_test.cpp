#include "gateway/server/door/metrics.h"

#include <gtest/gtest.h>

#include <thread>

#include "gateway/base/fault.h"
#include "gateway/server/door/door_metrics.h"
#include "gateway/server/partners/partner_metrics.h"

namespace gateway::server {
namespace {

bool hasLine(const std::string& text, const std::string& line) {
    return ("\n" + text).find("\n" + line + "\n") != std::string::npos;
}

TEST(Metrics, AreWrittenAsPrometheusReadsThem) {
    Metrics metrics;
    const Counter accepted =
        metrics.counter("thahc_messages_total", "Messages", {{"verdict", "accepted"}});
    accepted.add();
    accepted.add(2);
    metrics.gauge("thahc_outbox_items", "Waiting").set(7);
    const Histogram seconds = metrics.histogram("thahc_seconds", "Time", {0.1, 1});
    seconds.observe(0.05);
    seconds.observe(5);
    const std::string text = metrics.text();
    EXPECT_TRUE(hasLine(text, "# TYPE thahc_messages_total counter")) << text;
    EXPECT_TRUE(hasLine(text, "thahc_messages_total{verdict=\"accepted\"} 3")) << text;
    EXPECT_TRUE(hasLine(text, "thahc_outbox_items 7")) << text;
    EXPECT_TRUE(hasLine(text, "thahc_seconds_bucket{le=\"0.1\"} 1")) << text;
    EXPECT_TRUE(hasLine(text, "thahc_seconds_count 2")) << text;
}

TEST(Metrics, AreTheSameWhenAskedForAgain) {
    Metrics metrics;
    metrics.counter("thahc_a_total", "A").add();
    metrics.counter("thahc_a_total", "A").add();
    metrics.counter("thahc_a_total", "A").raiseTo(5);
    metrics.counter("thahc_a_total", "A").raiseTo(4);
    EXPECT_TRUE(hasLine(metrics.text(), "thahc_a_total 5")) << metrics.text();
}

TEST(Metrics, AreRefreshedBeforeEachScrape) {
    Metrics metrics;
    int scrapes = 0;
    metrics.beforeScrape([&] { metrics.gauge("thahc_scrapes", "S").set(++scrapes); });
    (void)metrics.text();
    EXPECT_TRUE(hasLine(metrics.text(), "thahc_scrapes 2"));
}

TEST(Metrics, AreGivenByThemselvesToo) {
    Metrics metrics;
    metrics.gauge("thahc_g", "G", {{"state", "dead"}}).set(2);
    metrics.histogram("thahc_h", "H", {1}).observe(1);
    int refreshed = 0;
    metrics.beforeScrape([&] { metrics.counter("thahc_c_total", "C").raiseTo(++refreshed); });
    const auto samples = metrics.samples();
    ASSERT_EQ(samples.size(), 2U);
    for (const auto& sample : samples) {
        const bool gauge = sample.name == "thahc_g";
        EXPECT_EQ(sample.value, gauge ? 2 : 1) << sample.name;
        EXPECT_EQ(sample.labels, gauge ? Metrics::Labels({{"state", "dead"}}) : Metrics::Labels());
    }
}

TEST(Metrics, TotalsCountedElsewhereAreNeverCountedTwice) {
    Metrics metrics;
    const auto total = metrics.counter("thahc_t_total", "T");
    {
        std::vector<std::jthread> threads;
        for (int thread = 0; thread < 4; ++thread)
            threads.emplace_back([&] {
                for (int i = 1; i <= 10'000; ++i) total.raiseTo(i);
            });
    }
    EXPECT_TRUE(hasLine(metrics.text(), "thahc_t_total 10000")) << metrics.text();
}

TEST(Metrics, AreBounded) {
    Metrics metrics;
    const auto fill = [&] {
        for (int i = 0; i < 3'000; ++i)
            metrics.counter("thahc_b_total", "B", {{"who", std::to_string(i)}}).add();
    };
    EXPECT_THROW(fill(), base::Fault);
    EXPECT_THROW((void)metrics.counter("no blanks", "X"), base::Fault);
}

TEST(Routes, AreRecognisedAsAWhole) {
    const auto is = [](std::string_view path, Route route, std::string_view rest = {}) {
        const auto match = routeOf(path);
        EXPECT_EQ(match.route, route) << path;
        EXPECT_EQ(match.rest, rest) << path;
    };
    is("/v1/messages", Route::Messages);
    is("/v1/messages/sha256-ab", Route::MessageByDigest, "ab");
    is("/v1/messages/sha256-AB09f", Route::MessageByDigest, "ab09f");
    is("/v1/messages/ab", Route::Unknown);
    is("/v1/receipts/rcp-1", Route::Receipt, "rcp-1");
    is("/v1/mailbox/dlv-1", Route::MailboxItem, "dlv-1");
    is("/v1/mailbox/dlv-1/receipt", Route::MailboxReceipt, "dlv-1");
    is("/v1/keys", Route::Keys);
    is("other", Route::Unknown);
    for (std::size_t i = 0; i < kRoutes.size(); ++i)
        EXPECT_EQ(static_cast<std::size_t>(kRoutes[i].route), i) << kRoutes[i].pattern;
}

TEST(PartnerMetrics, AreThereBeforeTheFirstRequest) {
    Metrics metrics;
    const PartnerMetrics partners(metrics);
    const auto text = metrics.text();
    EXPECT_TRUE(hasLine(text, "thahc_accepted_total{posted=\"message\"} 0")) << text;
    EXPECT_TRUE(hasLine(text, "thahc_refused_total{class=\"U\",posted=\"query\"} 0")) << text;
    EXPECT_TRUE(
        hasLine(text, "thahc_request_seconds_count{method=\"GET\",route=\"/v1/mailbox/{item}\"} 0"))
        << text;
    EXPECT_EQ(text.find("method=\"POST\",route=\"/v1/keys\""), std::string::npos);
}

TEST(PartnerMetrics, ARequestFallsIntoItsBucket) {
    Metrics metrics;
    const PartnerMetrics partners(metrics);
    partners.served(Route::Mailbox, false, std::chrono::milliseconds(700));
    partners.served(Route::Mailbox, true, std::chrono::milliseconds(1));
    const auto text = metrics.text();
    const std::string labels = "{method=\"GET\",route=\"/v1/mailbox\"";
    EXPECT_TRUE(hasLine(text, "thahc_request_seconds_bucket" + labels + ",le=\"0.5\"} 0")) << text;
    EXPECT_TRUE(hasLine(text, "thahc_request_seconds_bucket" + labels + ",le=\"1\"} 1")) << text;
    EXPECT_TRUE(hasLine(text, "thahc_request_seconds_count" + labels + "} 1")) << text;
}

TEST(DoorMetrics, FollowTheDoor) {
    Metrics metrics;
    DoorStatistics now;
    now.connectionsNow = 3;
    now.handshakesRefused[0] = 4;
    publishDoor(metrics, "partners", now);
    now.connectionsNow = 1;
    now.handshakesRefused[0] = 6;
    publishDoor(metrics, "partners", now);
    const std::string text = metrics.text();
    EXPECT_TRUE(hasLine(text, "thahc_door_connections{door=\"partners\"} 1")) << text;
    EXPECT_TRUE(hasLine(text,
                        "thahc_door_handshakes_refused_total{door=\"partners\","
                        "reason=\"no_certificate\"} 6"))
        << text;
}

}  // namespace
}  // namespace gateway::server
