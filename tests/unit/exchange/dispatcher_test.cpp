#include "gateway/exchange/delivery/dispatcher.h"

#include <future>
#include <set>

#include "gateway/base/encoding.h"
#include "tests/scenario/support/child.h"
#include "tests/unit/exchange/dispatcher_fixture.h"

namespace gateway::exchange::fixture {
namespace {

using scenario::transferOf;

TEST_F(DispatcherTest, SignedAcceptanceDelivers) {
    house.transport.answer = [this](const Push& push) { return word(push, {}, 500); };
    EXPECT_TRUE(house.dispatcher.runOnce());
    EXPECT_EQ(item().state, OutboxState::Delivered) << "the word counts, not the status";
    EXPECT_NE(item().partnerReceipt, "");
    EXPECT_FALSE(house.dispatcher.runOnce());
}

// Before the first attempt and between two: what was changed in the store never leaves.
TEST_F(DispatcherTest, DamagedItemIsGivenUpAndNeverSent) {
    const auto id = only();
    house.store.spoil(id);
    EXPECT_TRUE(house.dispatcher.runOnce());
    EXPECT_EQ(pushes(), 0U);
    const auto dead = house.store.outbox().find(id).value();
    EXPECT_EQ(dead.state, OutboxState::Dead);
    EXPECT_EQ(dead.renderedSha256, "") << "never under our seal";
    house.dispatcher.runOnce();
    EXPECT_EQ(pushes(), 0U);
}

TEST_F(DispatcherTest, DamagedBytesAreNotSentAgain) {
    house.dispatcher.runOnce();
    ASSERT_EQ(pushes(), 1U);
    house.store.spoil(item().itemId);
    house.clock.advance(house.limits.longestBackOff);
    EXPECT_TRUE(house.dispatcher.runOnce());
    EXPECT_EQ(pushes(), 1U);
    EXPECT_EQ(item().state, OutboxState::Dead);
}

TEST_F(DispatcherTest, AWordSignedBesideItsBytesCanBeVerifiedAgain) {
    house.transport.answer = [this](const Push& push) {
        const auto said = house.enforcement.detachedWord(push.itemId, push.bytes);
        return PushOutcome{Reach::Answered, 200, said.mediaType,
                           said.body,       "",  said.detachedHeader};
    };
    EXPECT_TRUE(house.dispatcher.runOnce());
    ASSERT_EQ(item().state, OutboxState::Delivered) << item().lastError;
    EXPECT_EQ(house.signerOfReceipt(item().itemId), scenario::kEnforcement);
}

TEST_F(DispatcherTest, SignedRefusalEndsIt) {
    house.transport.answer = [this](const Push& push) { return word(push, "sai địa chỉ"); };
    house.dispatcher.runOnce();
    EXPECT_EQ(item().state, OutboxState::Refused);
    EXPECT_EQ(item().lastError, "sai địa chỉ");
}

TEST_F(DispatcherTest, EveryAttemptSendsTheSameBytesAfterAPause) {
    house.dispatcher.runOnce();
    EXPECT_EQ(item().state, OutboxState::Rendered);
    EXPECT_FALSE(house.dispatcher.runOnce()) << "not before its time";
    house.clock.advance(house.limits.longestBackOff);
    house.transport.answer = [this](const Push& push) { return word(push); };
    EXPECT_TRUE(house.dispatcher.runOnce());
    ASSERT_EQ(pushes(), 2U);
    EXPECT_EQ(house.transport.pushed[0].bytes, house.transport.pushed[1].bytes);
    EXPECT_EQ(item().state, OutboxState::Delivered);
    EXPECT_EQ(item().attempts, 1) << "what never left us was none";
}

TEST_F(DispatcherTest, UnknownOutcomeIsRepeatedToWhoeverCanTakeIt) {
    house.transport.answer = [](const Push&) {
        return PushOutcome{Reach::Maybe, 0, "", "", "cut"};
    };
    house.dispatcher.runOnce();
    EXPECT_EQ(item().state, OutboxState::Maybe);
    house.clock.advance(house.limits.longestBackOff);
    house.dispatcher.runOnce();
    EXPECT_EQ(pushes(), 2U);
    push(false);
    house.clock.advance(house.limits.longestBackOff);
    house.dispatcher.runOnce();
    EXPECT_EQ(pushes(), 2U) << "never again blindly";
    EXPECT_EQ(item().state, OutboxState::Dead);
}

TEST_F(DispatcherTest, ADoubtOutlivesAttemptsThatCertainlyFailed) {
    const auto certain = house.transport.answer;
    house.transport.answer = [](const Push&) {
        return PushOutcome{Reach::Maybe, 0, "", "", "cut"};
    };
    house.dispatcher.runOnce();
    house.transport.answer = certain;
    for (int i = 0; i < 2; ++i) {
        house.clock.advance(house.limits.longestBackOff);
        house.dispatcher.runOnce();
        EXPECT_EQ(item().state, OutboxState::Maybe);
        EXPECT_EQ(item().lastError, "connection refused; an earlier attempt may have arrived");
    }
    EXPECT_EQ(pushes(), 3U);
    push(false);
    house.clock.advance(house.limits.longestBackOff);
    house.dispatcher.runOnce();
    EXPECT_EQ(pushes(), 3U) << "a doubt, to a partner that cannot take a repetition";
    EXPECT_EQ(item().state, OutboxState::Dead);
}

TEST_F(DispatcherTest, WhoeverCanBeAskedIsAskedBeforeAnythingIsSentAgain) {
    for (const bool idempotent : {false, true}) {
        push(idempotent, true);
        house.transport.pushed.clear();
        house.transport.asked.clear();
        doubt();
        house.transport.status = [this](const std::string&) {
            return word(house.transport.pushed.front());
        };
        EXPECT_TRUE(house.dispatcher.runOnce());
        EXPECT_EQ(pushes(), 1U) << idempotent;
        EXPECT_EQ(house.transport.asked, std::vector{item().itemId});
        EXPECT_EQ(item().state, OutboxState::Delivered) << item().lastError;
        EXPECT_EQ(house.signerOfReceipt(item().itemId), scenario::kEnforcement);
        ASSERT_EQ(house.send(house.court, transferOf("2/2026/HC-ST")).status, 200);
    }
}

TEST_F(DispatcherTest, WhatAnOperatorSendsAgainIsAskedAboutBefore) {
    push(true);
    doubt();
    push(false);
    house.dispatcher.runOnce();
    ASSERT_EQ(item().state, OutboxState::Dead);
    push(false, true);
    house.transport.status = [this](const std::string&) {
        return word(house.transport.pushed.front());
    };
    ASSERT_TRUE(house.acts.resend("lan/1000", item().itemId, "đã nối lại"));
    house.dispatcher.runOnce();
    EXPECT_EQ(pushes(), 1U) << "it had arrived";
    EXPECT_EQ(questions(), 1U);
    EXPECT_EQ(item().state, OutboxState::Delivered) << item().lastError;
}

TEST_F(DispatcherTest, ARefusalMayComeFromAskingToo) {
    push(false, true);
    doubt();
    house.transport.status = [this](const std::string&) {
        return word(house.transport.pushed.front(), "sai địa chỉ");
    };
    house.dispatcher.runOnce();
    EXPECT_EQ(item().state, OutboxState::Refused);
    EXPECT_EQ(item().lastError, "sai địa chỉ");
}

TEST_F(DispatcherTest, WhatDidNotArriveIsSentAgainEvenToWhoeverCannotTakeItTwice) {
    push(false, true);
    doubt();
    house.transport.status = [](const std::string&) {
        return PushOutcome{Reach::Answered, 404, "text/plain", "?", ""};
    };
    house.dispatcher.runOnce();
    EXPECT_EQ(item().state, OutboxState::Rendered) << "no doubt is left";
    house.transport.answer = [this](const Push& push) { return word(push); };
    EXPECT_TRUE(house.dispatcher.runOnce()) << "at once";
    ASSERT_EQ(pushes(), 2U);
    EXPECT_EQ(house.transport.pushed[1].itemId, house.transport.pushed[0].itemId);
    EXPECT_EQ(house.transport.pushed[1].bytes, house.transport.pushed[0].bytes);
    EXPECT_EQ(item().state, OutboxState::Delivered);
    EXPECT_EQ(item().attempts, 3) << "asking is one of them";
}

TEST_F(DispatcherTest, ANewDoubtIsAskedAboutAnew) {
    push(false, true);
    doubt();
    house.transport.status = [](const std::string&) {
        return PushOutcome{Reach::Answered, 404, "text/plain", "?", ""};
    };
    for (std::size_t i = 0; i < 3 * house.limits.attempts; ++i) {
        house.dispatcher.runOnce();
        house.clock.advance(house.limits.longestBackOff);
    }
    EXPECT_EQ(item().state, OutboxState::Dead);
    EXPECT_EQ(item().lastError, "cut");
    EXPECT_EQ(pushes(), questions() + 1) << "never twice without a question in between";
    EXPECT_LE(pushes() + questions(), house.limits.attempts + 1);
}

TEST_F(DispatcherTest, NothingButASignedWordOrNotFoundEndsADoubt) {
    push(true, true);
    doubt();
    const auto forged = [this](const scenario::Agency& agency, const std::string& more) {
        const auto& sent = house.transport.pushed.front();
        const auto said = agency.word(sent.itemId, sent.bytes + more);
        return PushOutcome{Reach::Answered, 200, said.mediaType, said.body, ""};
    };
    const std::vector<PushOutcome> answers = {
        {Reach::Answered, 500, "text/plain", "?", ""},
        {Reach::Answered, 410, "text/plain", "?", ""},
        {Reach::Answered, 200, "text/plain", "OK", ""},
        forged(house.enforcement, "x"),
        forged(house.committee, ""),
        {Reach::Maybe, 0, "", "", "cut"},
        {Reach::NotSent, 0, "", "", "connection refused"},
    };
    for (const auto& answer : answers) {
        house.transport.status = [&](const std::string&) { return answer; };
        EXPECT_TRUE(house.dispatcher.runOnce());
        EXPECT_FALSE(house.dispatcher.runOnce()) << "not before its time";
        EXPECT_EQ(item().state, OutboxState::Maybe) << answer.status;
        EXPECT_TRUE(item().lastError.starts_with("asked what became of it: ")) << item().lastError;
        EXPECT_EQ(item().partnerReceipt, "");
        house.clock.advance(house.limits.longestBackOff);
    }
    EXPECT_EQ(questions(), answers.size());
    house.transport.status = [&](const std::string&) { return answers.front(); };
    for (std::size_t i = 0; i < house.limits.attempts; ++i) {
        house.dispatcher.runOnce();
        house.clock.advance(house.limits.longestBackOff);
    }
    EXPECT_EQ(item().state, OutboxState::Dead);
    EXPECT_EQ(item().attempts, static_cast<std::int64_t>(house.limits.attempts));
    EXPECT_TRUE(item().lastError.starts_with("asked what became of it: answer 500"))
        << item().lastError;
    EXPECT_EQ(pushes(), 1U);
}

TEST_F(DispatcherTest, OurOwnTroubleInAskingLeavesTheDoubt) {
    push(false, true);
    doubt();
    house.transport.status = [](const std::string&) -> PushOutcome {
        throw base::Fault("the key is gone");
    };
    house.dispatcher.runOnce();
    EXPECT_EQ(item().state, OutboxState::Maybe);
    EXPECT_EQ(item().lastError, "asked what became of it: the key is gone");
    EXPECT_EQ(pushes(), 1U);
}

TEST_F(DispatcherTest, OnlyTheRecipientsOwnWordCounts) {
    const std::vector<std::function<PushOutcome(const Push&)>> answers = {
        [](const Push&) {
            return PushOutcome{Reach::Answered, 200, "text/plain", "OK", ""};
        },
        [this](const Push& push) {
            auto other = push;
            other.bytes += "x";
            return word(other);
        },
        [this](const Push& push) {
            const auto said = house.committee.word(push.itemId, push.bytes);
            return PushOutcome{Reach::Answered, 200, said.mediaType, said.body, ""};
        },
        [this](const Push&) {
            const auto ping =
                house.enforcement.json(house.message(house.enforcement, model::Ping{"chưa rõ"}));
            return PushOutcome{Reach::Answered, 200, ping.mediaType, ping.body, ""};
        }};
    for (const auto& answer : answers) {
        house.transport.answer = answer;
        house.clock.advance(house.limits.longestBackOff);
        EXPECT_TRUE(house.dispatcher.runOnce());
        EXPECT_EQ(item().state, OutboxState::Maybe);
        EXPECT_EQ(item().partnerReceipt, "");
    }
}

TEST_F(DispatcherTest, AttemptsHaveAnEnd) {
    house.transport.answer = [](const Push&) {
        return PushOutcome{Reach::Answered, 500, "text/plain", "hỏng", ""};
    };
    for (std::size_t i = 0; i < house.limits.attempts + 3; ++i) {
        house.dispatcher.runOnce();
        house.clock.advance(house.limits.longestBackOff);
    }
    EXPECT_EQ(pushes(), house.limits.attempts);
    EXPECT_EQ(item().state, OutboxState::Dead);
    EXPECT_TRUE(item().holds);
    EXPECT_EQ(item().lastError, "answer 500 without a valid receipt: HTTP_MEDIA_TYPE");
}

TEST_F(DispatcherTest, AClockThatRanAheadCostsSecondsAfterItsCorrection) {
    house.clock.jump(24h);
    house.dispatcher.runOnce();
    ASSERT_EQ(pushes(), 1U);
    ASSERT_EQ(house.send(house.court, transferOf("2/2026/HC-ST")).status, 200);
    house.clock.advance(1min);
    house.dispatcher.runOnce();
    const auto before = pushes();
    const auto last = house.store.outbox().find(house.transport.pushed.back().itemId).value();
    EXPECT_GT(last.dueAt, house.clock.now()) << "as far as that clock knew";
    house.clock.jump(-24h);
    house.transport.answer = [this](const Push& push) { return word(push); };
    house.clock.advance(house.limits.firstBackOff * 8);
    while (house.dispatcher.runOnce()) {
    }
    EXPECT_EQ(pushes(), before + 2);
    EXPECT_EQ(house.store.outbox().counts().delivered, 2);
}

TEST_F(DispatcherTest, AClockSetBackLeavesNobodyAlone) {
    house.dispatcher.runOnce();
    ASSERT_EQ(pushes(), 1U);
    house.clock.jump(-24h);
    house.clock.advance(house.limits.firstBackOff * 8);
    house.dispatcher.runOnce();
    EXPECT_EQ(pushes(), 2U);
}

TEST_F(DispatcherTest, OneCaseGoesInOrder) {
    ASSERT_EQ(house.send(house.enforcement, scenario::registrationOf(kNumber, "1")).status, 200);
    ASSERT_EQ(house.send(house.enforcement, house.noticeOf(kNumber, "TB-1")).status, 200);
    ASSERT_EQ(house.send(house.committee, house.noticeSeen(kNumber, "TB-1")).status, 200);
    house.dispatcher.runOnce();
    EXPECT_EQ(pushes(), 1U) << "what is behind waits";
    house.transport.answer = [this](const Push& push) { return word(push); };
    house.clock.advance(house.limits.longestBackOff);
    while (house.dispatcher.runOnce()) {
    }
    ASSERT_EQ(pushes(), 3U);
    EXPECT_EQ(house.transport.pushed[1].itemId, house.transport.pushed[0].itemId);
    EXPECT_NE(house.transport.pushed[2].itemId, house.transport.pushed[0].itemId);
}

TEST_F(DispatcherTest, ASlowRecipientHoldsUpNoOther) {
    const auto most = house.limits.pushesPerRecipient;
    for (std::size_t i = 1; i <= most; ++i) {
        const auto more = transferOf(std::to_string(i + 1) + "/2026/HC-ST");
        ASSERT_EQ(house.send(house.court, more).status, 200);
    }
    house.change(scenario::kCourt,
                 [](trust::Partner& partner) { partner.pushUrl = "https://localhost:1/inbox"; });
    ASSERT_EQ(house.send(house.enforcement, scenario::registrationOf(kNumber, "1")).status, 200);
    std::promise<void> waking;
    const auto awake = waking.get_future().share();
    std::atomic<std::size_t> asleep{0};
    house.transport.answer = [&](const Push& push) {
        const bool slow = house.store.outbox().find(push.itemId)->recipient != scenario::kCourt;
        if (slow) {
            ++asleep;
            awake.wait();
        }
        const auto said = (slow ? house.enforcement : house.court).word(push.itemId, push.bytes);
        return PushOutcome{Reach::Answered, 200, said.mediaType, said.body, ""};
    };
    const auto delivered = [&] { return house.store.outbox().counts().delivered; };
    house.dispatcher.start(most + 1);
    EXPECT_TRUE(scenario::eventually([&] { return delivered() == 1 && asleep == most; }));
    EXPECT_EQ(house.store.outbox().counts().sending, static_cast<std::int64_t>(most));
    waking.set_value();
    EXPECT_TRUE(
        scenario::eventually([&] { return delivered() == static_cast<std::int64_t>(most) + 2; }));
    house.dispatcher.stop();
    EXPECT_EQ(pushes(), most + 2) << "none twice";
}

TEST_F(DispatcherTest, MailboxItemsAreLeftToTheirRecipients) {
    ASSERT_EQ(house.send(house.enforcement, scenario::registrationOf(kNumber, "1")).status, 200);
    house.dispatcher.runOnce();
    for (const auto& push : house.transport.pushed)
        EXPECT_EQ(house.store.outbox().find(push.itemId)->recipient, scenario::kEnforcement);
    const auto waiting = house.store.outbox().mailbox(scenario::kCourt, 10);
    ASSERT_EQ(waiting.size(), 1U);
    EXPECT_EQ(waiting.front().attempts, 0);
}

TEST_F(DispatcherTest, WhatLayInTheMailboxIsPushedOnceThereIsAnAddress) {
    house.change(scenario::kEnforcement, [](trust::Partner& partner) { partner.pushUrl = {}; });
    house.dispatcher.runOnce();
    EXPECT_FALSE(house.dispatcher.runOnce()) << "held";
    push(true);
    house.transport.answer = [this](const Push& push) { return word(push); };
    EXPECT_TRUE(house.dispatcher.runOnce());
    EXPECT_EQ(item().state, OutboxState::Delivered);
}

TEST_F(DispatcherTest, HoweverMuchLayInTheMailboxAllOfItIsPushed) {
    constexpr std::size_t kHeld = 250;
    house.change(scenario::kEnforcement, [](trust::Partner& partner) { partner.pushUrl = {}; });
    const auto pattern = house.store.outbox().find(only()).value();
    store::Acceptance acceptance;
    for (std::size_t i = 1; i < kHeld; ++i) {
        auto item = pattern;
        item.itemId = "dlv-" + std::to_string(i);
        item.caseId = "case-" + std::to_string(i);
        acceptance.outbox.push_back(item);
    }
    acceptance.message.agency = scenario::kCourt;
    acceptance.message.messageId = "many";
    ASSERT_TRUE(std::holds_alternative<store::Stored>(house.store.ledger().accept(acceptance)));
    while (house.dispatcher.runOnce()) {
    }
    push(true);
    house.transport.answer = [this](const Push& push) { return word(push); };
    while (house.dispatcher.runOnce()) {
    }
    EXPECT_EQ(pushes(), kHeld);
    EXPECT_EQ(house.store.outbox().counts().delivered, static_cast<std::int64_t>(kHeld));
}

TEST_F(DispatcherTest, WhatCannotBeWrittenSurfacesAsDeadLetter) {
    house.change(scenario::kEnforcement, [](trust::Partner& partner) {
        partner.formatsOut["JudgmentTransfer"] = "no-such-format/x";
    });
    for (std::size_t i = 0; i < house.limits.attempts + 3; ++i) {
        house.dispatcher.runOnce();
        house.clock.advance(house.limits.longestBackOff);
    }
    EXPECT_EQ(pushes(), 0U);
    EXPECT_EQ(house.store.outbox().deadLetters({}, 0, 10).size(), 1U);
}

TEST(BackOff, DoublesUpToItsCapAndLeavesRoomForChance) {
    const base::Limits limits;
    for (std::int64_t attempts = 0; attempts < 40; ++attempts) {
        const auto full = attempts < 11
                              ? std::min(limits.firstBackOff * (std::int64_t{1} << attempts),
                                         limits.longestBackOff)
                              : limits.longestBackOff;
        std::set<std::int64_t> seen;
        for (int i = 0; i < 20; ++i) {
            const auto pause = backOff(attempts, limits);
            EXPECT_GE(pause, full / 2 - 1ms);
            EXPECT_LE(pause, full);
            seen.insert(pause.count());
        }
        EXPECT_GT(seen.size(), 1U);
    }
}

TEST(Rendering, OriginalTravelsInsideAndFilesAreWhole) {
    House house;
    auto transfer = transferOf(kNumber);
    model::Attachment file;
    file.fileName = "ban-an.pdf";
    file.mediaType = "application/pdf";
    file.content = base::toBase64("bytes of a file");
    transfer.ruling.attachments.push_back(file);
    const auto sent = house.court.xml(house.message(house.court, transfer));
    ASSERT_EQ(house.send(house.court, sent).status, 200);
    auto item = house.store.outbox().mailbox(scenario::kEnforcement, 1).at(0);
    EXPECT_EQ(item.content.find(file.content), std::string::npos) << "kept once, by its digest";
    const auto rendered = house.rendering.rendered(*house.snapshots.current(), item);
    const auto reply = house.read({200, rendered.renderedMediaType, rendered.renderedBytes});
    ASSERT_TRUE(reply.sealed);
    EXPECT_EQ(reply.at("delivery/original"), base::toBase64(sent.body));
    EXPECT_EQ(reply.at("delivery/originalMediaType"), "application/xml");
    EXPECT_EQ(reply.at("delivery/sourceMappingId"), "case-model-xml/judgment-transfer@1");
    EXPECT_EQ(reply.at("judgmentTransfer/ruling/attachments/0/content"), file.content);
    EXPECT_EQ(house.rendering.rendered(*house.snapshots.current(), item).renderedBytes,
              rendered.renderedBytes)
        << "whoever comes second gets the first one's bytes";
}

TEST(Rendering, StrangersAreAnAlarm) {
    House house;
    ASSERT_EQ(house.send(house.court, transferOf(kNumber)).status, 200);
    auto item = house.store.outbox().mailbox(scenario::kEnforcement, 1).at(0);
    item.recipient = "H21.X9";
    EXPECT_THROW(static_cast<void>(house.rendering.rendered(*house.snapshots.current(), item)),
                 base::Fault);
}

}  // namespace
}  // namespace gateway::exchange::fixture
