#include "gateway/mapping/binding.h"

#include <gtest/gtest.h>

#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "gateway/mapping/binding.h"
#include "gateway/mapping/model_shape.h"
#include "gateway/model/cases/event.h"

namespace gateway::mapping {
namespace {

using base::ErrorCode;
using document::Kind;

constexpr std::string_view kTransfer = R"({"envelope":{"to":"thahc/test","type":"JudgmentTransfer",
"id":"m-1","created":"2025-05-05T01:30:00.000Z"},
"judgmentTransfer":{"ruling":{"kind":"BA","reference":{"court":"D01.52","number":"34/2025/HC-ST",
"issuedOn":"2025-04-18"},"instance":"ST","closedHearing":true,
"parties":[{"role":"plaintiff","name":"Trần Văn Mẫu","birthYear":1968}],
"obligations":[{"no":1,"category":"dd","text":"Hủy quyết định.","obligatedParty":"Ủy ban",
"entitledParties":["Trần Văn Mẫu","Lê Thị Thử"],"amountVnd":1250000}]}}})";

document::Node treeOf(std::string_view json) {
    auto tree = document::readJson(json);
    EXPECT_TRUE(tree.ok());
    return tree->root;
}

std::string replaced(std::string_view text, std::string_view what, std::string_view by) {
    std::string copy(text);
    const auto at = copy.find(what);
    EXPECT_NE(at, std::string::npos) << what;
    return copy.replace(at, what.size(), by);
}

base::Problem onlyProblem(std::string_view json) {
    auto bound = bindMessage(treeOf(json));
    EXPECT_FALSE(bound.ok());
    if (bound.ok()) return {};
    EXPECT_EQ(bound.error().size(), 1U);
    return bound.error().front();
}

TEST(Binding, aCourtThatSaysNoSaysSomething) {
    for (const std::string said : {R"("closedHearing":true)", R"("closedHearing":false)"}) {
        const auto text = replaced(kTransfer, R"("closedHearing":true)", said);
        const auto bound = bindMessage(treeOf(text));
        ASSERT_TRUE(bound.ok());
        EXPECT_NE(document::writeJson(unbindMessage(*bound)).find(said), std::string::npos);
    }
}

TEST(Binding, fillsAMessageAndWritesItBack) {
    const auto bound = bindMessage(treeOf(kTransfer));
    ASSERT_TRUE(bound.ok());
    const auto& ruling = std::get<model::JudgmentTransfer>(bound->payload).ruling;
    EXPECT_EQ(ruling.reference.number, "34/2025/HC-ST");
    EXPECT_EQ(base::formatDate(ruling.reference.issuedOn), "2025-04-18");
    EXPECT_EQ(ruling.closedHearing, true);
    EXPECT_EQ(ruling.parties.at(0).birthYear, 1968);
    EXPECT_EQ(ruling.obligations.at(0).category, model::Category::DD);
    EXPECT_EQ(ruling.obligations.at(0).entitledParties.size(), 2U);
    EXPECT_EQ(ruling.obligations.at(0).amountVnd, 1250000);

    std::string compact(kTransfer);
    std::erase(compact, '\n');
    EXPECT_EQ(document::writeJson(unbindMessage(*bound)), compact);
}

TEST(Binding, namesTheMissingMemberAndItsPlace) {
    const auto problem = onlyProblem(replaced(kTransfer, R"("court":"D01.52",)", ""));
    EXPECT_EQ(problem.code, ErrorCode::MAPPING_REQUIRED);
    EXPECT_EQ(problem.path, "/judgmentTransfer/ruling/reference/court");
    EXPECT_EQ(problem.position.line, 3U);
}

TEST(Binding, takesAnEmptyRequiredTextForMissing) {
    const auto problem = onlyProblem(replaced(kTransfer, "D01.52", ""));
    EXPECT_EQ(problem.code, ErrorCode::MAPPING_REQUIRED);
    EXPECT_EQ(problem.path, "/judgmentTransfer/ruling/reference/court");
}

TEST(Binding, refusesAValueOutsideTheEnumeration) {
    const auto problem = onlyProblem(replaced(kTransfer, R"("ST")", R"("S")"));
    EXPECT_EQ(problem.code, ErrorCode::MAPPING_VALUE);
    EXPECT_EQ(problem.path, "/judgmentTransfer/ruling/instance");
    EXPECT_EQ(base::render(problem).en,
              "The value \"S\" at /judgmentTransfer/ruling/instance (line 4) is not valid: "
              "it must be one of: ST, PT, GDT, TT.");
}

TEST(Binding, refusesAnItemOfTheWrongKindByItsIndex) {
    const auto problem = onlyProblem(replaced(kTransfer, R"("Lê Thị Thử")", "7"));
    EXPECT_EQ(problem.path, "/judgmentTransfer/ruling/obligations/0/entitledParties/1");
}

TEST(Binding, refusesNumbersThatAreNoIntegersOfSixtyFourBits) {
    for (const auto* bad : {"1968.5", "1e3", "9223372036854775808"}) {
        const auto problem = onlyProblem(replaced(kTransfer, "1968", bad));
        EXPECT_EQ(problem.code, ErrorCode::MAPPING_VALUE) << bad;
    }
}

TEST(Binding, refusesImpossibleDatesAndInstants) {
    EXPECT_EQ(onlyProblem(replaced(kTransfer, "2025-04-18", "2025-02-29")).code,
              ErrorCode::MAPPING_VALUE);
    EXPECT_EQ(onlyProblem(replaced(kTransfer, "01:30:00.000Z", "01:30:00.000")).code,
              ErrorCode::MAPPING_VALUE);
}

TEST(Binding, refusesMembersThatTheModelDoesNotHave) {
    const auto inside = onlyProblem(replaced(kTransfer, R"("no":1,)", R"("no":1,"nom":"x",)"));
    EXPECT_EQ(inside.code, ErrorCode::MAPPING_UNKNOWN_NODE);
    EXPECT_EQ(inside.path, "/judgmentTransfer/ruling/obligations/0/nom");
    const auto beside =
        onlyProblem(replaced(kTransfer, R"({"envelope")", R"({"ping":{},"envelope")"));
    EXPECT_EQ(beside.path, "/ping");
}

TEST(Binding, refusesAPayloadOfAnotherType) {
    const auto bound = bindMessage(treeOf(replaced(kTransfer, "JudgmentTransfer", "Ping")));
    ASSERT_FALSE(bound.ok());
    EXPECT_EQ(bound.error().at(0).path, "/ping");
    EXPECT_EQ(bound.error().at(1).path, "/judgmentTransfer");
}

TEST(Binding, reportsSeveralProblemsInOrder) {
    const auto bound =
        bindMessage(treeOf(replaced(replaced(kTransfer, R"("BA")", R"("X")"), R"("m-1")", "1")));
    ASSERT_FALSE(bound.ok());
    ASSERT_EQ(bound.error().size(), 2U);
    EXPECT_EQ(bound.error()[0].path, "/envelope/id");
    EXPECT_EQ(bound.error()[1].path, "/judgmentTransfer/ruling/kind");
}

TEST(Binding, carriesWhatWasSaidOfTheDelivery) {
    const auto bound = bindMessage(treeOf(R"({"envelope":{"to":"D01.21","type":"Ping","id":"d-1",
"created":"2025-05-05T01:30:00.000Z"},"ping":{"text":"?"},
"delivery":{"item":"d-1","sourceAgency":"H21.X1","leftOut":["ping/text"]}})"));
    ASSERT_TRUE(bound.ok());
    ASSERT_TRUE(bound->delivery.has_value());
    EXPECT_EQ(bound->delivery->sourceAgency, "H21.X1");
    const auto ours = unbindMessage(*bound);
    ASSERT_NE(ours.child("delivery"), nullptr);
    EXPECT_EQ(ours.child("delivery")->child("leftOut")->children.at(0).value, "ping/text");
    EXPECT_EQ(ModelShape().kindAt("delivery/leftOut[]"), Kind::String);

    const auto problem = onlyProblem(R"({"envelope":{"to":"D01.21","type":"Ping","id":"d-1",
"created":"2025-05-05T01:30:00.000Z"},"ping":{"text":"?"},"delivery":{"leftOut":["ping/text"]}})");
    EXPECT_EQ(problem.code, ErrorCode::MAPPING_REQUIRED);
    EXPECT_EQ(problem.path, "/delivery/item");
}

TEST(Binding, refusesWhatIsNoMessageAtAll) {
    EXPECT_EQ(onlyProblem("[]").code, ErrorCode::MAPPING_VALUE);
    EXPECT_EQ(onlyProblem("{}").path, "/envelope");
}

TEST(Binding, bringsAnyDescribedStructureBackAsItWas) {
    model::Event event;
    event.type = model::EventType::StatusReported;
    event.happenedOn = *base::parseDate("2026-11-21");
    event.recordedAt = *base::parseTimestamp("2026-11-21T01:02:03.004Z");
    event.actor = "H53.11";
    event.messageId = "";  // ours: an empty required text is no reason to lose an event
    event.act.emplace().type = "StatusReport";
    document::addText(event.act->content, "number", "BC-1");
    const auto node = toNode(event);
    EXPECT_EQ(node.child("act")->child("attachments"), nullptr);
    const auto back = fromNode<model::Event>(node);
    ASSERT_TRUE(back.ok());
    EXPECT_EQ(document::writeJson(toNode(*back)), document::writeJson(node));
    EXPECT_EQ(back->act->content.child("number")->value, "BC-1");
}

// What the store holds is written without the tree and read with it.
TEST(Binding, writesTheTextOfTheTreeWithoutIt) {
    model::Event event;
    event.type = model::EventType::StatusReported;
    event.happenedOn = *base::parseDate("2026-11-21");
    event.recordedAt = *base::parseTimestamp("2026-11-21T01:02:03.004Z");
    event.actor = "H53.11";
    event.note = "một \"ghi chú\"\n\\ và \x01 dấu";
    event.ruling =
        std::get<model::JudgmentTransfer>(bindMessage(treeOf(kTransfer))->payload).ruling;
    event.act.emplace().type = "Minutes";
    event.act->content = treeOf(R"({"kind":"17.1","heldOn":"2026-11-20","n":-5,"yes":true,"no":null,
"empty":{},"list":[1,"hai",{"ba":[]}]})");
    event.decided.emplace().marks = {"late-news"};
    model::Term term;
    term.rule = "thads-register";
    term.start = event.happenedOn;
    term.due = event.happenedOn;
    term.kind = model::TermKind::Breach;
    term.owners = {"THADS.AG"};
    event.decided->terms = {term, {}};
    const std::vector<model::Event> events{event, {}};

    document::Node list = document::arrayNode();
    for (const auto& one : events) list.children.push_back(toNode(one));
    EXPECT_EQ(toJson(events), document::writeJson(list));
    EXPECT_EQ(toJson(std::vector<model::Event>()), "[]");
}

TEST(ModelShape, knowsEveryFieldAndItsKind) {
    const ModelShape shape;
    EXPECT_EQ(shape.kindAt("envelope/created"), Kind::String);
    EXPECT_EQ(shape.kindAt("judgmentTransfer/ruling/parties"), Kind::Array);
    EXPECT_EQ(shape.kindAt("judgmentTransfer/ruling/parties[]"), Kind::Object);
    EXPECT_EQ(shape.kindAt("judgmentTransfer/ruling/parties[]/birthYear"), Kind::Number);
    EXPECT_EQ(shape.kindAt("monitoringQuery/withHistory"), Kind::Boolean);
    EXPECT_EQ(shape.kindAt("judgmentTransfer/ruling/party"), std::nullopt);
    using Words = std::vector<std::string_view>;
    EXPECT_EQ(shape.wordsAt("deliveryReceipt/verdict"), (Words{"accepted", "refused"}));
    EXPECT_EQ(shape.wordsAt("deliveryReceipt/item"), Words());
    EXPECT_EQ(shape.wordsAt("monitoringQuery/select/stage").size(), 15U);
}

}  // namespace
}  // namespace gateway::mapping
