// signxml as the settings of signing.md use it, on keys of today. Run by ops/signxml, which names
// the Python that has it in THAHC_PYTHON.

#include <gtest/gtest.h>

#include <cstdlib>

#include "tests/interop/stock/verdict.h"
#include "tests/interop/xml/foreign_tools.h"

namespace gateway::trust {
namespace {

using testing::kCanonicalMessage;
using testing::verdictOn;
using testing::Workbench;

TEST(Signxml, IsAcceptedWithTheStatedSettings) {
    const char* const python = std::getenv("THAHC_PYTHON");
    ASSERT_NE(python, nullptr) << "run ops/signxml";
    const Workbench bench;
    bench.write("message.xml", kCanonicalMessage);
    for (const std::string kind : {"rsa", "pss", "ecdsa"}) {
        const std::string key = kind == "ecdsa" ? "ec" : "rsa";
        static_cast<void>(bench.run(
            std::string(python) + " " THAHC_SOURCE_DIR "/tests/interop/stock/sign_xml.py " + kind +
            " " + key + ".key " + key + ".pem <message.xml >signed.xml"));
        std::string xml = bench.read("signed.xml");
        EXPECT_EQ(verdictOn(xml, bench.read(key + ".pem")), "accepted") << kind;
        xml.replace(xml.find("12/2026"), 2, "13");
        EXPECT_EQ(verdictOn(xml, bench.read(key + ".pem")), "CONTENT_CHANGED") << kind;
    }
}

}  // namespace
}  // namespace gateway::trust
