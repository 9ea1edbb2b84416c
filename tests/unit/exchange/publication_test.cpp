// What NĐ 71/2016 Đ.30 lets the public read of a case, and nothing else of it.

#include "gateway/exchange/records/publication.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "gateway/exchange/records/case_records.h"
#include "gateway/law/conditions/redaction.h"
#include "gateway/mapping/binding.h"
#include "tests/golden/filler.h"

namespace gateway::exchange {
namespace {

using namespace std::chrono_literals;
using model::CaseFile;
using model::Fact;
using model::FactKind;
using model::Stage;

constexpr const char* kPage = "thads-page";
constexpr const char* kDepartment = "department-portal";

base::Timestamp at(int hour) { return base::Timestamp(std::chrono::hours(490'000 + hour)); }

Fact fact(FactKind kind, base::Date on, int hour, std::string code = {}, std::int64_t no = 1) {
    Fact made;
    made.kind = kind;
    made.obligation = no;
    made.source = "G15.90.21 m" + std::to_string(hour);
    made.recordedAt = at(hour);
    made.on = on;
    made.code = std::move(code);
    return made;
}

Fact published(base::Date on, int hour, const char* portal = kPage, std::int64_t no = 1) {
    auto made = fact(FactKind::Published, on, hour, portal, no);
    made.words = {
        {"obligatedName", "Ủy ban nhân dân phường Quy Nhơn"},
        {"obligatedAddress", "Số 30 đường Thử, phường Quy Nhơn"},
        {"orderNumber", "03/2026/QĐ-THA"},
        {"orderIssuedOn", "2026-06-15"},
        {"orderCourt", "Tòa án nhân dân tỉnh Gia Lai"},
        {"obligationText", "Hủy Quyết định số 12 và giải quyết hồ sơ của bà LÊ Thị Mẫu."}};
    return made;
}

/// A case with an open decision, and a name of somebody in everything that can hold one.
CaseFile compelled() {
    CaseFile file;
    file.caseId = "case-1";
    file.version = 4;
    golden::Filler filler;
    describe(filler, file.ruling);
    file.ruling.parties = {
        {model::PartyRole::Plaintiff, model::PartyKind::Person, "Bà Lê Thị Mẫu", "Ấp Kín", 1970},
        {model::PartyRole::Defendant,
         model::PartyKind::Authority,
         "Ủy ban nhân dân phường Quy Nhơn",
         "Số 30 đường Thử, phường Quy Nhơn",
         {}},
        {model::PartyRole::Interested, {}, "Công ty TNHH Kín Đáo", "Khu Kín", {}}};
    file.ruling.presidingJudge = "Trần Văn Phán";
    file.ruling.obligations.clear();
    for (const std::int64_t no : {1, 2}) {
        model::Obligation obligation;
        obligation.no = no;
        obligation.category = model::Category::B;
        obligation.text = "Nội dung của bản án về ông Kín";
        obligation.obligatedParty = "Ủy ban nhân dân phường Quy Nhơn";
        obligation.entitledParties = {"Bà Lê Thị Mẫu", "Ông Nguyễn Văn Kín"};
        file.ruling.obligations.push_back(obligation);
        file.obligations.push_back({no, Stage::Compelled, "H21.X1", {}, {}});
    }
    file.facts = {fact(FactKind::Officer, 2026y / 4 / 2, 1),
                  fact(FactKind::Order, 2026y / 6 / 15, 2, {}, 0)};
    file.facts[0].party = "Phạm Thị Chấp";
    file.facts[1].number = "03/2026/QĐ-THA";
    file.acts = {{"m2", "CompelOrder", "D01.21", "court-first", 2026y / 6 / 15, {}}};
    return file;
}

struct Row {
    const char* name;
    std::function<void(CaseFile&)> bend;
    std::vector<std::string> inForce;  ///< portals, in order
    std::size_t over = 0;
};

const Row kRows[] = {
    {"nothing published", [](CaseFile&) {}, {}, 0},
    {"published", [](CaseFile& f) { f.facts.push_back(published(2026y / 6 / 18, 3)); }, {kPage}, 0},
    {"published at two portals",
     [](CaseFile& f) {
         f.facts.push_back(published(2026y / 6 / 18, 3));
         f.facts.push_back(published(2026y / 6 / 19, 4, kDepartment));
     },
     {kDepartment, kPage},
     0},
    {"removed at one of two",
     [](CaseFile& f) {
         f.facts.push_back(published(2026y / 6 / 18, 3));
         f.facts.push_back(published(2026y / 6 / 19, 4, kDepartment));
         f.facts.push_back(fact(FactKind::Removed, 2026y / 7 / 1, 5, kPage));
     },
     {kDepartment},
     1},
    {"removed on the day of its publication",
     [](CaseFile& f) {
         f.facts.push_back(published(2026y / 6 / 18, 3));
         f.facts.push_back(fact(FactKind::Removed, 2026y / 6 / 18, 4, kPage));
     },
     {},
     1},
    {"removed, and published anew",
     [](CaseFile& f) {
         f.facts.push_back(published(2026y / 6 / 18, 3));
         f.facts.push_back(fact(FactKind::Removed, 2026y / 7 / 1, 4, kPage));
         f.facts.push_back(published(2026y / 7 / 2, 5));
     },
     {kPage},
     1},
    {"its removal was withdrawn",
     [](CaseFile& f) {
         f.facts.push_back(published(2026y / 6 / 18, 3));
         f.facts.push_back(fact(FactKind::Removed, 2026y / 7 / 1, 4, kPage));
         f.facts.back().struck = true;
     },
     {kPage},
     0},
    {"withdrawn",
     [](CaseFile& f) {
         f.facts.push_back(published(2026y / 6 / 18, 3));
         f.facts.back().struck = true;
     },
     {},
     1},
    {"corrected: the same item in other words",
     [](CaseFile& f) {
         f.facts.push_back(published(2026y / 6 / 18, 3));
         f.facts.back().struck = true;
         f.facts.push_back(published(2026y / 6 / 18, 3));
         f.facts.back().words[1].text = "Số 31 đường Thử";
     },
     {kPage},
     0},
    {"corrected after its removal stays removed",
     [](CaseFile& f) {
         f.facts.push_back(published(2026y / 6 / 18, 3));
         f.facts.back().struck = true;
         f.facts.push_back(fact(FactKind::Removed, 2026y / 6 / 18, 4, kPage));
         f.facts.push_back(published(2026y / 6 / 18, 3));
     },
     {},
     1},
    {"the decision ended, another one is open",
     [](CaseFile& f) {
         f.facts.push_back(published(2026y / 6 / 18, 3));
         f.facts.push_back(fact(FactKind::OrderEnded, 2026y / 7 / 1, 4));
         f.facts.push_back(fact(FactKind::Order, 2026y / 7 / 2, 5));
     },
     {},
     1},
    {"one of two obligations done: it goes on",
     [](CaseFile& f) {
         f.facts.push_back(published(2026y / 6 / 18, 3, kPage, 1));
         f.facts.push_back(published(2026y / 6 / 18, 3, kPage, 2));
         f.obligations[0].stage = Stage::Completed;
     },
     {kPage},
     0},
    {"its only obligation done",
     [](CaseFile& f) {
         f.facts.push_back(published(2026y / 6 / 18, 3));
         f.obligations[0].stage = Stage::Completed;
     },
     {},
     1},
    {"not complied with",
     [](CaseFile& f) {
         f.facts.push_back(published(2026y / 6 / 18, 3));
         f.obligations[0].stage = Stage::NonCompliant;
     },
     {kPage},
     0},
    {"a transfer that was struck",
     [](CaseFile& f) {
         f.facts.push_back(published(2026y / 6 / 18, 3));
         f.undoneOn = 2026y / 7 / 1;
     },
     {},
     1},
    {"of before words were kept",
     [](CaseFile& f) {
         f.facts.push_back(published(2026y / 6 / 18, 3));
         f.facts.back().words.clear();
     },
     {},
     0},
};

TEST(Publication, StandsWhileTheDecisionMayBeEnforced) {
    for (const auto& row : kRows) {
        auto file = compelled();
        row.bend(file);
        const auto found = publicationsOf(file);
        std::vector<std::string> portals;
        for (const auto& item : found.inForce) {
            portals.push_back(item.portal);
            EXPECT_EQ(publishedIn(file, item.portal), std::vector{item}) << row.name;
        }
        std::ranges::sort(portals);
        EXPECT_EQ(portals, row.inForce) << row.name;
        EXPECT_EQ(found.over.size(), row.over) << row.name;
    }
}

TEST(Publication, NoStageButThoseOfAnOpenDecisionShowsIt) {
    for (const auto& [stage, name] : model::Names<Stage>::table) {
        auto file = compelled();
        file.facts.push_back(published(2026y / 6 / 18, 3));
        for (auto& state : file.obligations) state.stage = stage;
        const bool open = stage == Stage::Compelled || stage == Stage::NonCompliant;
        EXPECT_EQ(publishedIn(file, kPage).size(), open ? 1U : 0U) << name;
    }
}

TEST(Publication, KeepsItsIdThroughACorrection) {
    auto file = compelled();
    file.facts.push_back(published(2026y / 6 / 18, 3));
    const auto before = publishedIn(file, kPage).at(0);
    file.facts.back().struck = true;
    file.facts.push_back(published(2026y / 6 / 18, 3));
    file.facts.back().words[1].text = "Số 31 đường Thử";
    const auto after = publishedIn(file, kPage).at(0);
    EXPECT_EQ(after.id, before.id);
    EXPECT_EQ(after.obligatedAddress, "Số 31 đường Thử");
    EXPECT_EQ(before.id.size(), 32U);
}

// Every text of the case that Đ.30.2 does not name, looked for in all that is shown.
class Texts {
  public:
    explicit Texts(const document::Node& node) { gather(node); }
    std::vector<std::string> all;

  private:
    void gather(const document::Node& node) {
        if (node.kind == document::Kind::String && node.value.size() > 3) all.push_back(node.value);
        for (const auto& child : node.children) gather(child);
    }
};

TEST(Publication, NothingElseOfTheCaseIsShown) {
    auto file = compelled();
    file.facts.push_back(published(2026y / 6 / 18, 3));
    const auto item = publishedIn(file, kPage).at(0);
    const std::vector<std::string> permitted = {"Ủy ban nhân dân phường Quy Nhơn",
                                                "Số 30 đường Thử, phường Quy Nhơn",
                                                "03/2026/QĐ-THA",
                                                "2026-06-15",
                                                "Tòa án nhân dân tỉnh Gia Lai",
                                                "thads-page",
                                                item.portal};
    const std::string shown = item.id + "\n" + item.obligatedName + "\n" + item.obligatedAddress +
                              "\n" + item.orderNumber + "\n" + item.orderCourt + "\n" +
                              item.obligationText;
    const Texts texts(mapping::toNode(file));
    ASSERT_GT(texts.all.size(), 30U);
    int looked = 0;
    for (const auto& text : texts.all) {
        if (std::ranges::find(permitted, text) != permitted.end()) continue;
        ++looked;
        EXPECT_EQ(shown.find(text), std::string::npos) << text;
    }
    EXPECT_GT(looked, 20);
    EXPECT_EQ(item.obligationText, "Hủy Quyết định số 12 và giải quyết hồ sơ của bà […].");
    for (const char* name : {"Mẫu", "Phán", "Chấp", "Kín"})
        EXPECT_EQ(shown.find(name), std::string::npos) << name;
}

TEST(Publication, NamesAreFoundHoweverTheyAreSpelt) {
    const std::vector<std::string> names = {"Nguyễn Văn Hòa", "Công ty TNHH Kín Đáo"};
    const std::pair<const char*, const char*> rows[] = {
        {"ông Nguyễn Văn Hòa", "ông […]"},
        {"ông Nguyễn  Văn\nHoà, bà X", "ông […], bà X"},
        {"(NGUYỄN VĂN HÒA)", "([…])"},
        {"“Nguyễn Văn Hòa”; Nguyễn Văn Hòa.", "“[…]”; […]."},
        {"Nguye\xCC\x82\xCC\x83n Va\xCC\x86n Ho\xCC\x80"
         "a",
         "[…]"},
        {"Nguyễn Văn Hoa", "Nguyễn Văn Hoa"},
        {"Nguyễn Văn", "Nguyễn Văn"},
        {"cho Công ty TNHH KÍN ĐÁO thuê", "cho […] thuê"},
        {"", ""}};
    for (const auto& [text, wanted] : rows) {
        EXPECT_EQ(law::withoutNames(text, names), wanted);
        EXPECT_FALSE(law::hasNameOf(law::withoutNames(text, names), names)) << text;
    }
    EXPECT_TRUE(law::hasNameOf("a/nguyễn văn hòa/b", names));
    EXPECT_FALSE(law::hasNameOf("Nguyễn Văn Hòang", names));
}

TEST(Publication, WhatANameCannotBeTakenOutOfIsWithheld) {
    auto file = compelled();
    file.facts.push_back(published(2026y / 6 / 18, 3));
    file.facts.back().words[5].text = "Cấp giấy cho hộ/Lê Thị Mẫu/1970";
    const auto found = publicationsOf(file);
    EXPECT_TRUE(found.inForce.empty());
    EXPECT_TRUE(found.over.empty());
    EXPECT_EQ(found.withheld.size(), 1U);
}

TEST(Publication, TheObligatedPartyIsNamedThoughItIsAPartyToo) {
    auto file = compelled();
    file.ruling.parties[1].kind = {};
    file.ruling.parties[1].role = model::PartyRole::Interested;
    file.facts.push_back(published(2026y / 6 / 18, 3));
    EXPECT_EQ(publishedIn(file, kPage).at(0).obligatedName, "Ủy ban nhân dân phường Quy Nhơn");
}

TEST(Publication, TheRowSaysWhereACaseWasEverPublished) {
    auto file = compelled();
    EXPECT_TRUE(recordOf(file).portals.empty());
    file.facts.push_back(published(2026y / 6 / 18, 3));
    file.facts.push_back(published(2026y / 6 / 18, 4, kDepartment));
    file.facts.push_back(published(2026y / 6 / 18, 5));
    file.facts.back().struck = true;
    EXPECT_EQ(recordOf(file).portals, (std::vector<std::string>{kDepartment, kPage}));
    const auto back = caseFileOf(recordOf(file));
    EXPECT_EQ(publicationsOf(back).inForce, publicationsOf(file).inForce);
}

}  // namespace
}  // namespace gateway::exchange
