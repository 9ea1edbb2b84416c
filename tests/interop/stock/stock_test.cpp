// What stock tools write is accepted, or refused with the reason that names the setting.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "tests/interop/stock/verdict.h"

namespace gateway::trust {
namespace {

const std::filesystem::path kPlace = THAHC_SOURCE_DIR "/tests/interop/stock";

std::string textOf(const std::string& name) {
    std::ifstream file(kPlace / name, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

std::string verdictOn(const std::string& xml) {
    return testing::verdictOn(xml, textOf("signer.pem"));
}

struct Output {
    const char* file;
    const char* verdict;
};

constexpr Output kOutputs[] = {
    {"signxml-stock.xml", "C14N_METHOD"},
    {"signxml-exc.xml", "accepted"},
    {"signxml-pss.xml", "accepted"},
    {"signxml-xades-stock.xml", "C14N_METHOD"},
    {"signxml-xades-exc.xml", "REFERENCE_COUNT"},
    {"xmldsigjs-stock.xml", "C14N_METHOD"},
    {"xmldsigjs-exc.xml", "C14N_METHOD"},
    {"xadesjs-stock.xml", "C14N_METHOD"},
    {"xadesjs-exc.xml", "TRANSFORM_C14N"},
    {"xml-crypto-exc.xml", "accepted"},
    {"xml-crypto-c14n.xml", "C14N_METHOD"},
};

TEST(StockTools, EachOutputHasItsVerdict) {
    std::set<std::string> judged;
    for (const Output& output : kOutputs) {
        EXPECT_EQ(verdictOn(textOf(output.file)), output.verdict) << output.file;
        judged.insert(output.file);
    }
    for (const auto& entry : std::filesystem::directory_iterator(kPlace)) {
        if (entry.path().extension() != ".xml") continue;
        EXPECT_EQ(judged.count(entry.path().filename().string()), 1U) << entry.path();
    }
}

TEST(StockTools, AChangedOutputIsTold) {
    for (const Output& output : kOutputs) {
        if (std::string_view(output.verdict) != "accepted") continue;
        std::string xml = textOf(output.file);
        xml.replace(xml.find("<a>x"), 4, "<a>y");
        EXPECT_EQ(verdictOn(xml), "CONTENT_CHANGED") << output.file;
        xml = textOf(output.file);
        const auto value = xml.find("SignatureValue>") + 20;
        xml[value] = xml[value] == 'A' ? 'B' : 'A';
        EXPECT_EQ(verdictOn(xml), "VALUE_WRONG") << output.file;
    }
}

}  // namespace
}  // namespace gateway::trust
