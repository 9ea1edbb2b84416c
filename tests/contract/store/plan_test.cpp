// By which index SQLite looks for cases. It keeps no figures on our tables and would take a court's
// whole register for as narrow as one number, so what leads is said by us.

#include <gtest/gtest.h>

#include "gateway/base/clock.h"
#include "gateway/store/sqlite/engine/connection.h"
#include "gateway/store/sqlite/ports/sqlite_store.h"
#include "gateway/store/sqlite/rows/case_query.h"
#include "gateway/store/sqlite/rows/rows.h"
#include "gateway/store/sqlite/rows/search_query.h"
#include "gateway/store/sqlite/rows/term_search.h"
#include "tests/support/temporary_folder.h"

using namespace gateway::store;
using namespace gateway::store::sqlite;

namespace {

class Plans : public ::testing::Test {
  protected:
    // The first step over case_file: what decides how many rows are looked at.
    std::string leading(const CaseFilter& filter) {
        const auto conditions = conditionsOf(filter);
        Connection connection(file_, Access::ReadOnly);
        Statement statement(connection.handle(),
                            "EXPLAIN QUERY PLAN SELECT c.case_id FROM "
                            "case_file c " +
                                conditions.where);
        while (statement.step()) {
            const auto step = statement.text(3);
            if (step.find(" c ") != std::string::npos) {
                return step;
            }
        }
        return {};
    }
    // Tables that are walked from end to end.
    std::string scans(const CaseFilter& filter) {
        const auto conditions = conditionsOf(filter);
        Connection connection(file_, Access::ReadOnly);
        Statement statement(
            connection.handle(),
            "EXPLAIN QUERY PLAN SELECT c.case_id FROM case_file c " + conditions.where);
        std::string found;
        while (statement.step()) {
            const auto step = statement.text(3);
            if (step.starts_with("SCAN") && step.find("CONSTANT ROW") == std::string::npos &&
                step != "SCAN v") {
                found += step + "; ";
            }
        }
        return found;
    }
    std::int64_t stepsOf(const CaseFilter& filter) {
        const auto conditions = conditionsOf(filter);
        Connection connection(file_, Access::ReadOnly);
        Statement statement(connection.handle(),
                            "SELECT count(*) FROM case_file c " + conditions.where);
        int index = 0;
        for (const auto& value : conditions.values) statement.bind(++index, value);
        EXPECT_TRUE(statement.step());
        return statement.machineSteps();
    }
    void fill(int cases) {
        Connection connection(file_, Access::ReadWrite);
        const std::string numbers =
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 "
            "FROM n WHERE i < " +
            std::to_string(cases) + ") ";
        connection.execute(
            "INSERT INTO case_file (case_id, version, court, first_instance_court, province, "
            "number, issued_on, stage, snapshot) " +
            numbers +
            "SELECT printf('case-%06d', i), 1, 'TA.AG', 'TA.AG', 'VN-44', i || '/2026', "
            "'2026-05-01', 'registered', '{}' FROM n");
        connection.execute("INSERT INTO case_agency (case_row, agency, role, stage) " + numbers +
                           "SELECT i, 'H01.5', 'obligated', 'registered' FROM n");
    }
    // All that a procuracy's question can add to a narrow one.
    static CaseFilter broad() {
        CaseFilter filter;
        filter.court = "TA.AG";
        filter.province = "VN-44";
        filter.committee = "H01.5";
        filter.issuedFrom = "2026-01-01";
        filter.issuedUntil = "2026-12-31";
        filter.stage = "registered";
        filter.visibleTo = {{"TA.AG", "court"}, {"TA.AG", "first-instance-court"}};
        filter.visibleProvinces = {"VN-44"};
        return filter;
    }

    gateway::support::TemporaryFolder folder_;
    std::filesystem::path file_ = folder_.path() / "store.db";
    gateway::base::SystemClock clock_;
    std::unique_ptr<SqliteStore> store_ = SqliteStore::open(file_, {}, clock_);
};

TEST_F(Plans, ANumberLeads) {
    CaseFilter filter = broad();
    filter.number = "05/2026/HC-ST";
    EXPECT_NE(leading(filter).find("case_number (number=?)"), std::string::npos) << leading(filter);
}

TEST_F(Plans, ARulingLeads) {
    CaseFilter filter = broad();
    filter.ruling = {"TA.AG", "05/2026/HC-ST", "2026-09-15"};
    EXPECT_NE(leading(filter).find("(case_id=?)"), std::string::npos) << leading(filter);
}

TEST_F(Plans, ACaseIdLeads) {
    CaseFilter filter = broad();
    filter.caseId = "case-1";
    filter.number = "05/2026/HC-ST";
    EXPECT_NE(leading(filter).find("(case_id=?)"), std::string::npos) << leading(filter);
}

// Whatever else is asked, alone or together: nothing is walked that the asker may not see.
TEST_F(Plans, WhatTheAskerMaySeeLeadsEveryOtherFilter) {
    for (unsigned asked = 0; asked < 64; ++asked) {
        for (unsigned sees = 1; sees < 4; ++sees) {
            CaseFilter filter = broad();
            if ((asked & 1U) != 0) filter.court.clear();
            if ((asked & 2U) != 0) filter.province.clear();
            if ((asked & 4U) != 0) filter.committee.clear();
            if ((asked & 8U) != 0) filter.issuedFrom.clear();
            if ((asked & 16U) != 0) filter.issuedUntil.clear();
            if ((asked & 32U) != 0) filter.stage.clear();
            if ((sees & 1U) == 0) filter.visibleTo.clear();
            if ((sees & 2U) == 0) filter.visibleProvinces.clear();
            const auto lead = leading(filter);
            const char* const expected = sees == 2 ? "(province=?" : "(rowid=?)";
            EXPECT_NE(lead.find(expected), std::string::npos)
                << asked << ' ' << sees << ' ' << lead;
            EXPECT_EQ(scans(filter), "") << asked << ' ' << sees;
        }
    }
}

// Steps of SQLite's machine, not time: the same at every run.
TEST_F(Plans, WhoOwnsNothingCostsNextToNothingAmongManyCases) {
    fill(20'000);
    CaseFilter nothing = broad();
    nothing.visibleTo = {{"H99.1", "obligated"}, {"H99.1", "enforcement"}};
    nothing.visibleProvinces.clear();
    EXPECT_LT(stepsOf(nothing), 500);
    nothing.court.clear();
    nothing.province.clear();
    nothing.committee.clear();
    EXPECT_LT(stepsOf(nothing), 500);
    CaseFilter everything;
    everything.issuedFrom = "2020-01-01";
    EXPECT_GT(stepsOf(everything), 20'000);  // the measure sees a walk
}

TEST_F(Plans, OneAgencysOwnCasesLeadWhenNothingElseIsAsked) {
    CaseFilter filter;
    filter.visibleTo = {{"H01.5", "obligated"}};
    EXPECT_NE(leading(filter).find("(rowid=?)"), std::string::npos) << leading(filter);
}

// The step over the searched table, and whether it is walked from end to end or sorted.
class SearchPlans : public Plans {
  protected:
    template <class Search>
    std::string leading(const std::string& table, const char* row, const Search& search) {
        const auto asked = conditionsOf(search, 100, 10);
        Connection connection(file_, Access::ReadOnly);
        Statement statement(connection.handle(), "EXPLAIN QUERY PLAN SELECT 1 FROM " + table + " " +
                                                     row + " " + asked.text);
        std::string first;
        while (statement.step()) {
            const auto step = statement.text(3);
            EXPECT_EQ(step.find("TEMP B-TREE FOR ORDER"), std::string::npos) << step;
            if (step.find(std::string(" ") + row + " ") != std::string::npos && first.empty())
                first = step;
        }
        return first;
    }
    static MessageSearch broad() {
        MessageSearch search;
        search.messageType = "Ping";
        search.channel = "ch-1";
        search.received = {gateway::base::Timestamp{}, {}};
        return search;
    }
};

TEST_F(SearchPlans, TheNarrowestNameOfAMessageLeads) {
    const auto leads = [&](const MessageSearch& search, const char* by) {
        const auto step = leading("message", "m", search);
        EXPECT_NE(step.find(by), std::string::npos) << by << ": " << step;
    };
    auto search = broad();
    search.channel.clear();
    leads(search, "USING INTEGER PRIMARY KEY (rowid");
    search = broad();
    leads(search, "message_channel");
    search.agency = "TA.AG";
    leads(search, "message_agency");
    search.caseId = "case-1";
    leads(search, "message_case");
    search.digest = "x";
    leads(search, "USING INTEGER PRIMARY KEY (rowid");
    search.messageId = "m-1";
    leads(search, "message_key");
    search.agency.clear();
    leads(search, "USING INTEGER PRIMARY KEY (rowid=?)");
    search.receiptId = "r-1";
    leads(search, "message_receipt");
    search = broad();
    search.ruling = CaseAlias{"TA.AG", "5/2026/HC-ST", "2026-03-02"};
    leads(search, "message_case");
}

TEST_F(SearchPlans, TheNarrowestNameOfARefusalAndOfAReadLeads) {
    const auto refusals = [&](const RefusalSearch& search, const char* by) {
        const auto step = leading("refusal", "r", search);
        EXPECT_NE(step.find(by), std::string::npos) << by << ": " << step;
    };
    RefusalSearch refusal;
    refusal.code = "REPLAY";
    refusal.channel = "ch-1";
    refusals(refusal, "refusal_channel");
    refusal.agency = "TA.AG";
    refusals(refusal, "refusal_agency");
    refusal.digest = "x";
    refusals(refusal, "refusal_body");
    refusal.messageId = "m-1";
    refusals(refusal, "refusal_named");
    refusal.refusalId = "r-1";
    refusals(refusal, "refusal_by_id");
    ReadSearch read;
    read.caseId = "case-1";
    read.channel = "ch-1";
    EXPECT_NE(leading("read_audit", "a", read).find("read_audit_channel"), std::string::npos);
    read.agency = "TA.AG";
    EXPECT_NE(leading("read_audit", "a", read).find("read_audit_agency"), std::string::npos);
    read.itemId = "item-1";
    EXPECT_NE(leading("read_audit", "a", read).find("read_audit_item"), std::string::npos);
}

// Rows of everybody else cost a list nothing: each reader's lines are read from their own end.
TEST_F(Plans, AListOfTermsIsReadInTheOrderOfItsLines) {
    Connection connection(file_, Access::ReadOnly);
    Statement statement(connection.handle(), std::string("EXPLAIN QUERY PLAN ") + kAheadOf);
    std::string plan;
    while (statement.step()) plan += statement.text(3) + "; ";
    EXPECT_NE(plan.find("SEARCH term_line USING PRIMARY KEY"), std::string::npos) << plan;
    EXPECT_EQ(plan.find("TEMP B-TREE"), std::string::npos) << plan;
    EXPECT_NE(plan.find("(due,term_id)>(?,?) AND due<?"), std::string::npos)
        << "begins where the last page ended: " << plan;
}

// Asked with every message of a registered case.
TEST_F(Plans, ANumberOfARegisterIsFoundByItsIndex) {
    Connection connection(file_, Access::ReadOnly);
    Statement statement(connection.handle(),
                        std::string("EXPLAIN QUERY PLAN ") + kRegisteredElsewhere);
    ASSERT_TRUE(statement.step());
    EXPECT_NE(statement.text(3).find("USING INDEX case_registered"), std::string::npos)
        << statement.text(3);
}

// A procuracy's cases of one stage, of whatever many it has.
TEST_F(Plans, CasesOfAStageCostNothingForThoseOfOthers) {
    CaseFilter filter;
    filter.visibleTo = {{"H01.5", "obligated"}};
    filter.stage = "compelled";
    fill(2000);
    EXPECT_LT(stepsOf(filter), 100);
}

}  // namespace
