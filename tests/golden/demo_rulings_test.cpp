// The rulings of the demonstration, in every format in which a court may send one: with all their
// dirt they go out, come back and say the same.

#include <gtest/gtest.h>

#include <algorithm>

#include "gateway/document/json.h"
#include "gateway/mapping/binding.h"
#include "tests/golden/formats_in_service.h"
#include "tests/golden/sample_files.h"

namespace golden {
namespace {

namespace document = gateway::document;
namespace mapping = gateway::mapping;
using document::Node;

Node messageOf(const Node& ruling, const std::string& id) {
    Node message = document::objectNode();
    Node& envelope = message.children.emplace_back(document::objectNode("envelope"));
    envelope.children = {document::stringNode("to", "thahc/demo"),
                         document::stringNode("type", "JudgmentTransfer"),
                         document::stringNode("id", id),
                         document::stringNode("created", "2026-06-08T01:30:00.000Z")};
    Node& transfer = message.children.emplace_back(document::objectNode("judgmentTransfer"));
    transfer.children.push_back(ruling);
    return message;
}

// Courts list parties by role; the order within a role is theirs to keep.
std::string comparableByRole(Node message) {
    const auto rank = [](const Node& party) {
        const std::string& role = party.child("role")->value;
        return role == "plaintiff" ? 0 : role == "defendant" ? 1 : 2;
    };
    auto& parties = message.child("judgmentTransfer")->child("ruling")->child("parties")->children;
    std::stable_sort(parties.begin(), parties.end(),
                     [&rank](const Node& a, const Node& b) { return rank(a) < rank(b); });
    return comparable(message);
}

class DemoRulings : public testing::TestWithParam<std::string> {};

TEST_P(DemoRulings, SayTheSameOnTheWayBack) {
    const auto* const plan = formatsInService().find(GetParam());
    ASSERT_NE(plan, nullptr);
    const auto file = std::filesystem::path(THAHC_SOURCE_DIR) / "connectors/simulator/data";
    const auto facts = document::readJson(bytesOf(file / "rulings.json"));
    ASSERT_TRUE(facts.ok());
    std::size_t count = 0;
    for (const Node& entry : facts->root.child("rulings")->children) {
        const std::string& id = entry.child("id")->value;
        SCOPED_TRACE(id);
        const auto message = mapping::bindMessage(messageOf(*entry.child("ruling"), id));
        ASSERT_TRUE(message.ok()) << render(message.error().front()).en;
        const Node ours = mapping::unbindMessage(*message);
        const std::string bytes = plan->write(ours, {});
        const auto content = contentOf(bytes, plan->theirs());
        ASSERT_TRUE(plan->accepts(content)) << bytes;
        const auto back = plan->read(content, {});
        ASSERT_TRUE(back.ok()) << render(back.error().front()).en << bytes;
        EXPECT_EQ(comparableByRole(back->ours), comparableByRole(ours)) << bytes;
        ++count;
    }
    EXPECT_EQ(count, 12U);
}

INSTANTIATE_TEST_SUITE_P(Formats, DemoRulings,
                         testing::Values("case-model-json/judgment-transfer",
                                         "case-model-xml/judgment-transfer", "court-json/ruling",
                                         "court-xml/ruling"),
                         [](const auto& format) {
                             std::string name = format.param;
                             std::replace(name.begin(), name.end(), '/', '_');
                             std::replace(name.begin(), name.end(), '-', '_');
                             return name;
                         });

}  // namespace
}  // namespace golden
