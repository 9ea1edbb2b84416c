// Who is told of the escalation of top-level parties, on the road: each act of a life with all that
// the law names, and nobody else (NĐ 71/2016 Đ.14.5, 32.3, 35.1b-c; Luật TTHC Đ.312.2).
#include <algorithm>
#include <set>

#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "gateway/exchange/proof/rebuild.h"
#include "gateway/exchange/records/case_records.h"
#include "tests/unit/exchange/house.h"

namespace gateway::exchange::fixture {
namespace {

constexpr const char* kNumber = "1/2026/HC-ST";
constexpr const char* kProvince = "H21";
constexpr const char* kDepartment = "G15.90";

/// One act of the life: who sends it, and who is to hear of it, as "role agency".
struct Row {
    const char *sender, *type, *content;  ///< @: today
    std::set<std::string> told;
    std::string code{};   ///< of its refusal; empty: it is taken
    std::string words{};  ///< that the refusal says
};

class WhoIsTold : public testing::Test {
  protected:
    void transfer(const char* party, const char* kind, const char* agency) {
        auto message = scenario::transferOf(kNumber);
        auto& obligation = message.ruling.obligations.front();
        obligation.obligatedParty = party;
        obligation.obligatedPartyKind = kind;
        obligation.obligatedAgency = agency;
        ASSERT_EQ(house.send(house.court, message).verdict(), "accepted");
    }
    [[nodiscard]] std::string filled(std::string content) const {
        const auto day = base::formatDate(base::vietnamDate(house.clock.now()));
        for (auto at = content.find('@'); at != std::string::npos; at = content.find('@'))
            content.replace(at, 1, day);
        return content;
    }
    std::string send(const Row& row, std::string& because) {
        const scenario::Agency agency(world(), row.sender);
        model::DeclaredAct act;
        act.type = row.type;
        act.caseReference = scenario::caseOf(kNumber);
        act.content = document::readJson(filled(row.content)).value().root;
        const auto reply = house.send(agency, act);
        because = reply.at("refusal/reasons/0/vi") + reply.at("refusal/reasons/0/en");
        return reply.code();
    }
    /// By what was recorded of the last act; who is named and not written to has a "-".
    std::set<std::string> recorded() {
        const auto messages = house.store.cases().messagesOf(house.caseNumbered(kNumber).caseId);
        std::set<std::string> told;
        const auto last = eventsOf(messages.back()).front();
        for (const auto& one : last.decided->told)
            told.insert((one.withheld ? "-" : "") + one.role +
                        (one.agency.empty() ? "" : " " + one.agency));
        return told;
    }
    /// Who has been written to since: agencies.
    std::set<std::string> written(std::size_t after) {
        std::set<std::string> found;
        std::size_t at = 0;
        house.store.outbox().forEachItem(0, [&](const store::OutboxItem& item) {
            if (at++ >= after && item.messageType != "DeadlineNotice") found.insert(item.recipient);
            return true;
        });
        return found;
    }
    std::size_t items() {
        std::size_t count = 0;
        house.store.outbox().forEachItem(0, [&](const store::OutboxItem&) { return ++count > 0; });
        return count;
    }
    void play(const std::vector<Row>& rows) {
        for (const auto& row : rows) {
            SCOPED_TRACE(std::string(row.type) + " by " + row.sender);
            const auto before = items();
            std::string because;
            ASSERT_EQ(send(row, because), row.code) << because;
            if (!row.code.empty()) {
                EXPECT_EQ(items(), before) << "nobody hears of what was refused";
                EXPECT_NE(because.find(row.words), std::string::npos) << because;
                continue;
            }
            EXPECT_EQ(recorded(), row.told);
            std::set<std::string> agencies;
            for (const auto& one : row.told)
                if (!one.starts_with('-') && one.find(' ') != std::string::npos)
                    agencies.insert(one.substr(one.find(' ') + 1));
            EXPECT_EQ(written(before), agencies) << "and nobody else";
        }
        const auto report = rebuild(house.store.cases(), house.store.outbox());
        EXPECT_TRUE(report.clean()) << report.differences.front();
    }
    House house;
};

const char* const kOrder = R"({"number":"1/QĐ","issuedOn":"@","obligations":[1]})";
const char* const kProposal =
    R"({"number":"2/ĐN","issuedOn":"@","obligated":"người phải thi hành án",)"
    R"("asks":"responsibility","summary":"x"})";

TEST_F(WhoIsTold, OfAProvincesCommitteeTheDepartmentAndThenTheGovernment) {
    transfer("Ủy ban nhân dân tỉnh Gia Lai", "province-committee", kProvince);
    play({
        {"D01.21",
         "CompelOrder",
         kOrder,
         {"obligated H21", "-superior-obligated", "procuracy-first E01.21", "thads G15.90.21",
          "-entitled", "department G15.90"}},
        // 35.1b: the enforcement authority proposes to the department, to nobody besides.
        {"G15.90.21", "EscalationProposal", kProposal, {"department G15.90"}},
        {"G15.90.21",
         "LiabilityRecommendation",
         R"({"number":"3/KN","issuedOn":"@","addressee":"H21","against":"x","finding":"x",)"
         R"("measures":"y"})",
         {},
         "ACT_REFUSED",
         "EscalationProposal"},
        // 32.3: the report goes to the Prime Minister; here it is told that it was made.
        {kDepartment,
         "EscalationReport",
         R"({"number":"4/BC","issuedOn":"@","obligated":"UBND tỉnh","proposal":"x"})",
         {"thads G15.90.21"}},
        {kDepartment,
         "PrimeMinisterDirection",
         R"({"number":"5/VPCP","issuedOn":"@","addressees":"UBND tỉnh","text":"x"})",
         {"obligated H21", "thads G15.90.21"}},
        {"H21.X1",
         "EscalationReport",
         R"({"number":"6/BC","issuedOn":"@","obligated":"x","proposal":"x"})",
         {},
         "FORBIDDEN_TYPE"},
    });
}

TEST_F(WhoIsTold, OfAnyOtherPartyNeitherIsTold) {
    transfer("Ủy ban nhân dân phường Quy Nhơn", "commune-committee", scenario::kCommittee.c_str());
    play({
        {"D01.21",
         "CompelOrder",
         kOrder,
         {"obligated H21.X1", "superior-obligated H21", "procuracy-first E01.21", "thads G15.90.21",
          "-entitled"}},
        {"G15.90.21",
         "EscalationProposal",
         kProposal,
         {},
         "ACT_REFUSED",
         "LiabilityRecommendation"},
        {kDepartment,
         "EscalationReport",
         R"({"number":"4/BC","issuedOn":"@","obligated":"x","proposal":"x"})",
         {},
         "ACT_REFUSED",
         "32"},
    });
}

}  // namespace
}  // namespace gateway::exchange::fixture
