#include "gateway/model/lifecycle.h"

#include <gtest/gtest.h>

#include <functional>
#include <random>
#include <utility>
#include <variant>

#include "gateway/base/error_catalogue.h"

namespace gateway::model {
namespace {

using namespace std::chrono_literals;

const base::Date kDay = 2026y / 4 / 1;

Act actOf(const std::string& id) {
    return {"actor", id, "digest-" + id, base::Timestamp(std::chrono::sys_days(kDay))};
}

Obligation obligationOf(std::int64_t no, Category category) {
    Obligation obligation;
    obligation.no = no;
    obligation.category = category;
    obligation.text = "việc " + std::to_string(no);
    obligation.obligatedAgency = "H21.X1";
    return obligation;
}

CaseFile received() {
    Ruling ruling;
    ruling.reference = {"D01.21", "1/2026/HC-ST", "1/2026/HC-ST", kDay};
    ruling.obligations = {obligationOf(1, Category::B), obligationOf(2, Category::C)};
    CaseFile file;
    fold(file, transferEvent(actOf("t"), ruling, {"G15.90.21", "E01.21", "VN-21"}, "case-1"));
    return file;
}

using AnyAct = std::variant<TransferAcknowledgement, VoluntaryNotice, NoticeAcknowledgement,
                            StatusReport, CompletionReport>;

TransferAcknowledgement entry() {
    TransferAcknowledgement act;
    act.registerNumber = "12/2026";
    act.registeredOn = kDay;
    return act;
}
VoluntaryNotice notice(std::vector<std::int64_t> obligations = {1, 2}) {
    VoluntaryNotice act;
    act.number = "TB-1";
    act.issuedOn = kDay;
    act.addressee = "H21.X1";
    act.obligations = std::move(obligations);
    return act;
}
NoticeAcknowledgement seen() {
    NoticeAcknowledgement act;
    act.noticeNumber = "TB-1";
    act.receivedOn = kDay;
    return act;
}
StatusReport status(std::int64_t no = 1) {
    StatusReport act;
    act.number = "BC-1";
    act.reportedOn = kDay;
    act.items.push_back({no, Progress::Partly, "đang làm", ""});
    return act;
}
CompletionReport done(std::int64_t no = 1) {
    CompletionReport act;
    act.number = "BC-2";
    act.reportedOn = kDay;
    CompletionItem item;
    item.obligation = no;
    item.completedOn = kDay;
    item.minutes = Minutes{"BB-1", kDay, "Chấp hành viên"};
    act.items.push_back(item);
    return act;
}

base::Result<Event> tried(const CaseFile& file, const AnyAct& act, const std::string& id = "m") {
    return std::visit([&](const auto& message) { return decide(file, actOf(id), message); }, act);
}

std::string outcome(const CaseFile& file, const AnyAct& act) {
    const auto event = tried(file, act);
    return event ? std::string(nameOf(event->type)) : std::string(entryOf(event.error().code).name);
}

CaseFile after(CaseFile file, const std::vector<AnyAct>& acts) {
    for (const auto& act : acts) {
        auto event = tried(file, act, "m" + std::to_string(file.version));
        EXPECT_TRUE(event) << base::render(event.error()).en;
        if (event) fold(file, *event);
    }
    return file;
}

TEST(Lifecycle, EveryActInEveryState) {
    const CaseFile fresh = received();
    const CaseFile registered = after(fresh, {entry()});
    const CaseFile noticed = after(registered, {notice()});
    const CaseFile acknowledged = after(noticed, {seen()});
    const CaseFile reported = after(acknowledged, {status()});
    const CaseFile completed = after(acknowledged, {done(1), done(2)});
    const char* const no = "CONFLICT_STATE";
    const char* const what = "MAPPING_VALUE";
    struct Row {
        const char* name;
        const CaseFile& file;
        const char *entry, *notice, *seen, *status, *done, *legal;
    };
    const Row rows[] = {
        {"received", fresh, "Registered", no, what, "StatusReported", "CompletionReported",
         "TransferAcknowledgement, StatusReport, CompletionReport"},
        {"registered", registered, no, "NoticeIssued", what, "StatusReported", "CompletionReported",
         "VoluntaryNotice, StatusReport, CompletionReport"},
        {"noticed", noticed, no, no, "NoticeAcknowledged", "StatusReported", "CompletionReported",
         "NoticeAcknowledgement, StatusReport, CompletionReport"},
        {"acknowledged", acknowledged, no, no, no, "StatusReported", "CompletionReported",
         "StatusReport, CompletionReport"},
        {"reported", reported, no, no, no, "StatusReported", "CompletionReported",
         "StatusReport, CompletionReport"},
        {"completed", completed, no, no, no, no, no, "-"}};
    for (const auto& row : rows) {
        EXPECT_EQ(outcome(row.file, entry()), row.entry) << row.name;
        EXPECT_EQ(outcome(row.file, notice()), row.notice) << row.name;
        EXPECT_EQ(outcome(row.file, seen()), row.seen) << row.name;
        EXPECT_EQ(outcome(row.file, status()), row.status) << row.name;
        EXPECT_EQ(outcome(row.file, done()), row.done) << row.name;
        EXPECT_EQ(legalActs(row.file), row.legal) << row.name;
    }
    EXPECT_EQ(fresh.stage(), Stage::Received);
    EXPECT_EQ(registered.stage(), Stage::Registered);
    EXPECT_EQ(noticed.stage(), Stage::Voluntary);
    EXPECT_EQ(completed.stage(), Stage::Completed);
}

TEST(Lifecycle, CaseIsAsFarAsItsSlowestObligation) {
    const auto noticed = after(received(), {entry(), notice({1})});
    EXPECT_EQ(noticed.stage(), Stage::Registered) << "the second one has had no notice";
    const auto half = after(noticed, {done(1)});
    EXPECT_EQ(half.stage(), Stage::Registered);
    EXPECT_EQ(half.state(1)->stage, Stage::Completed);
    EXPECT_EQ(outcome(half, status(1)), "CONFLICT_STATE");
    EXPECT_EQ(outcome(half, status(2)), "StatusReported");
}

TEST(Lifecycle, MinutesAreAskedForWhereTheLawAsks) {
    for (const auto category : {Category::A, Category::B, Category::C, Category::D, Category::DD,
                                Category::E, Category::G, Category::H}) {
        CaseFile file = received();
        file.ruling.obligations.front().category = category;
        file = after(std::move(file), {entry()});
        auto report = done(1);
        EXPECT_EQ(outcome(file, report), "CompletionReported");
        report.items.front().minutes.reset();
        const bool needed = category == Category::C || category == Category::D ||
                            category == Category::E || category == Category::G;
        EXPECT_EQ(outcome(file, report), needed ? "MINUTES_REQUIRED" : "CompletionReported")
            << nameOf(category);
    }
}

TEST(Lifecycle, ReportsNameObligationsThatExist) {
    const auto file = after(received(), {entry()});
    const auto refused = tried(file, status(9));
    ASSERT_FALSE(refused);
    EXPECT_EQ(entryOf(refused.error().code).name, std::string("MAPPING_VALUE"));
    EXPECT_NE(base::render(refused.error()).en.find("1, 2"), std::string::npos)
        << base::render(refused.error()).en;
    EXPECT_EQ(outcome(file, notice({1, 9})), "MAPPING_VALUE");
    EXPECT_EQ(outcome(file, notice({})), "MAPPING_VALUE");
}

TEST(Lifecycle, EventSaysWhoSaidWhatByWhichLaw) {
    const auto event = tried(received(), entry(), "id-7");
    ASSERT_TRUE(event);
    EXPECT_EQ(event->actor, "actor");
    EXPECT_EQ(event->messageId, "id-7");
    EXPECT_EQ(event->contentSha256, "digest-id-7");
    EXPECT_EQ(event->caseId, "case-1");
    EXPECT_EQ(event->happenedOn, kDay);
    EXPECT_EQ(event->legalBasis, "NĐ 71/2016 Đ.14.1");
    ASSERT_TRUE(event->registration);
    EXPECT_EQ(event->registration->registerNumber, "12/2026");
}

// What matters of a state, as text.
std::string told(const CaseFile& file) {
    std::string text =
        file.caseId + " v" + std::to_string(file.version) + " " + file.registerNumber;
    for (const auto& state : file.obligations)
        text += " " + std::to_string(state.no) + ":" + std::string(nameOf(state.stage)) +
                (state.completedOn ? "!" : "") +
                (state.lastProgress ? std::string(nameOf(*state.lastProgress)) : "");
    for (const auto& known : file.notices)
        text += " " + known.number + (known.acknowledgedOn ? "+" : "-");
    return text;
}

TEST(Lifecycle, FoldIsAFunctionOfTheEventsAlone) {
    std::mt19937 random(20261122);
    const std::vector<std::function<AnyAct()>> acts = {
        [] { return entry(); }, [] { return notice({1}); }, [] { return notice({2}); },
        [] { return seen(); },  [] { return status(1); },   [] { return status(2); },
        [] { return done(1); }, [] { return done(2); }};
    for (int round = 0; round < 300; ++round) {
        CaseFile file;
        std::vector<Event> events = {
            transferEvent(actOf("t"), received().ruling, received().routing, "case-1")};
        fold(file, events.front());
        for (int step = 0; step < 12; ++step) {
            const auto event =
                tried(file, acts[random() % acts.size()](), "m" + std::to_string(step));
            if (!event) {
                const auto code = std::string(entryOf(event.error().code).name);
                EXPECT_TRUE(code == "CONFLICT_STATE" || code == "MAPPING_VALUE") << code;
                continue;
            }
            const auto before = file;
            events.push_back(*event);
            fold(file, *event);
            for (std::size_t i = 0; i < file.obligations.size(); ++i)
                EXPECT_GE(file.obligations[i].stage, before.obligations[i].stage)
                    << "no stage is ever taken back";
        }
        CaseFile again;
        for (const auto& event : events) fold(again, event);
        ASSERT_EQ(told(again), told(file));
    }
}

}  // namespace
}  // namespace gateway::model
