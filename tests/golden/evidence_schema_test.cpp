// The schema of receipts and refusals in XML: frozen, so its samples are too.

#include <gtest/gtest.h>

#include "gateway/document/schema.h"
#include "gateway/document/xml.h"
#include "tests/golden/sample_files.h"

namespace golden {
namespace {

TEST(EvidenceSchema, JudgesItsSamples) {
    const std::filesystem::path directory =
        std::filesystem::path(THAHC_SOURCE_DIR) / "mappings/case-model";
    const auto schema = gateway::document::XmlSchema::load(directory / "receipt.xsd");
    std::size_t good = 0, bad = 0;
    for (const auto& entry : std::filesystem::directory_iterator(directory / "evidence")) {
        if (entry.path().extension() != ".xml") continue;
        SCOPED_TRACE(entry.path().string());
        const auto document = gateway::document::XmlDocument::parse(bytesOf(entry.path()));
        ASSERT_TRUE(document.ok());
        const bool valid = schema->validate(*document).empty();
        const bool expected = entry.path().filename().string().starts_with("ok-");
        EXPECT_EQ(valid, expected);
        ++(expected ? good : bad);
    }
    EXPECT_GE(good, 3U);
    EXPECT_GE(bad, 3U);
}

}  // namespace
}  // namespace golden
