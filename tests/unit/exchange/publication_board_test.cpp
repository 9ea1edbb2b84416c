// The feed's memory: as fresh as promised, and never what may not be shown any more.

#include "gateway/exchange/answers/publication_board.h"

#include <gtest/gtest.h>

#include "gateway/base/limits.h"
#include "gateway/exchange/records/case_records.h"
#include "tests/support/memory_store.h"

namespace gateway::exchange {
namespace {

using namespace std::chrono_literals;
using model::FactKind;

class SetClock final : public base::Clock {
  public:
    base::Timestamp time{std::chrono::hours(495'000)};
    std::chrono::steady_clock::time_point ticks{};
    [[nodiscard]] base::Timestamp now() const override { return time; }
    [[nodiscard]] std::chrono::steady_clock::time_point steady() const override { return ticks; }
    void pass(std::chrono::milliseconds by) {
        time += by;
        ticks += by;
    }
};

class Board : public testing::Test {
  protected:
    static model::CaseFile file(const std::string& id, base::Date publishedOn) {
        model::CaseFile made;
        made.caseId = id;
        made.ruling.reference = {"D01.21", id, id, 2026y / 3 / 2};
        made.ruling.obligations.emplace_back().no = 1;
        made.obligations.push_back({1, model::Stage::Compelled, "H21.X1", {}, {}});
        model::Fact fact;
        fact.kind = FactKind::Published;
        fact.source = "G15.90.21 m-" + id;
        fact.on = publishedOn;
        fact.code = "thads-page";
        fact.words = {
            {"obligatedName", "UBND " + id}, {"obligatedAddress", "b"}, {"orderNumber", "1"},
            {"orderIssuedOn", "2026-06-15"}, {"orderCourt", "c"},       {"obligationText", "d"}};
        made.facts.push_back(fact);
        made.acts.push_back({"m", "Publication", "G15.90.21", "thads", publishedOn, {}});
        return made;
    }
    void keep(model::CaseFile& made) {
        store::Acceptance acceptance;
        auto& message = acceptance.message;
        message.agency = "G15.90.21";
        message.messageId = message.receiptId = made.caseId + "-" + std::to_string(made.version);
        message.caseId = made.caseId;
        acceptance.expectedVersion = made.version;
        message.caseVersion = ++made.version;
        acceptance.caseAfter = recordOf(made);
        ASSERT_TRUE(std::holds_alternative<store::Stored>(store_.ledger().accept(acceptance)));
    }
    std::vector<std::string> shown() {
        std::vector<std::string> names;
        const auto list = board_.list();
        if (!list) return {"none"};
        for (const auto& item : list->items) names.push_back(item.obligatedName);
        return names;
    }
    using Names = std::vector<std::string>;

    support::MemoryStore store_;
    SetClock clock_;
    PublicationBoard board_{store_.cases(), clock_};
};

TEST_F(Board, ShowsTheLastPublishedFirstAndLooksNowAndThen) {
    EXPECT_EQ(shown(), Names{});
    auto a = file("a", 2026y / 6 / 18);
    auto b = file("b", 2026y / 6 / 20);
    keep(a);
    keep(b);
    EXPECT_EQ(shown(), Names{}) << "it has just looked";
    clock_.pass(base::kPublicationPace);
    EXPECT_EQ(shown(), (Names{"UBND b", "UBND a"}));
    const auto changed = board_.list()->changedAt;
    EXPECT_EQ(changed, clock_.now());
    // A version that shows nothing new changes nothing.
    keep(a);
    clock_.pass(1h);
    EXPECT_EQ(shown().size(), 2U);
    EXPECT_EQ(board_.list()->changedAt, changed);
}

TEST_F(Board, WhatIsOverIsRememberedForAWhile) {
    auto a = file("a", 2026y / 6 / 18);
    keep(a);
    ASSERT_EQ(shown().size(), 1U);
    const auto id = board_.list()->items[0].id;
    a.obligations[0].stage = model::Stage::Completed;
    a.acts.push_back({"r", "CompletionReport", "H21.X1", "obligated", 2026y / 7 / 1, {}});
    keep(a);
    clock_.pass(base::kPublicationPace);
    EXPECT_EQ(shown(), Names{});
    EXPECT_EQ(board_.list()->over.at(id), base::Date(2026y / 9 / 29));
    EXPECT_EQ(board_.list()->changedAt, clock_.now());
}

}  // namespace
}  // namespace gateway::exchange
