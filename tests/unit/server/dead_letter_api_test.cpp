// What operators can do with deliveries that failed, without sockets.

#include "gateway/server/operators/dead_letter_api.h"

#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "gateway/exchange/proof/rebuild.h"
#include "tests/unit/exchange/house.h"

namespace gateway::server {
namespace {

using exchange::fixture::House;
using scenario::valueAt;
using store::OutboxState;

class DeadLetterApiTest : public testing::Test {
  protected:
    Response call(const std::string& method, const std::string& path,
                  const std::string& body = {}) {
        Request request;
        request.method = method;
        request.path = path.substr(0, path.find('?'));
        if (request.path != path)
            request.query = parseQuery(path.substr(request.path.size() + 1)).value();
        request.body = body;
        return api.handle(request, "lan/1000").value_or(Response{404, {}, {}, {}});
    }
    document::Node get(const std::string& path) {
        const auto response = call("GET", path);
        EXPECT_EQ(response.status, 200) << path << response.body;
        return document::readJson(response.body).value().root;
    }
    int post(const std::string& path, const std::string& body) {
        return call("POST", path, body).status;
    }
    // A ruling whose delivery to the enforcement authority has ended so.
    std::string failed(const std::string& number, OutboxState state, const std::string& why) {
        EXPECT_EQ(house.send(house.court, scenario::transferOf(number)).status, 200);
        const auto item = house.store.outbox().mailbox(scenario::kEnforcement, 10).back();
        store::OutboxMove move;
        move.to = state;
        move.at = house.clock.now();
        move.error = why;
        move.holds = true;
        EXPECT_TRUE(house.store.outbox().move(item.itemId, item.state, move));
        return item.itemId;
    }
    std::string with(const std::string& item, const std::string& more) {
        return "{\"item\":\"" + item + "\"," + more + "}";
    }

    House house;
    DeadLetterApi api{house.acts, house.store.outbox()};
};

TEST_F(DeadLetterApiTest, AreListedByStateAndPartyInPages) {
    const auto dead = failed("1/2026/HC-ST", OutboxState::Dead, "connection refused");
    const auto refused = failed("2/2026/HC-ST", OutboxState::Refused, "sai");
    auto all = get("/v1/dead-letters");
    EXPECT_EQ(valueAt(all, "items/0/item"), dead);
    EXPECT_EQ(valueAt(all, "items/0/state"), "dead");
    EXPECT_EQ(valueAt(all, "items/0/holdsItsCase"), "true");
    EXPECT_EQ(valueAt(all, "items/0/source"), scenario::kCourt);
    EXPECT_EQ(valueAt(all, "items/0/reason"), "connection refused");
    EXPECT_EQ(valueAt(all, "items/1/item"), refused);
    EXPECT_EQ(valueAt(all, "items/1/holdsItsCase"), "");
    EXPECT_EQ(valueAt(all, "counts/dead"), "1");
    EXPECT_EQ(valueAt(all, "counts/refused"), "1");
    EXPECT_EQ(valueAt(all, "next"), "");
    all = get("/v1/dead-letters?limit=1");
    EXPECT_EQ(valueAt(all, "items/1/item"), "");
    EXPECT_EQ(
        valueAt(get("/v1/dead-letters?limit=1&after=" + valueAt(all, "next")), "items/0/item"),
        refused);
    const auto kept = house.store.outbox().find(refused).value();
    for (const auto& query : {std::string("state=refused"), "case=" + kept.caseId,
                              "state=refused&recipient=" + std::string(scenario::kEnforcement) +
                                  "&type=JudgmentTransfer&source=" + scenario::kCourt})
        EXPECT_EQ(valueAt(get("/v1/dead-letters?" + query), "items/0/item"), refused) << query;
    EXPECT_EQ(valueAt(get("/v1/dead-letters?recipient=H99"), "items/0/item"), "");
    for (const char* bad : {"state=open", "state=delivered", "type=gossip", "after=-1", "after=x",
                            "limit=0", "limit=501", "limit=1x", "order=desc"})
        EXPECT_EQ(call("GET", std::string("/v1/dead-letters?") + bad).status, 400) << bad;
}

TEST_F(DeadLetterApiTest, WhatWaitsIsToldByRecipientAndOneByOne) {
    EXPECT_EQ(valueAt(get("/v1/waiting"), "recipients/0/recipient"), "");
    for (const char* number : {"1/2026/HC-ST", "2/2026/HC-ST"})
        EXPECT_EQ(house.send(house.court, scenario::transferOf(number)).status, 200);
    const auto all = get("/v1/waiting");
    EXPECT_EQ(valueAt(all, "recipients/0/recipient"), scenario::kEnforcement);
    EXPECT_EQ(valueAt(all, "recipients/0/items"), "2");
    EXPECT_EQ(valueAt(all, "recipients/0/oldest"), base::formatTimestamp(house.clock.now()));
    const auto of = "/v1/waiting?recipient=" + std::string(scenario::kEnforcement);
    const auto page = get(of + "&limit=1");
    EXPECT_EQ(valueAt(page, "items/0/state"), "waiting");
    EXPECT_EQ(valueAt(page, "items/0/type"), "JudgmentTransfer");
    EXPECT_EQ(valueAt(page, "items/0/dueAt"), base::formatTimestamp(house.clock.now()));
    EXPECT_EQ(valueAt(page, "items/1/item"), "");
    const auto rest = get(of + "&after=" + valueAt(page, "next"));
    EXPECT_NE(valueAt(rest, "items/0/item"), valueAt(page, "items/0/item"));
    EXPECT_EQ(valueAt(rest, "next"), "");
    for (const char* bad : {"limit=1", "state=dead", "case=x", "order=desc"})
        EXPECT_EQ(call("GET", std::string("/v1/waiting?") + bad).status, 400) << bad;
    EXPECT_EQ(call("GET", of.c_str() + std::string("&state=dead")).status, 400);
}

TEST_F(DeadLetterApiTest, OthersWordsAreShownBoundedAndHarmless) {
    const std::string wild = "xấu \x1b[2J\xe2\x80\xae" + std::string(5'000, 'x');
    const auto item = failed("1/2026/HC-ST", OutboxState::Dead, wild);
    const auto shown = valueAt(get("/v1/dead-letters/" + item), "reason");
    EXPECT_EQ(shown.find('\x1b'), std::string::npos);
    EXPECT_NE(shown.find("\\u001b[2J\\u202e"), std::string::npos);
    EXPECT_EQ(call("GET", "/v1/dead-letters/unknown").status, 404);
}

TEST_F(DeadLetterApiTest, NotesAreKeptAndShown) {
    const auto item = failed("1/2026/HC-ST", OutboxState::Dead, "cut");
    EXPECT_EQ(post("/v1/dead-letters/note", with(item, "\"text\":\"đã gọi\"")), 200);
    EXPECT_EQ(post("/v1/dead-letters/note", with(item, "\"text\":\"gọi lại\"")), 200);
    const auto one = get("/v1/dead-letters/" + item);
    EXPECT_EQ(valueAt(one, "notes/0/text"), "đã gọi");
    EXPECT_EQ(valueAt(one, "notes/0/operator"), "lan/1000");
    EXPECT_EQ(valueAt(get("/v1/dead-letters"), "items/0/note/text"), "gọi lại");
    EXPECT_EQ(post("/v1/dead-letters/note", with("unknown", "\"text\":\"x\"")), 409);
    for (const auto& text : {std::string(), std::string(1'001, 'x'), std::string("a\\nb"),
                             std::string("\\u202e"), std::string("\\u007f")})
        EXPECT_EQ(post("/v1/dead-letters/note", with(item, "\"text\":\"" + text + "\"")), 400)
            << text;
}

TEST_F(DeadLetterApiTest, AreClosedWithAReasonForGood) {
    const auto served = failed("1/2026/HC-ST", OutboxState::Dead, "cut");
    const auto refused = failed("2/2026/HC-ST", OutboxState::Refused, "sai");
    const auto close = [&](const std::string& item, const std::string& outcome,
                           const std::string& reason) {
        return post("/v1/dead-letters/close",
                    with(item, "\"outcome\":\"" + outcome + "\",\"reason\":\"" + reason + "\""));
    };
    EXPECT_EQ(close(served, "given-up", "x"), 400) << "not an operator's to say";
    EXPECT_EQ(close(served, "paper", "x"), 400);
    EXPECT_EQ(close(served, "served-otherwise", ""), 400);
    EXPECT_EQ(close(served, "served-otherwise", "biên bản 5"), 200);
    EXPECT_EQ(close(served, "dismissed", "x"), 409);
    EXPECT_EQ(close(refused, "dismissed", "đã có văn bản mới"), 200);
    EXPECT_EQ(valueAt(get("/v1/dead-letters"), "items/0/item"), "");
    EXPECT_EQ(valueAt(get("/v1/dead-letters"), "counts/settled"), "2");
    const auto settled = get("/v1/dead-letters?state=settled");
    EXPECT_EQ(valueAt(settled, "items/0/item"), served);
    EXPECT_EQ(valueAt(settled, "items/0/note/text"), "served-otherwise: biên bản 5");
    EXPECT_EQ(valueAt(settled, "items/1/state"), "settled");
    EXPECT_TRUE(exchange::rebuild(house.store.cases(), house.store.outbox()).clean());
}

TEST_F(DeadLetterApiTest, ManyAreSentAgainAtOnceButNeverEverything) {
    const auto first = failed("1/2026/HC-ST", OutboxState::Dead, "cut");
    const auto second = failed("2/2026/HC-ST", OutboxState::Dead, "cut");
    const auto refused = failed("3/2026/HC-ST", OutboxState::Refused, "sai");
    const std::string path = "/v1/dead-letters/resend";
    EXPECT_EQ(post(path, "{\"reason\":\"x\"}"), 400);
    EXPECT_EQ(post(path, "{\"type\":\"JudgmentTransfer\",\"reason\":\"x\"}"), 400);
    EXPECT_EQ(post(path, "{\"recipient\":\"H99\"}"), 400);
    const auto sent = call("POST", path,
                           std::string("{\"recipient\":\"") + scenario::kEnforcement +
                               "\",\"reason\":\"đã nối lại\"}");
    EXPECT_EQ(sent.body, "{\"done\":true,\"items\":2}");
    for (const auto& item : {first, second})
        EXPECT_EQ(house.store.outbox().find(item)->state, OutboxState::Waiting);
    EXPECT_EQ(house.store.outbox().find(refused)->state, OutboxState::Refused);
}

}  // namespace
}  // namespace gateway::server
