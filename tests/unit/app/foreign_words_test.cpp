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

}  // namespace
