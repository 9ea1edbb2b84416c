// The same message, and different messages for one case, from many connections at once.

#include <set>

#include "tests/scenario/support/together.h"
#include "tests/scenario/support/town.h"

namespace gateway::scenario {
namespace {

constexpr std::size_t kMany = 50;

class AtOnce : public Town {
  protected:
    // The case as its procuracy sees it.
    static Reply caseState(const std::string& number) {
        auto reply = procuracy().ask(questionFor(number));
        EXPECT_EQ(reply.status, 200) << reply.body;
        return reply;
    }
    static std::size_t historyOf(const Reply& state) {
        const auto* history = nodeAt(state.content, "queryAnswer/cases/0/history");
        return history ? history->children.size() : 0;
    }
    static void expectOneCase(const std::string& number) {
        const auto state = caseState(number);
        EXPECT_EQ(nodeAt(state.content, "queryAnswer/cases")->children.size(), 1U);
        EXPECT_EQ(state.at("queryAnswer/cases/0/version"), "1");
        EXPECT_EQ(historyOf(state), 1U);
    }
};

TEST_F(AtOnce, OneMessageManyTimesIsOneCaseAndOneReceipt) {
    const auto number = newNumber();
    const auto message = court().message(transferOf(number));
    const auto sent = court().json(message);
    const auto replies = together(kMany, [&](std::size_t) { return court().send(sent); });
    for (const auto& reply : replies) {
        EXPECT_EQ(reply.status, 200) << reply.body;
        EXPECT_EQ(reply.body, replies.front().body);
    }
    EXPECT_TRUE(replies.front().sealed);
    EXPECT_EQ(replies.front().verdict(), "accepted");
    expectOneCase(number);

    // Honestly signed anew: other bytes, the same content, the same receipt.
    const auto signedAnew = court().json(message);
    ASSERT_NE(signedAnew.body, sent.body);
    EXPECT_EQ(court().send(signedAnew).body, replies.front().body);
    expectOneCase(number);
    // And once more, each time with a fresh signature, all at once.
    for (const auto& reply : together(kMany, [&](std::size_t) { return court().send(message); }))
        EXPECT_EQ(reply.body, replies.front().body);
    expectOneCase(number);
}

TEST_F(AtOnce, FreshSignaturesOfOneXmlMessage) {
    const auto number = newNumber();
    const auto message = court().message(transferOf(number));
    const auto replies =
        together(kMany, [&](std::size_t) { return court().send(court().xml(message)); });
    for (const auto& reply : replies) EXPECT_EQ(reply.body, replies.front().body);
    EXPECT_EQ(replies.front().verdict(), "accepted") << replies.front().body;
    EXPECT_TRUE(replies.front().sealed);
    expectOneCase(number);
}

TEST_F(AtOnce, ManyTransfersOfOneRulingAreOneCase) {
    const auto number = newNumber();
    const auto replies =
        together(kMany, [&](std::size_t) { return court().send(transferOf(number)); });
    std::multiset<std::string> verdicts;
    std::set<std::string> cases, receipts;
    for (const auto& reply : replies) {
        verdicts.insert(reply.verdict().empty() ? reply.code() : reply.verdict());
        if (reply.status != 200) continue;
        cases.insert(reply.at("receipt/caseId"));
        receipts.insert(reply.at("receipt/receiptId"));
    }
    EXPECT_EQ(verdicts.count("accepted"), 1U);
    EXPECT_EQ(
        verdicts.count("accepted") + verdicts.count("linked") + verdicts.count("CONFLICT_BUSY"),
        kMany);
    EXPECT_EQ(cases.size(), 1U);
    EXPECT_EQ(receipts.size(), verdicts.size() - verdicts.count("CONFLICT_BUSY"));
    const auto state = caseState(number);
    EXPECT_EQ(state.at("queryAnswer/cases/0/version"), std::to_string(receipts.size()));
    RecordProperty("busy", static_cast<int>(verdicts.count("CONFLICT_BUSY")));
}

TEST_F(AtOnce, DifferentMessagesForOneCase) {
    const auto number = noticedCase("10/TB");
    const auto message = [&](std::size_t i) -> model::Message {
        if (i % 2 == 0) return committee().message(statusOf(number, std::to_string(i) + "/BC"));
        return enforcement().message(noticeToday(number, "11/TB"));
    };
    const auto& author = [&](std::size_t i) -> const Agency& {
        return i % 2 == 0 ? committee() : enforcement();
    };
    std::vector<Signed> sent;
    for (std::size_t i = 0; i < kMany; ++i) sent.push_back(author(i).json(message(i)));
    auto replies = together(kMany, [&](std::size_t i) { return author(i).send(sent[i]); });
    std::size_t accepted = 0, noticed = 0, busy = 0;
    for (std::size_t i = 0; i < kMany; ++i) {
        // Busy is true only while others are served; sent again alone it must find its place.
        if (replies[i].code() == "CONFLICT_BUSY") {
            ++busy;
            replies[i] = author(i).send(sent[i]);
        }
        const bool good = replies[i].verdict() == "accepted";
        accepted += good ? 1 : 0;
        if (i % 2 == 0) {
            EXPECT_TRUE(good) << replies[i].code();
        } else if (good) {
            ++noticed;
        } else {
            EXPECT_EQ(replies[i].status, 409);
            EXPECT_EQ(replies[i].code(), "CONFLICT_STATE");
        }
    }
    EXPECT_EQ(noticed, 1U);
    EXPECT_EQ(accepted, kMany / 2 + 1);
    const auto state = caseState(number);
    EXPECT_EQ(state.at("queryAnswer/cases/0/version"), std::to_string(3 + accepted));
    EXPECT_EQ(historyOf(state), 3 + accepted);
    RecordProperty("busy", static_cast<int>(busy));
}

TEST_F(AtOnce, ManyCasesAtOnce) {
    std::vector<std::string> numbers;
    for (std::size_t i = 0; i < kMany; ++i) numbers.push_back(newNumber());
    const auto replies = together(kMany, [&](std::size_t i) {
        return i % 2 == 0 ? court().send(transferOf(numbers[i]))
                          : court().send(court().xml(court().message(transferOf(numbers[i]))));
    });
    std::set<std::string> cases;
    for (const auto& reply : replies) {
        EXPECT_EQ(reply.verdict(), "accepted") << reply.body;
        cases.insert(reply.at("receipt/caseId"));
    }
    EXPECT_EQ(cases.size(), kMany);
}

}  // namespace
}  // namespace gateway::scenario
