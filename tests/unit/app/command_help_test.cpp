// What each command says of itself, held to docs/cli.md.

#include "gateway/app/settings/command_help.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>

#include "tests/scenario/support/child.h"
#include "tests/scenario/support/world.h"

namespace gateway::app {
namespace {

// In tables a bar is written with a backslash.
std::string cliPage() {
    std::ifstream in(THAHC_SOURCE_DIR "/gateway/docs/cli.md", std::ios::binary);
    std::string page{std::istreambuf_iterator<char>(in), {}};
    std::erase(page, '\\');
    return page;
}

std::vector<std::string> linesOf(std::string_view text) {
    std::vector<std::string> lines;
    std::istringstream in{std::string(text)};
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

TEST(CommandHelp, everyUsageStandsInTheDocumentationInTheSameWords) {
    const auto page = cliPage();
    for (const auto& help : commandHelps())
        for (const auto& line : linesOf(help.usage))
            EXPECT_NE(page.find("`" + line + "`"), std::string::npos) << help.name << ": " << line;
}

TEST(CommandHelp, everyOptionOfTheDocumentationsUsagesIsExplained) {
    int seen = 0;
    for (const auto& line : linesOf(cliPage())) {
        const auto lead = line.starts_with("- `") ? 3U : line.starts_with("| `") ? 3U : 0U;
        if (lead == 0) continue;
        const auto usage = line.substr(lead, line.find('`', lead) - lead);
        const auto* const help = helpOf(usage.substr(0, usage.find(' ')));
        if (help == nullptr) continue;
        ++seen;
        const auto known = optionsOf(*help);
        const CommandHelp documented{help->name, {}, usage, CommandHelp::Takes::Nothing};
        for (const auto& option : optionsOf(documented))
            EXPECT_NE(std::ranges::find(known, option), known.end()) << usage << ": " << option;
    }
    EXPECT_GT(seen, 40);
}

TEST(CommandHelp, everyOptionHasAMeaningAndEveryCommandAnExample) {
    for (const auto& help : commandHelps()) {
        for (const auto& option : optionsOf(help))
            EXPECT_NE(meaningOf(help.name, option), "") << help.name << " --" << option;
        EXPECT_TRUE(help.example.starts_with(help.name)) << help.name;
        EXPECT_LE(help.brief.size(), 75U) << help.name;
        EXPECT_EQ(&help, helpOf(help.name));
    }
}

std::string said(std::vector<std::string> words, int expected) {
    words.insert(words.begin(), scenario::World::binary());
    std::string output;
    EXPECT_EQ(scenario::run(words, &output), expected) << words[1];
    return output;
}

TEST(CommandHelp, everyCommandAnswersWhoeverAsks) {
    const auto all = said({"--help"}, 0);
    for (const auto& help : commandHelps()) {
        const auto text = said({std::string(help.name), "--help"}, 0);
        EXPECT_EQ(text, helpText(help));
        EXPECT_NE(all.find("  " + std::string(help.name) + " "), std::string::npos);
    }
    EXPECT_EQ(said({"help", "check-mapping"}, 0), said({"check-mapping", "--help"}, 0));
    EXPECT_EQ(said({"agencies", "find", "x", "--help"}, 0), helpText(*helpOf("agencies")));
}

TEST(CommandHelp, aWrongCallIsAnsweredByItsOwnUsage) {
    const auto wrong = said({"check-mapping", "a.xml", "--smaple", "b.xml"}, 2);
    EXPECT_TRUE(wrong.starts_with(helpText(*helpOf("check-mapping")))) << wrong;
    EXPECT_NE(wrong.find("unknown option --smaple"), std::string::npos);
    EXPECT_EQ(wrong.find("dead-letters"), std::string::npos);
    EXPECT_NE(said({"no-such"}, 2).find("unknown command no-such"), std::string::npos);
}

}  // namespace
}  // namespace gateway::app
