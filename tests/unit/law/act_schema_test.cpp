// The published schemas of acts take what is taken; their JSON is judged by tests/interop/schema.

#include "gateway/law/acts/act_schema.h"

#include <gtest/gtest.h>

#include "gateway/document/schema.h"
#include "gateway/law/acts/act_xml.h"
#include "tests/support/temporary_folder.h"
#include "tests/unit/law/full_content.h"
#include "tests/unit/law/shipped.h"

namespace gateway::law {
namespace {

using namespace shipped;
using document::Node;

std::string messageOf(const ActDeclaration& act, const Node& content) {
    auto message = document::elementNode(std::string(kCaseModel), "Message");
    auto envelope = document::elementNode(std::string(kCaseModel), "Envelope");
    for (const auto& [name, value] : {std::pair{"To", "thahc/demo"},
                                      {"Type", act.type.c_str()},
                                      {"Id", "m1"},
                                      {"Created", "2026-12-01T01:00:00Z"}})
        envelope.children.push_back(document::elementNode(std::string(kCaseModel), name, value));
    message.children.push_back(std::move(envelope));
    message.children.push_back(actToXml(act, content, kCaseModel));
    return document::writeXml(message);
}

class ActSchema : public ::testing::Test {
  protected:
    std::shared_ptr<const document::XmlSchema> written(
        const std::vector<const ActDeclaration*>& acts) {
        const auto model = xmlOf(bytesOf(kMappings / "case-model" / "case-model.xsd"));
        const auto file = folder_.path() / "acts.xsd";
        std::ofstream(file) << document::writeXmlPretty(xmlSchemaOf(acts, model),
                                                        {{std::string(kXmlSchema), "xs"}});
        return document::XmlSchema::load(file);
    }
    support::TemporaryFolder folder_;
};

TEST_F(ActSchema, TakesEveryActInFull) {
    const auto schema = written(book().everyAct());
    for (const auto* act : book().everyAct())
        for (const auto& problem :
             schema->validate(documentOf(messageOf(*act, fullObject(act->content)))))
            ADD_FAILURE() << act->type << ": " << render(problem).en;
}

TEST_F(ActSchema, RefusesWhatHasAnotherShape) {
    const auto& act = *book().act("CompelOrder");
    const auto schema = written({&act});
    const auto good = messageOf(act, fullObject(act.content));
    EXPECT_TRUE(schema->validate(documentOf(good)).empty());
    for (const auto& [from, to] : {std::pair{"<Type>CompelOrder", "<Type>CompletionReport"},
                                   {"<Role>thads", "<Role>king"},
                                   {"<Item>2</Item>", "<Item>two</Item>"},
                                   {"2026-03-02</ReceivedOn>", "2026-02-30</ReceivedOn>"},
                                   {"<Content>", "<Content id=\"1\">"},
                                   {"<Obligations>", "<Secret/><Obligations>"},
                                   {"<CaseId>", "<Court/><CaseId>"}}) {
        auto bad = good;
        const auto at = bad.find(from);
        ASSERT_NE(at, std::string::npos) << from;
        bad.replace(at, std::string(from).size(), to);
        EXPECT_FALSE(schema->validate(documentOf(bad)).empty()) << to;
    }
}

TEST_F(ActSchema, InJsonSpeaksOfNothingThatItDoesNotHold) {
    const auto model = jsonOf(bytesOf(kMappings / "case-model" / "case-model.schema.json"));
    const auto schema = jsonSchemaOf(book().everyAct(), model);
    const auto& definitions = *schema.child("$defs");
    const std::function<void(const Node&)> walk = [&](const Node& node) {
        if (node.name == "$ref") {
            const auto name = node.value.substr(node.value.rfind('/') + 1);
            EXPECT_NE(definitions.child(name), nullptr) << name;
        }
        for (const auto& child : node.children) walk(child);
    };
    walk(schema);
    EXPECT_EQ(schema.child("oneOf")->children.size(), book().everyAct().size());
    EXPECT_EQ(definitions.child("monitoringQuery"), nullptr);
    const auto& order = *definitions.child("compelOrder");
    ASSERT_EQ(order.child("required")->children.size(), 2U);
    EXPECT_EQ(order.child("required")->children.front().value, "number");
}

}  // namespace
}  // namespace gateway::law
