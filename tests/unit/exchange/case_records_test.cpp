// What the store keeps of a case is the whole of it: a member that is not written is lost.

#include "gateway/exchange/records/case_records.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "gateway/base/fault.h"
#include "gateway/document/json.h"
#include "tests/golden/filler.h"

namespace gateway::exchange {
namespace {

using namespace std::chrono_literals;

model::CaseFile wholeFile() {
    model::CaseFile file;
    file.caseId = "case-1";
    file.version = 7;
    golden::Filler filler;
    describe(filler, file.ruling);
    file.ruling.reference = {"D01.21", "1/2026/HC-ST", "01/2026/HC-ST", 2026y / 3 / 2};
    file.ruling.firstInstanceCourt = "D01.21";
    file.routing = {"G15.90.21", "E01.21", "p34-52"};
    file.transferredBy = "D01.26";
    file.registerNumber = "12/2026";
    file.registeredOn = 2026y / 4 / 1;
    file.obligations = {
        {1, model::Stage::Voluntary, "H21.X2", model::Progress::Partly, 2026y / 4 / 5}};
    file.notices = {{"TB-1", 2026y / 4 / 2, "H21.X3", 2026y / 4 / 3, 2026y / 4 / 4}};
    return file;
}

TEST(CaseRecords, ACaseReadsBackWhole) {
    const auto record = recordOf(wholeFile());
    const auto file = caseFileOf(record);
    EXPECT_EQ(file.caseId, "case-1");
    EXPECT_EQ(file.version, 7);
    EXPECT_EQ(file.ruling.reference.court, "D01.21");
    EXPECT_EQ(file.routing.enforcement, "G15.90.21");
    EXPECT_EQ(file.routing.procuracy, "E01.21");
    EXPECT_EQ(file.routing.province, "p34-52");
    EXPECT_EQ(file.transferredBy, "D01.26");
    EXPECT_EQ(file.registerNumber, "12/2026");
    EXPECT_EQ(file.registeredOn, 2026y / 4 / 1);
    ASSERT_EQ(file.obligations.size(), 1U);
    EXPECT_EQ(file.obligations[0].no, 1);
    EXPECT_EQ(file.obligations[0].stage, model::Stage::Voluntary);
    EXPECT_EQ(file.obligations[0].obligatedAgency, "H21.X2");
    EXPECT_EQ(file.obligations[0].lastProgress, model::Progress::Partly);
    EXPECT_EQ(file.obligations[0].completedOn, 2026y / 4 / 5);
    ASSERT_EQ(file.notices.size(), 1U);
    EXPECT_EQ(file.notices[0].number, "TB-1");
    EXPECT_EQ(file.notices[0].issuedOn, 2026y / 4 / 2);
    EXPECT_EQ(file.notices[0].addressee, "H21.X3");
    EXPECT_EQ(file.notices[0].acknowledgedOn, 2026y / 4 / 3);
    EXPECT_EQ(file.notices[0].judgmentReceivedOn, 2026y / 4 / 4);
    EXPECT_EQ(recordOf(file).snapshot, record.snapshot);
    EXPECT_EQ(record.caseId, "case-1");
    EXPECT_EQ(record.version, 7);
    EXPECT_EQ(record.stage, "VOLUNTARY");
    EXPECT_EQ(record.province, "p34-52");
    EXPECT_EQ(record.court, "D01.21");
    EXPECT_EQ(record.firstInstanceCourt, "D01.21");
    EXPECT_EQ(record.issuedOn, "2026-03-02");
    for (const store::CaseAgency& one :
         {store::CaseAgency{"D01.21", "court"}, store::CaseAgency{"D01.21", "first-instance-court"},
          store::CaseAgency{"G15.90.21", "enforcement"}, store::CaseAgency{"E01.21", "procuracy"},
          store::CaseAgency{"H21.X2", "obligated"}})
        EXPECT_EQ(std::ranges::count(record.agencies, one), 1) << one.agency << one.role;
}

TEST(CaseRecords, AnEventReadsBackWhole) {
    golden::Filler filler;
    model::Event event;
    describe(filler, event);
    ASSERT_TRUE(event.ruling && event.routing && event.act);
    for (const auto* text : {&event.actor, &event.messageId, &event.contentSha256,
                             &event.legalBasis, &event.caseId, &event.note})
        EXPECT_FALSE(text->empty());
    store::MessageRecord record;
    record.events = eventsText({event, event});
    const auto events = eventsOf(record);
    ASSERT_EQ(events.size(), 2U);
    const auto& read = events.back();
    EXPECT_EQ(read.type, event.type);
    EXPECT_EQ(read.happenedOn, event.happenedOn);
    EXPECT_EQ(read.recordedAt, event.recordedAt);
    EXPECT_EQ(read.actor, event.actor);
    EXPECT_EQ(read.messageId, event.messageId);
    EXPECT_EQ(read.contentSha256, event.contentSha256);
    EXPECT_EQ(read.legalBasis, event.legalBasis);
    EXPECT_EQ(read.caseId, event.caseId);
    EXPECT_EQ(read.note, event.note);
    ASSERT_TRUE(read.ruling && read.routing && read.act);
    EXPECT_EQ(read.routing->enforcement, event.routing->enforcement);
    EXPECT_EQ(read.act->type, event.act->type);
    EXPECT_EQ(eventsText(events), record.events);
}

// What was said stood in a member of its own for each act, also of what waited for its ruling.
TEST(CaseRecords, AnEventOfBeforeActsWereDeclaredIsReadAsAnAct) {
    const auto read = [](const std::string& type, const std::string& member) {
        store::MessageRecord record;
        record.events = R"([{"type":")" + type + R"(","happenedOn":"2026-03-05",
            "recordedAt":"2026-03-05T02:00:00.000Z","actor":"H1","messageId":"m")" +
                        member + "}]";
        return eventsOf(record).front();
    };
    const std::string ruling =
        R"("case":{"ruling":{"court":"D01.21","number":"1/2026/HC-ST","issuedOn":"2026-03-02"}},)";
    const struct {
        const char *type, *member, *act;
    } rows[] = {{"Registered", "registration", "TransferAcknowledgement"},
                {"NoticeIssued", "notice", "VoluntaryNotice"},
                {"NoticeAcknowledged", "acknowledgement", "NoticeAcknowledgement"},
                {"StatusReported", "status", "StatusReport"},
                {"CompletionReported", "completion", "CompletionReport"},
                {"Parked", "completion", "CompletionReport"}};
    for (const auto& row : rows) {
        const auto event = read(row.type, std::string(",\"") + row.member + "\":{" + ruling +
                                              R"("number":"","attachments":[{"fileName":"a.pdf",
                                                 "mediaType":"application/pdf"}]})");
        ASSERT_TRUE(event.act) << row.type;
        EXPECT_EQ(event.act->type, row.act);
        EXPECT_EQ(event.act->caseReference.ruling->number, "1/2026/HC-ST");
        EXPECT_EQ(event.act->attachments.size(), 1U);
        EXPECT_EQ(document::writeJson(event.act->content), R"({"number":""})");
        EXPECT_FALSE(event.decided);
    }
    EXPECT_FALSE(read("Pinged", "").act);
    EXPECT_THROW(read("Registered", R"(,"registration":{"case":7})"), base::Fault);
}

}  // namespace
}  // namespace gateway::exchange
