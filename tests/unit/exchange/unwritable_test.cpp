// What a recipient's format cannot say: its author hears it, at once or when its ruling comes.

#include <gtest/gtest.h>

#include "gateway/exchange/proof/rebuild.h"
#include "gateway/exchange/reference/agency_codes.h"
#include "gateway/law/book/act_paths.h"
#include "gateway/mapping/code_lists.h"
#include "gateway/mapping/model_shape.h"
#include "tests/unit/exchange/house.h"

namespace gateway::exchange::fixture {
namespace {

using scenario::transferOf;

constexpr const char* kNumber = "1/2026/HC-ST";

std::vector<store::OutboxItem> itemsFor(House& house, const std::string& agency,
                                        const std::string& type) {
    std::vector<store::OutboxItem> found;
    house.store.outbox().forEachItem(0, [&](const store::OutboxItem& item) {
        if (item.recipient == agency && item.messageType == type) found.push_back(item);
        return true;
    });
    return found;
}

void expectClean(House& house) {
    const auto report = rebuild(house.store.cases(), house.store.outbox());
    EXPECT_TRUE(report.clean()) << report.differences.front();
}

/// The code lists in service without one word of theirs.
class OneWordLess final : public mapping::CodeLists {
  public:
    OneWordLess(std::shared_ptr<const mapping::CodeLists> all, std::string list, std::string ours) :
        all_(std::move(all)), list_(std::move(list)), ours_(std::move(ours)) {}
    [[nodiscard]] std::optional<std::string> toOurs(std::string_view list, std::string_view theirs,
                                                    mapping::AsOf day) const override {
        return all_->toOurs(list, theirs, day);
    }
    [[nodiscard]] std::optional<std::string> toTheirs(std::string_view list, std::string_view ours,
                                                      mapping::AsOf day) const override {
        if (list == list_ && ours == ours_) return std::nullopt;
        return all_->toTheirs(list, ours, day);
    }
    [[nodiscard]] bool knows(std::string_view list) const override { return all_->knows(list); }

  private:
    std::shared_ptr<const mapping::CodeLists> all_;
    std::string list_, ours_;
};

std::shared_ptr<const mapping::Mappings> mappingsWithout(House& house, const std::string& list,
                                                         const std::string& ours) {
    const std::filesystem::path folder = THAHC_SOURCE_DIR "/mappings";
    const auto& reference = *house.snapshots.current()->reference;
    const auto schema = document::XmlSchema::load(folder / "schemas/code-list.xsd");
    auto all = std::make_shared<mapping::CombinedCodeLists>(
        std::vector<std::shared_ptr<const mapping::CodeLists>>{
            mapping::FileCodeLists::load(folder / "code-lists", *schema),
            std::make_shared<AgencyCodes>(reference.sharedDirectory(), reference.sharedNames())});
    return mapping::Mappings::load(folder, mapping::ModelShape(law::actPathsOf(reference.law())),
                                   std::make_shared<OneWordLess>(std::move(all), list, ours));
}

// A format that cannot say what the author says: the author hears it at once, and nothing waits.
TEST(Unwritable, WhatCannotBeDeliveredIsRefusedToItsAuthor) {
    House house;
    house.change(scenario::kCourt, [](trust::Partner& partner) {
        partner.formatsOut["TransferAcknowledgement"] = "court-xml/transfer-acknowledgement";
    });
    ASSERT_EQ(house.send(house.court, transferOf(kNumber)).status, 200);
    auto entry = scenario::registrationOf(kNumber, "12");
    // The court's list no longer has a word for this form: our words and theirs have come apart.
    auto next = *house.snapshots.current();
    next.mappings = mappingsWithout(house, "hinh-thuc-nhan", "post");
    house.snapshots.replace(std::make_shared<const Snapshot>(std::move(next)));
    scenario::say(entry, "formOfReceipt", std::string("post"));
    const auto refused = house.send(house.enforcement, entry);
    EXPECT_EQ(refused.code(), "DELIVERY_UNWRITABLE") << refused.body;
    EXPECT_TRUE(refused.at("refusal/reasons/0/path").ends_with("formOfReceipt")) << refused.body;
    EXPECT_NE(refused.at("refusal/reasons/0/en").find(scenario::kCourt), std::string::npos);
    EXPECT_EQ(house.caseNumbered(kNumber).stage, "RECEIVED");
    scenario::say(entry, "formOfReceipt", std::string("direct"));
    EXPECT_EQ(house.send(house.enforcement, entry).verdict(), "accepted");
    EXPECT_EQ(itemsFor(house, scenario::kCourt, "TransferAcknowledgement").size(), 1U);
}

// The same of what waited for its ruling: its author hears it when the ruling comes.
TEST(Unwritable, WhatWaitedAndCannotBeDeliveredIsRefusedToItsAuthor) {
    House house;
    house.change(scenario::kCourt, [](trust::Partner& partner) {
        partner.formatsOut["TransferAcknowledgement"] = "court-xml/transfer-acknowledgement";
    });
    auto next = *house.snapshots.current();
    next.mappings = mappingsWithout(house, "hinh-thuc-nhan", "post");
    house.snapshots.replace(std::make_shared<const Snapshot>(std::move(next)));
    auto entry = scenario::registrationOf(kNumber, "12");
    scenario::say(entry, "formOfReceipt", std::string("post"));
    ASSERT_EQ(house.send(house.enforcement, entry).verdict(), "parked");
    ASSERT_EQ(house.send(house.court, transferOf(kNumber)).status, 200);
    EXPECT_EQ(house.caseNumbered(kNumber).stage, "RECEIVED");
    EXPECT_EQ(itemsFor(house, scenario::kCourt, "TransferAcknowledgement").size(), 0U);
    const auto told = itemsFor(house, scenario::kEnforcement, "MonitoringResult");
    ASSERT_EQ(told.size(), 1U);
    EXPECT_NE(told.front().content.find(scenario::kCourt), std::string::npos)
        << told.front().content;
    expectClean(house);
    // It may be said again, in words that go out.
    scenario::say(entry, "formOfReceipt", std::string("direct"));
    EXPECT_EQ(house.send(house.enforcement, entry).verdict(), "accepted");
    EXPECT_EQ(itemsFor(house, scenario::kCourt, "TransferAcknowledgement").size(), 1U);
    expectClean(house);
}

// The same of an answer: who asks learns that its format cannot say it, and no answer is recorded.
TEST(Unwritable, WhatCannotBeAnsweredIsRefusedToWhoAsks) {
    House house;
    house.change(scenario::kProcuracy, [](trust::Partner& partner) {
        partner.formatsOut["QueryAnswer"] = "procuracy-json/query-answer";
    });
    ASSERT_EQ(house.send(house.court, transferOf(kNumber)).status, 200);
    ASSERT_EQ(house.ask(house.procuracy, scenario::questionFor(kNumber)).status, 200);
    auto next = *house.snapshots.current();
    next.mappings = mappingsWithout(house, "trang-thai", house.caseNumbered(kNumber).stage);
    house.snapshots.replace(std::make_shared<const Snapshot>(std::move(next)));
    const auto question =
        house.procuracy.json(house.message(house.procuracy, scenario::questionFor(kNumber)));
    const auto refused = house.ask(house.procuracy, question);
    EXPECT_EQ(refused.status, 422);
    EXPECT_EQ(refused.code(), "DELIVERY_UNWRITABLE") << refused.body;
    EXPECT_TRUE(refused.at("refusal/reasons/0/path").ends_with("stage")) << refused.body;
    EXPECT_NE(refused.at("refusal/reasons/0/en").find(scenario::kProcuracy), std::string::npos);
    // Once its format can say it again, the very same question is answered.
    house.change(scenario::kProcuracy,
                 [](trust::Partner& partner) { partner.formatsOut.erase("QueryAnswer"); });
    EXPECT_EQ(house.ask(house.procuracy, question).status, 200);
}

// Nothing is stored, and yet whoever guesses again and again is seen.

}  // namespace
}  // namespace gateway::exchange::fixture
