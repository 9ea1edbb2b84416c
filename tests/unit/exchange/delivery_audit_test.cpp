// What a rebuild says of an outbox that is not the one its log implies.

#include "gateway/exchange/proof/delivery_audit.h"

#include <algorithm>

#include "gateway/document/digest.h"
#include "gateway/exchange/casework/notifications.h"
#include "gateway/exchange/proof/rebuild.h"
#include "tests/unit/exchange/house.h"

namespace gateway::exchange::fixture {
namespace {

using Items = std::vector<store::OutboxItem>;
using Words = std::vector<std::string>;

Items itemsOf(House& house) {
    Items items;
    house.store.outbox().forEachItem(0, [&](const store::OutboxItem& item) {
        items.push_back(item);
        return true;
    });
    return items;
}

// The differences when the log of `house` stands beside these items.
Words beside(House& house, const Items& items) {
    support::MemoryStore other;
    store::Acceptance all;
    all.message.agency = "X";
    all.message.messageId = "all";
    all.message.receiptId = "all";
    all.outbox = items;
    EXPECT_TRUE(std::holds_alternative<store::Stored>(other.ledger().accept(all)));
    return rebuild(house.store.cases(), other.outbox()).differences;
}

class DeliveryAuditTest : public testing::Test {
  protected:
    void SetUp() override {
        house_.bringToNotice("1/2026/HC-ST");
        items_ = itemsOf(house_);
        ASSERT_GE(items_.size(), 3U);
    }
    // The one difference when one item is bent so.
    std::string found(const std::function<void(store::OutboxItem&)>& bend, std::size_t at = 0) {
        auto bent = items_;
        bend(bent.at(at));
        const auto words = beside(house_, bent);
        EXPECT_LE(words.size(), 1U) << words.back();
        return words.empty() ? "clean" : words.front();
    }
    static bool endsWith(const std::string& text, const std::string& end) {
        return text.ends_with(end);
    }
    House house_;
    Items items_;
};

TEST_F(DeliveryAuditTest, TheOutboxOfTheLogIsClean) {
    EXPECT_EQ(beside(house_, items_), Words{});
    for (auto& item : items_) item.state = OutboxState::Delivered;
    EXPECT_EQ(beside(house_, items_), Words{}) << "how far it has got is not in the log";
}

TEST_F(DeliveryAuditTest, NamesTheMemberThatDiffers) {
    for (std::size_t at = 0; at < items_.size(); ++at) {
        const auto name = "message " + items_[at].sourceAgency + " " + items_[at].sourceMessageId +
                          ": outbox item " + items_[at].itemId + " (" + items_[at].messageType +
                          " to " + items_[at].recipient + "): ";
        EXPECT_EQ(found([](auto& item) { item.recipient = "H99"; }, at),
                  name + "recipient differs from the act");
        auto foreign = items_;
        foreign[at].sourceMessageId += "x";
        const auto words = beside(house_, foreign);
        ASSERT_EQ(words.size(), 2U);
        EXPECT_EQ(words.front(), name + "source differs from the act");
        EXPECT_TRUE(endsWith(words.back(), "no recorded act implies it")) << words.back();
        EXPECT_EQ(found([](auto& item) { item.caseId += "x"; }, at),
                  name + "case differs from the act");
        EXPECT_EQ(found([](auto& item) { item.messageType = "Ping"; }, at),
                  name + "message type differs from the act");
        EXPECT_EQ(found([](auto& item) { item.createdAt += 1ms; }, at),
                  name + "time differs from the act");
        EXPECT_EQ(found([](auto& item) { item.content += " "; }, at),
                  name + "content differs from the act");
        EXPECT_EQ(found([](auto& item) { item.content = "no JSON"; }, at),
                  name + "content differs from the act");
        EXPECT_EQ(found([](auto& item) { item.content = "{}"; }, at),
                  name + "content differs from the act");
    }
}

TEST_F(DeliveryAuditTest, RenderedBytesAreThoseOfTheirDigest) {
    const auto render = [](store::OutboxItem& item) {
        item.renderedBytes = "bytes";
        item.renderedSha256 = document::sha256(item.renderedBytes).hex();
    };
    EXPECT_EQ(found(render), "clean");
    EXPECT_TRUE(endsWith(found([&](auto& item) {
                             render(item);
                             item.renderedBytes = "byteS";
                         }),
                         "rendered bytes are not those of rendered_sha256"));
}

TEST_F(DeliveryAuditTest, NamesWhatIsMissing) {
    for (std::size_t at = 0; at < items_.size(); ++at) {
        auto fewer = items_;
        fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(at));
        const auto words = beside(house_, fewer);
        // Of an act that told others, somebody who was told nothing later may have ended by then.
        const auto& gone = items_[at];
        const bool toldOthers = std::ranges::any_of(fewer, [&](const auto& item) {
            return item.sourceMessageId == gone.sourceMessageId &&
                   item.messageType == gone.messageType;
        });
        const bool toldLater =
            std::any_of(items_.begin() + static_cast<std::ptrdiff_t>(at) + 1, items_.end(),
                        [&](const auto& item) { return item.recipient == gone.recipient; });
        if (toldOthers && !toldLater) {
            EXPECT_EQ(words, Words{}) << gone.itemId;
        } else {
            ASSERT_EQ(words.size(), 1U) << gone.itemId;
            EXPECT_TRUE(endsWith(words.front(), "is missing")) << words.front();
            EXPECT_NE(words.front().find(gone.itemId), std::string::npos) << words.front();
        }
    }
    EXPECT_EQ(beside(house_, {}).size(), items_.size()) << "nothing told: nothing is excused";
}

TEST_F(DeliveryAuditTest, NamesWhatNoActImplies) {
    auto more = items_;
    more.push_back(items_.front());
    more.back().itemId = "dlv-more";
    auto words = beside(house_, more);
    ASSERT_EQ(words.size(), 1U);
    EXPECT_TRUE(endsWith(words.front(), "no recorded act implies it"));
    EXPECT_NE(words.front().find("dlv-more"), std::string::npos);
    more.back().sourceMessageId = "never-sent";
    words = beside(house_, more);
    ASSERT_EQ(words.size(), 1U);
    EXPECT_TRUE(endsWith(words.front(), "no recorded act implies it"));
}

TEST_F(DeliveryAuditTest, ASuccessorIsTakenUnderItsOwnId) {
    // The last that was told anything to its recipient: it may have ended since.
    const auto last = items_.size() - 1;
    const auto succeed = [&](store::OutboxItem& item, const std::string& id) {
        auto content = item.content;
        for (const auto& [from, to] :
             {std::pair(item.itemId, id),
              std::pair("\"" + item.recipient + "\"", std::string("\"H21.X9\""))})
            for (auto at = content.find(from); at != std::string::npos;
                 at = content.find(from, at + to.size()))
                content.replace(at, from.size(), to);
        item.content = content;
        item.recipient = "H21.X9";
        item.itemId = id;
    };
    const auto& item = items_[last];
    const auto id = deliveryId(item.sourceAgency, item.sourceMessageId, "H21.X9", item.messageType);
    const auto other = found([&](auto& bent) { succeed(bent, "dlv-other"); }, last);
    EXPECT_NE(other, "clean") << "an id that is not this recipient's";
    // What stands before it for the same act, but of another type, is not taken for it.
    const auto besideAnother = [&] {
        auto more = items_;
        auto ping = items_[last];
        ping.itemId = "dlv-another";
        ping.messageType = "Ping";
        ping.recipient = "H21.X8";
        more.insert(more.begin() + static_cast<std::ptrdiff_t>(last), ping);
        succeed(more.back(), id);
        return beside(house_, more);
    }();
    ASSERT_EQ(besideAnother.size(), 1U) << besideAnother.back();
    EXPECT_NE(besideAnother.front().find("dlv-another"), std::string::npos);
    const auto twice = [&] {
        auto more = items_;
        succeed(more[last], id);
        more.push_back(items_[last]);
        return beside(house_, more);
    }();
    ASSERT_EQ(twice.size(), 1U);
    EXPECT_TRUE(endsWith(twice.front(), "no recorded act implies it")) << twice.front();
}

TEST(DeliveryAuditOfLetters, LettersAreTheirSourcesOwn) {
    House house;
    model::DocumentTransfer transfer;
    transfer.documentId = "G1";
    transfer.number = "10";
    transfer.notation = "TB";
    transfer.subject = "Về việc phối hợp";
    transfer.business = model::DocumentBusiness::New;
    transfer.sender.code = scenario::kCourt;
    for (const auto& code : {scenario::kEnforcement, scenario::kProcuracy}) {
        transfer.recipients.emplace_back();
        transfer.recipients.back().code = code;
    }
    ASSERT_EQ(house.send(house.court, transfer).status, 200);
    const auto items = itemsOf(house);
    ASSERT_EQ(items.size(), 2U);
    EXPECT_EQ(beside(house, items), Words{});
    const auto bent = [&](const std::function<void(store::OutboxItem&)>& bend) {
        auto some = items;
        bend(some.back());
        return beside(house, some);
    };
    const auto differs = [&](const Words& words) {
        return words.size() == 1 && words.front().ends_with("differs from the act");
    };
    EXPECT_TRUE(differs(bent([](auto& item) { item.messageType = "Ping"; })));
    EXPECT_TRUE(differs(bent([](auto& item) { item.caseId = "case-1"; })));
    EXPECT_TRUE(differs(bent([](auto& item) { item.recipient = "H21"; })));
    EXPECT_TRUE(differs(bent([](auto& item) { item.itemId += "x"; })));
    EXPECT_TRUE(differs(bent([](auto& item) { item.content = "{}"; })));
    const auto spoken = [&](const std::string& from, const std::string& to) {
        return bent([&](auto& item) {
            const auto at = item.content.find(from);
            ASSERT_NE(at, std::string::npos) << from << " in " << item.content;
            item.content.replace(at, from.size(), to);
        });
    };
    EXPECT_TRUE(differs(spoken("\"sourceAgency\":\"D01.21\"", "\"sourceAgency\":\"D01.26\"")));
    EXPECT_TRUE(differs(spoken("\"sourceMessageId\":\"", "\"sourceMessageId\":\"x")));
    EXPECT_EQ(spoken("Về việc phối hợp", "Về việc khác"), Words{}) << "their text is not compared";
    EXPECT_EQ(beside(house, {items.front()}), Words{}) << "to whom is not in the log";
    const auto none = beside(house, {});
    ASSERT_EQ(none.size(), 1U);
    EXPECT_TRUE(none.front().ends_with("no outbox item although it tells all")) << none.front();
}

}  // namespace
}  // namespace gateway::exchange::fixture
