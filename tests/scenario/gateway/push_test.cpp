// Deliveries to a partner that answers late, half, never, wrong, twice or not at all.

#include <algorithm>
#include <atomic>
#include <map>

#include "tests/scenario/support/push_partner.h"
#include "tests/scenario/support/town.h"

namespace gateway::scenario {
namespace {

using thahc::test::OddPeer;

// The court takes pushes; everybody else fetches.
class Pushes : public testing::Test {
  protected:
    void prepare(PushPartner::Answer answer, bool idempotent = true, int attempts = 20,
                 bool canBeAsked = false) {
        world_.set("limits.firstBackOffMs", "20");
        world_.set("limits.longestBackOffMs", "100");
        world_.set("limits.attemptTimeoutMs", "1500");
        world_.set("limits.attempts", std::to_string(attempts));
        world_.issue("partner-tls", trust::DemoKind::Server);
        partner_.emplace(world_, std::move(answer));
        enrolProvince(world_);
        enrolCourt(idempotent, canBeAsked);
        agencies_.emplace(world_);
        ASSERT_TRUE(world_.start()) << world_.log();
    }
    void enrolCourt(bool idempotent, bool canBeAsked) {
        Enrolment enrolment;
        enrolment.agency = kCourt;
        enrolment.pushUrl = partner_->url();
        enrolment.pushIdempotent = idempotent;
        if (canBeAsked) enrolment.pushStatus = partner_->statusUrl();
        world_.enrol(enrolment);
    }
    void TearDown() override {
        if (world_.running()) {
            EXPECT_EQ(world_.rebuild(), "clean");
            EXPECT_EQ(world_.stop(), 0) << world_.log();
        }
        partner_.reset();
    }
    const Agency& court() const { return agencies_->court; }

    // A case whose registration is news for the court; and then so many reports that are.
    std::string newsOfACase(int reports = 0) {
        const auto number = std::to_string(++numbers_) + "/2026/HC-ST";
        EXPECT_EQ(court().send(transferOf(number)).verdict(), "accepted");
        EXPECT_EQ(agencies_->enforcement.send(registrationOf(number, number)).verdict(),
                  "accepted");
        for (int i = 0; i < reports; ++i)
            EXPECT_EQ(
                agencies_->committee.send(statusOf(number, std::to_string(i) + "/BC")).verdict(),
                "accepted");
        return number;
    }
    long count(const char* state) const {
        const auto value =
            world_.operatorGet("/v1/status").at(std::string("figures/thahc_outbox_items/") + state);
        return value.empty() ? -1 : std::stol(value);
    }
    OperatorReply deadLetters() const { return world_.operatorGet("/v1/dead-letters"); }
    document::Node contentOf(const Attempt& attempt) const {
        document::Node content;
        EXPECT_TRUE(
            sealIsGood(attempt.body, world_.load(world_.certificate("gateway-seal")), &content));
        return content;
    }
    std::string caseOf(const Attempt& attempt) const {
        const auto content = contentOf(attempt);
        const auto own = valueAt(content, "transferAcknowledgement/case/caseId");
        return own.empty() ? valueAt(content, "monitoringResult/caseState/caseId") : own;
    }

    World world_;
    std::optional<PushPartner> partner_;
    std::optional<Agencies> agencies_;
    int numbers_ = 0;
};

TEST_F(Pushes, BadAnswersOfEveryKindAreNoReceipt) {
    const auto bad = [this](const Attempt& attempt, std::size_t number, OddPeer& peer) {
        const auto good = wordOf(court(), attempt);
        switch (number) {
            case 0: return peer.awaitEnd(), false;                            // never
            case 1: return peer.send(good.substr(0, 40)), peer.cut(), false;  // half a head
            case 2: return peer.send(good.substr(0, good.size() - 9)), peer.cut(), false;
            case 3: return peer.cut(), false;
            case 4: return peer.send(httpAnswer(500, "text/plain", "hỏng")), false;
            case 5: return peer.send(httpAnswer(200, "application/json", "{}")), false;
            case 6: return peer.send("chào buổi sáng\r\n\r\n"), false;
            case 7: return peer.send(wordOf(court(), {attempt.item, "other bytes"})), false;
            case 8: return peer.send(wordOf(court(), {"dlv-x", attempt.body})), false;
            case 9: return peer.send(wordOf(agencies_->otherCourt, attempt)), false;
            case 10: return peer.awaitEnd(), peer.send(good), false;  // too late
            default: return peer.send(good + good);                   // and twice at that
        }
    };
    prepare(bad);
    newsOfACase();
    ASSERT_TRUE(eventually([&] { return count("delivered") == 1; })) << world_.log();
    const auto attempts = partner_->attempts();
    ASSERT_EQ(attempts.size(), 12U);
    for (const auto& attempt : attempts) {
        EXPECT_EQ(attempt.item, attempts.front().item);
        EXPECT_EQ(attempt.body, attempts.front().body);
    }
    EXPECT_EQ(valueAt(contentOf(attempts.front()), "envelope/type"), "TransferAcknowledgement");
    EXPECT_EQ(deadLetters().at("items/0/item"), "");
    // The partner is none the worse for it.
    newsOfACase();
    EXPECT_TRUE(eventually([&] { return count("delivered") == 2; })) << world_.log();
}

TEST_F(Pushes, OrderIsKeptPerCaseAndNoCaseWaitsForAnother) {
    constexpr std::size_t kEach = 4;
    std::mutex mutex;
    std::string slow;
    std::size_t fast = 0;
    // The first case that comes is put off until the other has had all of its news.
    prepare(
        [&](const Attempt& attempt, std::size_t, OddPeer& peer) {
            const auto own = caseOf(attempt);
            const std::lock_guard lock(mutex);
            if (slow.empty()) slow = own;
            if (own == slow && fast < kEach)
                return peer.send(httpAnswer(503, "text/plain", "bận")), false;
            if (!peer.send(wordOf(court(), attempt))) return false;
            if (own != slow) ++fast;
            return true;
        },
        true, 1000);
    newsOfACase(kEach - 1);
    ASSERT_TRUE(eventually([&] {
        const std::lock_guard lock(mutex);
        return !slow.empty();
    }));
    newsOfACase(kEach - 1);
    ASSERT_TRUE(eventually([&] { return count("delivered") == 2 * static_cast<long>(kEach); }))
        << world_.log();
    std::map<std::string, std::vector<std::string>> told;
    for (const auto& attempt : partner_->good()) {
        const auto content = contentOf(attempt);
        const auto report = valueAt(content, "monitoringResult/reportNumber");
        told[caseOf(attempt)].push_back(report.empty() ? "registered" : report);
    }
    ASSERT_EQ(told.size(), 2U);
    for (const auto& [id, news] : told)
        EXPECT_EQ(news, (std::vector<std::string>{"registered", "0/BC", "1/BC", "2/BC"})) << id;
}

TEST_F(Pushes, DeadAfterTheLastAttemptAndSentAgainByTheOperator) {
    std::atomic<bool> mended{false};
    prepare(
        [&](const Attempt& attempt, std::size_t, OddPeer& peer) {
            return mended ? peer.send(wordOf(court(), attempt))
                          : (peer.send(httpAnswer(500, "text/plain", "hỏng")), false);
        },
        true, 3);
    newsOfACase();
    ASSERT_TRUE(eventually([&] { return count("dead") == 1; })) << world_.log();
    const auto dead = deadLetters();
    EXPECT_EQ(dead.at("items/0/state"), "dead");
    EXPECT_EQ(dead.at("items/0/attempts"), "3");
    EXPECT_EQ(dead.at("items/0/recipient"), kCourt);
    EXPECT_NE(dead.at("items/0/reason").find("500"), std::string::npos);
    EXPECT_EQ(partner_->attempts().size(), 3U);
    mended = true;
    std::string output;
    ASSERT_EQ(world_.command({"resend", dead.at("items/0/item"), "--reason", "đã sửa"}, &output), 0)
        << output;
    EXPECT_TRUE(eventually([&] { return count("delivered") == 1; })) << world_.log();
    EXPECT_EQ(deadLetters().at("items/0/item"), "");
    EXPECT_EQ(partner_->attempts().back().body, partner_->attempts().front().body);
}

TEST_F(Pushes, NeverBlindlyAgainToAPartnerThatIsNotIdempotent) {
    std::atomic<bool> mended{false};
    prepare(
        [&](const Attempt& attempt, std::size_t, OddPeer& peer) {
            return mended ? peer.send(wordOf(court(), attempt)) : (peer.cut(), false);
        },
        false);
    newsOfACase();
    ASSERT_TRUE(eventually([&] { return count("dead") == 1; })) << world_.log();
    EXPECT_EQ(partner_->attempts().size(), 1U);
    const auto dead = deadLetters();
    EXPECT_NE(dead.at("items/0/reason").find("not idempotent"), std::string::npos);
    mended = true;
    // Other news is no repetition; only that item waits for a person.
    newsOfACase();
    EXPECT_TRUE(eventually([&] { return count("delivered") == 1; })) << world_.log();
    EXPECT_EQ(partner_->attempts().size(), 2U);
    std::string output;
    ASSERT_EQ(world_.command({"resend", dead.at("items/0/item"), "--reason", "đã hỏi"}, &output), 0)
        << output;
    EXPECT_TRUE(eventually([&] { return count("delivered") == 2; })) << world_.log();
    EXPECT_EQ(partner_->attempts().size(), 3U);
}

TEST_F(Pushes, WhoeverTookItAndFellSilentIsAsked) {
    std::mutex mutex;
    Attempt taken;
    prepare(
        [&](const Attempt& attempt, std::size_t number, OddPeer& peer) {
            if (!attempt.question) {
                {
                    const std::lock_guard lock(mutex);
                    taken = attempt;
                }
                return peer.awaitEnd(), false;
            }
            if (number == 0) return peer.send(httpAnswer(503, "text/plain", "bận")), false;
            if (number == 1) return peer.awaitEnd(), false;
            const std::lock_guard lock(mutex);
            return peer.send(wordOf(court(), taken));
        },
        false, 20, true);
    newsOfACase();
    ASSERT_TRUE(eventually([&] { return count("delivered") == 1; })) << world_.log();
    EXPECT_EQ(partner_->attempts().size(), 1U);
    const auto questions = partner_->questions();
    ASSERT_EQ(questions.size(), 3U);
    for (const auto& question : questions) {
        EXPECT_EQ(question.item, partner_->attempts().front().item);
        EXPECT_EQ(question.body, "");
    }
    EXPECT_NE(world_.operatorGet("/v1/agencies").body.find(partner_->statusUrl()),
              std::string::npos);
}

TEST_F(Pushes, KilledAndToldThatNothingHadArrived) {
    std::atomic<bool> slow{true};
    prepare(
        [&](const Attempt& attempt, std::size_t, OddPeer& peer) {
            if (slow) return peer.awaitEnd(), false;
            if (attempt.question)
                return peer.send(httpAnswer(404, "text/plain", "không có")), false;
            return peer.send(wordOf(court(), attempt));
        },
        false, 20, true);
    newsOfACase();
    ASSERT_TRUE(eventually([&] { return partner_->attempts().size() == 1; }));
    world_.kill();
    ASSERT_TRUE(world_.start()) << world_.log();
    // Killed again while it asks: nothing is lost or done by that.
    ASSERT_TRUE(eventually([&] { return partner_->questions().size() == 1; }));
    world_.kill();
    EXPECT_EQ(partner_->attempts().size(), 1U);
    slow = false;
    ASSERT_TRUE(world_.start()) << world_.log();
    EXPECT_TRUE(eventually([&] { return count("delivered") == 1; })) << world_.log();
    const auto attempts = partner_->attempts();
    ASSERT_EQ(attempts.size(), 2U);
    EXPECT_EQ(attempts[1].item, attempts[0].item);
    EXPECT_EQ(attempts[1].body, attempts[0].body);
    EXPECT_GE(partner_->questions().size(), 2U);
    EXPECT_EQ(deadLetters().at("items/0/item"), "");
}

TEST_F(Pushes, ASignedRefusalEndsTheItemAndNotTheCase) {
    prepare([&](const Attempt& attempt, std::size_t number, OddPeer& peer) {
        return peer.send(wordOf(court(), attempt, number == 0 ? "không thuộc thẩm quyền" : ""));
    });
    newsOfACase(1);
    ASSERT_TRUE(eventually([&] { return count("delivered") == 1; })) << world_.log();
    EXPECT_EQ(deadLetters().at("items/0/state"), "refused");
    EXPECT_EQ(deadLetters().at("items/0/reason"), "không thuộc thẩm quyền");
    EXPECT_EQ(partner_->attempts().size(), 2U) << world_.log();
}

TEST_F(Pushes, NobodyThereAndThenSomebody) {
    const auto good = [&](const Attempt& attempt, std::size_t, OddPeer& peer) {
        return peer.send(wordOf(court(), attempt));
    };
    prepare(good, false, 1000);
    const auto port = partner_->port();
    partner_.reset();
    newsOfACase();
    // Nothing was sent, so even this partner may be tried again.
    ASSERT_TRUE(eventually([&] {
        return world_.log().find("\"event\":\"dispatch.later\"") != std::string::npos;
    })) << world_.log();
    EXPECT_EQ(count("dead"), 0);
    partner_.emplace(world_, good, port);
    EXPECT_TRUE(eventually([&] { return count("delivered") == 1; })) << world_.log();
    EXPECT_EQ(partner_->attempts().size(), 1U);
}

TEST_F(Pushes, AnOutageLongerThanAllAttemptsCostsNothingAndKeepsTheOrder) {
    const auto good = [&](const Attempt& attempt, std::size_t, OddPeer& peer) {
        return peer.send(wordOf(court(), attempt));
    };
    prepare(good, false, 2);
    const auto port = partner_->port();
    partner_.reset();
    const auto failures = [&] {
        const auto log = world_.log();
        std::size_t found = 0;
        for (auto at = log.find("\"event\":\"dispatch.later\""); at != std::string::npos;
             at = log.find("\"event\":\"dispatch.later\"", at + 1))
            ++found;
        return found;
    };
    newsOfACase(4);
    const auto before = failures();
    ASSERT_TRUE(eventually([&] { return failures() >= before + 6; })) << world_.log();
    EXPECT_EQ(count("dead"), 0);
    std::atomic<int> busy{3};
    partner_.emplace(
        world_,
        [&](const Attempt& attempt, std::size_t, OddPeer& peer) {
            if (busy-- > 0)
                return peer.send(
                           "HTTP/1.1 503 Busy\r\nRetry-After: 0\r\nContent-Length: 0\r\n"
                           "\r\n"),
                       false;
            return peer.send(wordOf(court(), attempt));
        },
        port);
    ASSERT_TRUE(eventually([&] { return count("delivered") == 5; })) << world_.log();
    std::vector<std::string> news;
    for (const auto& attempt : partner_->good())
        news.push_back(valueAt(contentOf(attempt), "monitoringResult/reportNumber"));
    EXPECT_EQ(news, (std::vector<std::string>{"", "0/BC", "1/BC", "2/BC", "3/BC"}));
    EXPECT_EQ(count("dead"), 0);
}

TEST_F(Pushes, WhatIsGivenUpHoldsItsCaseTillAnOperatorHasClosedIt) {
    std::string first;
    std::mutex mutex;
    prepare(
        [&](const Attempt& attempt, std::size_t, OddPeer& peer) {
            const std::lock_guard lock(mutex);
            if (first.empty()) first = attempt.item;
            return attempt.item == first ? (peer.send(httpAnswer(500, "text/plain", "hỏng")), false)
                                         : peer.send(wordOf(court(), attempt));
        },
        true, 2);
    newsOfACase(2);
    ASSERT_TRUE(eventually([&] { return count("dead") == 1; })) << world_.log();
    newsOfACase();
    ASSERT_TRUE(eventually([&] { return count("delivered") == 1; })) << "another case goes on";
    // The author is told, in its mailbox, behind what it has not yet taken of that case.
    const auto& author = agencies_->enforcement;
    ASSERT_TRUE(eventually([&] {
        for (const auto& entry : author.mailbox().children) {
            if (valueAt(entry, "type") == "MonitoringResult") return true;
            const auto item = valueAt(entry, "item");
            static_cast<void>(
                author.close(item, author.word(item, author.get("/v1/mailbox/" + item).body)));
        }
        return false;
    })) << world_.log();
    std::string output;
    const auto command = [&](std::vector<std::string> words) {
        output.clear();
        return world_.command(std::move(words), &output);
    };
    ASSERT_EQ(command({"dead-letters", "--recipient", kCourt, "--state", "dead"}), 0) << output;
    EXPECT_NE(output.find(first), std::string::npos) << output;
    EXPECT_NE(output.find("holdsItsCase"), std::string::npos) << output;
    ASSERT_EQ(command({"dead-letters", "note", first, "--text", "đã gọi"}), 0) << output;
    const auto before = count("delivered");
    ASSERT_EQ(command({"dead-letters", "close", first, "--outcome", "served-otherwise", "--reason",
                       "biên bản 5"}),
              0)
        << output;
    EXPECT_TRUE(eventually([&] { return count("delivered") == before + 2; })) << world_.log();
    EXPECT_EQ(count("settled"), 1);
    ASSERT_EQ(command({"dead-letters", "show", first}), 0) << output;
    EXPECT_NE(output.find("served-otherwise: biên bản 5"), std::string::npos) << output;
    EXPECT_EQ(command({"dead-letters", "close", first, "--outcome", "dismissed", "--reason", "x"}),
              1)
        << output;
    EXPECT_EQ(command({"resend", "--all", "--recipient", kCourt, "--reason", "x"}), 0) << output;
    EXPECT_NE(output.find("items"), std::string::npos) << output;
    EXPECT_EQ(command({"resend", "--all", "--reason", "x"}), 7) << output;
}

TEST_F(Pushes, ADeafPartnerHoldsUpNobodyElse) {
    constexpr std::size_t kCases = 24;
    prepare([](const Attempt&, std::size_t, OddPeer& peer) { return peer.awaitEnd(), false; }, true,
            1000);
    PushPartner ward(world_, [this](const Attempt& attempt, std::size_t, OddPeer& peer) {
        return peer.send(wordOf(agencies_->committee, attempt));
    });
    Enrolment enrolment;
    enrolment.agency = kCommittee;
    enrolment.pushUrl = ward.url();
    world_.enrol(enrolment);
    ASSERT_EQ(world_.operatorPost("/v1/reload").at("done"), "true");
    std::string number;
    for (std::size_t i = 0; i < kCases; ++i) number = newsOfACase();
    ASSERT_TRUE(eventually([&] { return !partner_->attempts().empty(); }));
    ASSERT_EQ(agencies_->enforcement.send(noticeToday(number, "1/TB")).verdict(), "accepted");
    ASSERT_TRUE(eventually([&] { return ward.good().size() == 1; })) << world_.log();
    // Far from every case of the deaf one has been tried by then.
    EXPECT_LE(partner_->attempts().size(), kCases / 3);
    EXPECT_TRUE(eventually([&] { return count("delivered") == 1; })) << world_.log();
}

TEST_F(Pushes, KilledWhileThePartnerThinks) {
    std::atomic<bool> slow{true};
    prepare([&](const Attempt& attempt, std::size_t, OddPeer& peer) {
        return slow ? (peer.awaitEnd(), false) : peer.send(wordOf(court(), attempt));
    });
    newsOfACase();
    ASSERT_TRUE(eventually([&] { return partner_->attempts().size() == 1; }));
    world_.kill();
    slow = false;
    ASSERT_TRUE(world_.start()) << world_.log();
    EXPECT_TRUE(eventually([&] { return count("delivered") == 1; })) << world_.log();
    const auto attempts = partner_->attempts();
    ASSERT_EQ(attempts.size(), 2U);
    EXPECT_EQ(attempts[1].item, attempts[0].item);
    EXPECT_EQ(attempts[1].body, attempts[0].body);
}

}  // namespace
}  // namespace gateway::scenario
