// The facts that the simulator plays must fit directory, rights and case model.

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "gateway/document/json.h"
#include "gateway/exchange/reference/act_rights.h"
#include "gateway/exchange/reference/court_procuracy.h"
#include "gateway/mapping/binding.h"
#include "gateway/model/messages/case_number.h"
#include "tests/unit/exchange/reference_fixture.h"

namespace gateway::exchange {
namespace {

using namespace fixture;
using document::Node;
using model::MessageType;

class DemoFacts : public testing::Test {
  protected:
    DemoFacts() : data_(projectData()) {
        const std::string file = THAHC_SOURCE_DIR "/connectors/simulator/data/rulings.json";
        std::ifstream in(file, std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(in), {}};
        auto tree = document::readJson(bytes);
        if (!tree) throw std::runtime_error(file + ": " + base::render(tree.error()).en);
        facts_ = std::move(tree).value().root;
    }

    static std::string text(const Node& node, std::string_view name) {
        const auto* child = node.child(name);
        return child ? child->value : "(" + std::string(name) + " is missing)";
    }
    static model::Ruling rulingOf(const Node& fact) {
        auto ruling = mapping::fromNode<model::Ruling>(*fact.child("ruling"));
        if (!ruling)
            throw std::runtime_error(text(fact, "id") + ": " + ruling.error().front().path);
        return std::move(ruling).value();
    }

    std::shared_ptr<const ReferenceData> data_;
    Node facts_;
};

TEST_F(DemoFacts, TwelveRulingsFitTheCaseModel) {
    const auto& rulings = facts_.child("rulings")->children;
    ASSERT_EQ(rulings.size(), 12U);
    for (const auto& fact : rulings) {
        const auto ruling = rulingOf(fact);
        EXPECT_FALSE(ruling.parties.empty()) << text(fact, "id");
        EXPECT_FALSE(ruling.obligations.empty()) << text(fact, "id");
        const auto number = model::normaliseCaseNumber(ruling.reference.number);
        EXPECT_EQ(number.normalised, text(fact, "numberNormalised"));
        const model::NumberedRuling of{ruling.reference.issuedOn, ruling.instance, ruling.kind};
        for (const auto doubt : model::doubtsOf(ruling.reference.number, of))
            ADD_FAILURE() << text(fact, "id") << ": " << nameOf(doubt);
        EXPECT_EQ(number.documentType == "BA", ruling.kind == model::RulingKind::Judgment);
    }
}

TEST_F(DemoFacts, AgenciesAreThoseOfTheDirectory) {
    const auto& directory = data_->directory();
    for (const auto& fact : facts_.child("rulings")->children) {
        const auto id = text(fact, "id");
        const auto ruling = rulingOf(fact);
        const auto* court = directory.find(ruling.reference.court, ruling.reference.issuedOn);
        ASSERT_NE(court, nullptr) << id;
        EXPECT_EQ(court->nameOn(ruling.reference.issuedOn), ruling.courtName) << id;
        ASSERT_NE(directory.find(ruling.firstInstanceCourt), nullptr) << id;
        const auto province = directory.provinceOn(ruling.firstInstanceCourt, kToday);
        EXPECT_EQ(province, text(fact, "province")) << id;
        EXPECT_EQ(directory.enforcementFor(province, kToday)->code, text(fact, "enforcement"));
        EXPECT_EQ(procuracyOf(directory, ruling.firstInstanceCourt, kToday)->code,
                  text(fact, "procuracy"));
        for (const auto& obligation : ruling.obligations)
            if (!obligation.obligatedAgency.empty()) {
                EXPECT_NE(directory.find(obligation.obligatedAgency), nullptr)
                    << id << " " << obligation.obligatedAgency;
            }
    }
}

TEST_F(DemoFacts, EveryStepIsWithinTheRightsOfItsActor) {
    const auto& rights = data_->rights();
    const auto today = on(kToday);
    for (const auto& fact : facts_.child("rulings")->children) {
        const auto id = text(fact, "id");
        const auto ruling = rulingOf(fact);
        std::vector<store::CaseAgency> inCase = {
            {ruling.reference.court, "court"},
            {ruling.firstInstanceCourt, "first-instance-court"},
            {text(fact, "enforcement"), "enforcement"},
            {text(fact, "procuracy"), "procuracy"}};
        EXPECT_TRUE(
            rights.mayAct(text(fact, "sender"), MessageType::JudgmentTransfer, inCase, today))
            << id;
        const auto day = base::vietnamDate(today);
        EXPECT_TRUE(couldSend(*data_, text(fact, "enforcement"), "VoluntaryNotice", day)) << id;
        for (const auto& notice : fact.child("notices")->children)
            inCase.push_back({text(notice, "addressee"), "obligated"});
        for (const auto& answer : fact.child("answers")->children) {
            const auto agency = text(answer, "agency");
            EXPECT_TRUE(couldSend(*data_, agency, "StatusReport", day)) << id;
            EXPECT_TRUE(rights.maySeeCase(agency, inCase, text(fact, "province"), today)) << id;
        }
        EXPECT_TRUE(
            rights.maySeeCase(text(fact, "procuracy"), inCase, text(fact, "province"), today))
            << id;
    }
}

TEST_F(DemoFacts, NoticesSayTheThreeMandatoryThings) {
    for (const auto& fact : facts_.child("rulings")->children)
        for (const auto& notice : fact.child("notices")->children) {
            const auto* texts = facts_.child("noticeTexts")->child(text(notice, "term"));
            ASSERT_NE(texts, nullptr) << text(fact, "id");
            for (const char* part : {"voluntaryTerm", "duties", "consequences"})
                EXPECT_GT(text(*texts, part).size(), 40U) << part;
        }
}

}  // namespace
}  // namespace gateway::exchange
