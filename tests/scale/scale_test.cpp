// A small country: what was written is what the log makes of it, and questions find what a walk
// over everything finds.
#include <gtest/gtest.h>

#include <algorithm>

#include "gateway/app/settings/commands.h"
#include "gateway/app/settings/failure.h"
#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "gateway/exchange/answers/counted_figures.h"
#include "gateway/exchange/casework/case_past.h"
#include "gateway/exchange/casework/notifications.h"
#include "gateway/exchange/proof/rebuild.h"
#include "gateway/exchange/records/case_records.h"
#include "gateway/exchange/records/recorded_history.h"
#include "gateway/law/figures/figures.h"
#include "gateway/store/sqlite/ports/sqlite_figure_counts.h"
#include "gateway/store/sqlite/ports/sqlite_store.h"
#include "tests/scale/generator.h"
#include "tests/support/temporary_folder.h"

namespace gateway::scale {
namespace {

const base::SystemClock kClock;

class SmallCountry : public testing::Test {
  protected:
    static void SetUpTestSuite() {
        made_ = std::make_unique<Made>();
        made_->tally = generate(made_->country, {.rulings = 120, .seed = 20260930, .threads = 2},
                                made_->folder.path() / "store.db", [](std::int64_t) {});
        made_->store =
            store::sqlite::SqliteStore::open(made_->folder.path() / "store.db", {}, kClock);
    }
    static void TearDownTestSuite() { made_.reset(); }

    struct Made {
        Country country;
        support::TemporaryFolder folder;
        Tally tally;
        std::unique_ptr<store::sqlite::SqliteStore> store;
    };
    [[nodiscard]] static store::Cases& cases() { return made_->store->cases(); }
    [[nodiscard]] static std::vector<model::CaseFile> all() {
        std::vector<model::CaseFile> files;
        cases().forEachCase([&](const store::CaseRecord& record) {
            files.push_back(exchange::caseFileOf(record));
            return true;
        });
        return files;
    }
    static std::unique_ptr<Made> made_;
};
std::unique_ptr<SmallCountry::Made> SmallCountry::made_;

TEST_F(SmallCountry, LivesByTheLaw) {
    std::int64_t acts = 0;
    for (const auto& [type, times] : made_->tally.taken) acts += times;
    EXPECT_GT(acts, 120 * 7);
    EXPECT_GT(made_->tally.clockWords, 120);
    for (const auto& [what, times] : made_->tally.refused)
        ADD_FAILURE() << times << " refused: " << what;
    for (const char* type :
         {"CompelOrder", "CassationDecision", "ActCorrection", "CaseClosed", "RecordedOnBehalf",
          "ObligorSuccession", "Publication", "Protest", "SuperiorDirective"})
        EXPECT_TRUE(made_->tally.taken.contains(type)) << type;
}

TEST_F(SmallCountry, IsWhatItsLogMakesOfIt) {
    const auto report = exchange::rebuild(cases(), made_->store->outbox());
    EXPECT_EQ(report.cases, static_cast<std::int64_t>(all().size()));
    EXPECT_GT(report.cases, 110) << "the last are transferred when all is over";
    for (const auto& difference : report.differences) ADD_FAILURE() << difference;
}

TEST_F(SmallCountry, IdentitiesOfItsFiguresHold) {
    std::vector<law::figures::RulingHistory> histories;
    for (const auto& file : all())
        if (auto one = exchange::recordedHistory(cases(), file.caseId))
            histories.push_back(*std::move(one));
    const auto book = law::figures::FigureBook::load(THAHC_SOURCE_DIR "/mappings",
                                                     made_->country.reference().law());
    for (int year = 2017; year <= 2026; ++year) {
        const auto table = law::figures::Figures(book).count(
            histories, {law::figures::Months::Twelve, year}, base::Timestamp::max());
        for (const auto& finding : table.findings)
            if (!finding.warning) ADD_FAILURE() << year << " " << finding.identity;
        EXPECT_GT(table.column("B6")->whole.value(), 0) << year;
    }
}

TEST_F(SmallCountry, QuestionsFindWhatAWalkFinds) {
    const auto files = all();
    const auto& rights = made_->country.reference().rights();
    const auto at = base::vietnamMidnight(kLastDay);
    std::size_t found = 0;
    for (const auto& agency : made_->country.reference().directory().all()) {
        if (agency.kind != model::AgencyKind::Procuracy || !agency.period.covers(kLastDay))
            continue;
        for (const char* stage : {"COMPLETED", "OVERDUE", "NOT_MONITORED"}) {
            auto filter = rights.visibility(agency.code, at);
            filter.stage = stage;
            std::vector<std::string> answered, walked;
            for (const auto& one : cases().select(filter, "", 500)) answered.push_back(one.caseId);
            for (const auto& file : files)
                if (model::nameOf(file.stage()) == stage &&
                    rights.maySeeCase(agency.code, exchange::agenciesOf(file),
                                      file.routing.province, at))
                    walked.push_back(file.caseId);
            EXPECT_EQ(answered, walked) << agency.code << " " << stage;
            found += answered.size();
        }
    }
    EXPECT_GT(found, 20U);
}

TEST_F(SmallCountry, TheClockFindsWhatAWalkFinds) {
    for (int ahead = 0; ahead < 60; ahead += 10) {
        const auto day = base::dayAfter(kLastDay, ahead);
        std::size_t walked = 0;
        for (const auto& file : all())
            if (const auto next = file.nextDay(); next && *next <= day) ++walked;
        EXPECT_EQ(cases().dueByClock(base::formatDate(day), 0, 500).size(), walked) << ahead;
    }
}

TEST_F(SmallCountry, TheLastKnowledgeIsTheCase) {
    for (const auto& file : all()) {
        model::MonitoringQuery query;
        query.asKnownAt = base::Timestamp::max();
        const auto views = exchange::pastCases(made_->country.reference(), query,
                                               cases().historiesOf({file.caseId}, 64 << 20, "x"));
        ASSERT_EQ(views.size(), 1U);
        EXPECT_EQ(views.front().stage, file.stage());
    }
}

/// Figures that were counted before, beside those of every history.
class CountedCountry : public SmallCountry {
  protected:
    using Period = law::figures::Period;
    static constexpr base::Date kCountedOn = std::chrono::year(2026) / 11 / 1;
    CountedCountry() { EXPECT_EQ(counted_.catchUp(kCountedOn), all().size()); }
    [[nodiscard]] static std::vector<law::figures::RulingHistory> histories() {
        std::vector<law::figures::RulingHistory> found;
        for (const auto& file : all())
            if (auto one = exchange::recordedHistory(cases(), file.caseId))
                found.push_back(*std::move(one));
        return found;
    }
    [[nodiscard]] std::string counted(const Period& period, base::Timestamp cutoff) {
        return law::figures::textOf(law::figures::tallyOf(counted_.count({}, period, cutoff)));
    }
    [[nodiscard]] std::string walked(const Period& period, base::Timestamp cutoff) const {
        return law::figures::textOf(
            law::figures::tallyOf(figures_.count(histories_, period, cutoff)));
    }

    support::TemporaryFolder folder_;
    const law::figures::FigureBook book_ = law::figures::FigureBook::load(
        THAHC_SOURCE_DIR "/mappings", made_->country.reference().law());
    const law::figures::Figures figures_{book_};
    const std::vector<law::figures::RulingHistory> histories_ = histories();
    const std::unique_ptr<store::StoreView> view_ = made_->store->view();
    store::sqlite::SqliteFigureCounts counts_{folder_.path() / "figures.db"};
    exchange::CountedFigures counted_{book_, *view_, counts_, {"store", "book"}};
};

TEST_F(CountedCountry, IsThatOfEveryHistoryWhateverWasKnown) {
    using law::figures::Months;
    Chance chance(3);
    for (int year = 2017; year <= 2027; ++year)
        for (const auto months : {Months::Three, Months::Six, Months::Ten, Months::Twelve}) {
            const Period period{months, year};
            EXPECT_EQ(counted(period, base::Timestamp::max()),
                      walked(period, base::Timestamp::max()))
                << year;
            for (int n = 0; n < 3; ++n) {
                const auto cutoff =
                    base::vietnamMidnight(base::dayAfter(period.first(), chance.between(1, 500)));
                EXPECT_EQ(counted(period, cutoff), walked(period, cutoff))
                    << year << " " << base::formatTimestamp(cutoff);
            }
        }
}

TEST_F(CountedCountry, ProvincesAddUpAndALineIsWhatCounts) {
    const Period period{law::figures::Months::Twelve, 2022};
    const auto whole = counted_.count({}, period, base::Timestamp::max());
    std::int64_t sum = 0;
    for (const auto& [province, table] : counted_.byProvince(period, base::Timestamp::max())) {
        const auto own = counted_.count({province, {}}, period, base::Timestamp::max());
        EXPECT_EQ(tallyOf(own), tallyOf(table)) << province;
        sum += table.column("B6")->whole.value();
    }
    EXPECT_GT(sum, 0);
    EXPECT_EQ(sum, whole.column("B6")->whole.value());
    EXPECT_EQ(
        counted_.lines("B6", {}, period, base::Timestamp::max()).column("B6")->whole.lines.size(),
        static_cast<std::size_t>(sum));
}

TEST_F(CountedCountry, CountsAnewOnlyWhatHasNewsAndANewBookFromTheBeginning) {
    EXPECT_EQ(counted_.catchUp(kCountedOn), 0U);
    exchange::CountedFigures other(book_, *view_, counts_, {"store", "next year's book"});
    EXPECT_EQ(other.catchUp(kCountedOn), all().size());
    EXPECT_EQ(counts_.state().position, view_->lastPosition());
}

// Cells, findings and rates of the command's JSON; lines and cases apart.
std::string printed(const std::vector<std::string>& more) {
    app::Words words{"--mappings", THAHC_SOURCE_DIR "/mappings", "--year", "2022"};
    words.insert(words.end(), more.begin(), more.end());
    testing::internal::CaptureStdout();
    EXPECT_EQ(app::figuresCommand(words), 0);
    auto read = document::readJson(testing::internal::GetCapturedStdout(), document::kOwnBounds);
    for (const char* list : {"columns", "findings"})
        for (auto& one : read->root.child(list)->children)
            std::erase_if(one.children, [](const document::Node& member) {
                return member.name == "lines" || member.name == "cases";
            });
    return document::writeJson(read->root);
}

TEST_F(CountedCountry, TheCommandSaysTheSameOfIt) {
    const std::string store = (made_->folder.path() / "store.db").string();
    const std::string file = (folder_.path() / "command.db").string();
    for (const std::vector<std::string>& more :
         {std::vector<std::string>{}, {"--province", "p63-01"}, {"--as-known-at", "2022-05-01"}}) {
        auto plain = more, counted = more;
        plain.insert(plain.end(), {"--store", store});
        counted.insert(counted.end(), {"--store", store, "--counted", file});
        EXPECT_EQ(printed(plain), printed(counted));
    }
    EXPECT_THROW(static_cast<void>(app::figuresCommand(
                     {"--store", store, "--counted", file, "--year", "2022", "--as-known-at",
                      "2021-05-01", "--mappings", THAHC_SOURCE_DIR "/mappings"})),
                 app::CommandFailure);
}

TEST_F(CountedCountry, IsAskedByItsKeyAndNeverWalked) {
    for (const char* province : {"", "p63-01"}) {
        const auto plan = counts_.planOf({20223, base::Timestamp::max(), province, {}});
        EXPECT_EQ(plan.find("SCAN ruling"), std::string::npos) << plan;
        EXPECT_NE(plan.find("SEARCH ruling USING PRIMARY KEY (period=?"), std::string::npos)
            << plan;
        EXPECT_NE(plan.find("ruling_first (period=? AND known_from>?)"), std::string::npos) << plan;
    }
}

}  // namespace
}  // namespace gateway::scale
