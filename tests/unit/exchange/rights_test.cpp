#include "gateway/exchange/reference/rights.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "gateway/exchange/reference/act_rights.h"
#include "tests/unit/exchange/reference_fixture.h"

namespace gateway::exchange {
namespace {

using namespace fixture;
using model::MessageType;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;
using testing::UnorderedElementsAre;

/// A case of the old Bình Định court against the old provincial committee, as it stands today.
const std::vector<store::CaseAgency> kCase = {{"D01.08", "court"},
                                              {"D01.08", "first-instance-court"},
                                              {"G15.90.21", "enforcement"},
                                              {"E01.21", "procuracy"},
                                              {"H08", "obligated"}};
constexpr const char* kProvince = "p34-52";

class RightsTest : public testing::Test {
  protected:
    std::shared_ptr<const ReferenceData> data_ = projectData();
    const Rights& rights_ = data_->rights();
};

TEST_F(RightsTest, EachKindSendsItsOwnTypesOnly) {
    const auto today = on(kToday);
    EXPECT_TRUE(rights_.maySend("D01.21", MessageType::JudgmentTransfer, today));
    EXPECT_TRUE(rights_.maySend("E01.21", MessageType::MonitoringQuery, today));
    for (const char* other : {"G15.90.21", "E01.21", "H21"})
        EXPECT_FALSE(rights_.maySend(other, MessageType::JudgmentTransfer, today)) << other;
    EXPECT_FALSE(rights_.maySend("D01.21", MessageType::MonitoringResult, today));
}

// An act that is data: by the roles of its declaration that the kind can hold.
TEST_F(RightsTest, EachKindCouldSendTheActsOfItsRolesOnly) {
    const auto could = [this](const char* agency, const char* type) {
        return couldSend(*data_, agency, type, base::vietnamDate(on(kToday)));
    };
    EXPECT_TRUE(could("G15.90.21", "VoluntaryNotice"));
    EXPECT_TRUE(could("H21", "StatusReport"));
    EXPECT_TRUE(could("G06.S1", "StatusReport"));
    EXPECT_FALSE(could("D01.21", "CompletionReport"));
    EXPECT_FALSE(could("H08", "StatusReport")) << "it has ended";
    EXPECT_FALSE(could("H21", "NoSuchAct"));
    // The enforcement department at the ministry issues no notices itself.
    EXPECT_FALSE(could("G15.90", "VoluntaryNotice"));
}

TEST_F(RightsTest, AnAgencyThatHasEndedOrIsUnknownMayDoNothing) {
    EXPECT_TRUE(rights_.maySend("D01.08", MessageType::JudgmentTransfer, on(kBefore)));
    EXPECT_FALSE(rights_.maySend("D01.08", MessageType::JudgmentTransfer, on(kMerger)));
    EXPECT_FALSE(rights_.maySend("D01.21.K9", MessageType::Ping, on(kToday)));
    EXPECT_THAT(rights_.sendable("D01.08", on(kToday)), IsEmpty());
    EXPECT_FALSE(rights_.maySeeCase("D01.08", kCase, kProvince, on(kToday)));
    EXPECT_FALSE(rights_.maySeeCase("nobody", kCase, kProvince, on(kToday)));
}

TEST_F(RightsTest, ActsNeedTheRoleByTheClosureOfTheDay) {
    const auto today = on(kToday);
    EXPECT_TRUE(rights_.mayAct("D01.21", MessageType::JudgmentTransfer, kCase, today));
    EXPECT_FALSE(rights_.mayAct("D01.21", MessageType::JudgmentTransfer, kCase, on(kBefore)));
    EXPECT_TRUE(rights_.mayAct("D01.08", MessageType::JudgmentTransfer, kCase, on(kBefore)));
    EXPECT_FALSE(rights_.mayAct("D01.26", MessageType::JudgmentTransfer, kCase, today));
    // Right type, wrong role.
    EXPECT_FALSE(
        rights_.mayAct("D01.21", MessageType::JudgmentTransfer, {{"D01.21", "obligated"}}, today));
    EXPECT_TRUE(rights_.mayAct("H26", MessageType::Ping, {}, today));
    EXPECT_TRUE(rights_.mayReceive("G15.90.21", MessageType::JudgmentTransfer, kCase, today));
    EXPECT_FALSE(rights_.mayReceive("E01.21", MessageType::JudgmentTransfer, kCase, today));
}

TEST_F(RightsTest, EachKindIsToldItsOwnTypesOnly) {
    const std::map<std::string, std::vector<MessageType>> expected = {
        {"D01.21", {MessageType::MonitoringResult, MessageType::DocumentTransfer}},
        {"G15.90.21",
         {MessageType::JudgmentTransfer, MessageType::MonitoringResult,
          MessageType::DocumentTransfer}},
        {"E01.21", {MessageType::MonitoringResult, MessageType::DocumentTransfer}},
        {"H21", {MessageType::MonitoringResult, MessageType::DocumentTransfer}}};
    for (const auto& [agency, types] : expected)
        for (const auto& row : model::Names<MessageType>::table)
            EXPECT_EQ(rights_.mayReceive(agency, row.first, kCase, on(kToday)),
                      std::ranges::find(types, row.first) != types.end())
                << agency << " " << row.second;
    // Nor what concerns others: a case of another province, a role that it does not have.
    for (const char* stranger : {"D01.26", "G15.90.26", "E01.26", "H26"})
        for (const auto& row : model::Names<MessageType>::table)
            EXPECT_EQ(rights_.mayReceive(stranger, row.first, kCase, on(kToday)),
                      row.first == MessageType::DocumentTransfer)
                << stranger << " " << row.second;
    EXPECT_FALSE(rights_.mayReceive("H08", MessageType::MonitoringResult, kCase, on(kToday)))
        << "it has ended";
}

TEST_F(RightsTest, AFirstInstanceCourtPassesOnWhatAnAbolishedCourtOfAppealRuled) {
    const std::vector<store::CaseAgency> appealed = {{"D01.C2", "court"},
                                                     {"D01.47", "first-instance-court"}};
    EXPECT_TRUE(rights_.mayAct("D01.17", MessageType::JudgmentTransfer, appealed, on(kToday)));
    EXPECT_FALSE(rights_.mayAct("D01.21", MessageType::JudgmentTransfer, appealed, on(kToday)));
}

TEST_F(RightsTest, ASplitGivesTheWardNothing) {
    const std::vector<store::CaseAgency> city = {{"H08.V1", "obligated"}};
    EXPECT_FALSE(rights_.maySeeCase("H21.X1", city, kProvince, on(kToday)));
    // Its superior's successor is still told what the abolished city owes.
    EXPECT_TRUE(rights_.maySeeCase("H21", city, kProvince, on(kToday)));
    EXPECT_FALSE(rights_.maySeeCase("H26", city, kProvince, on(kToday)));
}

TEST_F(RightsTest, EachKindSeesItsOwn) {
    const auto today = on(kToday);
    for (const char* who : {"D01.21", "G15.90.21", "G15.90", "E01.21", "E01", "H21"})
        EXPECT_TRUE(rights_.maySeeCase(who, kCase, kProvince, today)) << who;
    for (const char* who : {"D01.26", "G15.90.26", "E01.26", "H26", "H21.X1", "G06", "D01"})
        EXPECT_FALSE(rights_.maySeeCase(who, kCase, kProvince, today)) << who;
}

TEST_F(RightsTest, AProcuracySeesItsProvinceAndWhatWasMergedIntoIt) {
    const auto filter = rights_.visibility("E01.21", on(kToday));
    EXPECT_THAT(filter.visibleProvinces, UnorderedElementsAre("p34-52", "p63-52", "p63-64"));
    EXPECT_THAT(filter.visibleTo, UnorderedElementsAre(store::CaseAgency{"E01.21", "procuracy"},
                                                       store::CaseAgency{"E01.08", "procuracy"}));
    const auto before = rights_.visibility("E01.21", on(kBefore));
    EXPECT_THAT(before.visibleProvinces, ElementsAre("p63-64"));
    EXPECT_FALSE(rights_.maySeeCase("E01.21", {}, "p63-52", on(kBefore)));
}

TEST_F(RightsTest, AProvinceSeesWhatItsAgenciesOwe) {
    const auto filter = rights_.visibility("H21", on(kToday));
    EXPECT_THAT(filter.visibleProvinces, IsEmpty());
    EXPECT_THAT(filter.visibleTo, Contains(store::CaseAgency{"H21.X1", "obligated"}));
    EXPECT_THAT(filter.visibleTo, Contains(store::CaseAgency{"H08.V1", "obligated"}));
    EXPECT_THAT(filter.visibleTo, Not(Contains(store::CaseAgency{"H26.X1", "obligated"})));
}

TEST_F(RightsTest, OnlyTheTopOfAKindHasNoRestriction) {
    const auto unrestricted = [&](const char* who) {
        const auto filter = rights_.visibility(who, on(kToday));
        return filter.visibleTo.empty() && filter.visibleProvinces.empty();
    };
    for (const auto& agency : data_->directory().all()) {
        const bool top = agency.code == "E01" || agency.code == "G15.90";
        EXPECT_EQ(unrestricted(agency.code.c_str()), top) << agency.code;
    }
    EXPECT_FALSE(unrestricted("nobody"));
}

// Two rows for one type must be for different levels: which of them holds would be chance.
TEST_F(RightsTest, OneRowALevelForEachType) {
    using enum model::AgencyLevel;
    using Levels = std::vector<model::AgencyLevel>;
    const auto stated = [&](const Levels& one, const Levels& other, bool receives) {
        KindRules rules;
        rules.name = "kind";
        rules.origin = "kind.xml:1";
        rules.covers = {model::AgencyKind::Court};
        auto& list = receives ? rules.receives : rules.sends;
        list.push_back({model::MessageType::Ping, {}, one, "law"});
        list.push_back({model::MessageType::Ping, {}, other, "law"});
        try {
            static_cast<void>(Rights({rules}, projectData()->sharedDirectory()));
            return std::string("taken");
        } catch (const base::Fault& fault) {
            return std::string(fault.what());
        }
    };
    const std::string twice = "kind.xml:1: kind kind states Ping twice";
    for (const bool receives : {false, true}) {
        EXPECT_EQ(stated({}, {}, receives), twice);
        EXPECT_EQ(stated({}, {Province}, receives), twice);
        EXPECT_EQ(stated({Province}, {}, receives), twice);
        EXPECT_EQ(stated({Central, Province}, {Region, Province}, receives), twice);
        EXPECT_EQ(stated({Central, Province}, {Region}, receives), "taken");
    }
}

}  // namespace
}  // namespace gateway::exchange
