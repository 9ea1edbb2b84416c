#include "gateway/server/metrics.h"

#include <gtest/gtest.h>

#include "gateway/base/fault.h"
#include "gateway/server/door_metrics.h"

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

TEST(Metrics, AreBounded) {
    Metrics metrics;
    const auto fill = [&] {
        for (int i = 0; i < 3'000; ++i)
            metrics.counter("thahc_b_total", "B", {{"who", std::to_string(i)}}).add();
    };
    EXPECT_THROW(fill(), base::Fault);
    EXPECT_THROW((void)metrics.counter("no blanks", "X"), base::Fault);
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
