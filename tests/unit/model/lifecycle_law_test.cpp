// By which article each act is recorded, and what the law leaves out of the monitoring.

#include <gtest/gtest.h>

#include "gateway/base/error_catalogue.h"
#include "gateway/model/lifecycle.h"

namespace gateway::model {
namespace {

using namespace std::chrono_literals;

const base::Date kDay = 2026y / 4 / 1;
const Act kAct{"actor", "m", "digest", base::Timestamp(std::chrono::sys_days(kDay))};

Ruling rulingOf(std::vector<Category> categories, Instance instance = Instance::First) {
    Ruling ruling;
    ruling.reference = {"D01.21", "1/2026/HC-ST", "1/2026/HC-ST", kDay};
    ruling.instance = instance;
    for (const auto category : categories) {
        Obligation obligation;
        obligation.no = static_cast<std::int64_t>(ruling.obligations.size()) + 1;
        obligation.category = category;
        obligation.obligatedAgency = "H21.X" + std::to_string(obligation.no);
        ruling.obligations.push_back(obligation);
    }
    return ruling;
}

CaseFile caseOf(std::vector<Category> categories) {
    CaseFile file;
    fold(file, transferEvent(kAct, rulingOf(std::move(categories)),
                             {"G15.90.21", "E01.21", "VN-21"}, "case-1"));
    return file;
}

template <class Message>
Event take(CaseFile& file, const Message& message) {
    auto event = decide(file, kAct, message);
    EXPECT_TRUE(event) << base::render(event.error()).en;
    fold(file, *event);
    return *event;
}

template <class Message>
std::string refusalOf(const CaseFile& file, const Message& message) {
    const auto event = decide(file, kAct, message);
    return event ? "accepted" : base::render(event.error()).en;
}

TransferAcknowledgement entry() {
    TransferAcknowledgement act;
    act.registerNumber = "12/2026";
    act.registeredOn = 2026y / 4 / 2;
    return act;
}

VoluntaryNotice notice(std::string number, std::vector<std::int64_t> obligations) {
    VoluntaryNotice act;
    act.number = std::move(number);
    act.issuedOn = 2026y / 4 / 3;
    act.addressee = "H21.X9";
    act.obligations = std::move(obligations);
    act.attachments.resize(1);
    act.attachments.front().content = "bytes";
    return act;
}

NoticeAcknowledgement seen(std::string number) {
    NoticeAcknowledgement act;
    act.noticeNumber = std::move(number);
    act.receivedOn = 2026y / 4 / 4;
    act.judgmentReceivedOn = 2026y / 4 / 5;
    return act;
}

StatusReport status(std::int64_t no) {
    StatusReport act;
    act.number = "BC-1";
    act.reportedOn = 2026y / 4 / 6;
    act.items.push_back({no, Progress::Partly, "đang làm", ""});
    act.attachments.resize(1);
    act.attachments.front().content = "bytes";
    return act;
}

CompletionReport done(std::int64_t no) {
    CompletionReport act;
    act.number = "BC-2";
    act.reportedOn = 2026y / 4 / 8;
    CompletionItem item;
    item.obligation = no;
    item.completedOn = 2026y / 4 / 7;
    act.items.push_back(item);
    act.attachments.resize(1);
    act.attachments.front().content = "bytes";
    return act;
}

TEST(LawOfEvents, TransferIsByTheTermOfItsKind) {
    struct Row {
        Instance instance;
        Category category;
        const char* basis;
    };
    const Row rows[] = {{Instance::First, Category::A, "Luật TTHC Đ.196.3"},
                        {Instance::First, Category::H, "Luật TTHC Đ.196.3"},
                        {Instance::Appeal, Category::C, "Luật TTHC Đ.244.1"},
                        {Instance::Cassation, Category::D, "Luật TTHC Đ.279"},
                        {Instance::Reopening, Category::DD, "Luật TTHC Đ.279, 286"},
                        {Instance::First, Category::E, "Luật TTHC Đ.202.2"},
                        {Instance::Appeal, Category::G, "Luật TTHC Đ.75.2"}};
    for (const auto& row : rows) {
        const auto event =
            transferEvent(kAct, rulingOf({Category::B, row.category}, row.instance), {}, "case-1");
        EXPECT_EQ(event.legalBasis, row.basis) << nameOf(row.category);
        EXPECT_EQ(event.type, EventType::JudgmentTransferred);
        EXPECT_EQ(event.happenedOn, kDay);
        EXPECT_EQ(event.caseId, "case-1");
    }
    EXPECT_EQ(transferEvent(kAct, rulingOf({Category::E, Category::G}), {}, "c").legalBasis,
              "Luật TTHC Đ.75.2")
        << "what is to be done at once goes first";
}

TEST(LawOfEvents, EachActNamesItsArticleAndItsOwnDay) {
    auto file = caseOf({Category::B});
    const auto registered = take(file, entry());
    EXPECT_EQ(registered.legalBasis, "NĐ 71/2016 Đ.14.1");
    EXPECT_EQ(registered.happenedOn, 2026y / 4 / 2);
    const auto noticed = take(file, notice("TB-1", {1}));
    EXPECT_EQ(noticed.legalBasis, "NĐ 71/2016 Đ.14.2");
    EXPECT_EQ(noticed.happenedOn, 2026y / 4 / 3);
    const auto acknowledged = take(file, seen("TB-1"));
    EXPECT_EQ(acknowledged.legalBasis, "NĐ 30/2020 Đ.21.2");
    EXPECT_EQ(acknowledged.happenedOn, 2026y / 4 / 4);
    const auto reported = take(file, status(1));
    EXPECT_EQ(reported.legalBasis, "NĐ 71/2016 Đ.10.2");
    EXPECT_EQ(reported.happenedOn, 2026y / 4 / 6);
    const auto completed = take(file, done(1));
    EXPECT_EQ(completed.legalBasis, "NĐ 71/2016 Đ.12.3");
    EXPECT_EQ(completed.happenedOn, 2026y / 4 / 8);
    for (const auto* attachments : {&noticed.notice->attachments, &reported.status->attachments,
                                    &completed.completion->attachments}) {
        ASSERT_EQ(attachments->size(), 1U);
        EXPECT_EQ(attachments->front().content, "") << "an event repeats no files";
    }
}

TEST(LawOfEvents, FoldKeepsWhatEachActSaid) {
    auto file = caseOf({Category::B, Category::B});
    EXPECT_EQ(file.transferredBy, "actor");
    EXPECT_EQ(file.routing.enforcement, "G15.90.21");
    EXPECT_EQ(file.state(2)->obligatedAgency, "H21.X2");
    take(file, entry());
    EXPECT_EQ(file.registerNumber, "12/2026");
    EXPECT_EQ(file.registeredOn, 2026y / 4 / 2);
    take(file, notice("TB-1", {1}));
    take(file, notice("TB-2", {2}));
    take(file, seen("TB-2"));
    ASSERT_EQ(file.notices.size(), 2U);
    EXPECT_EQ(file.notices[0].issuedOn, 2026y / 4 / 3);
    EXPECT_EQ(file.notices[0].addressee, "H21.X9");
    EXPECT_EQ(file.notices[0].acknowledgedOn, std::nullopt);
    EXPECT_EQ(file.notices[1].acknowledgedOn, 2026y / 4 / 4);
    EXPECT_EQ(file.notices[1].judgmentReceivedOn, 2026y / 4 / 5)
        << "the day that starts the term (Luật TTHC Đ.311.2)";
    EXPECT_EQ(file.state(1)->obligatedAgency, "H21.X9") << "whom the notice was addressed to";
    take(file, status(2));
    EXPECT_EQ(file.state(1)->lastProgress, std::nullopt);
    EXPECT_EQ(file.state(2)->lastProgress, Progress::Partly);
    EXPECT_EQ(file.state(2)->completedOn, std::nullopt);
    take(file, done(2));
    EXPECT_EQ(file.state(2)->lastProgress, Progress::Done);
    EXPECT_EQ(file.state(2)->completedOn, 2026y / 4 / 7);
    EXPECT_EQ(file.state(2)->stage, Stage::Completed);
    EXPECT_EQ(file.state(1)->stage, Stage::Voluntary);
}

// NĐ 71/2016 Đ.3.1: property parts follow civil enforcement law.
TEST(LawOfEvents, PropertyPartsAreNotMonitored) {
    auto file = caseOf({Category::H, Category::A});
    EXPECT_EQ(file.state(1)->stage, Stage::NotMonitored);
    EXPECT_EQ(file.state(2)->stage, Stage::Received);
    EXPECT_EQ(file.stage(), Stage::Received) << "the case is as far as what is monitored";
    take(file, entry());
    EXPECT_EQ(file.state(1)->stage, Stage::NotMonitored);
    EXPECT_EQ(file.state(2)->stage, Stage::Registered);
    EXPECT_EQ(file.stage(), Stage::Registered);
    for (const auto& refusal : {refusalOf(file, status(1)), refusalOf(file, done(1)),
                                refusalOf(file, notice("TB-1", {1}))})
        EXPECT_NE(refusal.find("NOT_MONITORED"), std::string::npos) << refusal;
    take(file, done(2));
    EXPECT_EQ(file.stage(), Stage::Completed);
    EXPECT_EQ(legalActs(file), "-");
}

TEST(LawOfEvents, CaseOfPropertyPartsAloneIsNotMonitored) {
    auto file = caseOf({Category::H});
    EXPECT_EQ(file.stage(), Stage::NotMonitored);
    EXPECT_EQ(legalActs(file), "TransferAcknowledgement");
    take(file, entry());
    EXPECT_EQ(legalActs(file), "-");
    EXPECT_EQ(CaseFile().stage(), Stage::NotMonitored);
}

// Stages that a later life of a case reaches are judged by where they stand.
TEST(LawOfEvents, OpenIsWhatHasNotEnded) {
    for (const auto& [stage, name] : Names<Stage>::table) {
        auto file = caseOf({Category::B});
        file.registerNumber = "12/2026";
        file.obligations.front().stage = stage;
        const bool open = stage != Stage::NotMonitored && stage < Stage::Completed;
        const bool noNotice = stage == Stage::Registered || stage == Stage::Assigned;
        EXPECT_EQ(refusalOf(file, status(1)) == "accepted", open) << name;
        EXPECT_EQ(refusalOf(file, done(1)) == "accepted", open) << name;
        EXPECT_EQ(refusalOf(file, notice("TB-1", {1})) == "accepted", noNotice) << name;
        EXPECT_EQ(legalActs(file), open ? std::string(noNotice ? "VoluntaryNotice, " : "") +
                                              "StatusReport, CompletionReport"
                                        : "-")
            << name;
    }
}

TEST(LawOfEvents, RefusalsSayWhatTheCaseHas) {
    auto file = caseOf({Category::B, Category::C});
    EXPECT_NE(refusalOf(file, seen("TB-1")).find("the case has: -"), std::string::npos);
    take(file, entry());
    take(file, notice("TB-1", {1}));
    take(file, notice("TB-2", {2}));
    const auto unknown = refusalOf(file, seen("TB-3"));
    EXPECT_NE(unknown.find("TB-3"), std::string::npos) << unknown;
    EXPECT_NE(unknown.find("the case has: TB-1, TB-2"), std::string::npos) << unknown;
    EXPECT_NE(refusalOf(file, status(7)).find("the case has: 1, 2"), std::string::npos);
    const auto again = decide(file, kAct, entry());
    ASSERT_FALSE(again);
    const auto words = base::render(again.error()).en;
    for (const char* part : {"Registered", "VOLUNTARY", "NoticeAcknowledgement, StatusReport"})
        EXPECT_NE(words.find(part), std::string::npos) << words;
    take(file, seen("TB-1"));
    EXPECT_NE(refusalOf(file, seen("TB-1")).find("NoticeAcknowledged"), std::string::npos);
}

TEST(LawOfEvents, MinutesAreAskedForByItem) {
    auto file = caseOf({Category::A, Category::C});
    auto report = done(1);
    report.items.push_back(report.items.front());
    report.items.back().obligation = 2;
    const auto event = decide(file, kAct, report);
    ASSERT_FALSE(event);
    EXPECT_EQ(event.error().path, "items/1/minutes");
    report.items.back().minutes = Minutes{"BB-1", kDay, "Chấp hành viên"};
    EXPECT_EQ(refusalOf(file, report), "accepted");
}

}  // namespace
}  // namespace gateway::model
