// A delivery names what the recipient's format does not carry of it.

#include <filesystem>
#include <fstream>

#include "gateway/base/encoding.h"
#include "gateway/base/time_format.h"
#include "gateway/document/digest.h"
#include "gateway/exchange/desk/bounded_words.h"
#include "gateway/mapping/model_shape.h"
#include "tests/support/temporary_folder.h"
#include "tests/unit/exchange/house.h"

namespace gateway::exchange::fixture {
namespace {

constexpr const char* kNumber = "1/2026/HC-ST";

// An agency's own format: of a ruling it takes the number, who must do what, and nothing else.
constexpr const char* kBrief =
    R"(<mapping xmlns="urn:thahc:mapping:1" id="brief/judgment-transfer" version="1"
    message="JudgmentTransfer" theirs="json" direction="out"><body>
  <group theirs="chung" ours="envelope"><field theirs="den" ours="to"/>
    <constant ours="type" value="JudgmentTransfer"/><field theirs="tu" ours="from"/>
    <field theirs="ma" ours="id"/><field theirs="luc" ours="created" as="moment"/>
    <field theirs="he_thong" ours="$partner/system" direction="out"/></group>
  <group theirs="ban_an" ours="judgmentTransfer/ruling">
    <field theirs="so" ours="reference/number"/>
    <each theirs="nghia_vu" ours="obligations[]"><field theirs="ai" ours="obligatedParty"/>
      <field theirs="gi" ours="text"/></each></group>
  <group theirs="nguon_goc" ours="delivery"><field theirs="muc" ours="item"/>
    <field theirs="ai" ours="sourceAgency"/><field theirs="ma" ours="sourceMessageId"/>
    <field theirs="bam" ours="sourceContentSha256"/>
    <each theirs="khong_chuyen" ours="leftOut[]"><field theirs="." ours="."/></each>
    <field theirs="kieu" ours="originalMediaType"/><field theirs="ban_goc" ours="original"/>
  </group></body></mapping>)";

class NoLists final : public mapping::CodeLists {
  public:
    std::optional<std::string> toOurs(std::string_view, std::string_view,
                                      mapping::AsOf) const override {
        return std::nullopt;
    }
    std::optional<std::string> toTheirs(std::string_view, std::string_view,
                                        mapping::AsOf) const override {
        return std::nullopt;
    }
    bool knows(std::string_view) const override { return false; }
};

model::JudgmentTransfer fullTransfer() {
    auto transfer = scenario::transferOf(kNumber);
    auto other = transfer.ruling.parties.front();
    other.role = model::PartyRole::Defendant;
    other.name = "Ủy ban nhân dân xã Ví Dụ";
    transfer.ruling.parties.push_back(std::move(other));
    transfer.ruling.clerk = "Trần Thị Ví Dụ";
    return transfer;
}

class LeftOut : public testing::Test {
  protected:
    store::OutboxItem delivered(const model::JudgmentTransfer& transfer) {
        const auto sent = house.court.json(house.message(house.court, transfer));
        EXPECT_EQ(house.send(house.court, sent).status, 200);
        const auto item = house.store.outbox().mailbox(scenario::kEnforcement, 1).at(0);
        return house.rendering.rendered(*house.snapshots.current(), item);
    }
    scenario::Reply read(const store::OutboxItem& item) {
        return house.read({200, item.renderedMediaType, item.renderedBytes});
    }
    void choose(const std::string& mapping) {
        house.change(scenario::kEnforcement, [&](trust::Partner& partner) {
            partner.formatsOut["JudgmentTransfer"] = mapping;
            partner.settings = {{"system", "QLTHA-21"}};
        });
    }
    void load(const std::string& text) {
        const support::TemporaryFolder folder;
        std::filesystem::create_directory(folder.path() / "schemas");
        std::filesystem::copy_file(THAHC_SOURCE_DIR "/mappings/schemas/mapping.xsd",
                                   folder.path() / "schemas/mapping.xsd");
        std::ofstream(folder.path() / "mapping.xml") << text;
        auto next = *house.snapshots.current();
        next.mappings = mapping::Mappings::load(folder.path(), mapping::ModelShape(),
                                                std::make_shared<const NoLists>());
        house.snapshots.replace(std::make_shared<const Snapshot>(std::move(next)));
    }
    void chooseBrief(const std::string& text = kBrief) {
        load(text);
        choose("brief/judgment-transfer");
    }

    House house;
};

TEST_F(LeftOut, IsEmptyWhereTheFormatCarriesAll) {
    const auto reply = read(delivered(scenario::transferOf(kNumber)));
    ASSERT_TRUE(reply.sealed);
    EXPECT_NE(reply.at("delivery/original"), "");
    EXPECT_EQ(scenario::nodeAt(reply.content, "delivery/leftOut"), nullptr);
}

TEST_F(LeftOut, NamesEachFieldOnce) {
    const auto sent = house.court.json(house.message(house.court, fullTransfer()));
    ASSERT_EQ(house.send(house.court, sent).status, 200);
    const auto item = house.store.outbox().mailbox(scenario::kEnforcement, 1).at(0);
    chooseBrief();
    const auto reply = read(house.rendering.rendered(*house.snapshots.current(), item));
    ASSERT_TRUE(reply.sealed);
    EXPECT_EQ(reply.at("ban_an/so"), kNumber);
    EXPECT_EQ(reply.at("chung/he_thong"), "QLTHA-21") << "the recipient's own setting";
    std::string named;
    for (const auto& place : scenario::nodeAt(reply.content, "nguon_goc/khong_chuyen")->children)
        named += place.value + "\n";
    EXPECT_EQ(named,
              "judgmentTransfer/ruling/kind\n"
              "judgmentTransfer/ruling/reference/court\n"
              "judgmentTransfer/ruling/reference/numberNormalised\n"
              "judgmentTransfer/ruling/reference/issuedOn\n"
              "judgmentTransfer/ruling/instance\n"
              "judgmentTransfer/ruling/courtName\n"
              "judgmentTransfer/ruling/firstInstanceCourt\n"
              "judgmentTransfer/ruling/subject\n"
              "judgmentTransfer/ruling/clerk\n"
              "judgmentTransfer/ruling/parties[]\n"
              "judgmentTransfer/ruling/obligations[]/no\n"
              "judgmentTransfer/ruling/obligations[]/category\n"
              "judgmentTransfer/ruling/obligations[]/obligatedAgency\n"
              "delivery/sourceMappingId\n"
              "delivery/sourceMappingSha256\n");
}

// What a format of the sender has and the case model has no field for, kept there, can go out.
TEST_F(LeftOut, WhatStandsInTheOriginalAloneHasAnAddress) {
    const auto sent = house.court.json(house.message(house.court, fullTransfer()));
    std::string asking = kBrief;
    asking.replace(asking.find("<body>"), 6, R"(<document name="original"/><body>)");
    asking.replace(asking.find("<each theirs=\"nghia_vu\""), 0,
                   R"(<field theirs="thu_ky" direction="out"
      ours="$document/original/judgmentTransfer/ruling/clerk"/>)");
    ASSERT_EQ(house.send(house.court, sent).status, 200);
    const auto item = house.store.outbox().mailbox(scenario::kEnforcement, 1).at(0);
    chooseBrief(asking);
    const auto reply = read(house.rendering.rendered(*house.snapshots.current(), item));
    ASSERT_TRUE(reply.sealed);
    EXPECT_EQ(reply.at("ban_an/thu_ky"), "Trần Thị Ví Dụ");
    EXPECT_EQ(reply.at("ban_an/so"), kNumber);
}

// A format that leaves to its registration what is the same in all its messages.
TEST_F(LeftOut, SettingsOfTheSenderAreReadAsWell) {
    load(R"(<mapping xmlns="urn:thahc:mapping:1" id="brief/ping" version="1" message="Ping"
    theirs="json" direction="in" addressee="none"><accept when="exists ma"/><body>
  <constant ours="envelope/type" value="Ping"/>
  <field theirs="$exchange/gateway" ours="envelope/to" direction="in"/>
  <field theirs="ma" ours="envelope/id"/>
  <field theirs="luc" ours="envelope/created" as="moment"/>
  <field theirs="$partner/system" ours="ping/text" direction="in" required="in"/>
  </body></mapping>)");
    house.change(scenario::kCourt,
                 [](trust::Partner& partner) { partner.formatsIn = {"brief/ping"}; });
    const auto said = [this](const std::string& id) {
        return house.send(house.court,
                          house.court.signJson(R"({"ma":")" + id + R"(","luc":")" +
                                               base::formatTimestamp(house.clock.now()) + "\"}"));
    };
    const auto refused = said("P-1");
    EXPECT_EQ(refused.code(), "MAPPING_REQUIRED") << refused.body;
    house.change(scenario::kCourt, [](trust::Partner& partner) {
        partner.settings = {{"system", "QLTA-7"}};
    });
    EXPECT_EQ(said("P-2").verdict(), "accepted");
}

TEST_F(LeftOut, SaysOriginalFirstWhereThatIsTooLong) {
    auto transfer = scenario::transferOf(kNumber);
    model::Attachment file;
    file.fileName = "ban-an.pdf";
    file.mediaType = "application/pdf";
    file.content = base::toBase64(std::string(2 * 1024 * 1024, 'x'));
    transfer.ruling.attachments.push_back(file);
    const auto reply = read(delivered(transfer));
    EXPECT_EQ(reply.at("delivery/leftOut/0"), "original");
    EXPECT_EQ(reply.at("delivery/leftOut/1"), "");
    EXPECT_EQ(reply.at("delivery/original"), "");
}

TEST_F(LeftOut, SaysThatFilesAreNamedOnlyWhereTheyAreTooMany) {
    constexpr std::size_t kSize = 6 * 1024 * 1024;
    auto transfer = scenario::transferOf(kNumber);
    for (int i = 0; i < 4; ++i) {
        model::Attachment file;
        file.fileName = "tep-" + std::to_string(i) + ".pdf";
        file.mediaType = "application/pdf";
        file.content = base::toBase64(std::string(kSize, static_cast<char>('a' + i)));
        transfer.ruling.attachments.push_back(file);
    }
    const auto reply = read(delivered(transfer));
    const std::string files = "judgmentTransfer/ruling/attachments/";
    EXPECT_NE(reply.at(files + "2/content"), "");
    EXPECT_EQ(reply.at(files + "3/content"), "");
    EXPECT_EQ(reply.at(files + "3/sha256"), document::sha256(std::string(kSize, 'd')).hex());
    EXPECT_EQ(reply.at("delivery/leftOut/0"), "attachments");
    EXPECT_EQ(reply.at("delivery/leftOut/1"), "original");
}

TEST_F(LeftOut, GoesToTheLogWhereTheFormatHasNoPlaceForIt) {
    const auto sent = house.court.json(house.message(house.court, fullTransfer()));
    ASSERT_EQ(house.send(house.court, sent).status, 200);
    const auto item = house.store.outbox().mailbox(scenario::kEnforcement, 1).at(0);
    std::string mute = kBrief;
    const auto place = mute.find("<group theirs=\"nguon_goc\"");
    mute.erase(place, mute.find("</group>", place) + 8 - place);
    chooseBrief(mute);
    testing::internal::CaptureStderr();
    static_cast<void>(house.rendering.rendered(*house.snapshots.current(), item));
    const std::string log = testing::internal::GetCapturedStderr();
    EXPECT_NE(log.find("\"event\":\"delivery.left_out_untold\""), std::string::npos) << log;
    EXPECT_NE(log.find(item.itemId), std::string::npos) << log;
    EXPECT_NE(log.find("brief/judgment-transfer"), std::string::npos) << log;
    EXPECT_NE(log.find("delivery"), std::string::npos) << log;
}

TEST(BoundedWords, LastOneSaysHowManyMore) {
    using Words = std::vector<std::string>;
    EXPECT_EQ(boundedWords({}, 3), Words());
    EXPECT_EQ(boundedWords({"a", "b", "c"}, 3), (Words{"a", "b", "c"}));
    EXPECT_EQ(boundedWords({"a", "b", "c", "d"}, 3), (Words{"a", "b", "more:2"}));
    EXPECT_EQ(boundedWords(Words(1'000, "w"), 2), (Words{"w", "more:999"}));
}

}  // namespace
}  // namespace gateway::exchange::fixture
