// Each figure under its own name: two that change places would send an operator the wrong way.

#include "gateway/app/process/gateway_metrics.h"

#include <gtest/gtest.h>

#include "gateway/app/client/own_identity.h"
#include "gateway/app/process/snapshot_loader.h"
#include "gateway/document/json.h"
#include "tests/scenario/support/facts.h"
#include "tests/unit/app/office.h"

namespace gateway::app {
namespace {

using namespace std::chrono_literals;

class GatewayMetrics : public testing::Test {
  protected:
    GatewayMetrics() {
        figures_.state = office_.state();
        figures_.store.queued = 3;
        figures_.store.commits = 5;
        figures_.store.logPages = 2;
        figures_.store.space.freeBytes = 7000;
        figures_.store.space.diskBytes = 9000;
        figures_.store.spaceState = static_cast<store::sqlite::SpaceState>(2);
        store::OutboxCounts box;
        box.waiting = 11;
        box.rendered = 12;
        box.sending = 13;
        box.maybe = 14;
        box.delivered = 15;
        box.refused = 16;
        box.dead = 17;
        box.oldestOpen = figures_.state.now - 90s;
        figures_.outbox = box;
        figures_.parked = 19;
        figures_.storage = {{"A", 1, 20, 300, 70000, 4000, 50000}, {"B", 1, 1, 1, 1, 1, 1}};
        figures_.memoryHeld = 23;
        figures_.memoryRefusals = 29;
        figures_.partnerDoor.requests = 31;
        figures_.operatorDoor.requests = 37;
    }
    std::string published() {
        publishFigures(metrics_, figures_);
        return "\n" + metrics_.text();
    }
    Office office_;
    server::Metrics metrics_;
    GatewayFigures figures_;
};

TEST_F(GatewayMetrics, TellEachFigureUnderItsName) {
    const auto text = published();
    for (const char* line : {"thahc_outbox_items{state=\"waiting\"} 11",
                             "thahc_outbox_items{state=\"rendered\"} 12",
                             "thahc_outbox_items{state=\"sending\"} 13",
                             "thahc_outbox_items{state=\"maybe\"} 14",
                             "thahc_outbox_items{state=\"delivered\"} 15",
                             "thahc_outbox_items{state=\"refused\"} 16",
                             "thahc_outbox_items{state=\"dead\"} 17",
                             "thahc_outbox_oldest_seconds 90",
                             "thahc_store_queued_writes 3",
                             "thahc_store_commits_total 5",
                             "thahc_store_log_bytes 8192",
                             "thahc_store_free_bytes 7000",
                             "thahc_store_disk_bytes 9000",
                             "thahc_store_space_state 2",
                             "thahc_parked_messages 19",
                             "thahc_stored_bytes{kind=\"messages\"} 2",
                             "thahc_stored_bytes{kind=\"files\"} 21",
                             "thahc_stored_bytes{kind=\"deliveries\"} 301",
                             "thahc_stored_bytes{kind=\"reads\"} 70001",
                             "thahc_stored_bytes{kind=\"refused\"} 4001",
                             "thahc_stored_bytes{kind=\"parked\"} 50001",
                             "thahc_memory_held_bytes 23",
                             "thahc_memory_refusals_total 29",
                             "thahc_healthy 1",
                             "thahc_log_lines_dropped_total 0",
                             "thahc_door_requests_total{door=\"partners\"} 31",
                             "thahc_door_requests_total{door=\"operators\"} 37",
                             "thahc_partners 1",
                             "thahc_revocation_lists_overdue 0",
                             "thahc_data_faults{area=\"directory\"} 0",
                             "thahc_data_faults{area=\"mappings\"} 0",
                             "thahc_data_faults{area=\"registrations\"} 0",
                             "thahc_data_faults{area=\"revocation\"} 0",
                             "thahc_data_faults{area=\"own\"} 0"})
        EXPECT_NE(text.find("\n" + std::string(line) + "\n"), std::string::npos) << line;
}

TEST_F(GatewayMetrics, TellWhenCertificatesEnd) {
    figures_.state.now = office_.seal()->notAfter() - 100s;
    const auto text = published();
    EXPECT_NE(text.find("\nthahc_seal_certificate_seconds 100\n"), std::string::npos);
    EXPECT_NE(text.find("\nthahc_door_certificate_seconds " +
                        std::to_string(std::chrono::duration_cast<std::chrono::seconds>(
                                           office_.door()->notAfter() - figures_.state.now)
                                           .count()) +
                        "\n"),
              std::string::npos);
}

TEST_F(GatewayMetrics, KeepTheLastOfWhatCannotBeRead) {
    static_cast<void>(published());
    figures_.outbox.reset();
    figures_.parked.reset();
    figures_.storage.clear();
    figures_.healthy = false;
    auto text = published();
    for (const char* line : {"thahc_outbox_items{state=\"dead\"} 17", "thahc_parked_messages 19",
                             "thahc_stored_bytes{kind=\"files\"} 21", "thahc_healthy 0"})
        EXPECT_NE(text.find("\n" + std::string(line) + "\n"), std::string::npos) << line;
    figures_.outbox = store::OutboxCounts();
    text = published();
    EXPECT_NE(text.find("\nthahc_outbox_oldest_seconds 0\n"), std::string::npos) << text;
    EXPECT_NE(text.find("\nthahc_outbox_items{state=\"dead\"} 0\n"), std::string::npos) << text;
}

TEST_F(GatewayMetrics, CountWhatWaitsForAnOperatorByArea) {
    figures_.state.areaFaults = std::make_shared<const std::vector<AreaFault>>(
        std::vector<AreaFault>{{Area::Mappings, "", "mapping a is broken"},
                               {Area::Mappings, "", "mapping b is broken"},
                               {Area::Revocation, "", "no list"}});
    const auto text = published();
    EXPECT_NE(text.find("\nthahc_data_faults{area=\"mappings\"} 2\n"), std::string::npos);
    EXPECT_NE(text.find("\nthahc_data_faults{area=\"revocation\"} 1\n"), std::string::npos);
    EXPECT_NE(text.find("\nthahc_data_faults{area=\"own\"} 0\n"), std::string::npos);
    const auto status = document::writeJson(statusNode(metrics_, figures_.state));
    EXPECT_NE(status.find("\"dataFaults\":[{\"area\":\"mappings\",\"reason\":\"mapping a is "
                          "broken\"},{\"area\":\"mappings\",\"reason\":\"mapping b is broken\"},"
                          "{\"area\":\"revocation\",\"reason\":\"no list\"}]"),
              std::string::npos)
        << status;
    EXPECT_NE(status.find("\"mappings\":2"), std::string::npos) << status;
}

TEST_F(GatewayMetrics, StatusHasFiguresUnderTheirLabels) {
    static_cast<void>(published());
    const auto status = document::writeJson(statusNode(metrics_, figures_.state));
    for (const char* part :
         {"{\"gateway\":\"thahc/test\",\"time\":\"", "\"thahc_store_commits_total\":5",
          "\"thahc_outbox_items\":{\"", "\"dead\":17", "\"thahc_parked_messages\":19",
          "\"dataFaults\":[]", "\"revocationListsOverdue\":[]"})
        EXPECT_NE(status.find(part), std::string::npos) << part << " in " << status;
}

TEST_F(GatewayMetrics, StatusTellsWhatExpires) {
    const auto alarms = [&](std::chrono::seconds before) {
        auto state = figures_.state;
        state.now = office_.seal()->notAfter() - before;
        std::string told;
        const auto node = statusNode(metrics_, state);
        for (const auto& entry : node.child("expiring")->children)
            if (entry.child("certificate")->value == "gateway seal")
                told += entry.child("days")->value + " " + entry.child("alarm")->value;
        return told;
    };
    EXPECT_EQ(alarms(31 * 24h), "");
    EXPECT_EQ(alarms(31 * 24h - 1s), "30 notice");
    EXPECT_EQ(alarms(15 * 24h), "15 notice");
    EXPECT_EQ(alarms(15 * 24h - 1s), "14 warning");
    EXPECT_EQ(alarms(4 * 24h), "4 warning");
    EXPECT_EQ(alarms(4 * 24h - 1s), "3 critical");
    EXPECT_EQ(alarms(-2 * 24h), "-2 critical");
    auto state = figures_.state;
    state.now = office_.seal()->notAfter() - 1h;
    std::vector<std::string> named;
    const auto node = statusNode(metrics_, state);
    for (const auto& entry : node.child("expiring")->children) {
        named.push_back(entry.child("certificate")->value);
        EXPECT_NE(entry.child("expires"), nullptr);
    }
    EXPECT_EQ(named, (std::vector<std::string>{"gateway seal", "gateway door", "gateway push",
                                               "channel ch-D01.21", "signer of D01.21"}));
    const auto overdue = [&state] {
        server::Metrics none;
        return statusNode(none, state).child("revocationListsOverdue")->children.size();
    };
    EXPECT_EQ(overdue(), 0U);
    state.now = office_.seal()->notAfter() + 1h;
    EXPECT_EQ(overdue(), 1U) << "the demo list is due when its certificates end";
}

TEST(StorageNode, TellsTheDiskAndEachAgency) {
    store::sqlite::StoreFigures figures;
    figures.space.freeBytes = 5;
    figures.space.diskBytes = 6;
    base::Limits limits;
    limits.freeSpaceWarnBytes = 3;
    limits.freeSpaceRefuseBytes = 2;
    limits.storedBytesPerAgency = 9;
    const auto told = [&](int state) {
        figures.spaceState = static_cast<store::sqlite::SpaceState>(state);
        return document::writeJson(
            storageNode(figures, {{"A", 1, 20, 300, 70000, 4000, 50000}}, limits));
    };
    EXPECT_NE(told(0).find("{\"space\":\"ample\",\"freeBytes\":5,\"diskBytes\":6,\"warnBelow\":3,"
                           "\"refuseBelow\":2,\"agencyQuota\":9"),
              std::string::npos)
        << told(0);
    EXPECT_NE(told(1).find("\"space\":\"low\""), std::string::npos);
    EXPECT_NE(told(2).find("\"space\":\"short\""), std::string::npos);
    EXPECT_NE(told(3).find("\"space\":\"critical\""), std::string::npos);
    EXPECT_NE(told(0).find("\"agencies\":[{\"agency\":\"A\",\"bytes\":70321,\"messages\":1,"
                           "\"files\":20,\"deliveries\":300,\"reads\":70000,"
                           "\"parked\":50000,\"refused\":4000"),
              std::string::npos)
        << told(0);
}

}  // namespace
}  // namespace gateway::app
