// What every command prints of foreign words can move no cursor and turn no reading direction.

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <string>

#include "gateway/base/printable.h"

namespace {

// A name as a partner could give a file: a colour, a C1 control, a right-to-left override.
const std::string kHostile =
    "x\x1b[31m\xC2\x9B"
    "2J\xE2\x80\xAE"
    "fdp.xml";

std::string outputOf(const std::string& words) {
    const std::string command = THAHC_BINARY_DIR "/bin/thahc-gateway " + words + " 2>&1";
    FILE* const pipe = popen(command.c_str(), "r");
    if (pipe == nullptr) return "";
    std::string output;
    std::array<char, 4096> part{};
    while (const auto length = std::fread(part.data(), 1, part.size(), pipe))
        output.append(part.data(), length);
    pclose(pipe);
    return output;
}

TEST(ForeignWords, NoCommandPrintsThemRaw) {
    const std::string file = ::testing::TempDir() + kHostile;
    std::ofstream(file) << "<a " << kHostile << "/>";
    const std::string named = "'" + file + "'";
    for (const std::string& words :
         {"check-mapping " + named, "check-mapping " + named + " --json",
          "check-config --config " + named, "check-config --config " + named + " --json",
          "verify " + named + " --seal " + named, "rebuild --config " + named,
          "serve --config " + named, named, "client send " + named + " --config " + named}) {
        const std::string output = outputOf(words);
        EXPECT_FALSE(output.empty()) << words;
        EXPECT_EQ(output, gateway::base::printable(output)) << words;
    }
    EXPECT_NE(outputOf("check-config --config " + named).find("x\\u001b[31m"), std::string::npos);
}

// A table is written with a byte order mark and CR LF: what a pipe gets is that table.
TEST(ForeignWords, ADocumentForAFileIsNotChanged) {
    const std::string root = THAHC_SOURCE_DIR "/";
    const std::string sample = ::testing::TempDir() + "zero-width.json";
    std::ofstream(sample) << R"({"envelope":{"to":"thahc/demo","type":"NoticeAcknowledgement",
        "id":"X-1","created":"2026-11-05T02:12:00Z"},"noticeAcknowledgement":{
        "noticeNumber":"21/TB","receivedOn":"2026-11-05","contact":"a\u200bb","case":{"ruling":{
        "court":"D01.01","number":"15/2026/HC-ST","issuedOn":"2026-03-12"}}}})";
    const std::string words = "check-mapping " + root +
                              "tests/golden/first-formats/mappings/xa/xac-nhan/mapping.xml"
                              " --mappings " +
                              root + "mappings --outward --sample " + sample;
    EXPECT_NE(outputOf(words + " --only-result")
                  .find("a\xE2\x80\x8B"
                        "b"),
              std::string::npos);
    EXPECT_NE(outputOf(words).find("a\\u200bb"), std::string::npos);
}

}  // namespace
