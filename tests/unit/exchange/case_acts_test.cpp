#include "gateway/exchange/acts/case_acts.h"

#include <algorithm>

#include "gateway/document/json.h"
#include "gateway/exchange/proof/rebuild.h"
#include "gateway/exchange/records/case_records.h"
#include "tests/unit/exchange/house.h"
#include "tests/unit/exchange/reference_fixture.h"

namespace gateway::exchange::fixture {
namespace {

using scenario::transferOf;

constexpr const char* kNumber = "1/2026/HC-ST";

// Closes everything open, oldest first, so that what waits behind becomes visible; their types.
std::vector<std::string> drain(House& house, const std::string& agency) {
    std::vector<std::string> types;
    for (auto items = house.store.outbox().mailbox(agency, 100); !items.empty();
         items = house.store.outbox().mailbox(agency, 100)) {
        for (const auto& item : items) {
            store::OutboxMove move;
            move.to = OutboxState::Delivered;
            move.at = house.clock.now();
            EXPECT_TRUE(house.store.outbox().move(item.itemId, item.state, move));
            types.push_back(item.messageType);
        }
    }
    return types;
}

TEST(CaseActs, WholeLifeReachesEveryoneConcerned) {
    House house;
    house.bringToNotice(kNumber);
    EXPECT_EQ(house.send(house.committee, house.noticeSeen(kNumber, "TB-1")).verdict(), "accepted");
    EXPECT_EQ(house.send(house.committee, scenario::statusOf(kNumber, "BC-1")).verdict(),
              "accepted");
    EXPECT_EQ(house.send(house.committee, scenario::completionOf(kNumber, "BC-2")).verdict(),
              "accepted");
    const auto record = house.caseNumbered(kNumber);
    EXPECT_EQ(record.stage, "COMPLETED");
    EXPECT_EQ(record.version, 6);
    using Types = std::vector<std::string>;
    EXPECT_EQ(drain(house, scenario::kCourt),
              (Types{"TransferAcknowledgement", "MonitoringResult", "MonitoringResult"}));
    EXPECT_EQ(drain(house, scenario::kProcuracy), (Types{"MonitoringResult", "MonitoringResult"}));
    EXPECT_EQ(drain(house, scenario::kCommittee), (Types{"VoluntaryNotice"}));
    EXPECT_EQ(
        drain(house, scenario::kEnforcement),
        (Types{"JudgmentTransfer", "NoticeAcknowledgement", "StatusReport", "CompletionReport"}));
    EXPECT_TRUE(rebuild(house.store.cases(), house.store.outbox()).clean());
}

TEST(CaseActs, SecondTransferIsLinkedOrNamesWhatDiffers) {
    House house;
    ASSERT_EQ(house.send(house.court, transferOf("01/2026/HC-ST")).verdict(), "accepted");
    auto same = transferOf(" 1/2026/HC-ST");
    EXPECT_EQ(house.send(house.court, same).verdict(), "linked") << "typed another way";
    auto other = transferOf("01/2026/HC-ST");
    other.ruling.subject = "Khiếu kiện khác";
    other.ruling.obligations.front().text = "Việc khác";
    const auto reply = house.send(house.court, other);
    EXPECT_EQ(reply.status, 409);
    EXPECT_EQ(reply.code(), "CONFLICT_CASE");
    EXPECT_NE(reply.at("refusal/reasons/0/en").find("obligations, subject"), std::string::npos)
        << reply.at("refusal/reasons/0/en");
    EXPECT_EQ(toldTo(house, scenario::kEnforcement).size(), 1U);
}

TEST(CaseActs, AgenciesKeepTheirCanonicalCode) {
    House house;
    const auto* court = house.snapshots.current()->reference->directory().find(scenario::kCourt);
    ASSERT_NE(court, nullptr);
    auto foreign = transferOf(kNumber);
    foreign.ruling.reference.court = scenario::kOtherCourt;
    EXPECT_EQ(house.send(house.court, foreign).code(), "FORBIDDEN_CASE")
        << "another court's ruling";
    auto unknown = transferOf(kNumber);
    unknown.ruling.obligations.front().obligatedAgency = "X99.X99";
    const auto reply = house.send(house.court, unknown);
    EXPECT_EQ(reply.code(), "AGENCY_UNKNOWN");
    EXPECT_NE(reply.at("refusal/reasons/0/path").find("obligatedAgency"), std::string::npos);
}

TEST(CaseActs, ACourtBringsNoOtherCourtsRuling) {
    House house;
    // Another court names itself the court of first instance, or the real one.
    auto foreign = transferOf(kNumber);
    foreign.ruling.firstInstanceCourt = scenario::kOtherCourt;
    EXPECT_EQ(house.send(house.otherCourt, foreign).code(), "RULING_COURT");
    foreign.ruling.firstInstanceCourt = scenario::kCourt;
    EXPECT_EQ(house.send(house.otherCourt, foreign).code(), "FORBIDDEN_CASE");
    foreign.ruling.firstInstanceCourt.clear();
    EXPECT_EQ(house.send(house.otherCourt, foreign).code(), "FORBIDDEN_CASE");
    EXPECT_EQ(house.send(house.court, transferOf(kNumber)).verdict(), "accepted");
}

TEST(CaseActs, WhoIsNotOfTheCaseLearnsNothingOfItsRuling) {
    House house;
    auto appeal = transferOf("1/2026/HC-PT");
    appeal.ruling.instance = model::Instance::Appeal;
    appeal.ruling.reference.court = "D01.P1";
    appeal.ruling.firstInstanceCourt = scenario::kCourt;
    ASSERT_EQ(house.send(house.court, appeal).verdict(), "accepted");
    // Another court below the court of appeal claims the same ruling as its own case's.
    appeal.ruling.firstInstanceCourt = scenario::kOtherCourt;
    appeal.ruling.subject = "Khiếu kiện khác";
    const auto reply = house.send(house.otherCourt, appeal);
    EXPECT_EQ(reply.code(), "FORBIDDEN_CASE");
    EXPECT_EQ(reply.body.find("subject"), std::string::npos);
    const auto message = house.message(house.otherCourt, appeal);
    EXPECT_EQ(house.send(house.otherCourt, house.otherCourt.json(message), true).code(),
              "FORBIDDEN_CASE");
}

TEST(CaseActs, CourtOfFirstInstanceMustBeNamedOnAppeal) {
    House house;
    auto appeal = transferOf("1/2026/HC-PT");
    appeal.ruling.instance = model::Instance::Appeal;
    EXPECT_EQ(house.send(house.court, appeal).code(), "MAPPING_REQUIRED");
    appeal.ruling.firstInstanceCourt = scenario::kCourt;
    EXPECT_EQ(house.send(house.court, appeal).code(), "RULING_COURT") << "no court is over itself";
    appeal.ruling.reference.court = "D01.P2";
    EXPECT_EQ(house.send(house.court, appeal).verdict(), "accepted") << "passed on from below";
}

TEST(CaseActs, ObligationsHaveEachTheirOwnNumber) {
    House house;
    auto doubled = transferOf(kNumber);
    doubled.ruling.obligations.push_back(doubled.ruling.obligations.front());
    EXPECT_EQ(house.send(house.court, doubled).code(), "MAPPING_REPEATED");
    doubled.ruling.obligations.back().no = 2;
    EXPECT_EQ(house.send(house.court, doubled).verdict(), "accepted");
}

TEST(CaseActs, EarlyMessagesWaitForTheirRuling) {
    House house;
    const auto parked = house.send(house.enforcement, scenario::registrationOf(kNumber, "12"));
    EXPECT_EQ(parked.verdict(), "parked");
    EXPECT_EQ(parked.at("receipt/notes/0"), "waits-for-ruling");
    EXPECT_EQ(parked.at("receipt/caseId"), "");
    EXPECT_EQ(house.store.cases().parkedCount(scenario::kEnforcement), 1U);
    const auto transfer = house.send(house.court, transferOf(kNumber));
    EXPECT_EQ(transfer.verdict(), "accepted");
    EXPECT_EQ(transfer.at("receipt/notes/0"), "parked-messages-applied");
    EXPECT_EQ(house.store.cases().parkedCount(scenario::kEnforcement), 0U);
    EXPECT_EQ(house.caseNumbered(kNumber).stage, "REGISTERED");
    EXPECT_EQ(toldTo(house, scenario::kCourt), std::vector<std::string>{"TransferAcknowledgement"});
    EXPECT_TRUE(rebuild(house.store.cases(), house.store.outbox()).clean());
}

// Of an obligation that the case, when it comes, does not have.
model::DeclaredAct reportOfNothing() {
    auto report = scenario::statusOf(kNumber, "BC-1");
    scenario::say(scenario::firstItem(report), "obligation", "9");
    return report;
}

TEST(CaseActs, ParkedMessageThatCannotBeAppliedIsAnswered) {
    House house;
    ASSERT_EQ(house.send(house.committee, reportOfNothing()).verdict(), "parked");
    ASSERT_EQ(house.send(house.court, transferOf(kNumber)).verdict(), "accepted");
    EXPECT_EQ(house.caseNumbered(kNumber).stage, "RECEIVED");
    const auto items = house.store.outbox().mailbox(scenario::kCommittee, 10);
    ASSERT_EQ(items.size(), 1U);
    EXPECT_NE(items.front().content.find("\"event\":\"ParkingEnded\""), std::string::npos);
    EXPECT_TRUE(rebuild(house.store.cases(), house.store.outbox()).clean());
}

TEST(CaseActs, WhoFollowedTheSenderIsToldOfAParkedMessage) {
    House house;
    ASSERT_EQ(house.send(house.committee, reportOfNothing()).verdict(), "parked");
    const TemporaryData data;
    data.replace(
        "agencies/committees-first-set.xml",
        "superior=\"H21\" from=\"2025-07-01\">\n    <name>Ủy ban nhân dân phường Quy Nhơn</name>",
        "superior=\"H21\" from=\"2025-07-01\" until=\"2026-01-01\">\n    <name>Ủy ban nhân "
        "dân phường Quy Nhơn</name>");
    data.replace("agencies/committees-first-set.xml",
                 "<alias>Ủy ban nhân dân phường Quy Nhơn, tỉnh Gia Lai</alias>",
                 "<alias>Ủy ban nhân dân phường Quy Nhơn, tỉnh Gia Lai</alias>\n    "
                 "<successor code=\"H21\" on=\"2026-01-01\" type=\"whole\"/>");
    auto next = *house.snapshots.current();
    next.reference = data.load();
    house.snapshots.replace(std::make_shared<const Snapshot>(std::move(next)));
    ASSERT_EQ(house.send(house.court, transferOf(kNumber)).verdict(), "accepted");
    EXPECT_TRUE(toldTo(house, scenario::kCommittee).empty());
    EXPECT_EQ(toldTo(house, "H21").size(), 1U);
    const auto report = rebuild(house.store.cases(), house.store.outbox());
    EXPECT_TRUE(report.clean()) << report.differences.front();
}

TEST(CaseActs, WhatIsLongIsNotParked) {
    House house;
    auto early = scenario::statusOf(kNumber, "BC-1");
    auto& item = scenario::firstItem(early);
    scenario::say(item, "text", std::string(house.limits.parkedBytes, 'x'));
    const auto refused = house.send(house.committee, early);
    EXPECT_EQ(refused.code(), "PARKING_TOO_LARGE");
    EXPECT_NE(refused.at("refusal/reasons/0/en").find("65536 bytes"), std::string::npos);
    EXPECT_EQ(house.store.cases().parkedCount(scenario::kCommittee), 0U);
    scenario::say(item, "text", std::string(house.limits.parkedBytes / 2, 'x'));
    EXPECT_EQ(house.send(house.committee, early).verdict(), "parked");
}

TEST(CaseActs, ParkingHasAnEnd) {
    House house([](base::Limits& limits) { limits.parkedPerAgency = 1; });
    ASSERT_EQ(
        house.send(house.enforcement, scenario::registrationOf("1/2026/HC-ST", "1")).verdict(),
        "parked");
    EXPECT_EQ(house.send(house.enforcement, scenario::registrationOf("2/2026/HC-ST", "2")).code(),
              "PARKING_FULL");
}

TEST(CaseActs, OnlyThoseResponsibleMayAct) {
    House house;
    house.bringToNotice(kNumber);
    const scenario::Agency& outsider = house.committee;
    auto notice = house.noticeOf(kNumber, "TB-2");
    EXPECT_EQ(house.send(outsider, notice).code(), "FORBIDDEN_TYPE");
    auto strange = house.noticeOf(kNumber, "TB-2");
    scenario::say(strange, "addressee", std::string("H99.X9"));
    EXPECT_EQ(house.send(house.enforcement, strange).code(), "AGENCY_UNKNOWN");
    auto report = scenario::statusOf(kNumber, "BC-1");
    scenario::say(scenario::firstItem(report), "obligation", "9");
    const auto unknown = house.send(house.committee, report);
    EXPECT_EQ(unknown.code(), "MAPPING_VALUE") << "its case, another number";
    EXPECT_NE(unknown.at("refusal/reasons/0/en").find("no obligation 9"), std::string::npos);
    EXPECT_TRUE(unknown.at("refusal/reasons/0/path").ends_with("items/0/obligation"));
    EXPECT_EQ(house.caseNumbered(kNumber).stage, "VOLUNTARY");
}

// Of c, d, e and g only the officer's own minutes witness it (NĐ 71/2016 Đ.17-19).
TEST(CaseActs, ACompletionThatNobodyHasWitnessedStaysAClaim) {
    House house;
    house.bringToNotice(kNumber, model::Category::C);
    const auto reply = house.send(house.committee, scenario::completionOf(kNumber, "BC-1"));
    EXPECT_EQ(reply.verdict(), "accepted");
    EXPECT_EQ(reply.at("receipt/notes/0"), "mark:COMPLETION_UNWITNESSED");
    EXPECT_EQ(house.caseNumbered(kNumber).stage, "VOLUNTARY");
}

TEST(CaseActs, WhatIsRecordedHasHappened) {
    House house;
    const auto later = base::vietnamDate(house.clock.now() + std::chrono::hours(48));
    const auto refusedAt = [&](const char* path, const scenario::Reply& reply) {
        EXPECT_EQ(reply.code(), "MAPPING_VALUE") << path;
        EXPECT_TRUE(reply.at("refusal/reasons/0/path").ends_with(path)) << reply.body;
    };
    auto transfer = transferOf(kNumber);
    transfer.ruling.reference.issuedOn = later;
    refusedAt("issuedOn", house.send(house.court, transfer));
    transfer = transferOf(kNumber);
    const auto issued = std::chrono::sys_days(transfer.ruling.reference.issuedOn);
    transfer.ruling.effectiveOn = base::Date(issued - std::chrono::days(1));
    refusedAt("effectiveOn", house.send(house.court, transfer));
    transfer = transferOf(kNumber);
    transfer.ruling.deliveredToObligatedOn = base::Date(issued - std::chrono::days(1));
    refusedAt("deliveredToObligatedOn", house.send(house.court, transfer));
    transfer = transferOf(kNumber);
    transfer.ruling.obligations.front().no = 0;
    refusedAt("obligations/0/no", house.send(house.court, transfer));
    house.bringToNotice(kNumber);
    auto report = scenario::statusOf(kNumber, "BC-1");
    scenario::say(report, "reportedOn", later);
    refusedAt("reportedOn", house.send(house.committee, report));
    scenario::say(report, "reportedOn", base::vietnamDate(house.clock.now()));
    EXPECT_EQ(house.send(house.committee, report).verdict(), "accepted");
}

// Transfers a ruling that names `obligated`, registers it, and notices `addressee`.
scenario::Reply noticed(House& house, const std::string& obligated, const std::string& addressee) {
    static int numbers = 100;
    const auto number = std::to_string(++numbers) + "/2026/HC-ST";
    auto transfer = transferOf(number);
    transfer.ruling.obligations.front().obligatedAgency = obligated;
    EXPECT_EQ(house.send(house.court, transfer).verdict(), "accepted");
    EXPECT_EQ(house.send(house.enforcement, scenario::registrationOf(number, number)).verdict(),
              "accepted");
    auto notice = house.noticeOf(number, "TB-1");
    scenario::say(notice, "addressee", addressee);
    auto reply = house.send(house.enforcement, notice);
    const auto record = house.caseNumbered(number);
    EXPECT_EQ(record.stage, reply.status == 200 ? "VOLUNTARY" : "REGISTERED");
    const auto told = toldTo(house, addressee);
    EXPECT_TRUE(reply.status == 200 || std::ranges::find(told, "VoluntaryNotice") == told.end())
        << addressee;
    return reply;
}

TEST(CaseActs, ANoticeObligesOnlyTheAgencyThatTheRulingNames) {
    House house;
    const auto other = noticed(house, scenario::kCommittee, "H26.X1");
    EXPECT_EQ(other.status, 409);
    EXPECT_EQ(other.code(), "CONFLICT_ADDRESSEE");
    EXPECT_TRUE(other.at("refusal/reasons/0/path").ends_with("addressee")) << other.body;
    for (const char* words : {"refusal/reasons/0/vi", "refusal/reasons/0/en"})
        EXPECT_NE(other.at(words).find(scenario::kCommittee), std::string::npos) << words;
    EXPECT_EQ(noticed(house, scenario::kCommittee, scenario::kCommittee).verdict(), "accepted");
    EXPECT_EQ(noticed(house, scenario::kCommittee, "H21").code(), "CONFLICT_ADDRESSEE")
        << "its superior";
    EXPECT_EQ(noticed(house, "H08", "H21").verdict(), "accepted") << "merged into it";
    EXPECT_EQ(noticed(house, "H08", "H26").code(), "CONFLICT_ADDRESSEE");
    EXPECT_EQ(noticed(house, "H08.V1", "H21.X1").verdict(), "accepted") << "split";
    EXPECT_EQ(noticed(house, "H08.V1", "H26.X1").code(), "CONFLICT_ADDRESSEE");
    EXPECT_EQ(noticed(house, "H08", "H08").code(), "AGENCY_UNKNOWN") << "it has ended";
}

TEST(CaseActs, ANoticeObligesOnlyWhoMayBeObliged) {
    House house;
    for (const auto& code : {scenario::kCourt, scenario::kProcuracy, scenario::kEnforcement})
        for (const auto& named : {std::string(), code}) {
            // A court or a procuracy is not even transferred (MendedFaults).
            if (!named.empty() && named != scenario::kEnforcement) continue;
            const auto reply = noticed(house, named, code);
            EXPECT_EQ(reply.status, 422) << code;
            EXPECT_EQ(reply.code(), "FORBIDDEN_ADDRESSEE") << code;
            EXPECT_TRUE(reply.at("refusal/reasons/0/path").ends_with("addressee")) << reply.body;
        }
    EXPECT_EQ(noticed(house, "", "H26.X1").code(), "FORBIDDEN_ADDRESSEE") << "another province";
    EXPECT_EQ(noticed(house, "H26.X1", "H26.X1").verdict(), "accepted") << "named by the court";
    EXPECT_EQ(noticed(house, "", scenario::kCommittee).verdict(), "accepted");
    EXPECT_EQ(noticed(house, "", "H21").verdict(), "accepted");
    EXPECT_EQ(noticed(house, "", "G06").verdict(), "accepted") << "a ministry";
}

TEST(CaseActs, WhatARecipientMayNotBeToldIsNotedAndNotMade) {
    House house;
    const TemporaryData data;
    data.replace("connectors/court/kind.xml", "<receives type=\"MonitoringResult\"",
                 "<receives type=\"MonitoringResult\" level=\"central\"");
    data.replace("connectors/peoples_committee/kind.xml", "<receives type=\"DocumentTransfer\"",
                 "<receives type=\"DocumentTransfer\" level=\"central\"");
    auto next = *house.snapshots.current();
    next.reference = data.load();
    house.snapshots.replace(std::make_shared<const Snapshot>(std::move(next)));

    house.bringToNotice(kNumber);
    const auto told = house.send(house.committee, scenario::statusOf(kNumber, "BC-1"));
    EXPECT_EQ(told.verdict(), "accepted");
    EXPECT_EQ(told.at("receipt/notes/0"),
              "delivery-not-permitted:" + scenario::kCourt + ":MonitoringResult");
    EXPECT_EQ(toldTo(house, scenario::kCourt), std::vector<std::string>{"TransferAcknowledgement"});
    model::DocumentTransfer letter;
    letter.documentId = "G1";
    letter.number = "10";
    letter.notation = "TB";
    letter.subject = "Về việc chuyển bản án";
    letter.business = model::DocumentBusiness::New;
    letter.sender.code = scenario::kCourt;
    letter.recipients.emplace_back().code = scenario::kCommittee;
    letter.recipients.emplace_back().code = scenario::kProcuracy;
    const auto sent = house.send(house.court, letter);
    ASSERT_EQ(sent.verdict(), "accepted") << sent.body;
    EXPECT_EQ(sent.at("receipt/notes/0"),
              "delivery-not-permitted:" + scenario::kCommittee + ":DocumentTransfer");
    EXPECT_EQ(toldTo(house, scenario::kCommittee), std::vector<std::string>{"VoluntaryNotice"});
    EXPECT_EQ(toldTo(house, scenario::kProcuracy),
              (std::vector<std::string>{"MonitoringResult", "DocumentTransfer"}));
    const auto report = rebuild(house.store.cases(), house.store.outbox());
    EXPECT_TRUE(report.clean()) << report.differences.front();
}

TEST(CaseActs, CasesAreNamedByIdOrRuling) {
    House house;
    ASSERT_EQ(house.send(house.court, transferOf(kNumber)).status, 200);
    auto entry = scenario::registrationOf(kNumber, "12");
    entry.caseReference = {};
    EXPECT_EQ(house.send(house.enforcement, entry).code(), "MAPPING_REQUIRED");
    entry.caseReference.caseId = "case-nobody-knows";
    EXPECT_EQ(house.send(house.enforcement, entry).code(), "CASE_UNKNOWN");
    entry.caseReference.caseId = house.caseNumbered(kNumber).caseId;
    EXPECT_EQ(house.send(house.enforcement, entry).verdict(), "accepted");
}

TEST(CaseActs, CaseIdAndRulingMustMeanOneCase) {
    House house;
    ASSERT_EQ(house.send(house.court, transferOf(kNumber)).status, 200);
    ASSERT_EQ(house.send(house.court, transferOf("2/2026/HC-ST")).status, 200);
    auto entry = scenario::registrationOf("2/2026/HC-ST", "12");
    entry.caseReference.caseId = house.caseNumbered(kNumber).caseId;
    const auto refused = house.send(house.enforcement, entry);
    EXPECT_EQ(refused.status, 409);
    EXPECT_EQ(refused.code(), "CONFLICT_REFERENCE");
    EXPECT_TRUE(refused.at("refusal/reasons/0/path").ends_with("case/ruling")) << refused.body;
    EXPECT_NE(refused.at("refusal/reasons/0/en").find("2/2026/HC-ST"), std::string::npos);
    EXPECT_NE(refused.at("refusal/reasons/0/vi").find("không phải là hồ sơ"), std::string::npos);
    entry.caseReference.ruling->number = "3/2026/HC-ST";
    EXPECT_EQ(house.send(house.enforcement, entry).code(), "CONFLICT_REFERENCE")
        << "nor may it be a ruling that nobody has transferred";
    entry.caseReference.ruling->number = "01/ 2026/HC – ST";
    EXPECT_EQ(house.send(house.enforcement, entry).verdict(), "accepted") << "as it is written";
}

TEST(CaseActs, StrangersDoNotLearnWhichRulingACaseIsOf) {
    House house;
    const auto number = "7/2026/HC-ST";
    auto transfer = transferOf(number);
    transfer.ruling.obligations.front().obligatedAgency = "H26.X1";
    ASSERT_EQ(house.send(house.court, transfer).verdict(), "accepted");
    auto report = scenario::statusOf("3/2026/HC-ST", "BC-1");
    report.caseReference.caseId = house.caseNumbered(number).caseId;
    for (const int obligation : {1, 9}) {
        scenario::say(scenario::firstItem(report), "obligation", std::to_string(obligation));
        EXPECT_EQ(house.send(house.committee, report).code(), "CASE_UNKNOWN") << obligation;
    }
}

// What a party owes runs from the ruling (311.2; stage-machine of the law): its acts do not wait
// for a notice, nor for a ruling that is there.
TEST(CaseActs, ThePartyThatTheRulingNamesActsBeforeAnyNotice) {
    const auto send = [](const char* party, auto act, std::string& stage) {
        House house;
        auto transfer = scenario::transferOf(kNumber);
        transfer.ruling.obligations.front().obligatedAgency.clear();
        transfer.ruling.obligations.front().obligatedParty = party;
        EXPECT_EQ(house.send(house.court, transfer).verdict(), "accepted");
        auto reply = house.send(house.committee, act);
        stage = house.caseNumbered(kNumber).stage;
        const auto report = rebuild(house.store.cases(), house.store.outbox());
        EXPECT_TRUE(report.clean()) << report.differences.front();
        return reply;
    };
    constexpr const char* kNamed = "Ủy ban nhân dân phường Quy Nhơn";
    std::string stage;
    const auto status = send(kNamed, scenario::statusOf(kNumber, "1/BC"), stage);
    EXPECT_EQ(status.verdict(), "accepted") << status.code();
    EXPECT_EQ(stage, "RECEIVED");
    EXPECT_EQ(send(kNamed, scenario::completionOf(kNumber, "2/BC"), stage).verdict(), "accepted");
    EXPECT_EQ(stage, "COMPLETED");
    const auto seen = send(kNamed, scenario::noticeSeen(kNumber, "TB-1"), stage);
    EXPECT_EQ(seen.code(), "CONFLICT_STATE") << "there is nothing that it could have received";
    EXPECT_NE(seen.at("refusal/reasons/0/vi").find("chưa có thông báo"), std::string::npos);
    EXPECT_EQ(seen.at("refusal/reasons/0/vi").find("waits"), std::string::npos);
    // Whoever is somebody else there is told what a stranger is told of a ruling not known.
    EXPECT_EQ(
        send("Ủy ban nhân dân phường Khác", scenario::statusOf(kNumber, "1/BC"), stage).verdict(),
        "parked");
}

}  // namespace
}  // namespace gateway::exchange::fixture
