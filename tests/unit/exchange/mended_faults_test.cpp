// One row for each fault of the first life that must not come back: what is sent on the road, and
// what must come of it.
#include <algorithm>
#include <functional>
#include <set>

#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "gateway/exchange/proof/rebuild.h"
#include "gateway/exchange/records/case_records.h"
#include "tests/unit/exchange/house.h"

namespace gateway::exchange::fixture {
namespace {

using model::Category;
constexpr const char* kNumber = "1/2026/HC-ST";
using Words = std::set<std::string>;

/// One message; @0 is today, @5 five days ago.
struct Said {
    const char *sender, *type, *content;
    std::string code{};  ///< of its refusal; empty: it is taken
    std::string path{};  ///< what the refusal points at
};

struct Row {
    std::string clause;
    Category category = Category::B;
    std::vector<Said> said;
    std::string stage;
    Words facts{};  ///< in force at the end, as "kind code day", those of the kinds that are named
    Words told{};   ///< of the last message, as "role agency"
    std::string basis{};
};

const char* const kNotice = R"({"number":"TB-1","issuedOn":"@0","voluntaryTerm":"d30",)"
                            R"("duties":"x","consequences":"y","addressee":"H21.X1",)"
                            R"("obligations":[1]})";
const char* const kStatus = R"({"number":"1/BC","reportedOn":"@0","items":[{"obligation":1,)"
                            R"("progress":"partly","text":"x"}]})";
const char* const kDone = R"({"number":"2/BC","reportedOn":"@0","items":[{"obligation":1,)"
                          R"("completedOn":"@1"}]})";
const char* const kMinutes = R"({"kind":"17.1","number":"1/BB","madeOn":"@0","obligations":[1],)"
                             R"("officer":"Bà Mẫu"})";
const char* const kOrder = R"({"number":"1/QĐ","issuedOn":"@1","obligations":[1]})";

class MendedFaults : public testing::Test {
  protected:
    [[nodiscard]] static std::string filled(const House& house, std::string text) {
        const auto now = std::chrono::sys_days(base::vietnamDate(house.clock.now()));
        for (auto at = text.find('@'); at != std::string::npos; at = text.find('@')) {
            std::size_t length = 0;
            const int ago = std::stoi(text.substr(at + 1), &length);
            text.replace(at, length + 1,
                         base::formatDate(base::Date(now - std::chrono::days(ago))));
        }
        return text;
    }
    static void say(House& house, const Said& said) {
        SCOPED_TRACE(said.type);
        const scenario::Agency agency(world(), said.sender);
        model::DeclaredAct act;
        act.type = said.type;
        act.caseReference = scenario::caseOf(kNumber);
        act.content = document::readJson(filled(house, said.content)).value().root;
        const auto reply = house.send(agency, act);
        EXPECT_EQ(reply.code(), said.code) << reply.at("refusal/reasons/0/en");
        EXPECT_EQ(reply.verdict() == "accepted", said.code.empty());
        const auto path = reply.at("refusal/reasons/0/path");
        EXPECT_TRUE(path.ends_with(said.path)) << path;
    }
    static void expectFacts(House& house, const Words& facts) {
        const auto file = caseFileOf(house.caseNumbered(kNumber));
        Words kinds, found, wanted;
        for (const auto& one : facts) {
            wanted.insert(filled(house, one));
            kinds.insert(one.substr(0, one.find(' ')));
        }
        for (const auto& fact : file.facts)
            if (const std::string kind(nameOf(fact.kind)); !fact.struck && kinds.contains(kind))
                found.insert(kind + " " + (fact.code.empty() ? fact.number : fact.code) + " " +
                             base::formatDate(fact.on));
        EXPECT_EQ(found, wanted);
    }
    static void play(const Row& row) {
        SCOPED_TRACE(row.clause);
        House house;
        ASSERT_EQ(house.send(house.court, scenario::transferOf(kNumber, row.category)).verdict(),
                  "accepted");
        for (const auto& said : row.said) say(house, said);
        EXPECT_EQ(house.caseNumbered(kNumber).stage, row.stage);
        expectFacts(house, row.facts);
        const auto messages = house.store.cases().messagesOf(house.caseNumbered(kNumber).caseId);
        const auto last = eventsOf(messages.back()).front();
        EXPECT_NE(last.legalBasis.find(row.basis), std::string::npos) << last.legalBasis;
        Words told;
        for (const auto& one : last.decided ? last.decided->told : std::vector<model::Told>())
            if (!one.agency.empty()) told.insert(one.role + " " + one.agency);
        EXPECT_TRUE(row.told.empty() || told == row.told) << testing::PrintToString(told);
        const auto report = rebuild(house.store.cases(), house.store.outbox());
        EXPECT_TRUE(report.clean()) << report.differences.front();
    }
};

constexpr const char *kCourtCode = "D01.21", *kThads = "G15.90.21", *kParty = "H21.X1";
const Words kWhom{"superior-obligated H21", "court-first D01.21", "procuracy-first E01.21",
                  "thads G15.90.21"};

const std::vector<Row> kRows{
    {"the direct superior is told of a report (10.2)",
     Category::B,
     {{kParty, "StatusReport", kStatus}},
     "RECEIVED",
     {},
     kWhom,
     "10.2"},
    {"and of what is done (12.3)",
     Category::B,
     {{kParty, "CompletionReport", kDone}},
     "COMPLETED",
     {},
     kWhom},
    {"ruling <= done",
     Category::B,
     {{kParty, "CompletionReport",
       R"({"number":"2","reportedOn":"@0","items":[{"obligation":1,)"
       R"("completedOn":"2026-03-01"}]})",
       "ACT_REFUSED", "/completedOn"}},
     "RECEIVED"},
    {"done <= reported",
     Category::B,
     {{kParty, "CompletionReport",
       R"({"number":"2","reportedOn":"@5","items":[{"obligation":1,"completedOn":"@4"}]})",
       "ACT_REFUSED", "/completedOn"}},
     "RECEIVED"},
    {"reported <= today",
     Category::B,
     {{kParty, "CompletionReport",
       R"({"number":"2","reportedOn":"2099-01-01","items":[{"obligation":1,)"
       R"("completedOn":"@4"}]})",
       "MAPPING_VALUE", "/reportedOn"}},
     "RECEIVED"},
    {"received <= registered",
     Category::B,
     {{kThads, "TransferAcknowledgement",
       R"({"registerNumber":"1","registeredOn":"@5","receivedOn":"@4","formOfReceipt":"post"})",
       "ACT_REFUSED", "/registeredOn"}},
     "RECEIVED"},
    {"acknowledged not before it was issued",
     Category::B,
     {{kThads, "VoluntaryNotice", kNotice},
      {kParty, "NoticeAcknowledgement", R"({"noticeNumber":"TB-1","receivedOn":"@1"})",
       "ACT_REFUSED", "/receivedOn"}},
     "VOLUNTARY"},
    {"an unwitnessed claim of category c stays a claim",
     Category::C,
     {{kParty, "CompletionReport", kDone}},
     "RECEIVED",
     {"completion 2/BC @1"}},
    {"the party's own word is no witness",
     Category::C,
     {{kParty, "Minutes", kMinutes, "FORBIDDEN_TYPE"}, {kParty, "CompletionReport", kDone}},
     "RECEIVED",
     {"completion 2/BC @1"}},
    {"the officer's own minutes are",
     Category::C,
     {{kThads, "Minutes", kMinutes}, {kParty, "CompletionReport", kDone}},
     "COMPLETED"},
    {"the day of receipt is the court's before the party's before THADS's",
     Category::B,
     {{kCourtCode, "JudgmentDelivered",
       R"({"deliveries":[{"obligation":1,"receivedOn":"@30","form":"post"}]})"},
      {kThads, "JudgmentDelivered",
       R"({"deliveries":[{"obligation":1,"receivedOn":"@3","form":"post"}]})"}},
     "RECEIVED",
     {"delivered court @30", "delivered thads @3"}},
    {"reports and notices do not wait for registration",
     Category::B,
     {{kParty, "StatusReport", kStatus}, {kThads, "VoluntaryNotice", kNotice}},
     "VOLUNTARY"},
    {"a corrected notice replaces",
     Category::B,
     {{kThads, "VoluntaryNotice", kNotice},
      {kThads, "VoluntaryNotice",
       R"({"number":"TB-2","issuedOn":"@0","replaces":"TB-1","voluntaryTerm":"d30",)"
       R"("duties":"x","consequences":"y","addressee":"H21.X1","obligations":[1]})"},
      {kParty, "NoticeAcknowledgement", R"({"noticeNumber":"TB-2","receivedOn":"@0"})"}},
     "VOLUNTARY"},
    {"a corrected ruling is a correction",
     Category::B,
     {{kCourtCode, "JudgmentCorrection",
       R"({"number":"1/SCBS","issuedOn":"@0","changes":[{"field":"obligations/0/text",)"
       R"("was":"x","is":"y"}]})"}},
     "RECEIVED",
     {},
     {},
     "197"},
    {"succession needs its act",
     Category::B,
     {{kThads, "VoluntaryNotice",
       R"({"number":"TB-1","issuedOn":"@0","voluntaryTerm":"d30","duties":"x",)"
       R"("consequences":"y","addressee":"H21","obligations":[1]})",
       "CONFLICT_ADDRESSEE", "/addressee"}},
     "RECEIVED"},
    {"completed before an order: 10.2, 311",
     Category::B,
     {{kParty, "CompletionReport", kDone}},
     "COMPLETED",
     {},
     {},
     "10.2"},
    {"completed after an order: 12.3",
     Category::B,
     {{kCourtCode, "CompelOrder", kOrder}, {kParty, "CompletionReport", kDone}},
     "COMPLETED",
     {},
     {},
     "12.3"},
    {"a mistaken transfer can be withdrawn",
     Category::B,
     {{kCourtCode, "TransferWithdrawal", R"({"number":"1/CV","issuedOn":"@0","reason":"x"})"}},
     "RETURNED"},
    {"and sent back",
     Category::B,
     {{kThads, "TransferReturn", R"({"returnedOn":"@0","reason":"x"})"}},
     "RETURNED"},
};

TEST_F(MendedFaults, AreGoneOneByOne) {
    for (const auto& row : kRows) play(row);
}

// What is refused or recorded at the door, before there is a case: by class of ruling and state.
TEST_F(MendedFaults, OfTransfersAreGoneToo) {
    struct Transfer {
        const char* clause;
        std::function<void(model::Ruling&)> bend;
        const char *code, *basis;
    };
    const std::vector<Transfer> rows{
        {"196.3", [](model::Ruling&) {}, "", "196.3"},
        {"75.2", [](model::Ruling& one) { one.obligations[0].category = Category::G; }, "", "75.2"},
        {"202.2", [](model::Ruling& one) { one.obligations[0].category = Category::E; }, "",
         "202.2"},
        {"244.1",
         [](model::Ruling& one) {
             one.reference.court = "D01.P2";
             one.instance = model::Instance::Appeal;
             one.reference.number = "1/2026/HC-PT";
             one.firstInstanceCourt = scenario::kCourt;
         },
         "", "244.1"},
        {"not in force yet",
         [](model::Ruling& one) {
             one.effectiveOn = base::vietnamDate(base::SystemClock().now() + 24h * 30);
         },
         "ACT_REFUSED", ""},
        {"that obliges a court",
         [](model::Ruling& one) { one.obligations[0].obligatedAgency = scenario::kOtherCourt; },
         "MAPPING_VALUE", ""},
        {"that obliges a procuracy",
         [](model::Ruling& one) { one.obligations[0].obligatedAgency = scenario::kProcuracy; },
         "MAPPING_VALUE", ""},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.clause);
        House house;
        auto transfer = scenario::transferOf(kNumber);
        row.bend(transfer.ruling);
        const auto reply = house.send(house.court, transfer);
        ASSERT_EQ(reply.code(), row.code) << reply.at("refusal/reasons/0/en");
        if (*row.code != '\0') continue;
        const auto file = caseFileOf(house.store.cases().find(reply.at("receipt/caseId")).value());
        EXPECT_EQ(file.routing.procuracy, scenario::kProcuracy) << "of the first court's level";
        const auto messages = house.store.cases().messagesOf(file.caseId);
        EXPECT_NE(eventsOf(messages.front()).front().legalBasis.find(row.basis), std::string::npos);
        auto again = transfer;
        again.ruling.subject = "Việc khác";
        EXPECT_EQ(house.send(house.court, again).code(), "CONFLICT_CASE") << "no correction";
    }
}

}  // namespace
}  // namespace gateway::exchange::fixture
