// The signing tools of Node as the settings of signing.md use them, on a key of today.

#include <gtest/gtest.h>

#include "tests/interop/stock/verdict.h"
#include "tests/interop/xml/foreign_tools.h"

namespace gateway::trust {
namespace {

using testing::kCanonicalMessage;
using testing::verdictOn;
using testing::Workbench;

std::string signedBy(const Workbench& bench, const std::string& tool) {
    bench.write("message.xml", kCanonicalMessage);
    static_cast<void>(bench.run("node " THAHC_SOURCE_DIR "/tests/interop/stock/" + tool +
                                ".mjs rsa.key rsa.pem <message.xml >signed.xml"));
    return bench.read("signed.xml");
}

TEST(NodeTools, AreAcceptedWithTheStatedSettings) {
    const Workbench bench;
    for (const char* tool : {"xml_crypto", "xmldsigjs"}) {
        const std::string xml = signedBy(bench, tool);
        EXPECT_EQ(verdictOn(xml, bench.read("rsa.pem")), "accepted") << tool;
        EXPECT_EQ(verdictOn(xml, bench.read("ec.pem")), "ALGORITHM_KEY") << tool;
        std::string changed = xml;
        changed.replace(changed.find("12/2026"), 2, "13");
        EXPECT_EQ(verdictOn(changed, bench.read("rsa.pem")), "CONTENT_CHANGED") << tool;
    }
}

// It has no setting for the canonical form of its second reference.
TEST(NodeTools, XadesjsIsToldWhatIsMissing) {
    const Workbench bench;
    EXPECT_EQ(verdictOn(signedBy(bench, "xadesjs"), bench.read("rsa.pem")), "TRANSFORM_C14N");
}

}  // namespace
}  // namespace gateway::trust
