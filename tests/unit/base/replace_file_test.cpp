#include "gateway/base/replace_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <iterator>

#include "gateway/base/fault.h"
#include "tests/support/powerless.h"
#include "tests/support/temporary_folder.h"

namespace gateway::base {
namespace {

std::string contentsOf(std::istream&& in) { return {std::istreambuf_iterator<char>(in), {}}; }

TEST(ReplaceFile, LeavesReadersTheFileTheyOpened) {
    const support::TemporaryFolder folder;
    const auto file = folder.path() / "a.xml";
    replaceFile(file, "the old one, and longer");
    std::ifstream reading(file);
    replaceFile(file, "the new one");
    EXPECT_EQ(contentsOf(std::move(reading)), "the old one, and longer");
    EXPECT_EQ(contentsOf(std::ifstream(file)), "the new one");
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "a.xml.new"));
}

TEST(ReplaceFile, FailsWithoutATrace) {
    const support::TemporaryFolder folder;
    const auto file = folder.path() / "a.xml";
    replaceFile(file, "as it was");
    std::filesystem::create_directory(folder.path() / "a.xml.new");
    EXPECT_THROW(replaceFile(file, "never"), Fault);
    EXPECT_EQ(contentsOf(std::ifstream(file)), "as it was");
    // A folder in the way of the last step.
    const auto other = folder.path() / "b.xml";
    std::filesystem::create_directories(other / "full");
    EXPECT_THROW(replaceFile(other, "never"), Fault);
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "b.xml.new"));
    EXPECT_THROW(replaceFile(folder.path() / "nowhere" / "c.xml", "never"), Fault);
}

TEST(ReplaceFile, SaysWhoseTheFolderMustBe) {
    const support::TemporaryFolder folder;
    ASSERT_EQ(::chmod(folder.path().c_str(), 0555), 0);
    const auto said =
        support::saidToNobody([&folder] { replaceFile(folder.path() / "a.xml", "never"); });
    EXPECT_NE(said.find("a.xml.new: Permission denied for the account "), std::string::npos)
        << said;
    EXPECT_NE(said.find("chown "), std::string::npos) << said;
    EXPECT_NE(said.find(folder.path().string() + ")"), std::string::npos) << said;
}

}  // namespace
}  // namespace gateway::base
