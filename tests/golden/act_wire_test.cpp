// What was on the wire before these acts were their declarations alone: partners' software sends
// it, and reads it, as it always did.

#include <gtest/gtest.h>

#include <filesystem>

#include "gateway/document/xml.h"
#include "gateway/exchange/desk/canonical_acts.h"
#include "gateway/mapping/binding.h"
#include "tests/golden/formats_in_service.h"
#include "tests/golden/sample_files.h"

namespace golden {
namespace {

namespace document = gateway::document;
namespace exchange = gateway::exchange;
namespace fs = std::filesystem;
using document::Form;

constexpr auto kDayOfTheSamples = std::chrono::year(2026) / 12 / 31;
const auto kWire = fs::path(THAHC_SOURCE_DIR) / "tests/golden/wire";

std::vector<fs::path> filesOf(Form form) {
    std::vector<fs::path> found;
    for (const auto& entry : fs::recursive_directory_iterator(kWire))
        if (entry.path().extension() == (form == Form::Json ? ".json" : ".xml"))
            found.push_back(entry.path());
    std::ranges::sort(found);
    return found;
}

// Order and all in XML, whose readers may go by a schema; in JSON as JSON is compared.
std::string sameAs(const document::Content& written) {
    const auto& root = written.tree.root;
    return written.tree.form == Form::Json ? comparable(root) : document::writeXml(root);
}

class ActWire : public testing::TestWithParam<Form> {};

TEST_P(ActWire, IsReadAndWrittenAsItWas) {
    const auto files = filesOf(GetParam());
    EXPECT_EQ(files.size(), 13U);
    for (const auto& file : files) {
        SCOPED_TRACE(file.string());
        const auto content = contentOf(bytesOf(file), GetParam());
        const auto read = exchange::readCanonicalAct(lawInService(), content);
        ASSERT_TRUE(read);
        for (const auto& problem :
             exchange::judgeDeclared(*read->act, content.tree.root, read->ours, kDayOfTheSamples))
            ADD_FAILURE() << render(problem).en;
        const auto message = gateway::mapping::bindMessage(read->ours);
        ASSERT_TRUE(message.ok()) << render(message.error().front()).en;
        const auto ours = gateway::mapping::unbindMessage(*message);
        auto inJson = file;
        EXPECT_EQ(comparable(ours), comparableFile(inJson.replace_extension(".json")));
        const auto again = exchange::writeCanonicalAct(read->act, ours, GetParam());
        EXPECT_EQ(sameAs(contentOf(again, GetParam())), sameAs(content));
    }
}

INSTANTIATE_TEST_SUITE_P(Both, ActWire, testing::Values(Form::Json, Form::Xml),
                         [](const auto& form) {
                             return form.param == Form::Json ? "json" : "xml";
                         });

}  // namespace
}  // namespace golden
