// Packages of the national document axis as office software writes them, over the real door.

#include <algorithm>

#include "tests/scenario/gateway/refusals.h"
#include "tests/scenario/gateway/replaced.h"

namespace gateway::scenario {
namespace {

const std::string kDocumentId = "H21.X1,2026/05/20,27/BC-UBND";

class Edxml : public Town {
  public:
    static void SetUpTestSuite() {
        Town::SetUpTestSuite();
        Enrolment enrolment;
        enrolment.agency = kCommittee;
        enrolment.formatsIn = {"case-model-json/*", "edxml/document"};
        world().enrol(enrolment);
        ASSERT_EQ(world().operatorPost("/v1/reload").at("done"), "true");
    }

  protected:
    void SetUp() override { ASSERT_GE(enforcement().emptyMailbox(), 0); }

    // A report of the committee to the enforcement authority, as a document of its own.
    static std::string report(const std::string& documentId) {
        return replaced(
            readFile(THAHC_SOURCE_DIR "/mappings/edxml/document/ok-office-software.xml"),
            kDocumentId, documentId);
    }
    // As the axis delivers: each time a message with an id of its own, signed from outside.
    static Signed carried(const std::string& package) {
        const auto claims = committee().message(model::Ping{}).envelope;
        return {package, "application/xml",
                committee().detachedOver(package, claims, "application/xml", "DocumentTransfer")};
    }
    static std::string messageOf(const std::string& receiptId) {
        const auto receipt = committee().get("/v1/receipts/" + receiptId);
        EXPECT_TRUE(receipt.sealed) << receipt.body;
        return receipt.at("receipt/messageId");
    }
};

TEST_F(Edxml, ADocumentThatTheAxisDeliversTwiceReachesItsRecipientOnce) {
    const auto package = report("H21.X1,2026/05/20,31/BC-UBND");
    const auto first = committee().send(carried(package));
    ASSERT_EQ(first.verdict(), "accepted") << first.body;
    // Another trace on its way, other signs of the software, another message around it.
    const auto later = replaced(replaced(package, "<edXML:Timestamp>2026/05/20 08:00:00",
                                         "<edXML:Timestamp>2026/05/20 "
                                         "09:12:41"),
                                "id=\"0f1e2d3c\"", "id=\"7a6b5c4d\"");
    const auto again = committee().send(carried(later));
    EXPECT_EQ(again.status, 200);
    EXPECT_TRUE(again.sealed);
    EXPECT_EQ(again.verdict(), "linked") << again.body;
    EXPECT_NE(again.at("receipt/messageId"), first.at("receipt/messageId"));
    const std::string note = "document-received-before:";
    const auto told = again.at("receipt/notes/0");
    ASSERT_TRUE(told.starts_with(note)) << again.body;
    EXPECT_EQ(messageOf(told.substr(note.size())), first.at("receipt/messageId"));

    const auto items = enforcement().mailbox();
    ASSERT_EQ(items.children.size(), 1U);
    const auto item = valueAt(items, "0/item");
    const auto delivered = enforcement().get("/v1/mailbox/" + item);
    EXPECT_EQ(delivered.at("envelope/type"), "DocumentTransfer");
    EXPECT_EQ(delivered.at("documentTransfer/documentId"), "H21.X1,2026/05/20,31/BC-UBND");
    EXPECT_EQ(enforcement().close(item, enforcement().word(item, delivered.body)).status, 200);
    // Read and signed for, it does not come back either.
    EXPECT_EQ(committee().send(carried(package)).verdict(), "linked");
    EXPECT_TRUE(enforcement().mailbox().children.empty());
}

TEST_F(Edxml, OtherContentUnderTheSameIdIsRefusedAtItsPlace) {
    const std::string id = "H21.X1,2026/05/20,32/BC-UBND";
    const auto package = report(id);
    const auto first = committee().send(carried(package));
    ASSERT_EQ(first.verdict(), "accepted") << first.body;
    const auto other = replaced(package, "xsd:string\">V/v", "xsd:string\">Về việc");
    const auto refused = committee().send(carried(other));
    expectRefusal(refused, 409, "A", "CONFLICT_DOCUMENT");
    EXPECT_EQ(refused.at("refusal/reasons/0/path"),
              "/edXML/edXMLEnvelope/edXMLHeader/MessageHeader/DocumentId");
    const auto before = other.substr(0, other.find("<edXML:DocumentId>"));
    EXPECT_EQ(refused.at("refusal/reasons/0/line"),
              std::to_string(1 + std::count(before.begin(), before.end(), '\n')));
    const auto words = refused.at("refusal/reasons/0/en");
    EXPECT_NE(words.find(id), std::string::npos) << words;
    EXPECT_NE(words.find(first.at("receipt/receiptId")), std::string::npos) << words;
    EXPECT_EQ(messageOf(first.at("receipt/receiptId")), first.at("receipt/messageId"));
    EXPECT_EQ(enforcement().mailbox().children.size(), 1U);
}

TEST_F(Edxml, ItIsKnownAgainByAGatewayThatWasKilled) {
    const auto package = report("H21.X1,2026/05/20,33/BC-UBND");
    ASSERT_EQ(committee().send(carried(package)).verdict(), "accepted");
    world().kill();
    ASSERT_TRUE(world().start()) << world().log();
    EXPECT_EQ(committee().send(carried(package)).verdict(), "linked");
    EXPECT_EQ(enforcement().mailbox().children.size(), 1U);
}

// Office software withdraws what it has sent; its recipient reads packages as well.
TEST_F(Edxml, AWithdrawalReachesWhoGotTheDocument) {
    Enrolment reads;
    reads.agency = kEnforcement;
    reads.formatsOut = {{"DocumentTransfer", "edxml/document"}};
    world().enrol(reads);
    ASSERT_EQ(world().operatorPost("/v1/reload").at("done"), "true");
    const std::string id = "H21.X1,2026/05/20,34/BC-UBND";
    const auto package = report(id);
    const auto first = committee().send(carried(package));
    ASSERT_EQ(first.verdict(), "accepted") << first.body;
    auto withdrawal = readFile(THAHC_SOURCE_DIR "/mappings/edxml/document/ok-1-withdrawal.xml");
    withdrawal = replaced(withdrawal, "H21.X1,2026/05/20,28/BC-UBND", "H21.X1,2026/05/21,35/TH");
    // It names somebody else; who got the document hears of it all the same.
    withdrawal = replaced(withdrawal, kEnforcement, kProcuracy);
    const auto unknown = committee().send(carried(withdrawal));
    expectRefusal(unknown, 422, "A", "DOCUMENT_UNKNOWN");
    EXPECT_EQ(unknown.at("refusal/reasons/0/path"),
              "/edXML/edXMLEnvelope/edXMLHeader/TraceHeaderList/Bussiness/DocumentId");
    const std::string other = "H21.X1,2026/05/18,25/BC-UBND";
    const auto before = withdrawal.substr(0, withdrawal.find(other));
    EXPECT_EQ(unknown.at("refusal/reasons/0/line"),
              std::to_string(1 + std::count(before.begin(), before.end(), '\n')));

    withdrawal = replaced(withdrawal, other, id);
    const auto reply = committee().send(carried(withdrawal));
    EXPECT_EQ(reply.verdict(), "accepted") << reply.body;
    EXPECT_EQ(reply.at("receipt/notes/0"), "document-withdrawal:" + first.at("receipt/receiptId"));
    EXPECT_EQ(committee().send(carried(withdrawal)).verdict(), "linked");
    EXPECT_EQ(committee().send(carried(package)).at("receipt/notes/1"),
              "document-stands-no-more:" + reply.at("receipt/receiptId"));
    std::vector<std::string> kinds;
    for (auto items = enforcement().mailbox(); !items.children.empty();
         items = enforcement().mailbox()) {
        const auto item = valueAt(items, "0/item");
        const auto delivered = enforcement().get("/v1/mailbox/" + item).body;
        const auto kind = delivered.find("BussinessDocType>");
        ASSERT_NE(kind, std::string::npos) << delivered;
        kinds.push_back(delivered.substr(kind + 17, 1));
        EXPECT_NE(delivered.find(id), std::string::npos) << delivered;
        // What the case model has no place for goes on from the package that is kept.
        for (const char* kept : {"SteeringType>0<", "Paper>0<", "Staff>Lê Thị Thử<"}) {
            if (kinds.back() != "0") break;
            EXPECT_NE(delivered.find(kept), std::string::npos) << kept << delivered;
        }
        EXPECT_EQ(enforcement().close(item, enforcement().word(item, delivered)).status, 200);
    }
    EXPECT_EQ(kinds, (std::vector<std::string>{"0", "1"}));
}

}  // namespace
}  // namespace gateway::scenario
