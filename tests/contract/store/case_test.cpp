// Cases as questions see them: by id, by alias, by selection, counted, paged.

#include <algorithm>

#include "tests/contract/store/samples.h"
#include "tests/contract/store/stores.h"

using namespace gateway::store;
using namespace gateway::contract;

namespace {

std::vector<std::string> idsOf(const std::vector<CaseRecord>& records) {
    std::vector<std::string> ids;
    for (const CaseRecord& record : records) {
        ids.push_back(record.caseId);
    }
    return ids;
}

using Ids = std::vector<std::string>;

}  // namespace

class Questions : public StoreContract {
  protected:
    void open(const CaseRecord& record) {
        Acceptance acceptance = opening(record.caseId, "m-" + record.caseId, record.number);
        acceptance.caseAfter = record;
        ASSERT_TRUE(is<Stored>(ledger().accept(acceptance)));
    }

    /// Four cases that differ in every column that questions select by.
    void openFour() {
        CaseRecord a = caseFile("case-a");
        CaseRecord b = caseFile("case-b");
        b.court = "TA.BL";
        b.firstInstanceCourt = "TA.AG";
        b.province = "VN-55";
        b.number = "06/2026/HC-PT";
        b.issuedOn = "2026-10-01";
        b.stage = "registered";
        b.agencies = {{"TA.BL", "court"}, {"H02.7", "obligated"}, {"THADS.55", "enforcement"}};
        CaseRecord c = caseFile("case-c");
        c.firstInstanceCourt = "TA.CT";
        c.number = "07/2026/HC-ST";
        c.issuedOn = "2026-10-31";
        c.stage = "registered";
        c.agencies = {{"H01.5", "court"}, {"THADS.44", "enforcement"}};
        CaseRecord d = caseFile("case-d");
        d.court = "TA.CT";
        d.firstInstanceCourt = "TA.CT";
        d.province = "VN-92";
        d.number = "08/2026/HC-ST";
        d.issuedOn = "2026-11-01";
        for (const CaseRecord& record : {d, b, a, c}) {
            open(record);
        }
    }

    Ids selected(const CaseFilter& filter) { return idsOf(cases().select(filter, "", 100)); }
};
RUN_AGAINST_ALL_STORES(Questions);

TEST_P(Questions, ACaseComesBackWhole) {
    CaseRecord record = caseFile("case-1");
    record.agencies = {{"TA.AG", "court"}, {"H01.5", "obligated"}, {"TA.AG", "court"}};
    open(record);
    for (const auto& found : {cases().find("case-1"), cases().findByAlias(alias(record.number))}) {
        ASSERT_TRUE(found.has_value());
        EXPECT_EQ(found->caseId, "case-1");
        EXPECT_EQ(found->version, 1);
        EXPECT_EQ(found->court, record.court);
        EXPECT_EQ(found->firstInstanceCourt, record.firstInstanceCourt);
        EXPECT_EQ(found->province, record.province);
        EXPECT_EQ(found->number, record.number);
        EXPECT_EQ(found->issuedOn, record.issuedOn);
        EXPECT_EQ(found->stage, record.stage);
        EXPECT_EQ(found->snapshot, record.snapshot);
        const std::vector<CaseAgency> ordered = {{"H01.5", "obligated"}, {"TA.AG", "court"}};
        EXPECT_EQ(found->agencies, ordered);
    }
    EXPECT_FALSE(cases().find("case-2").has_value());
    EXPECT_FALSE(cases().findByAlias(alias("9/2026")).has_value());
}

TEST_P(Questions, AFollowingMessageReplacesStateAndAgencies) {
    open(caseFile("case-1"));
    Acceptance next = following("case-1", "m-2", 1);
    next.caseAfter->agencies = {{"TA.AG", "court"}, {"THADS.44", "enforcement"}};
    next.caseAfter->snapshot = R"({"stage":"registered"})";
    ASSERT_TRUE(is<Stored>(ledger().accept(next)));
    const auto found = cases().find("case-1");
    EXPECT_EQ(found->version, 2);
    EXPECT_EQ(found->stage, "registered");
    EXPECT_EQ(found->snapshot, next.caseAfter->snapshot);
    EXPECT_EQ(found->agencies, next.caseAfter->agencies);
    CaseFilter former;
    former.visibleTo = {{"H01.5", "obligated"}};
    EXPECT_TRUE(cases().select(former, "", 10).empty());
}

// Sheets and petitions have files beside the cases, which a question for cases never sees.
TEST_P(Questions, FilesThatAreOfNoRulingAreNoCases) {
    open(caseFile("case-1"));
    CaseRecord sheet = caseFile("period-1");
    sheet.subject = "period";
    sheet.number = "G15.90.01 2026-09-30";
    open(sheet);
    EXPECT_EQ(selected({}), Ids{"case-1"});
    ASSERT_EQ(cases().count({}).size(), 1U);
    EXPECT_EQ(cases().count({}).front().cases, 1);
    CaseFilter filter;
    filter.subject = "period";
    EXPECT_EQ(selected(filter), Ids{"period-1"});
    filter.subject = kAnySubject;
    EXPECT_EQ(selected(filter), (Ids{"case-1", "period-1"}));
    EXPECT_EQ(cases().find("period-1")->subject, "period");
    Ids walked;
    cases().forEachCase([&](const CaseRecord& record) {
        walked.push_back(record.caseId);
        return true;
    });
    std::ranges::sort(walked);
    EXPECT_EQ(walked, (Ids{"case-1", "period-1"})) << "who walks through all sees all";
    EXPECT_EQ(cases().find("case-1")->subject, "");
}

TEST_P(Questions, ByWhatAgenciesCallACase) {
    openFour();
    Acceptance next = following("case-a", "m-2", 1);
    next.newAliases = {{"TA.BL", "11/2026/HC-PT", "2026-12-01"}};
    ASSERT_TRUE(is<Stored>(ledger().accept(next)));
    CaseFilter filter;
    filter.ruling = alias(caseFile("case-a").number);
    EXPECT_EQ(selected(filter), Ids{"case-a"});
    filter.ruling = next.newAliases.front();
    EXPECT_EQ(selected(filter), Ids{"case-a"}) << "a later name of the same case";
    ASSERT_EQ(cases().count(filter).size(), 1U);
    EXPECT_EQ(cases().count(filter).front().cases, 1);
    filter.visibleProvinces = {"VN-92"};
    EXPECT_EQ(selected(filter), Ids{}) << "a name opens nothing";
    filter.visibleProvinces.clear();
    filter.ruling->date = "2026-12-02";
    EXPECT_EQ(selected(filter), Ids{});
}

TEST_P(Questions, ACaseWithoutAgenciesIsFound) {
    CaseRecord bare = caseFile("case-1");
    bare.agencies.clear();
    open(bare);
    ASSERT_TRUE(cases().find("case-1").has_value());
    EXPECT_TRUE(cases().find("case-1")->agencies.empty());
}

TEST_P(Questions, EachMemberOfAFilterHolds) {
    openFour();
    EXPECT_EQ(selected({}), (Ids{"case-d", "case-b", "case-a", "case-c"}));
    CaseFilter f;
    f.caseId = "case-b";
    EXPECT_EQ(selected(f), Ids{"case-b"});
    f = {};
    f.court = "TA.AG";  // of the ruling, or of first instance
    EXPECT_EQ(selected(f), (Ids{"case-b", "case-a", "case-c"}));
    f = {};
    f.province = "VN-44";
    EXPECT_EQ(selected(f), (Ids{"case-a", "case-c"}));
    f = {};
    f.committee = "H01.5";  // as obligated agency, not as anything else
    EXPECT_EQ(selected(f), (Ids{"case-d", "case-a"}));
    f = {};
    f.issuedFrom = "2026-10-01";
    f.issuedUntil = "2026-10-31";
    EXPECT_EQ(selected(f), (Ids{"case-b", "case-c"}));
    f.stage = "registered";
    f.number = "07/2026/HC-ST";
    EXPECT_EQ(selected(f), Ids{"case-c"});
    f.province = "VN-55";
    EXPECT_TRUE(selected(f).empty());
}

TEST_P(Questions, NobodySeesMoreThanTheirOwn) {
    openFour();
    CaseFilter f;
    f.visibleTo = {{"H01.5", "obligated"}, {"THADS.55", "enforcement"}};
    EXPECT_EQ(selected(f), (Ids{"case-d", "case-b", "case-a"}));
    f.visibleTo = {{"TA.AG", "enforcement"}};
    EXPECT_TRUE(selected(f).empty());
    f.visibleProvinces = {"VN-44"};
    EXPECT_EQ(selected(f), (Ids{"case-a", "case-c"}));
    f.visibleTo = {{"TA.BL", "court"}};
    EXPECT_EQ(selected(f), (Ids{"case-b", "case-a", "case-c"}));
    f.stage = "registered";
    EXPECT_EQ(selected(f), (Ids{"case-b", "case-c"}));
    f.caseId = "case-d";
    f.stage.clear();
    EXPECT_TRUE(selected(f).empty());
}

TEST_P(Questions, CountsByProvinceAndStage) {
    openFour();
    const auto all = cases().count({});
    ASSERT_EQ(all.size(), 4U);
    EXPECT_EQ(all[0].province, "VN-44");
    EXPECT_EQ(all[0].stage, "registered");
    EXPECT_EQ(all[0].cases, 1);
    CaseFilter f;
    f.visibleTo = {{"H01.5", "obligated"}};
    const auto seen = cases().count(f);
    ASSERT_EQ(seen.size(), 2U);
    EXPECT_EQ(seen[1].province, "VN-92");
    EXPECT_EQ(seen[1].stage, "transferred");
    EXPECT_EQ(seen[0].cases + seen[1].cases, 2);
}

TEST_P(Questions, PagesLeaveNothingOut) {
    std::vector<std::string> opened;
    for (int n = 34; n >= 10; --n) {
        opened.push_back("case-" + std::to_string(n));
        open([n] {
            CaseRecord record = caseFile("case-" + std::to_string(n));
            record.number = std::to_string(n) + "/2026/HC-ST";
            return record;
        }());
    }
    std::vector<std::string> seen;
    std::string after;
    for (;;) {
        const auto page = cases().select({}, after, 10);
        if (page.empty()) {
            break;
        }
        EXPECT_LE(page.size(), 10U);
        for (const CaseRecord& record : page) {
            seen.push_back(record.caseId);
        }
        after = page.back().caseId;
    }
    EXPECT_EQ(seen, opened) << "as they came";
    std::size_t visited = 0;
    cases().forEachCase([&](const CaseRecord&) { return ++visited < 20; });
    EXPECT_EQ(visited, 20U);
}

TEST_P(Questions, MessagesComeInOrderOfRecording) {
    open(caseFile("case-1"));
    ASSERT_TRUE(is<Stored>(ledger().accept(following("case-1", "m-2", 1))));
    Acceptance ping;
    ping.message = message("TA.AG", "ping-1");
    ASSERT_TRUE(is<Stored>(ledger().accept(ping)));
    const auto history = cases().messagesOf("case-1");
    ASSERT_EQ(history.size(), 2U);
    EXPECT_EQ(history[1].messageId, "m-2");
    EXPECT_TRUE(history[1].body.empty());
    EXPECT_TRUE(history[1].receipt.empty());
    EXPECT_EQ(history[1].events, ping.message.events);

    std::vector<MessageRecord> all;
    cases().forEachMessage(0, [&](const MessageRecord& m) { return all.push_back(m), true; });
    ASSERT_EQ(all.size(), 3U);
    expectSame(all[2], ping.message);
    all.clear();
    cases().forEachMessage(1, [&](const MessageRecord& m) { return all.push_back(m), false; });
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].position, 2);
    EXPECT_TRUE(cases().messagesOf("").empty());
}

TEST_P(Questions, HistoriesEndWithTheLastCaseThatFits) {
    open(caseFile("case-1"));
    ASSERT_TRUE(is<Stored>(ledger().accept(following("case-1", "m-2", 1))));
    CaseRecord other = caseFile("case-2");
    other.number = "06/2026/HC-ST";
    open(other);
    const auto all = cases().historiesOf({"case-1", "case-2"}, 1'000'000, "channel");
    EXPECT_EQ(all.whole, 2U);
    ASSERT_EQ(all.messages.size(), 3U);
    EXPECT_EQ(all.messages[2].caseId, "case-2");
    EXPECT_TRUE(all.messages[0].body.empty() && all.messages[0].receipt.empty());
    const auto bytes = all.messages[0].events.size() + all.messages[1].events.size();
    const auto first = cases().historiesOf({"case-1", "case-2"}, bytes, "channel");
    EXPECT_EQ(first.whole, 1U);
    EXPECT_EQ(first.messages.size(), 2U);
    const auto none = cases().historiesOf({"case-1", "case-2"}, bytes - 1, "channel");
    EXPECT_EQ(none.whole, 0U);
    EXPECT_TRUE(none.messages.empty());
}

TEST_P(Questions, WhereCasesWereEverPublishedIsListed) {
    const auto listed = [&] {
        std::vector<PublishedCase> found;
        cases().forEachPublished([&](const PublishedCase& one) {
            found.push_back(one);
            return true;
        });
        return found;
    };
    using Listed = std::vector<PublishedCase>;
    CaseRecord record = caseFile("case-b");
    open(record);
    EXPECT_EQ(listed(), Listed{});
    CaseRecord other = caseFile("case-a");
    other.number = "99/2026/HC-ST";
    other.portals = {"thads-page", "department-portal", "thads-page"};
    open(other);
    Acceptance next = following("case-b", "m-2", 1);
    next.caseAfter->portals = {"thads-page"};
    ASSERT_TRUE(is<Stored>(ledger().accept(next)));
    EXPECT_EQ(listed(), (Listed{{"case-a", "department-portal", 1},
                                {"case-a", "thads-page", 1},
                                {"case-b", "thads-page", 2}}));
    // What was public once stays listed, with the version that may have ended it.
    ASSERT_TRUE(is<Stored>(ledger().accept(following("case-b", "m-3", 2))));
    EXPECT_EQ(listed().back(), (PublishedCase{"case-b", "thads-page", 3}));
    int seen = 0;
    cases().forEachPublished([&](const PublishedCase&) { return ++seen < 2; });
    EXPECT_EQ(seen, 2);
}
