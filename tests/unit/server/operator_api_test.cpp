// The operators' API, without sockets.

#include "gateway/server/operators/operator_api.h"

#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "tests/unit/exchange/house.h"

namespace gateway::server {
namespace {

using namespace std::chrono_literals;
using exchange::fixture::House;

// As a store in memory is now; nobody writes to it meanwhile.
class LiveView final : public store::StoreView {
  public:
    explicit LiveView(support::MemoryStore& store) : store_(store) {}
    store::Cases& cases() override { return store_.cases(); }
    store::Outbox& outbox() override { return store_.outbox(); }
    store::LogSearch& search() override { return store_.ledger(); }
    void forEachRefusal(const std::function<bool(const store::RefusalRecord&)>&) override {}
    std::int64_t lastPosition() override { return 0; }
    std::int64_t lastSequence() override { return 0; }

  private:
    support::MemoryStore& store_;
};

class OperatorApiTest : public testing::Test {
  protected:
    Response call(const std::string& method, const std::string& path,
                  const std::string& body = {}) {
        Request request;
        request.method = method;
        request.path = path.substr(0, path.find('?'));
        if (request.path != path)
            request.query = parseQuery(path.substr(request.path.size() + 1)).value();
        request.body = body;
        request.localPeer = LocalPeer{4'000'000'000U, 0, 1};
        return api.handle(request);
    }
    std::string actsKept() {
        std::string acts;
        house.store.cases().forEachMessage(0, [&acts](const store::MessageRecord& record) {
            acts += record.events + "\n";
            return true;
        });
        return acts;
    }

    House house;
    bool well = true;
    std::string backedUp;
    std::optional<base::Timestamp> pushed;
    DoorRefusals refusals;
    exchange::TransferUndo undo{{"thahc", "test"},   house.snapshots, house.ledger,
                                house.store.cases(), house.bell,      house.clock};
    OperatorApi api{
        {house.snapshots,
         house.acts,
         house.store.outbox(),
         house.store.cases(),
         house.store.ledger(),
         house.clock,
         [this] { return std::make_unique<LiveView>(house.store); },
         [this] { return well; },
         [this] { return well ? std::nullopt : std::optional<std::string>("line 7 is wrong"); },
         [] { return std::string("thahc_up 1\n"); },
         [] { return document::objectNode(); },
         [this](const std::string& path) { backedUp = path; },
         [](const std::string&, const document::Node&) -> base::Result<base::Done, std::string> {
             return std::string("no such file");
         },
         [this] {
             return exchange::KnownSeals{{house.snapshots.current()->seal->certificate()}, true};
         },
         refusals,
         std::chrono::hours(72),
         [] { return document::objectNode(); },
         nullptr,
         &undo,
         [this](base::Timestamp to) {
             if (to < house.clock.now()) return std::optional<std::string>("it is later already");
             pushed = to;
             return std::optional<std::string>();
         },
         [](const std::string& act, const std::string& name) {
             using Outcome = base::Result<document::Node, std::string>;
             if (name.ends_with("@9")) return Outcome("there is no mapping " + name);
             document::Node node = document::objectNode();
             document::addText(node, "was", act + " " + name);
             return Outcome(std::move(node));
         }}};
};

TEST_F(OperatorApiTest, VersionsOfMappingsAreListedJudgedAndChanged) {
    const auto listed = document::readJson(call("GET", "/v1/mappings").body);
    ASSERT_TRUE(listed.ok());
    bool found = false;
    for (const auto& one : listed->root.child("mappings")->children) {
        if (one.child("mapping")->value != "court-json/ruling@1") continue;
        found = true;
        EXPECT_EQ(one.child("state")->value, "serves");
        EXPECT_EQ(one.child("direction")->value, "both");
        EXPECT_EQ(one.child("message")->value, "JudgmentTransfer");
        EXPECT_EQ(one.child("sha256")->value.size(), 64U);
    }
    EXPECT_TRUE(found);
    const auto posted = [&](const std::string& act, const std::string& mapping) {
        return call("POST", "/v1/mappings",
                    R"({"act":")" + act + R"(","mapping":")" + mapping + R"("})");
    };
    EXPECT_EQ(posted("check", "a/b@2").body, R"({"was":"check a/b@2"})");
    EXPECT_EQ(actsKept(), "") << "looking is no act";
    EXPECT_EQ(posted("activate", "a/b@2").body, R"({"was":"activate a/b@2"})");
    EXPECT_NE(actsKept().find("activate-mapping"), std::string::npos) << actsKept();
    EXPECT_EQ(posted("rollback", "a/b").status, 200);
    EXPECT_NE(actsKept().find("rollback-mapping"), std::string::npos) << actsKept();
    const auto refused = posted("activate", "a/b@9");
    EXPECT_EQ(refused.status, 409);
    EXPECT_NE(refused.body.find("there is no mapping a/b@9"), std::string::npos);
    EXPECT_EQ(posted("burn", "a/b@2").status, 400);
    EXPECT_EQ(posted("activate", "").status, 400);
}

TEST_F(OperatorApiTest, HealthIsHonest) {
    EXPECT_EQ(call("GET", "/healthz").status, 200);
    EXPECT_EQ(call("GET", "/metrics").body, "thahc_up 1\n");
    well = false;
    EXPECT_EQ(call("GET", "/healthz").status, 503);
    EXPECT_EQ(call("POST", "/v1/reload").status, 409);
}

TEST_F(OperatorApiTest, WhoMayOnlyLookCannotAct) {
    const auto look = [&](const std::string& method, const std::string& path) {
        Request request;
        request.method = method;
        request.path = path;
        return api.look(request).status;
    };
    for (const char* path : {"/healthz", "/readyz", "/metrics", "/v1/status"}) {
        EXPECT_EQ(look("GET", path), 200) << path;
        EXPECT_EQ(look("POST", path), 404) << path;
    }
    for (const char* path : {"/v1/agencies", "/v1/dead-letters", "/v1/door-refusals", "/v1/new"})
        EXPECT_EQ(look("GET", path), 404) << path;
    for (const char* path : {"/v1/resend", "/v1/backup", "/v1/rebuild", "/v1/reload",
                             "/v1/registrations", "/v1/mappings"})
        EXPECT_EQ(look("POST", path), 404) << path;
    EXPECT_EQ(backedUp, "");
    EXPECT_EQ(actsKept(), "");
}

TEST_F(OperatorApiTest, WhoWasTurnedAwayIsTold) {
    refusals.note("bad_certificate", "certificate has expired", "192.0.2.1",
                  PeerCertificate{document::sha256("x"), "CN=Cu", "CN=Goc"}, house.clock.now());
    const auto tree = document::readJson(call("GET", "/v1/door-refusals").body);
    ASSERT_TRUE(tree.ok());
    const auto at = [&](const char* path) { return scenario::valueAt(tree->root, path); };
    EXPECT_EQ(at("refusals/0/reason"), "bad_certificate");
    EXPECT_EQ(at("refusals/0/detail"), "certificate has expired");
    EXPECT_EQ(at("refusals/0/subject"), "CN=Cu");
    EXPECT_EQ(at("refusals/0/issuer"), "CN=Goc");
    EXPECT_EQ(at("refusals/0/sha256"), document::sha256("x").hex());
    EXPECT_EQ(at("refusals/0/address"), "192.0.2.1");
    EXPECT_EQ(at("refusals/0/count"), "1");
}

TEST_F(OperatorApiTest, ActsAreRecordedWithTheKernelsWordForTheUser) {
    EXPECT_EQ(call("POST", "/v1/backup", "{\"path\":\"/x/copy.db\"}").status, 200);
    EXPECT_EQ(backedUp, "/x/copy.db");
    EXPECT_NE(actsKept().find("uid/4000000000"), std::string::npos);
    EXPECT_EQ(call("POST", "/v1/registrations", "{\"act\":\"revoke\"}").status, 409);
    EXPECT_NE(actsKept().find("\"revoke\""), std::string::npos) << "tried is recorded, too";
}

TEST_F(OperatorApiTest, AClockIsPushedByARecordedAct) {
    EXPECT_NE(call("GET", "/v1/clock").body.find(base::formatTimestamp(house.clock.now())),
              std::string::npos);
    EXPECT_EQ(actsKept(), "");
    EXPECT_EQ(call("POST", "/v1/clock", "{\"to\":\"2999-01-01T00:00:00Z\"}").status, 200);
    EXPECT_EQ(pushed, base::parseTimestamp("2999-01-01T00:00:00Z"));
    EXPECT_NE(actsKept().find("push-clock"), std::string::npos);
    EXPECT_EQ(call("POST", "/v1/clock", "{\"to\":\"1999-01-01T00:00:00Z\"}").status, 409);
    EXPECT_EQ(call("POST", "/v1/clock", "{\"to\":\"tomorrow\"}").status, 400);
}

TEST_F(OperatorApiTest, WrongCallsDoNothing) {
    EXPECT_EQ(call("POST", "/v1/backup", "{\"path\":\"relative\"}").status, 400);
    EXPECT_EQ(call("POST", "/v1/backup", "{").status / 100, 4);
    EXPECT_EQ(call("POST", "/v1/backup?dry-run", "{\"path\":\"/x/copy.db\"}").status, 400);
    EXPECT_EQ(call("POST", "/v1/resend", "{\"item\":\"x\"}").status, 400);
    EXPECT_EQ(call("POST", "/v1/registrations", "{\"act\":\"drop-all\"}").status, 400);
    EXPECT_EQ(call("GET", "/v1/backup").status, 404);
    EXPECT_EQ(call("POST", "/v1/nothing").status, 404);
    EXPECT_EQ(backedUp, "");
    EXPECT_EQ(actsKept(), "");
}

TEST_F(OperatorApiTest, AWrongTransferIsStruckWithAReasonFitToBeSent) {
    ASSERT_EQ(house.send(house.court, scenario::transferOf("1/2026/HC-ST")).status, 200);
    const auto caseId = house.caseNumbered("1/2026/HC-ST").caseId;
    const auto order = [&caseId](const std::string& reason) {
        return "{\"case\":\"" + caseId + "\",\"reason\":\"" + reason + "\"}";
    };
    for (const auto& bad : {std::string(), std::string(" "), std::string(1'001, 'a'),
                            std::string("a\u202Eb"), std::string("B¶n ¸n")})
        EXPECT_EQ(call("POST", "/v1/undo-transfer", order(bad)).status, 400) << bad;
    EXPECT_EQ(call("POST", "/v1/undo-transfer", "{\"reason\":\"x\"}").status, 400);
    EXPECT_EQ(call("GET", "/v1/undo-transfer").status, 404);
    EXPECT_EQ(house.caseNumbered("1/2026/HC-ST").stage, "RECEIVED");
    EXPECT_EQ(call("POST", "/v1/undo-transfer", order("gửi nhầm")).status, 200);
    EXPECT_EQ(house.store.cases().find(caseId)->stage, "NOT_MONITORED");
    const auto again = call("POST", "/v1/undo-transfer", order("gửi nhầm"));
    EXPECT_EQ(again.status, 409);
    EXPECT_NE(again.body.find("undone before"), std::string::npos);
}

TEST_F(OperatorApiTest, DeadDeliveriesAreSentAgainAndRefusedOnesListed) {
    ASSERT_EQ(house.send(house.court, scenario::transferOf("1/2026/HC-ST")).status, 200);
    const auto item = house.store.outbox().mailbox(scenario::kEnforcement, 1).at(0);
    store::OutboxMove move;
    move.to = store::OutboxState::Dead;
    move.at = house.clock.now();
    move.error = "connection refused";
    ASSERT_TRUE(house.store.outbox().move(item.itemId, item.state, move));
    const auto list = call("GET", "/v1/dead-letters");
    EXPECT_NE(list.body.find(item.itemId), std::string::npos);
    EXPECT_NE(list.body.find("connection refused"), std::string::npos);
    const std::string order = "{\"item\":\"" + item.itemId + "\",\"reason\":\"đường truyền\"}";
    EXPECT_EQ(call("POST", "/v1/resend", order).status, 200);
    EXPECT_EQ(call("POST", "/v1/resend", order).status, 409);
    move.to = store::OutboxState::Refused;
    move.error = "thiếu tệp";
    const auto open = house.store.outbox().find(item.itemId)->state;
    ASSERT_TRUE(house.store.outbox().move(item.itemId, open, move));
    EXPECT_NE(call("GET", "/v1/dead-letters").body.find("\"refused\""), std::string::npos);
    const auto never = call("POST", "/v1/resend", order);
    EXPECT_EQ(never.status, 409);
    EXPECT_NE(never.body.find("its recipient has refused it"), std::string::npos) << never.body;
    EXPECT_EQ(house.store.outbox().find(item.itemId)->state, store::OutboxState::Refused);
    const auto report = call("POST", "/v1/rebuild");
    EXPECT_NE(report.body.find("\"clean\":true"), std::string::npos) << report.body;
}

TEST_F(OperatorApiTest, FindsWhatWasSaidAndRefused) {
    const auto found = [&](const std::string& what, const std::string& question) {
        const auto response = call("POST", "/v1/find/" + what, question);
        EXPECT_EQ(response.status, 200) << response.body;
        return response.body;
    };
    const auto refusedFor = [&](const std::string& question) {
        const auto response = call("POST", "/v1/find/messages", question);
        EXPECT_EQ(response.status, 400) << response.body;
        const auto at = response.body.find("The parameter ");
        return at == std::string::npos ? response.body : response.body.substr(at + 14, 8);
    };
    house.bringToNotice("1/2026/HC-ST");
    const auto court = scenario::kCourt;
    const auto all = found("messages", R"({"agency":")" + court + R"("})");
    EXPECT_NE(all.find(R"("type":"JudgmentTransfer")"), std::string::npos) << all;
    EXPECT_NE(all.find(R"("verdict":"accepted")"), std::string::npos);
    EXPECT_EQ(all.find("next"), std::string::npos);
    EXPECT_EQ(all, found("messages", R"({"court":")" + court +
                                         R"(","number":"01/2026/HC-ST","issuedOn":"2026-03-02",)"
                                         R"("type":"JudgmentTransfer"})"))
        << "the number as somebody types it";
    EXPECT_NE(found("messages", R"({"limit":"1"})").find(R"("next":)"), std::string::npos);
    EXPECT_EQ(found("messages", R"({"until":"2001-01-01"})"), R"({"messages":[]})");
    EXPECT_EQ(found("messages", R"({"waiting":"true"})"), R"({"messages":[]})");
    EXPECT_EQ(found("refusals", R"({"code":"REPLAY"})"), R"({"refusals":[]})");
    EXPECT_EQ(found("reads", R"({"case":"none"})"), R"({"reads":[]})");
    EXPECT_EQ(refusedFor(R"({"colour":"red"})"), "colour i");
    EXPECT_EQ(refusedFor(R"({"digest":"abc"})"), "digest i");
    EXPECT_EQ(refusedFor(R"({"limit":"501"})"), "limit is");
    EXPECT_EQ(refusedFor(R"({"from":"yesterday"})"), "from is ");
    EXPECT_EQ(refusedFor(R"({"from":"2026-01-02","until":"2026-01-01"})"), "until is");
    EXPECT_EQ(refusedFor(R"({"court":"D01"})"), "number i");
    EXPECT_EQ(refusedFor(R"({"type":"judgment"})"), "type is ");
    EXPECT_EQ(call("POST", "/v1/find/secrets").status, 404);
    EXPECT_EQ(call("GET", "/v1/find/messages").status, 404);
}

// A day is one in Viet Nam, from its first to its last millisecond.
TEST_F(OperatorApiTest, SearchesByDaysInVietNam) {
    ASSERT_EQ(house.send(house.court, model::Ping{"?"}).verdict(), "accepted");
    const auto count = [&](const std::string& period) {
        const auto body = call("POST", "/v1/find/messages", period).body;
        return body.find("Ping") != std::string::npos;
    };
    const auto today = base::formatDate(base::vietnamDate(house.clock.now()));
    const auto yesterday = base::formatDate(base::Date(
        std::chrono::sys_days(base::vietnamDate(house.clock.now())) - std::chrono::days(1)));
    EXPECT_TRUE(count(R"({"from":")" + today + R"(","until":")" + today + R"("})"));
    EXPECT_FALSE(count(R"({"until":")" + yesterday + R"("})"));
    EXPECT_TRUE(count(R"({"from":")" + yesterday + R"("})"));
}

}  // namespace
}  // namespace gateway::server
