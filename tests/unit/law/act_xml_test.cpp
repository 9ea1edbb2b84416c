// An act says the same in XML and in JSON, and nothing of it is lost on the way.

#include "gateway/law/acts/act_xml.h"

#include <gtest/gtest.h>

#include "gateway/law/acts/act_content.h"
#include "gateway/model/questions/any_message.h"
#include "tests/unit/law/full_content.h"
#include "tests/unit/law/shipped.h"

namespace gateway::law {
namespace {

using namespace shipped;
using document::Node;

Node said(const std::string& type, const std::string& xml) {
    const auto element =
        xmlOf("<" + type + " xmlns=\"" + kNamespace + "\">" + xml + "</" + type + ">");
    return actFromXml(*book().act(type), element);
}

// "CODE path line:column" of every reason.
std::string reasonsOf(const std::string& type, const Node& content) {
    std::string all;
    const auto& act = *book().act(type);
    for (const auto& reason : judgeContent(act, content, kToday)) {
        const auto at = positionIn(content, reason.path);
        all += reason.code + " " + xmlPath(act.type, reason.path) + " " + std::to_string(at.line) +
               ":" + std::to_string(at.column) + "\n";
    }
    return all;
}

TEST(ActXml, EveryActComesBackAsItWas) {
    for (const auto* one : book().everyAct()) {
        const auto& act = *one;
        const auto& type = act.type;
        const auto content = fullObject(act.content);
        ASSERT_EQ(reasonsOf(type, content), "") << type;
        const auto xml = document::writeXml(actToXml(act, content, kNamespace));
        const auto back = actFromXml(act, xmlOf(xml));
        EXPECT_EQ(document::writeJson(back), document::writeJson(content)) << type;
        EXPECT_EQ(document::writeXml(actToXml(act, back, kNamespace)), xml) << type;
    }
}

TEST(ActXml, IsTheFormOfTodaysMessages) {
    for (const auto& [folder, type] : {std::pair{"judgment-transfer", "JudgmentTransfer"},
                                       {"transfer-acknowledgement", "TransferAcknowledgement"},
                                       {"voluntary-notice", "VoluntaryNotice"},
                                       {"notice-acknowledgement", "NoticeAcknowledgement"},
                                       {"status-report", "StatusReport"},
                                       {"completion-report", "CompletionReport"}}) {
        const auto& act = *book().act(type);
        const auto wire = kMappings.parent_path() / "tests" / "golden" / "wire" / folder;
        const bool mapped = !exists(wire);
        const auto xml =
            xmlOf(bytesOf((mapped ? kMappings / "case-model-xml" / folder : wire) / "ok-full.xml"));
        const auto json = document::readJson(
            bytesOf((mapped ? kMappings / "case-model-json" / folder : wire) / "ok-full.json"));
        ASSERT_TRUE(json.ok());
        auto content = *json->root.child(model::memberNameOf(act.type));
        content.name.clear();
        const auto* element = xml.child(type);
        const auto read = actFromXml(act, *element);
        EXPECT_EQ(document::writeJson(read), document::writeJson(content)) << type;
        EXPECT_EQ(document::writeXml(actToXml(act, content, kNamespace)),
                  document::writeXml(*element));
    }
}

TEST(ActXml, NamesWhatTheDeclarationDoesNotKnow) {
    struct Row {
        std::string xml, told;
    };
    const std::string head = "<Number>1</Number>\n<IssuedOn>2026-03-02</IssuedOn>\n";
    const Row rows[] = {
        {"", ""},
        {"<Secret>x</Secret>", "UNKNOWN /CompelOrder/Secret 3:1\n"},
        {"<number>1</number>", "UNKNOWN /CompelOrder/number 3:1\n"},
        {"<Content xmlns=\"urn:other\">x</Content>", "UNKNOWN /CompelOrder/Content 3:1\n"},
        {"<Number>2</Number>", "TEXT /CompelOrder/Number 1:45\n"},
        {"<IssuedOn>2026-03-02</IssuedOn><IssuedOn>2026-03-02</IssuedOn>",
         "DAY /CompelOrder/IssuedOn 2:1\n"},
        {"<Content id=\"1\">x</Content>", "TEXT /CompelOrder/Content 3:1\n"},
        {"<Content><B>x</B></Content>", "TEXT /CompelOrder/Content 3:1\n"},
        {"<Content/>", "TEXT /CompelOrder/Content 3:1\n"},
        {"loose", "UNKNOWN /CompelOrder 1:1\n"},
        {"<Obligations/>", ""},
        {"<Obligations><Item> 02 </Item></Obligations>", ""},
        {"<Obligations>1</Obligations>", "TYPE /CompelOrder/Obligations 3:1\n"},
        {"<Obligations><Item>1</Item><Item>two</Item></Obligations>",
         "NUMBER /CompelOrder/Obligations/Item[2] 3:28\n"},
        {"<Obligations><Item>1</Item><No>2</No></Obligations>",
         "TYPE /CompelOrder/Obligations 3:1\n"},
        {"<Obligations><Item>1</Item></Obligations><Obligations/>",
         "NUMBER /CompelOrder/Obligations/Item[1] 3:1\n"
         "NUMBER /CompelOrder/Obligations/Item[2] 3:42\n"},
        {"<SentTo>\n<Item>\n<Role>king</Role><ReceivedOn>2027-01-01</ReceivedOn></Item></SentTo>",
         "CODE /CompelOrder/SentTo/Item[1]/Role 5:1\n"
         "DAY_TO_COME /CompelOrder/SentTo/Item[1]/ReceivedOn 5:18\n"},
        {"<SentTo><Item a=\"1\"><Role>thads</Role></Item></SentTo>",
         "UNKNOWN /CompelOrder/SentTo/Item[1]/@a 3:15\n"},
        {"<SentTo><Item>thads</Item></SentTo>",
         "MISSING /CompelOrder/SentTo/Item[1]/Role 3:9\n"
         "UNKNOWN /CompelOrder/SentTo/Item[1] 3:9\n"},
        {"<SentTo><Item><Role><Code>thads</Code><Text>x</Text></Role></Item></SentTo>", ""},
        {"<SentTo><Item><Role><Code>thads</Code><Name>x</Name></Role></Item></SentTo>",
         "UNKNOWN /CompelOrder/SentTo/Item[1]/Role/Name 3:39\n"},
        {"<Case><CaseId>c</CaseId><Ruling><Court>TA.AG</Court><IssuedOn>x</IssuedOn></Ruling>"
         "</Case>",
         "MISSING /CompelOrder/Case/Ruling/Number 3:25\n"
         "DAY /CompelOrder/Case/Ruling/IssuedOn 3:53\n"},
        {"<RequestOf><Number>1</Number><Number>2</Number></RequestOf>", ""},
        {"<RequestOf><Number id=\"1\">1</Number></RequestOf>",
         "UNKNOWN /CompelOrder/RequestOf/Number 3:12\n"
         "UNKNOWN /CompelOrder/RequestOf/Number/@id 3:20\n"},
        {"<RequestOf xmlns:o=\"urn:other\"><o:Number>1</o:Number></RequestOf>",
         "UNKNOWN /CompelOrder/RequestOf/Number 3:32\n"},
        {"<Attachments><Item><FileName>a.pdf</FileName><MediaType>application/pdf</MediaType>"
         "<SizeBytes>x</SizeBytes><Size>3</Size></Item></Attachments>",
         "NUMBER /CompelOrder/Attachments/Item[1]/SizeBytes 3:84\n"
         "UNKNOWN /CompelOrder/Attachments/Item[1]/Size 3:108\n"}};
    for (const auto& row : rows)
        EXPECT_EQ(reasonsOf("CompelOrder", said("CompelOrder", head + row.xml)), row.told)
            << row.xml;
}

TEST(ActXml, TakesOnlyWhatBothFormsCanSay) {
    const std::string head = R"("number":"1","issuedOn":"2026-03-02",)";
    for (const auto& [json, told] : {std::pair{R"("requestOf":{"số":"1"})", "UNKNOWN"},
                                     {R"("requestOf":{"item":"1"})", "UNKNOWN"},
                                     {R"("requestOf":{"Number":"1"})", "UNKNOWN"},
                                     {R"("requestOf":{})", "TEXT"},
                                     {R"("requestOf":[])", "TEXT"},
                                     {R"("requestOf":[null])", "TEXT"},
                                     {R"("entitled":{"name":" "})", "TEXT"},
                                     {R"("case":"case-1")", "TYPE"},
                                     {R"("attachments":[{}])", "MISSING"}}) {
        const auto content = jsonOf("{" + head + json + "}");
        const auto reasons = judgeContent(*book().act("CompelOrder"), content, kToday);
        ASSERT_FALSE(reasons.empty()) << json;
        EXPECT_EQ(reasons.front().code, told) << json;
    }
}

TEST(ActXml, SaysPathsInItsOwnWay) {
    const auto& act = *book().act("CompelOrder");
    EXPECT_EQ(xmlPath(act.type, ""), "/CompelOrder");
    EXPECT_EQ(xmlPath(act.type, "/items/0/completedOn"), "/CompelOrder/Items/Item[1]/CompletedOn");
    EXPECT_EQ(xmlPath(act.type, "/a~1b/99999999999999999999"),
              "/CompelOrder/A/b/99999999999999999999");
    EXPECT_EQ(model::memberNameOf(act.type), "compelOrder");
}

}  // namespace
}  // namespace gateway::law
