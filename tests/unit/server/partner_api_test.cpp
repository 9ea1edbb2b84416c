// The routes of the partners' API and what stands before them, without sockets.

#include "gateway/server/partner_api.h"

#include "gateway/document/json.h"
#include "gateway/server/operator_api.h"
#include "tests/unit/exchange/house.h"

namespace gateway::server {
namespace {

using namespace std::chrono_literals;
using exchange::fixture::House;

using Fields = std::vector<std::pair<std::string, std::string>>;

class PartnerApiTest : public testing::Test {
  protected:
    PartnerServices services(const base::Limits& limits) {
        return {house.snapshots, house.intake,      house.inquiry,
                house.mailbox,   house.ledger,      house.clock,
                limits,          {"thahc", "test"}, [] { return "{\"keys\":[]}"; },
                metrics};
    }
    Request request(const std::string& method, const std::string& path,
                    const std::string& agency = scenario::kCourt) {
        Request request;
        request.method = method;
        const auto question = path.find('?');
        request.path = path.substr(0, question);
        if (question != std::string::npos)
            request.query = parseQuery(path.substr(question + 1)).value();
        const auto* channel = house.snapshots.current()->registry->channelById("ch-" + agency);
        request.peerFingerprint = channel->certificate->fingerprint();
        request.receivedAt = house.clock.now();
        return request;
    }
    Request post(const std::string& path, const exchange::fixture::Signed& message,
                 const std::string& agency = scenario::kCourt) {
        auto made = request("POST", path, agency);
        made.body = message.body;
        made.mediaType = message.mediaType;
        return made;
    }
    Response get(const std::string& path, const std::string& agency = scenario::kCourt) {
        return api.handle(request("GET", path, agency));
    }
    static std::string at(const Response& response, const char* path) {
        const auto tree = document::readJson(response.body);
        return tree ? scenario::valueAt(tree->root, path) : std::string();
    }

    House house;
    Metrics metrics;
    int faults = 0;
    PartnerApi api{services(house.limits), [this] { ++faults; }};
};

TEST_F(PartnerApiTest, EachRouteHasItsMethod) {
    EXPECT_EQ(get("/v1/whoami").status, 200);
    EXPECT_EQ(get("/v1/keys").body, "{\"keys\":[]}");
    EXPECT_EQ(get("/v1/openapi.json").status, 200);
    EXPECT_EQ(get("/v1/mailbox").status, 200);
    for (const char* path : {"/v1/whoami", "/v1/keys", "/v1/mailbox", "/v1/receipts/x"})
        EXPECT_EQ(at(api.handle(request("POST", path)), "code"), "HTTP_METHOD") << path;
    EXPECT_EQ(at(get("/v1/queries"), "code"), "HTTP_METHOD");
    EXPECT_EQ(at(get("/v1/mailbox/x/receipt"), "code"), "HTTP_METHOD");
    for (const char* path : {"/", "/v1", "/v1/message", "/v1/whoami/", "/v2/whoami",
                             "/v1/receipts/none", "/v1/mailbox/none", "/healthz", "/metrics"})
        EXPECT_EQ(get(path).status, 404) << path;
}

TEST_F(PartnerApiTest, ChannelIsJudgedForEveryRequest) {
    auto stranger = request("GET", "/v1/whoami");
    stranger.peerFingerprint = document::sha256("nobody");
    EXPECT_EQ(at(api.handle(stranger), "code"), "CHANNEL_UNKNOWN");
    stranger.peerFingerprint.reset();
    EXPECT_EQ(at(api.handle(stranger), "code"), "CHANNEL_UNKNOWN");

    auto late = request("GET", "/v1/whoami");
    late.receivedAt += 24h * 365;
    EXPECT_EQ(at(api.handle(late), "code"), "CHANNEL_EXPIRED");

    auto next = *house.snapshots.current();
    auto data = next.registry->data();
    for (auto& channel : data.channels) channel.revokedAt = house.clock.now();
    next.registry = std::make_shared<const trust::Registry>(std::move(data));
    house.snapshots.replace(std::make_shared<const exchange::Snapshot>(std::move(next)));
    EXPECT_EQ(at(get("/v1/whoami"), "code"), "CHANNEL_REVOKED");
    auto before = request("GET", "/v1/whoami");
    before.receivedAt -= 1ms;
    EXPECT_EQ(api.handle(before).status, 200) << "revoked from that moment on";
}

TEST_F(PartnerApiTest, WhoAmITellsChannelAgenciesAndLimits) {
    const auto now = house.clock.now();
    const auto answer = get("/v1/whoami?now=" + std::string("2026-01-01T00:00:00.000Z"));
    EXPECT_EQ(at(answer, "gateway"), "thahc/test");
    EXPECT_EQ(at(answer, "channel/id"), "ch-" + scenario::kCourt);
    EXPECT_EQ(at(answer, "agencies/0/code"), scenario::kCourt);
    EXPECT_EQ(at(answer, "agencies/0/mayRead"), "true");
    EXPECT_EQ(at(answer, "agencies/0/delivery"), "mailbox");
    EXPECT_NE(answer.body.find("\"JudgmentTransfer\""), std::string::npos);
    EXPECT_EQ(at(answer, "limits/messageBytes"), std::to_string(8 * 1024 * 1024));
    EXPECT_EQ(at(answer, "limits/messagesPerMinute"), "60000");
    EXPECT_EQ(at(answer, "limits/requestsPerMinute"), "300000");
    EXPECT_EQ(at(answer, "limits/refusedBytesKeptSeconds"), "3600");
    const auto offset =
        now - base::Timestamp(std::chrono::sys_days(std::chrono::year(2026) / 1 / 1));
    EXPECT_EQ(at(answer, "clockOffsetMs"), std::to_string(offset.count()));
}

TEST_F(PartnerApiTest, OnesOwnMessagesCanBeLookedUp) {
    const auto message = house.message(house.court, scenario::transferOf("1/2026/HC-ST"));
    const auto sent = house.court.json(message);
    const auto receipt = api.handle(post("/v1/messages", sent));
    ASSERT_EQ(receipt.status, 200) << receipt.body;
    const auto id = house.read({200, receipt.contentType, receipt.body}).at("receipt/receiptId");
    const std::string paths[] = {"/v1/messages?id=" + message.envelope.id,
                                 "/v1/messages/sha256-" + document::sha256(sent.body).hex(),
                                 "/v1/receipts/" + id};
    for (const auto& path : paths) {
        EXPECT_EQ(get(path).body, receipt.body) << path;
        EXPECT_EQ(get(path, scenario::kCommittee).status, 404) << path;
    }
    EXPECT_EQ(get(paths[0] + "&agency=" + scenario::kCourt, scenario::kCommittee).status, 404);
    EXPECT_EQ(at(get("/v1/messages"), "code"), "HTTP_BAD_PARAMETER");
}

TEST_F(PartnerApiTest, OnlySignedFormsAreTaken) {
    EXPECT_EQ(at(api.handle(post("/v1/messages", {"x", "text/plain", ""})), "code"),
              "HTTP_MEDIA_TYPE");
    EXPECT_EQ(at(api.handle(post("/v1/queries", {"x", "", ""})), "code"), "HTTP_MEDIA_TYPE");
    for (const char* wait : {"-1", "31", "x", "1x", ""})
        EXPECT_EQ(at(get("/v1/mailbox?wait=" + std::string(wait)), "code"), "HTTP_BAD_PARAMETER")
            << wait;
}

TEST_F(PartnerApiTest, AParameterThatACallDoesNotKnowIsRefusedAndNothingIsDone) {
    const auto message = house.message(house.court, scenario::transferOf("1/2026/HC-ST"));
    const auto sent = house.court.json(message);
    for (const char* query :
         {"dry_run", "dryrun", "Dry-Run", "dry-run&id=1", "dry-run=no", "wait=1"})
        EXPECT_EQ(at(api.handle(post("/v1/messages?" + std::string(query), sent)), "code"),
                  "HTTP_BAD_PARAMETER")
            << query;
    EXPECT_EQ(get("/v1/messages?id=" + message.envelope.id).status, 404) << "none was accepted";
    EXPECT_EQ(api.handle(post("/v1/messages?dry-run=true", sent)).status, 200);
    EXPECT_EQ(at(api.handle(post("/v1/queries?dry-run", sent)), "code"), "HTTP_BAD_PARAMETER");
    for (const char* path : {"/v1/messages?id=x&Agency=D01", "/v1/messages/sha256-0?agency=D01",
                             "/v1/receipts/x?id=x", "/v1/mailbox?dry-run", "/v1/mailbox/x?wait=1",
                             "/v1/whoami?agency=D01", "/v1/keys?now", "/v1/openapi.json?v=1"})
        EXPECT_EQ(at(get(path), "code"), "HTTP_BAD_PARAMETER") << path;
    EXPECT_NE(get("/v1/keys?nwo").body.find(" nwo "), std::string::npos) << "it is named";
    EXPECT_EQ(at(get("/v1/message?x"), "code"), "HTTP_NOT_FOUND");
}

TEST_F(PartnerApiTest, RateIsBoundedByChannel) {
    auto limits = house.limits;
    limits.requestsPerMinutePerChannel = 20;
    PartnerApi small(services(limits), [] {});
    EXPECT_EQ(small.handle(request("GET", "/v1/keys")).status, 200);
    EXPECT_EQ(small.handle(request("GET", "/v1/keys")).status, 200);
    const auto refused = small.handle(request("GET", "/v1/keys"));
    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(std::ranges::count(refused.headers, "Retry-After",
                                 [](const auto& header) { return header.first; }),
              1);
    EXPECT_EQ(small.handle(request("GET", "/v1/keys", scenario::kCommittee)).status, 200);
    house.clock.advance(3s);
    EXPECT_EQ(small.handle(request("GET", "/v1/keys")).status, 200) << "one every three seconds";
    EXPECT_EQ(small.handle(request("GET", "/v1/keys")).status, 429);
}

TEST_F(PartnerApiTest, AMachineWhoseTimeIsSetLocksNobodyOut) {
    auto limits = house.limits;
    limits.requestsPerMinutePerChannel = 20;
    PartnerApi small(services(limits), [] {});
    const auto ask = [&] { return small.handle(request("GET", "/v1/keys")).status; };
    house.clock.jump(2h);
    EXPECT_EQ(ask(), 200);
    EXPECT_EQ(ask(), 200);
    EXPECT_EQ(ask(), 429) << "no time has gone by";
    house.clock.jump(-2h);
    EXPECT_EQ(ask(), 429);
    house.clock.advance(3s);
    EXPECT_EQ(ask(), 200) << "the pause is over, whatever the date";
    house.clock.jump(-1h);
    house.clock.advance(3s);
    EXPECT_EQ(ask(), 200);
}

TEST_F(PartnerApiTest, MessagesAreCountedByWhoSignedThem) {
    // The committee's channel carries for the court as well: a hub.
    auto next = *house.snapshots.current();
    auto data = next.registry->data();
    for (auto& channel : data.channels)
        if (channel.ownerAgency == scenario::kCommittee)
            channel.carries.push_back({scenario::kCourt, {}, true});
    next.registry = std::make_shared<const trust::Registry>(std::move(data));
    house.snapshots.replace(std::make_shared<const exchange::Snapshot>(std::move(next)));
    auto limits = house.limits;
    limits.messagesPerMinutePerAgency = 20;
    PartnerApi small(services(limits), [] {});
    const auto ping = [&](const scenario::Agency& agency, const std::string& channel) {
        const auto sent = agency.json(house.message(agency, model::Ping{}));
        return small.handle(post("/v1/messages", sent, channel));
    };
    EXPECT_EQ(ping(house.court, scenario::kCourt).status, 200);
    EXPECT_EQ(ping(house.court, scenario::kCommittee).status, 200);
    for (const auto& channel : {scenario::kCourt, scenario::kCommittee}) {
        const auto refused = ping(house.court, channel);
        EXPECT_EQ(refused.status, 429) << "two channels, one agency";
        EXPECT_EQ(at(refused, "code"), "RATE_LIMITED");
        EXPECT_EQ(refused.headers, Fields({{"Retry-After", "3"}}));
    }
    EXPECT_EQ(ping(house.committee, scenario::kCommittee).status, 200) << "one hub, two agencies";
    EXPECT_EQ(small.handle(request("GET", "/v1/whoami")).status, 200) << "no message of anybody";
    // What has not been signed, or by no right way, costs nobody anything.
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(
            small.handle(post("/v1/messages", {"{}", "application/jose", ""}, scenario::kCommittee))
                .status,
            422);
        EXPECT_EQ(ping(house.committee, scenario::kCourt).status, 422) << "not carried";
    }
    EXPECT_EQ(ping(house.committee, scenario::kCommittee).status, 200);
    EXPECT_EQ(ping(house.committee, scenario::kCommittee).status, 429);
    // Questions and receipts for deliveries are its messages, too.
    const auto question = house.court.json(house.message(house.court, model::MonitoringQuery{}));
    EXPECT_EQ(small.handle(post("/v1/queries", question)).status, 429);
    house.clock.advance(3s);
    EXPECT_EQ(ping(house.court, scenario::kCourt).status, 200);
    EXPECT_EQ(ping(house.court, scenario::kCourt).status, 429);
    EXPECT_TRUE(house.ledger.reads(scenario::kCourt, 1).empty());
}

TEST_F(PartnerApiTest, ReceiptsForDeliveriesCountAndAreCounted) {
    ASSERT_EQ(house.send(house.court, scenario::transferOf("1/2026/HC-ST")).status, 200);
    const auto item = at(get("/v1/mailbox", scenario::kEnforcement), "items/0/item");
    const auto bytes = get("/v1/mailbox/" + item, scenario::kEnforcement).body;
    auto limits = house.limits;
    limits.messagesPerMinutePerAgency = 30;
    PartnerApi small(services(limits), [] {});
    const auto close = [&](const exchange::fixture::Signed& word) {
        return small.handle(post("/v1/mailbox/" + item + "/receipt", word, scenario::kEnforcement));
    };
    EXPECT_EQ(close(house.enforcement.word(item, "other bytes")).status, 422);
    EXPECT_EQ(close({"{}", "application/jose", ""}).status, 422);
    EXPECT_EQ(close(house.enforcement.word(item, bytes)).status, 200);
    EXPECT_EQ(close(house.enforcement.word(item, bytes, "đổi ý")).status, 409);
    EXPECT_EQ(close(house.enforcement.word(item, bytes)).status, 429);
    const auto text = metrics.text();
    for (const char* line : {"thahc_accepted_total{posted=\"receipt\"} 1\n",
                             "thahc_refused_total{class=\"A\",posted=\"receipt\"} 2\n",
                             "thahc_refused_total{class=\"U\",posted=\"receipt\"} 1\n",
                             "thahc_refused_total{class=\"T\",posted=\"receipt\"} 1\n"})
        EXPECT_NE(text.find(line), std::string::npos) << line << text;
}

TEST_F(PartnerApiTest, WhatIsWrittenForSomebodyIsBounded) {
    ASSERT_EQ(house.send(house.court, scenario::transferOf("1/2026/HC-ST")).status, 200);
    const auto item = at(get("/v1/mailbox", scenario::kEnforcement), "items/0/item");
    auto limits = house.limits;
    limits.messagesPerMinutePerAgency = 20;
    limits.refusalsPerMinutePerChannel = 20;
    PartnerApi small(services(limits), [] {});
    const auto fetch = [&] {
        return small.handle(request("GET", "/v1/mailbox/" + item, scenario::kEnforcement)).status;
    };
    EXPECT_EQ(fetch(), 200);
    EXPECT_EQ(fetch(), 200);
    EXPECT_EQ(fetch(), 429) << "each is written to the audit of reads";
    EXPECT_EQ(house.ledger.reads(scenario::kEnforcement, 10).size(), 2U);
    const auto stranger = [&](const std::string& channel) {
        return small.handle(post("/v1/messages", {"{}", "application/jose", ""}, channel));
    };
    EXPECT_EQ(stranger(scenario::kCommittee).status, 422);
    EXPECT_EQ(stranger(scenario::kCommittee).status, 422);
    const auto refused = stranger(scenario::kCommittee);
    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(refused.headers, Fields({{"Retry-After", "3"}}));
    EXPECT_EQ(house.ledger.refusals("ch-" + scenario::kCommittee, 10).size(), 2U);
    EXPECT_EQ(stranger(scenario::kCourt).status, 422) << "another channel";
    const auto known = house.committee.json(house.message(house.committee, model::Ping{}));
    EXPECT_EQ(small.handle(post("/v1/messages", known, scenario::kCommittee)).status, 200)
        << "nobody's refusals take a partner's place";
}

TEST_F(PartnerApiTest, BrokenStoreIsAnUnknownOutcome) {
    const auto sent = house.court.json(house.message(house.court, model::Ping{}));
    house.ledger.onAccept = [](const store::Acceptance&) -> std::optional<store::AcceptOutcome> {
        throw store::StoreBusy("full");
    };
    EXPECT_EQ(at(api.handle(post("/v1/messages", sent)), "code"), "OVERLOADED");
    EXPECT_EQ(faults, 0);
    house.ledger.onAccept = [](const store::Acceptance&) -> std::optional<store::AcceptOutcome> {
        throw store::StoreFault("disk");
    };
    const auto answer = api.handle(post("/v1/messages", sent));
    EXPECT_EQ(answer.status, 503);
    EXPECT_EQ(at(answer, "code"), "OUTCOME_UNKNOWN");
    EXPECT_TRUE(answer.close);
    EXPECT_EQ(faults, 1);
}

TEST_F(PartnerApiTest, VerdictsAreCountedByClass) {
    const auto count = [this](const std::string& posted, const std::string& errorClass = {}) {
        for (const auto& sample : metrics.samples())
            if (sample.labels.at("posted") == posted &&
                (errorClass.empty() ? sample.name == "thahc_accepted_total"
                                    : sample.name == "thahc_refused_total" &&
                                          sample.labels.at("class") == errorClass))
                return sample.value;
        return -1.0;
    };
    const auto sent =
        house.court.json(house.message(house.court, scenario::transferOf("1/2026/HC-ST")));
    EXPECT_EQ(api.handle(post("/v1/messages?dry-run", sent)).status, 200);
    EXPECT_EQ(api.handle(post("/v1/messages", sent)).status, 200);
    EXPECT_EQ(api.handle(post("/v1/messages", sent)).status, 200);
    EXPECT_EQ(api.handle(post("/v1/messages", {"{}", "application/jose", ""})).status, 422);
    EXPECT_EQ(api.handle(post("/v1/messages", {"x", "text/plain", ""})).status, 415);
    const auto notIts =
        house.court.json(house.message(house.court, scenario::registrationOf("1/2026/HC-ST", "1")));
    EXPECT_EQ(api.handle(post("/v1/messages", notIts)).status, 422);
    EXPECT_EQ(api.handle(post("/v1/queries", sent)).status, 422);
    EXPECT_EQ(get("/v1/messages?id=none").status, 404);
    EXPECT_EQ(count("dry-run"), 1);
    EXPECT_EQ(count("message"), 2);
    EXPECT_EQ(count("message", "U"), 1);
    EXPECT_EQ(count("message", "T"), 1);
    EXPECT_EQ(count("message", "A"), 1);
    EXPECT_EQ(count("query", "A"), 1);
    EXPECT_EQ(count("query"), 0);
    const auto text = metrics.text();
    EXPECT_NE(text.find("thahc_request_seconds_count{method=\"POST\",route=\"/v1/messages\"} 6\n"),
              std::string::npos)
        << text;
}

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
    OperatorApi api{
        {house.snapshots, house.acts, house.store.outbox(), house.store.cases(), house.clock,
         [this] { return well; },
         [this] { return well ? std::nullopt : std::optional<std::string>("line 7 is wrong"); },
         [] { return std::string("thahc_up 1\n"); }, [] { return document::objectNode(); },
         [this](const std::string& path) { backedUp = path; },
         [](const std::string&, const document::Node&) -> base::Result<base::Done, std::string> {
             return std::string("no such file");
         },
         [this] {
             return exchange::KnownSeals{{house.snapshots.current()->seal->certificate()}, true};
         }}};
};

TEST_F(OperatorApiTest, HealthIsHonest) {
    EXPECT_EQ(call("GET", "/healthz").status, 200);
    EXPECT_EQ(call("GET", "/metrics").body, "thahc_up 1\n");
    well = false;
    EXPECT_EQ(call("GET", "/healthz").status, 503);
    EXPECT_EQ(call("POST", "/v1/reload").status, 409);
}

TEST_F(OperatorApiTest, ActsAreRecordedWithTheKernelsWordForTheUser) {
    EXPECT_EQ(call("POST", "/v1/backup", "{\"path\":\"/x/copy.db\"}").status, 200);
    EXPECT_EQ(backedUp, "/x/copy.db");
    EXPECT_NE(actsKept().find("uid/4000000000"), std::string::npos);
    EXPECT_EQ(call("POST", "/v1/registrations", "{\"act\":\"revoke\"}").status, 409);
    EXPECT_NE(actsKept().find("\"revoke\""), std::string::npos) << "tried is recorded, too";
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

}  // namespace
}  // namespace gateway::server
