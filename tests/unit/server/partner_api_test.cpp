// The routes of the partners' API and what stands before them, without sockets.

#include "gateway/server/partners/partner_api.h"

#include <algorithm>

#include "gateway/document/json.h"
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
                metrics,         refusals,          memory};
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
    DoorRefusals refusals;
    base::MemoryAccount memory{{8'000'000, 3'000'000}};
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

TEST_F(PartnerApiTest, AHeadIsJudgedWithoutItsBody) {
    const auto code = [&](const Request& head) {
        const auto verdict = api.judge(head, 8'000'000);
        return verdict.refusal ? at(*verdict.refusal, "code") : verdict.pass ? "pass" : "neither";
    };
    auto head = request("POST", "/v1/messages");
    head.mediaType = "application/jose";
    EXPECT_EQ(code(head), "pass");
    auto stranger = head;
    stranger.peerFingerprint = document::sha256("nobody");
    stranger.peerCertificate = std::make_shared<const PeerCertificate>(
        PeerCertificate{*stranger.peerFingerprint, "CN=nobody", "CN=root"});
    stranger.remoteAddress = "192.0.2.9";
    EXPECT_EQ(code(stranger), "CHANNEL_UNKNOWN");
    EXPECT_TRUE(api.judge(stranger, 8'000'000).refusal->close);
    const auto turnedAway = refusals.list();
    ASSERT_EQ(turnedAway.size(), 1U);
    EXPECT_EQ(turnedAway[0].reason, "CHANNEL_UNKNOWN");
    EXPECT_EQ(turnedAway[0].certificate->subject, "CN=nobody");
    EXPECT_EQ(turnedAway[0].address, "192.0.2.9");
    EXPECT_EQ(turnedAway[0].count, 2U);
    EXPECT_FALSE(api.knows(*stranger.peerFingerprint));
    EXPECT_TRUE(api.knows(*head.peerFingerprint));

    auto wrong = head;
    wrong.mediaType = "application/pdf";
    EXPECT_EQ(code(wrong), "HTTP_MEDIA_TYPE");
    EXPECT_EQ(code(request("POST", "/v1/nothing")), "HTTP_NOT_FOUND");
    EXPECT_EQ(code(request("POST", "/v1/whoami")), "HTTP_METHOD");
    wrong = request("POST", "/v1/messages?dry_run");
    EXPECT_EQ(code(wrong), "HTTP_BAD_PARAMETER");
}

TEST_F(PartnerApiTest, RateIsChargedByTheHeadAndOnce) {
    auto limits = house.limits;
    limits.requestsPerMinutePerChannel = 20;
    PartnerApi small(services(limits), [] {});
    for (int i = 0; i < 2; ++i) {
        auto made = request("GET", "/v1/keys");
        auto verdict = small.judge(made, 0);
        ASSERT_FALSE(verdict.refusal) << "two at once";
        made.pass = verdict.pass;
        EXPECT_EQ(small.handle(made).status, 200);
    }
    EXPECT_EQ(small.judge(request("GET", "/v1/keys"), 0).refusal->status, 429);
}

TEST_F(PartnerApiTest, OneChannelCannotTakeAllPlacesOfMessages) {
    auto limits = house.limits;
    limits.messagesInFlight = 8;
    PartnerApi small(services(limits), [] {});
    std::vector<std::shared_ptr<Pass>> passes;
    const auto take = [&](const std::string& agency) {
        auto head = request("POST", "/v1/messages", agency);
        head.mediaType = "application/jose";
        auto verdict = small.judge(head, 1'000);
        if (verdict.pass) passes.push_back(verdict.pass);
        return verdict.refusal ? verdict.refusal->status : 0;
    };
    for (int i = 0; i < 4; ++i) EXPECT_EQ(take(scenario::kCourt), 0);
    EXPECT_EQ(take(scenario::kCourt), 503) << "half of them are the others'";
    EXPECT_EQ(take(scenario::kCommittee), 0);
    EXPECT_EQ(take(scenario::kCommittee), 0);
    EXPECT_EQ(take(scenario::kCommittee), 503);
    EXPECT_EQ(take(scenario::kEnforcement), 0) << "there is always one for who comes later";
    passes.clear();
    EXPECT_EQ(take(scenario::kCourt), 0);
}

TEST_F(PartnerApiTest, ADiskThatIsNearlyFullTakesNoNewMessagesAndAnswersAllElse) {
    bool isShort = false;
    auto given = services(house.limits);
    given.isShort = [&] { return isShort; };
    PartnerApi nearlyFull(std::move(given), [] {});
    const auto sent =
        house.court.json(house.message(house.court, scenario::transferOf("1/2026/HC-ST")));
    ASSERT_EQ(nearlyFull.handle(post("/v1/messages", sent)).status, 200);
    isShort = true;
    auto head = post("/v1/messages", sent);
    const auto refused = nearlyFull.judge(head, 100).refusal.value();  // without its body
    EXPECT_EQ(at(refused, "code"), "STORAGE_SHORT");
    EXPECT_EQ(refused.headers, Fields({{"Retry-After", "60"}}));
    head.query["dry-run"] = "";
    EXPECT_FALSE(nearlyFull.judge(head, 100).refusal) << "a trial is not kept";
    const auto receipt = post("/v1/mailbox/x/receipt", sent);
    EXPECT_FALSE(nearlyFull.judge(receipt, base::kShortBody).refusal);
    EXPECT_TRUE(nearlyFull.judge(receipt, base::kShortBody + 1).refusal);
    isShort = false;
    EXPECT_EQ(nearlyFull.handle(post("/v1/messages", sent)).status, 200);
}

TEST_F(PartnerApiTest, ATreeIsWeighedBeforeItIsMade) {
    auto heavy = request("POST", "/v1/messages");
    heavy.mediaType = "application/xml";
    heavy.body = "<a>";
    for (int i = 0; i < 9'000; ++i) heavy.body += "<b/>";
    heavy.body += "</a>";
    const auto answer = api.handle(heavy);
    EXPECT_EQ(answer.status, 429) << answer.body;
    EXPECT_TRUE(std::ranges::any_of(
        answer.headers, [](const auto& header) { return header.first == "Retry-After"; }));
    EXPECT_EQ(memory.held(), 0U);
    // As long, but a text: it is judged.
    heavy.body = "<a>" + std::string(heavy.body.size(), ' ') + "</a>";
    EXPECT_NE(api.handle(heavy).status, 429);
}

TEST_F(PartnerApiTest, MemoryIsTheSignersOnceItIsKnown) {
    auto agency = memory.open({base::MemoryHolder::Kind::Agency, scenario::kCourt});
    ASSERT_EQ(agency.grow(2'999'000), base::MemoryAccount::Verdict::Held);
    const auto message = house.court.json(house.message(house.court, model::Ping{}));
    EXPECT_EQ(api.handle(post("/v1/messages", message)).status, 429);
    agency = {};
    EXPECT_EQ(api.handle(post("/v1/messages", message)).status, 200);
}

TEST_F(PartnerApiTest, WhatIsHeldForAChannelIsBoundedAndGivenBack) {
    const auto passOf = [&](const std::string& agency) {
        auto head = request("POST", "/v1/messages", agency);
        head.mediaType = "application/jose";
        return api.judge(head, 1'000).pass;
    };
    auto court = passOf(scenario::kCourt);
    EXPECT_EQ(court->hold(3'000'000), std::nullopt);
    const auto full = court->hold(1);
    ASSERT_TRUE(full);
    EXPECT_EQ(full->code, base::ErrorCode::RATE_LIMITED) << "its own share: 429";
    EXPECT_EQ(passOf(scenario::kCommittee)->hold(2'000'000), std::nullopt);
    // The work on a body is weighed before it is done.
    auto large = request("POST", "/v1/messages", scenario::kCourt);
    large.mediaType = "application/jose";
    large.body.assign(1'000, 'x');
    EXPECT_EQ(at(api.handle(large), "code"), "RATE_LIMITED");
    court->giveBack(1'000'000);
    EXPECT_NE(at(api.handle(large), "code"), "RATE_LIMITED");
    court.reset();
    EXPECT_EQ(memory.held(), 0U);
}

TEST_F(PartnerApiTest, AChannelThatIsRevokedWhileItsBodyComesIsRefused) {
    auto made = request("GET", "/v1/keys");
    made.pass = api.judge(made, 0).pass;
    auto next = *house.snapshots.current();
    auto data = next.registry->data();
    for (auto& channel : data.channels) channel.revokedAt = house.clock.now();
    next.registry = std::make_shared<const trust::Registry>(std::move(data));
    house.snapshots.replace(std::make_shared<const exchange::Snapshot>(std::move(next)));
    EXPECT_EQ(at(api.handle(made), "code"), "CHANNEL_REVOKED");
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
    EXPECT_TRUE(house.ledger.reads({.agency = scenario::kCourt}, 0, 1).empty());
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
    EXPECT_EQ(house.ledger.reads({.agency = scenario::kEnforcement}, 0, 10).size(), 2U);
    const auto stranger = [&](const std::string& channel) {
        return small.handle(post("/v1/messages", {"{}", "application/jose", ""}, channel));
    };
    EXPECT_EQ(stranger(scenario::kCommittee).status, 422);
    EXPECT_EQ(stranger(scenario::kCommittee).status, 422);
    const auto refused = stranger(scenario::kCommittee);
    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(refused.headers, Fields({{"Retry-After", "3"}}));
    EXPECT_EQ(house.ledger.refusals({.channel = "ch-" + scenario::kCommittee}, 0, 10).size(), 2U);
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
    house.ledger.onAccept = [](const store::Acceptance&) -> std::optional<store::AcceptOutcome> {
        throw store::StoreFull("full");
    };
    EXPECT_EQ(at(api.handle(post("/v1/messages", sent)), "code"), "STORAGE_SHORT");
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

}  // namespace
}  // namespace gateway::server
