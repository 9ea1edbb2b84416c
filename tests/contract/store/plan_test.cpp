// By which index SQLite looks for cases. It keeps no figures on our tables and would take a court's
// whole register for as narrow as one number, so what leads is said by us.

#include <gtest/gtest.h>

#include "gateway/base/clock.h"
#include "gateway/store/sqlite/case_query.h"
#include "gateway/store/sqlite/connection.h"
#include "gateway/store/sqlite/sqlite_store.h"
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
    // All that a procuracy's question can add to a narrow one.
    static CaseFilter broad() {
        CaseFilter filter;
        filter.court = "TA.AG";
        filter.province = "VN-44";
        filter.committee = "H01.5";
        filter.issuedFrom = "2026-01-01";
        filter.issuedUntil = "2026-12-31";
        filter.stage = "registered";
        filter.visibleTo = {{"TA.AG", "court"}};
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

TEST_F(Plans, OneAgencysOwnCasesLeadWhenNothingElseIsAsked) {
    CaseFilter filter;
    filter.visibleTo = {{"H01.5", "obligated"}};
    EXPECT_NE(leading(filter).find("(case_id=?)"), std::string::npos) << leading(filter);
}

}  // namespace
