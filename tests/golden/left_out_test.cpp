// What the agencies' own formats do not carry of the messages that are delivered in them.

#include <gtest/gtest.h>

#include <filesystem>
#include <ostream>

#include "gateway/document/json.h"
#include "tests/golden/formats_in_service.h"
#include "tests/golden/sample_files.h"

namespace golden {
namespace {

using Places = std::vector<std::string>;

struct Delivered {
    std::string mapping, type;
    Places leftOut;
};
void PrintTo(const Delivered& delivered, std::ostream* out) { *out << delivered.mapping; }

class DeliveredFormats : public testing::TestWithParam<Delivered> {};

// Of the fullest sample of a type, as the case model has it.
TEST_P(DeliveredFormats, NameWhatTheyDoNotCarry) {
    const std::filesystem::path source = THAHC_SOURCE_DIR;
    auto sample = source / "mappings/case-model-json" / GetParam().type / "expected/ok-full.json";
    if (!exists(sample)) sample = source / "tests/golden/wire" / GetParam().type / "ok-full.json";
    const auto ours = contentOf(bytesOf(sample), gateway::document::Form::Json);
    for (const char* family : {"xml", "json"}) {
        auto id = GetParam().mapping;
        const auto* const plan = formatsInService().find(id.replace(id.find('*'), 1, family));
        ASSERT_NE(plan, nullptr) << id;
        EXPECT_EQ(plan->leftOut(ours.tree.root, {}), GetParam().leftOut) << id;
    }
}

// What we add ourselves, and what only stands beside a ruling that is delivered.
TEST(CourtFormats, CarryNoNormalisedNumber) {
    const auto ours = gateway::document::readJson(R"({"judgmentTransfer": {"ruling": {
        "kind": "BA", "reference": {"court": "D01.21", "number": "1/ 2026/HC-ST",
            "numberNormalised": "1/2026/HC-ST", "issuedOn": "2026-03-02"},
        "parties": [{"role": "plaintiff", "name": "A"}, {"role": "defendant", "name": "B"}],
        "instance": "ST", "obligations": [{"no": 1, "category": "b", "text": "t",
            "obligatedParty": "B"}]}},
        "envelope": {"to": "x", "type": "JudgmentTransfer", "id": "1",
            "created": "2026-03-03T00:00:00.000Z"},
        "delivery": {"item": "i", "sourceAgency": "D01.21"}})");
    ASSERT_TRUE(ours.ok());
    for (const char* id : {"court-xml/ruling", "enforcement-json/ruling"}) {
        EXPECT_EQ(formatsInService().find(id)->leftOut(ours->root, {}),
                  (Places{"judgmentTransfer/ruling/reference/numberNormalised"}))
            << id;
    }
}

// What an office's package says and the case model has no place for is kept in the original, and
// goes on from there into the package of its recipient.
TEST(EdxmlFormats, CarryWhatIsKeptFromPackageToPackage) {
    const std::filesystem::path folder = std::filesystem::path(THAHC_SOURCE_DIR) / "mappings/edxml";
    const auto original = contentOf(bytesOf(folder / "document/ok-office-software.xml"),
                                    gateway::document::Form::Xml);
    const auto exchange = gateway::mapping::ExchangeValues{
        {"audience", "thahc/demo"}, {"messageId", "M-1"}, {"createdAt", "2026-06-08T02:00:00Z"}};
    for (const char* id : {"edxml/document", "edxml/document-zipped"}) {
        const auto* const plan = formatsInService().find(id);
        ASSERT_NE(plan, nullptr) << id;
        const auto read = plan->read(original, exchange, gateway::mapping::Detail::All);
        ASSERT_TRUE(read.ok()) << id;
        std::size_t kept = 0;
        for (const auto& node : read->report.nodes)
            kept += node.use == gateway::mapping::NodeUse::Kept ? 1U : 0U;
        EXPECT_GE(kept, 14U) << id;
        const auto alone = plan->write(read->ours, exchange);
        const auto both = plan->write(read->ours, exchange, {{"original", &original.tree}});
        for (const std::string element :
             {"Type>18<", "TypeDetail>0<", "SphereOfPromulgation>Liên thông văn bản<",
              "TyperNotation>LTT<", "PromulgationAmount>1<", "PageAmount>1<", "SteeringType>0<",
              "Paper>0<", "Department>N/A<", "Staff>Lê Thị Thử<"}) {
            EXPECT_NE(both.find("<edXML:" + element), std::string::npos) << id << element << both;
            EXPECT_EQ(alone.find("<edXML:" + element), std::string::npos) << id << element;
        }
        EXPECT_EQ(both.find("<edXML:Mobile"), std::string::npos) << "empty in the original";
    }
}

INSTANTIATE_TEST_SUITE_P(
    Agencies, DeliveredFormats,
    testing::Values(Delivered{"court-*/ruling", "judgment-transfer", {}},
                    Delivered{"court-*/transfer-acknowledgement", "transfer-acknowledgement", {}},
                    Delivered{"court-*/monitoring-result", "monitoring-result", {}},
                    Delivered{"procuracy-*/monitoring-result", "monitoring-result", {}},
                    Delivered{"committee-*/monitoring-result", "monitoring-result", {}},
                    Delivered{"committee-*/voluntary-notice", "voluntary-notice", {}},
                    Delivered{"committee-*/notice-acknowledgement", "notice-acknowledgement", {}},
                    Delivered{"committee-*/status-report", "status-report", {}},
                    Delivered{"committee-*/completion-report", "completion-report", {}}));

}  // namespace
}  // namespace golden
