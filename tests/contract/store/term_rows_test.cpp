// What is owed by whom by when: every store gives the same lists, in the same pages.

#include <gtest/gtest.h>

#include <random>

#include "tests/contract/store/samples.h"
#include "tests/contract/store/stores.h"

using namespace gateway;
using namespace gateway::contract;
using namespace gateway::store;

namespace {

constexpr const char* kCourts[] = {"TA.AG", "TA.AG.KV1", "TA.AG.KV2"};
constexpr const char* kOffices[] = {"THADS.AG", "THADS.CT"};
constexpr const char* kProcuracies[] = {"VKS.AG.KV1", "VKS.AG.KV2", ""};
constexpr const char* kOwners[] = {"THADS.AG", "H01.5", "H01.6", "TA.AG.KV1", ""};
constexpr const char* kProvinces[] = {"VN-44", "VN-48"};
constexpr const char* kOfficers[] = {"", "Nguyễn Văn A", "Trần Thị B"};
constexpr const char* kRules[] = {"thads-notice", "obligated-30d", "court-order"};
constexpr const char* kRoles[] = {"thads", "obligated", "court-first"};

TermRow row(TermPlace at, const char* owes) {
    TermRow made;
    made.at = std::move(at);
    made.owes = owes;
    return made;
}

class TermRows : public StoreContract {
  protected:
    template <class T, std::size_t N>
    T one(T (&of)[N]) {
        return of[draw(N)];
    }
    std::size_t draw(std::size_t below) { return random_() % below; }

    std::vector<TermRow> drawTerms(const std::string& caseId) {
        std::vector<TermRow> rows;
        const auto count = draw(4);
        for (std::size_t i = 0; i < count; ++i) {
            TermRow row;
            row.at.due = draw(6) == 0 ? kNoDueDay : "2026-0" + std::to_string(1 + draw(4)) + "-15";
            row.at.caseId = caseId;
            row.at.obligation = static_cast<std::int64_t>(1 + i);
            row.at.rule = one(kRules);
            if (draw(3) == 0) row.at.anchor = "TA.AG m-" + std::to_string(draw(3));
            row.at.owner = one(kOwners);
            row.owes = one(kRoles);
            row.officer = one(kOfficers);
            row.answered = draw(4) == 0;
            row.passed = !row.answered && draw(2) == 0;
            row.breach = row.answered || draw(3) != 0;
            row.line = R"({"rule":")" + row.at.rule + R"("})";
            rows.push_back(std::move(row));
        }
        return rows;
    }

    void open(int number) {
        const auto id = "case-" + std::to_string(100 + number);
        auto acceptance = opening(id, "m-" + id, std::to_string(number) + "/2026/HC-ST");
        auto& record = *acceptance.caseAfter;
        record.court = one(kCourts);
        record.firstInstanceCourt = one(kCourts);
        record.province = one(kProvinces);
        record.agencies = {{record.court, "court"},
                           {record.firstInstanceCourt, "first-instance-court"},
                           {one(kOffices), "enforcement"}};
        if (const std::string procuracy = one(kProcuracies); !procuracy.empty())
            record.agencies.push_back({procuracy, "procuracy"});
        record.terms = drawTerms(id);
        ASSERT_TRUE(is<Stored>(ledger().accept(acceptance)));
        kept_.push_back(record);
    }

    // No asker has an empty code.
    template <std::size_t N>
    std::string some(const char* const (&of)[N]) {
        std::string drawn;
        while (drawn.empty()) drawn = of[draw(N)];
        return drawn;
    }

    TermFilter drawFilter() {
        TermFilter filter;
        filter.list = draw(2) == 0 ? TermsOf::Owed : TermsOf::Breaches;
        filter.everything = draw(6) == 0;
        if (!filter.everything) {
            if (draw(2) == 0) filter.visibleTo.push_back({one(kCourts), "court"});
            if (draw(2) == 0) filter.visibleTo.push_back({one(kCourts), "first-instance-court"});
            if (draw(2) == 0) filter.visibleTo.push_back({one(kOffices), "enforcement"});
            if (draw(3) == 0) filter.visibleTo.push_back({some(kProcuracies), "procuracy"});
            if (draw(3) == 0) filter.visibleTo.push_back({some(kOwners), "obligated"});
            if (draw(4) == 0) filter.visibleTo.push_back({some(kOwners), "nobody"});
            if (draw(4) == 0) filter.visibleProvinces = {one(kProvinces)};
            if (draw(3) == 0) filter.own = {some(kOwners)};
        }
        if (draw(4) == 0) filter.owners = {some(kOwners), "nobody"};
        if (draw(4) == 0) filter.exceptOwners = {some(kOwners)};
        if (draw(5) == 0) filter.officer = one(kOfficers);
        if (draw(5) == 0) filter.rule = one(kRules);
        if (draw(6) == 0) filter.owes = one(kRoles);
        if (draw(6) == 0) filter.court = one(kCourts);
        if (draw(6) == 0) filter.province = one(kProvinces);
        if (draw(5) == 0) filter.dueUntil = "2026-02-15";
        if (draw(6) == 0) filter.dueFrom = "2026-02-01";
        if (draw(8) == 0) filter.caseId = "case-103";
        return filter;
    }

    // By looking at every row, as the interface words it.
    std::vector<TermRow> expected(const TermFilter& f) {
        std::vector<TermRow> rows;
        const auto in = [](const auto& values, const auto& value) {
            return std::find(values.begin(), values.end(), value) != values.end();
        };
        for (const auto& record : kept_)
            for (const auto& row : record.terms) {
                bool seen = f.everything || in(f.own, row.at.owner) ||
                            in(f.visibleProvinces, record.province);
                for (const auto& pair : f.visibleTo)
                    seen = seen || (pair.role == "obligated" ? pair.agency == row.at.owner
                                                             : in(record.agencies, pair));
                const bool listed = f.list == TermsOf::Owed
                                        ? !row.answered
                                        : row.answered || (row.passed && row.breach);
                const auto same = [](const std::string& want, const std::string& is) {
                    return want.empty() || want == is;
                };
                if (seen && listed && (f.owners.empty() || in(f.owners, row.at.owner)) &&
                    !in(f.exceptOwners, row.at.owner) && same(f.officer, row.officer) &&
                    same(f.rule, row.at.rule) && same(f.owes, row.owes) &&
                    (same(f.court, record.court) || f.court == record.firstInstanceCourt) &&
                    same(f.province, record.province) && same(f.caseId, row.at.caseId) &&
                    (f.dueUntil.empty() || row.at.due <= f.dueUntil) &&
                    (f.dueFrom.empty() || row.at.due >= f.dueFrom))
                    rows.push_back(row);
            }
        return inOrder(std::move(rows));
    }

    // Of one day in any order: which row came first is the store's affair.
    static std::vector<TermRow> inOrder(std::vector<TermRow> rows) {
        for (auto& row : rows) row.at.number = 0;
        std::sort(rows.begin(), rows.end(),
                  [](const TermRow& a, const TermRow& b) { return a.at < b.at; });
        return rows;
    }

    std::mt19937 random_{20260711};
    std::vector<CaseRecord> kept_;
};

TEST_P(TermRows, GivesEachRowOnceInOrderWhateverTheAskerSeesBy) {
    for (int i = 0; i < 40; ++i) open(i);
    for (int round = 0; round < 300; ++round) {
        const auto filter = drawFilter();
        const auto wanted = expected(filter);
        ASSERT_EQ(cases().termCount(filter), static_cast<std::int64_t>(wanted.size()))
            << "round " << round;
        const std::size_t page = 1 + draw(5);
        std::vector<TermRow> found;
        for (std::optional<TermPlace> after;;) {
            const auto rows = cases().termPage(filter, after, page);
            ASSERT_LE(rows.size(), page);
            if (rows.empty()) break;
            found.insert(found.end(), rows.begin(), rows.end());
            after = rows.back().at;
        }
        const auto place = [](const TermRow& a, const TermRow& b) { return a.at < b.at; };
        ASSERT_TRUE(std::is_sorted(found.begin(), found.end(), place)) << "round " << round;
        ASSERT_EQ(inOrder(found), wanted) << "round " << round << ", page of " << page;
    }
}

TEST_P(TermRows, RowsAreThoseOfTheLastVersionOfTheCase) {
    auto first = opening("case-1", "m-1");
    first.caseAfter->terms = {
        row({"2026-03-01", 0, "case-1", 1, "rule-a", "", "H01.5"}, "obligated"),
        row({"2026-03-02", 0, "case-1", 1, "rule-b", "", "H01.5"}, "obligated")};
    ASSERT_TRUE(is<Stored>(ledger().accept(first)));
    auto second = following("case-1", "m-2", 1);
    second.caseAfter->terms = {
        row({"2026-04-01", 0, "case-1", 1, "rule-a", "", "H01.5"}, "obligated"),
        row({"2026-03-09", 0, "case-1", 2, "rule-c", "x y", "H01.6"}, "thads")};
    second.caseAfter->province = "VN-48";
    ASSERT_TRUE(is<Stored>(ledger().accept(second)));
    auto rows = cases().termsOf("case-1");
    std::sort(rows.begin(), rows.end(),
              [](const TermRow& a, const TermRow& b) { return a.at.rule < b.at.rule; });
    EXPECT_EQ(rows, second.caseAfter->terms);
    TermFilter moved;
    moved.visibleProvinces = {"VN-48"};
    EXPECT_EQ(cases().termCount(moved), 2);
    moved.visibleProvinces = {"VN-44"};
    EXPECT_EQ(cases().termCount(moved), 0);
}

TEST_P(TermRows, SeesNothingByNothing) {
    auto first = opening("case-1", "m-1");
    first.caseAfter->terms = {
        row({"2026-03-01", 0, "case-1", 1, "rule-a", "", "H01.5"}, "obligated")};
    ASSERT_TRUE(is<Stored>(ledger().accept(first)));
    TermFilter filter;
    EXPECT_EQ(cases().termCount(filter), 0);
    filter.caseId = "case-1";
    EXPECT_TRUE(cases().termPage(filter, {}, 5).empty());
    filter.visibleTo = {{"H01.6", "obligated"}};
    EXPECT_TRUE(cases().termPage(filter, {}, 5).empty());
    filter.visibleTo = {{"H01.5", "obligated"}};
    EXPECT_EQ(cases().termPage(filter, {}, 5).size(), 1U);
}

RUN_AGAINST_ALL_STORES(TermRows);

}  // namespace
