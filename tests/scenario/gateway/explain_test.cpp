// Messages that a gateway has taken or refused, explained out of its store by any of their names.

#include <gtest/gtest.h>

#include "gateway/document/digest.h"
#include "gateway/document/json.h"
#include "tests/scenario/gateway/refusals.h"
#include "tests/scenario/support/child.h"
#include "tests/scenario/support/facts.h"

namespace gateway::scenario {
namespace {

constexpr int kRefused = 1, kBadData = 3, kNotFound = 6;

class ExplainedMessages : public Town {
  protected:
    struct Told {
        int code = -1;
        std::string output;
        [[nodiscard]] testing::AssertionResult has(const std::string& part) const {
            if (output.find(part) != std::string::npos) return testing::AssertionSuccess();
            return testing::AssertionFailure() << part << " is not in " << code << ' ' << output;
        }
    };
    // While the gateway is at work on the same store.
    static Told explained(const std::string& name, const std::vector<std::string>& more = {}) {
        std::vector<std::string> words{World::binary(), "explain", name, "--config",
                                       (world().folder() / "gateway.properties").string()};
        words.insert(words.end(), more.begin(), more.end());
        Told told;
        told.code = run(words, &told.output);
        return told;
    }
    // Canonical JSON with a member that no rule knows.
    static Signed withMore(const std::string& id) {
        auto text = jsonOf(court().message(model::Ping{"thừa"}, id));
        text.insert(text.find("\"text\""), "\"extra\":\"x\",");
        return court().signJson(text);
    }
};

TEST_F(ExplainedMessages, ATakenOneByItsIdItsReceiptAndItsDigest) {
    const auto message = court().message(model::Ping{"lời thử"}, "GIAI-THICH-1");
    const auto sent = court().xml(message);
    const auto receipt = court().send(sent).at("receipt/receiptId");
    ASSERT_NE(receipt, "");
    for (const auto& name :
         {std::string("GIAI-THICH-1"), receipt, document::sha256(sent.body).hex()}) {
        const auto told = explained(name);
        EXPECT_EQ(told.code, 0) << name;
        EXPECT_TRUE(told.has(std::string(kCourt) + " GIAI-THICH-1, case-model-xml/ping@1"));
        EXPECT_TRUE(told.has("accepted 2"));
        EXPECT_TRUE(told.has("receipt " + receipt));
        EXPECT_TRUE(told.has("    -> ping/text  lời thử"));
        EXPECT_TRUE(told.has("mappings/case-model-xml/ping/mapping.xml"));
    }
    const auto page = (world().folder() / "explained.html").string();
    EXPECT_EQ(explained(receipt, {"--html", page}).code, 0);
    const auto html = readFile(page);
    for (const char* part : {"Đã nhận / accepted", "lời thử", "ping/text", "id=\"s1\""})
        EXPECT_NE(html.find(part), std::string::npos) << part;
    EXPECT_NE(html.find(receipt), std::string::npos);
}

TEST_F(ExplainedMessages, ARefusedOneByItsIdItsRefusalAndItsDigest) {
    const auto sent = withMore("GIAI-THICH-2");
    const auto refusal = court().send(sent).at("refusal/refusalId");
    ASSERT_NE(refusal, "");
    for (const auto& name :
         {std::string("GIAI-THICH-2"), refusal, document::sha256(sent.body).hex()}) {
        const auto told = explained(name, {"--json"});
        EXPECT_EQ(told.code, kRefused) << name;
        EXPECT_TRUE(told.has(R"("verdict":"refused","agency":")" + std::string(kCourt)));
        EXPECT_TRUE(told.has(R"("refusal":")" + refusal));
        EXPECT_TRUE(told.has(R"("code":"MAPPING_UNKNOWN_NODE","path":"/ping/extra")"));
        EXPECT_FALSE(told.has(R"("path":"/ping/extra","line":0)")) << "a line of what is shown";
    }
    const auto page = (world().folder() / "refused.html").string();
    EXPECT_EQ(explained(refusal, {"--html", page}).code, kRefused);
    const auto html = readFile(page);
    EXPECT_NE(html.find("Đã từ chối / refused"), std::string::npos);
    EXPECT_NE(html.find("/ping/extra"), std::string::npos);

    // What is sent again under the same id is meant once it is taken; until then nobody can say.
    ASSERT_EQ(court().send(withMore("GIAI-THICH-2")).status, 422);
    const auto which = explained("GIAI-THICH-2");
    EXPECT_EQ(which.code, kBadData);
    ASSERT_EQ(court().send(court().message(model::Ping{"lành"}, "GIAI-THICH-2")).verdict(),
              "accepted");
    const auto taken = explained("GIAI-THICH-2");
    EXPECT_EQ(taken.code, 0);
    EXPECT_TRUE(taken.has("    -> ping/text  lành"));
    EXPECT_EQ(explained(refusal).code, kRefused) << "still by its own name";
}

TEST_F(ExplainedMessages, OneIdOfTwoSendersIsAskedBackAndAnUnknownOneRefused) {
    for (const auto* agency : {&court(), &committee()})
        ASSERT_EQ(
            agency->send(agency->message(model::Ping{"của " + agency->code()}, "CHUNG")).verdict(),
            "accepted");
    const auto both = explained("CHUNG", {"--json"});
    EXPECT_EQ(both.code, kBadData);
    EXPECT_TRUE(both.has("several are called CHUNG"));
    EXPECT_TRUE(both.has(std::string("of ") + kCommittee));
    const auto one = explained("CHUNG", {"--agency", std::string(kCommittee)});
    EXPECT_EQ(one.code, 0);
    EXPECT_TRUE(one.has(std::string("của ") + kCommittee));

    const auto none = explained("KHONG-CO", {"--json"});
    EXPECT_EQ(none.code, kNotFound);
    EXPECT_TRUE(none.has("is called KHONG-CO"));
}

TEST_F(ExplainedMessages, WhatNoMappingHasReadIsToldAsSuch) {
    auto sent = court().json(court().message(model::Ping{"lời thử"}, "GIAI-THICH-3"));
    sent.body[sent.body.size() - 2] = sent.body[sent.body.size() - 2] == 'A' ? 'B' : 'A';
    const auto refused = court().send(sent);
    ASSERT_EQ(refused.status, 422) << refused.body;
    const auto told = explained(document::sha256(sent.body).hex(), {"--json"});
    EXPECT_EQ(told.code, kBadData);
    EXPECT_TRUE(told.has("before anything read it"));
    EXPECT_TRUE(told.has(refused.code()));
}

TEST_F(ExplainedMessages, ADeliveryAsItGoesOut) {
    const auto number = newNumber();
    ASSERT_EQ(court().send(transferOf(number)).verdict(), "accepted");
    const auto items = enforcement().mailbox();
    const auto item = valueAt(items, "0/item");
    ASSERT_NE(item, "");
    const auto told = explained(item, {"--outward"});
    EXPECT_EQ(told.code, 0);
    EXPECT_TRUE(
        told.has(enforcement().code() + " " + item + ", case-model-json/judgment-transfer@1"));
    EXPECT_TRUE(told.has("    -> /judgmentTransfer/ruling/reference/number  " + number));
    // What another format could not say is known before it is chosen.
    const auto other = explained(item, {"--outward", "--mapping", "court-xml/ruling", "--json"});
    EXPECT_EQ(other.code, kRefused);
    EXPECT_TRUE(other.has(R"("code":"MAPPING_REQUIRED","path":"/judgmentTransfer/ruling/parties)"));
    EXPECT_TRUE(other.has(R"("mapping":"court-xml/ruling@1")"));
    const auto page = (world().folder() / "outward.html").string();
    EXPECT_EQ(explained(item, {"--outward", "--html", page}).code, 0);
    EXPECT_NE(readFile(page).find("Bản gửi đi / As it goes out"), std::string::npos);

    const auto none = explained("KHONG-CO", {"--outward"});
    EXPECT_EQ(none.code, kNotFound);
    EXPECT_TRUE(none.has("no delivery of this store is called KHONG-CO"));
}

}  // namespace
}  // namespace gateway::scenario
