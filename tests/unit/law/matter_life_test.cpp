// The life of a sheet of the joint statistics by the law alone: states, refusals, terms.
// Law: TTLT 12/2021/TTLT-BTP-VKSNDTC-TANDTC Đ.6-10.
#include "gateway/law/life/matter_life.h"

#include <gtest/gtest.h>

#include <random>

#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "tests/unit/law/shipped.h"

namespace gateway::law {
namespace {

using Findings = std::set<std::string, std::less<>>;

base::Date day(const char* text) { return base::parseDate(text).value(); }

/// One office's period with one sheet of form 03 and one of form 04.
class Sheets {
  public:
    explicit Sheets(const char* until = "2024-12-31") {
        matter_.subject = "period";
        matter_.key = std::string("T ") + until;
        matter_.day = day(until);
        matter_.agencies = {"T"};
        matter_.parts = {{0, "period", "kỳ", {}, {}},
                         {1, "03", "03 C", {"C"}, {}},
                         {2, "04", "04 C T", {"C", "D"}, {}}};
        auto life = MatterLife(shipped::book(), matter_, {}, {});
        static_cast<void>(life.hear({}, dayAfter(matter_.day)));
        keep(life);
    }

    Step say(const char* on, const char* sender, const char* type, const std::string& content,
             std::vector<std::int64_t> parts, const Findings& findings = {}) {
        SaidAct act;
        act.type = type;
        act.id = model::sourceOf(sender, "m" + std::to_string(++count_));
        act.day = day(on);
        act.recordedAt =
            base::Timestamp(std::chrono::sys_days(act.day)) + std::chrono::milliseconds(count_);
        act.content = document::readJson(content).value().root;
        const std::set<Role> roles =
            std::string_view(sender) == "T"   ? std::set{Role::Lead, Role::Thads}
            : std::string_view(sender) == "P" ? std::set{Role::Lead, Role::ProcuracyFirst}
                                              : std::set{Role::Counterpart, Role::CourtFirst};
        for (const auto& part : matter_.parts) act.roles[part.no] = roles;
        act.sender = *roles.begin();
        auto life = MatterLife(shipped::book(), matter_, facts_, terms_);
        life.advance(act.day, [](const Step&) {});
        auto step = life.take(act, parts, findings);
        keep(life);
        last_ = "m" + std::to_string(count_);
        return step;
    }
    Step lock(const char* on, const Findings& findings = {}) {
        auto step = say(on, "T", "PeriodLocked",
                        R"({"period":{"from":"2024-10-01","until":")" +
                            base::formatDate(matter_.day) + R"("},"snapshot":"s"})",
                        {}, findings);
        if (step.reasons.empty()) lock_ = last_;
        return step;
    }
    Step send(const char* on, int version, std::int64_t part = 1, const Findings& findings = {},
              const char* lead = nullptr) {
        const char* form = part == 2 ? "04" : "03";
        auto step =
            say(on,
                lead        ? lead
                : part == 2 ? "P"
                            : "T",
                "ReconciliationSheet",
                R"({"form":")" + std::string(form) +
                    R"(","period":{"from":"2024-10-01","until":")" + base::formatDate(matter_.day) +
                    R"("},"version":)" + std::to_string(version) + R"(,"lock":")" + lock_ + R"("})",
                {part}, findings);
        if (step.reasons.empty()) sheet_ = last_;
        return step;
    }
    Step about(const char* on, const char* sender, const char* type, std::int64_t part = 1,
               const std::string& sheet = {}, const Findings& findings = {}) {
        return say(on, sender, type,
                   R"({"sheet":{"message":")" + (sheet.empty() ? sheet_ : sheet) + R"("},"on":")" +
                       on + R"(","intoPeriod":{"from":"2024-10-01","until":"2025-03-31"}})",
                   {part}, findings);
    }
    const std::string& state(std::int64_t part = 1) { return state_[part]; }
    const model::Term* term(const char* rule, std::int64_t part = 1) const {
        const model::Term* found = nullptr;
        for (const auto& one : terms_)
            if (one.rule == rule && one.obligation == part) found = &one;
        return found;
    }
    [[nodiscard]] std::string due(const char* rule, std::int64_t part = 1) const {
        const auto* found = term(rule, part);
        return found && found->due ? base::formatDate(*found->due) : "none";
    }
    std::string sheet_, lock_;

  private:
    static base::Date dayAfter(base::Date day) {
        return std::chrono::sys_days(day) + std::chrono::days(1);
    }
    void keep(const MatterLife& life) {
        facts_ = life.facts();
        terms_ = life.terms();
        for (const auto& [no, line] : life.states()) state_[no] = line->name;
    }
    model::Matter matter_;
    std::vector<Fact> facts_;
    std::vector<model::Term> terms_;
    std::map<std::int64_t, std::string> state_;
    std::string last_;
    int count_ = 0;
};

std::string why(const Step& step) {
    return step.reasons.empty() ? "taken" : step.reasons.front().code;
}

TEST(SheetLife, GoesFromTheLockToTheNationalTotal) {
    Sheets sheets;
    EXPECT_EQ(sheets.state(), "OPEN");
    EXPECT_EQ(why(sheets.lock("2025-01-02")), "taken");
    EXPECT_EQ(sheets.state(), "LOCKED");
    EXPECT_EQ(sheets.state(0), "LOCKED");
    EXPECT_EQ(why(sheets.send("2025-01-03", 1)), "taken");
    EXPECT_EQ(sheets.state(), "SENT");
    EXPECT_EQ(sheets.state(2), "LOCKED") << "every sheet has its own state";
    EXPECT_EQ(why(sheets.about("2025-01-06", "C", "SheetMismatch")), "taken");
    EXPECT_EQ(sheets.state(), "DISPUTED");
    EXPECT_EQ(why(sheets.lock("2025-01-06")), "taken");
    EXPECT_EQ(sheets.state(), "LOCKED");
    EXPECT_EQ(why(sheets.send("2025-01-07", 2)), "taken");
    EXPECT_EQ(sheets.state(), "SENT");
    EXPECT_EQ(why(sheets.about("2025-01-08", "C", "SheetCounterSignature")), "taken");
    EXPECT_EQ(sheets.state(), "COUNTERSIGNED");
    EXPECT_EQ(why(sheets.about("2025-01-09", "T", "SheetForwarded")), "taken");
    EXPECT_EQ(sheets.state(), "FORWARDED");
    EXPECT_EQ(why(sheets.about("2025-02-10", "C", "SheetCorrection")), "taken");
    EXPECT_EQ(sheets.state(), "FORWARDED") << "a correction is of the next period";
}

TEST(SheetLife, ADisputeIsSettledByTheSameLockToo) {
    Sheets sheets;
    sheets.lock("2025-01-02");
    sheets.send("2025-01-03", 1);
    sheets.about("2025-01-03", "C", "SheetMismatch");
    EXPECT_EQ(why(sheets.send("2025-01-03", 2)), "taken") << "all on one day";
    EXPECT_EQ(sheets.state(), "SENT");
}

TEST(SheetLife, Form04IsSignedByTwo) {
    Sheets sheets;
    sheets.lock("2025-01-02");
    EXPECT_EQ(why(sheets.send("2025-01-03", 1, 2)), "taken");
    EXPECT_EQ(why(sheets.about("2025-01-06", "C", "SheetCounterSignature", 2)), "taken");
    EXPECT_EQ(sheets.state(2), "SENT");
    EXPECT_EQ(why(sheets.about("2025-01-06", "C", "SheetCounterSignature", 2)), "CONFLICT_STATE");
    EXPECT_EQ(why(sheets.about("2025-01-06", "P", "SheetForwarded", 2)), "CONFLICT_STATE");
    EXPECT_EQ(why(sheets.about("2025-01-07", "D", "SheetCounterSignature", 2)), "taken");
    EXPECT_EQ(sheets.state(2), "COUNTERSIGNED");
}

// Every refusal of the flow, in the state in which it is one.
TEST(SheetLife, RefusesWhatTheLawDoesNotAllow) {
    Sheets sheets;
    EXPECT_EQ(why(sheets.lock("2024-12-31")), "TOO_EARLY") << "before the period has ended";
    EXPECT_EQ(why(sheets.send("2025-01-01", 1)), "CONFLICT_STATE") << "nothing is locked";
    EXPECT_EQ(why(sheets.lock("2025-01-02", {"broken-figures"})), "IDENTITY");
    EXPECT_EQ(why(sheets.lock("2025-01-02", {"no-period"})), "NO_PERIOD");
    const auto warned = sheets.lock("2025-01-02", {"warning-B4", "warning-A7"});
    ASSERT_EQ(why(warned), "taken");
    ASSERT_EQ(warned.marks.size(), 2U);
    EXPECT_EQ(warned.marks.front().name, "UNCLASSIFIED");
    EXPECT_EQ(why(sheets.lock("2025-01-02")), "CONFLICT_STATE") << "a second lock";
    EXPECT_EQ(why(sheets.about("2025-01-03", "C", "SheetMismatch", 1, "m2")), "CONFLICT_STATE");
    EXPECT_EQ(why(sheets.send("2025-01-03", 2)), "VERSION");
    EXPECT_EQ(why(sheets.send("2025-01-03", 1, 1, {"other-cells"})), "CELLS");
    EXPECT_EQ(why(sheets.send("2025-01-03", 1, 1, {"broken-identity"})), "IDENTITY");
    const auto locked = std::exchange(sheets.lock_, "m1");
    EXPECT_EQ(why(sheets.send("2025-01-03", 1)), "OTHER_LOCK");
    sheets.lock_ = locked;
    ASSERT_EQ(why(sheets.send("2025-01-03", 1)), "taken");
    const auto first = sheets.sheet_;
    EXPECT_EQ(why(sheets.send("2025-01-03", 2)), "CONFLICT_STATE") << "the first is not answered";
    const auto again = sheets.lock("2025-01-03");
    EXPECT_EQ(why(again), "CONFLICT_STATE") << "no lock after it was sent, without a mismatch";
    EXPECT_NE(std::ranges::find(again.legalActs, "SheetCounterSignature"), again.legalActs.end());
    EXPECT_EQ(std::ranges::find(again.legalActs, "SheetForwarded"), again.legalActs.end());
    EXPECT_EQ(why(sheets.about("2025-01-03", "C", "SheetCorrection")), "CONFLICT_STATE");
    EXPECT_EQ(why(sheets.about("2025-01-03", "T", "SheetCounterSignature")), "FORBIDDEN")
        << "the lead does not sign its own";
    ASSERT_EQ(why(sheets.about("2025-01-06", "C", "SheetMismatch")), "taken");
    EXPECT_EQ(why(sheets.about("2025-01-06", "C", "SheetMismatch")), "CONFLICT_STATE");
    EXPECT_EQ(why(sheets.about("2025-01-06", "C", "SheetCounterSignature")), "CONFLICT_STATE");
    EXPECT_EQ(why(sheets.send("2025-01-06", 3)), "VERSION") << "versions in order";
    ASSERT_EQ(why(sheets.send("2025-01-07", 2)), "taken");
    EXPECT_EQ(why(sheets.about("2025-01-07", "C", "SheetCounterSignature", 1, first)),
              "OTHER_VERSION");
    ASSERT_EQ(why(sheets.about("2025-01-07", "C", "SheetCounterSignature")), "taken");
    EXPECT_EQ(why(sheets.send("2025-01-08", 3)), "CONFLICT_STATE") << "after the signature";
    EXPECT_EQ(why(sheets.about("2025-01-08", "C", "SheetMismatch")), "CONFLICT_STATE");
    EXPECT_EQ(why(sheets.about("2025-01-08", "C", "SheetCorrection", 1, {}, {"wrong-period"})),
              "NO_PERIOD");
    ASSERT_EQ(why(sheets.about("2025-01-08", "T", "SheetForwarded")), "taken");
    EXPECT_EQ(why(sheets.about("2025-01-08", "T", "SheetForwarded")), "CONFLICT_STATE");
}

TEST(SheetLife, WhatOneSideAloneHasNeedsAnAgreedReason) {
    Sheets sheets;
    sheets.lock("2025-01-02");
    ASSERT_EQ(why(sheets.send("2025-01-03", 1, 1, {"unexplained"})), "taken");
    EXPECT_EQ(why(sheets.about("2025-01-03", "C", "SheetCounterSignature")), "UNEXPLAINED");
    ASSERT_EQ(why(sheets.about("2025-01-03", "C", "SheetMismatch")), "taken");
    ASSERT_EQ(why(sheets.send("2025-01-06", 2)), "taken");
    EXPECT_EQ(why(sheets.about("2025-01-06", "C", "SheetCounterSignature")), "taken");
}

// Each step on its last day, counted from the step before.
TEST(SheetLife, TermsEndOnTheDaysOfTheLaw) {
    struct Row {
        const char *end, *lock, *send, *sign, *up, *national;
    };
    const Row rows[] = {
        {"2024-12-31", "2025-01-02", "2025-01-03", "2025-01-07", "2025-01-14", "2025-01-21"},
        {"2025-03-31", "2025-04-01", "2025-04-02", "2025-04-04", "2025-04-14", "2025-04-21"},
        {"2027-07-31", "2027-08-02", "2027-08-03", "2027-08-05", "2027-08-12", "2027-08-19"}};
    for (const auto& row : rows) {
        Sheets sheets(row.end);
        EXPECT_EQ(sheets.due("stat-lock", 0), row.lock);
        ASSERT_EQ(why(sheets.lock(row.lock)), "taken");
        EXPECT_EQ(sheets.term("stat-lock", 0)->outcome(), model::TermOutcome::Met);
        EXPECT_EQ(sheets.due("stat-send-for-signature"), row.send);
        ASSERT_EQ(why(sheets.send(row.send, 1)), "taken");
        EXPECT_EQ(sheets.due("stat-countersign"), row.sign);
        ASSERT_EQ(why(sheets.about(row.sign, "C", "SheetCounterSignature")), "taken");
        EXPECT_EQ(sheets.term("stat-countersign")->outcome(), model::TermOutcome::Met);
        EXPECT_EQ(sheets.due("stat-province-up"), row.up);
        ASSERT_EQ(why(sheets.about(row.up, "T", "SheetForwarded")), "taken");
        EXPECT_EQ(sheets.due("stat-ministry-consolidate"), row.national);
    }
}

TEST(SheetLife, ATermIsLateIfItsStepIs) {
    Sheets sheets;
    EXPECT_NE(sheets.term("stat-lock", 0)->explanation.find("01/01/2025"), std::string::npos)
        << sheets.term("stat-lock", 0)->explanation;
    sheets.lock("2025-01-06");
    EXPECT_EQ(sheets.term("stat-lock", 0)->outcome(), model::TermOutcome::MetLate);
    sheets.send("2025-01-06", 1);
    sheets.about("2025-01-10", "C", "SheetMismatch");
    EXPECT_EQ(sheets.term("stat-countersign")->outcome(), model::TermOutcome::MetLate);
    EXPECT_EQ(sheets.term("stat-mismatch")->outcome(), model::TermOutcome::Open);
    EXPECT_EQ(sheets.due("stat-mismatch"), "none") << "no term, all the same owed";
}

// Whatever is tried, in whatever order: only the ways of the diagram are gone.
TEST(SheetLife, RandomActsGoOnlyTheWaysOfTheDiagram) {
    const std::map<std::string, std::set<std::string>> ways = {
        {"OPEN", {"LOCKED"}},
        {"LOCKED", {"SENT"}},
        {"SENT", {"DISPUTED", "COUNTERSIGNED"}},
        {"DISPUTED", {"LOCKED", "SENT"}},
        {"COUNTERSIGNED", {"FORWARDED"}},
        {"FORWARDED", {}}};
    std::set<std::string> reached;
    for (unsigned seed = 1; seed <= 60; ++seed) {
        std::mt19937 random(seed);
        Sheets sheets;
        int version = 1;
        auto before = sheets.state();
        for (int step = 0; step < 40; ++step) {
            const auto on = base::formatDate(std::chrono::sys_days(day("2025-01-02")) +
                                             std::chrono::days(step));
            Step made;
            switch (random() % 6) {
                case 0: made = sheets.lock(on.c_str()); break;
                case 1:
                    made = sheets.send(on.c_str(), version);
                    if (made.reasons.empty()) ++version;
                    break;
                case 2: made = sheets.about(on.c_str(), "C", "SheetMismatch"); break;
                case 3: made = sheets.about(on.c_str(), "C", "SheetCounterSignature"); break;
                case 4: made = sheets.about(on.c_str(), "T", "SheetForwarded"); break;
                default: made = sheets.about(on.c_str(), "C", "SheetCorrection"); break;
            }
            const auto after = sheets.state();
            reached.insert(after);
            if (after != before) {
                EXPECT_TRUE(ways.at(before).contains(after))
                    << "seed " << seed << ": " << before << " -> " << after << " by " << made.act;
                EXPECT_TRUE(made.reasons.empty()) << "seed " << seed;
            }
            before = after;
        }
    }
    EXPECT_EQ(reached.size(), 6U) << "all of them were reached";
}

}  // namespace
}  // namespace gateway::law
