#include "gateway/app/process/library_faults.h"

#include <gmock/gmock.h>

#include <fstream>

#include "gateway/base/fault.h"
#include "tests/support/temporary_folder.h"

namespace gateway::app {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class LibraryFaultsTest : public testing::Test {
  protected:
    // dpkg's own file, with one package in the version and state given.
    std::vector<std::string> warningsFor(const std::string& version,
                                         const std::string& state = "install ok installed") {
        std::ofstream(paths.status) << "Package: other\nStatus: install ok installed\n"
                                       "Version: 0.1\n\nPackage: libxml2\nStatus: "
                                    << state << "\nVersion: " << version << "\n\n";
        return libraryWarnings(paths);
    }

    support::TemporaryFolder folder;
    LibraryFaultPaths paths{THAHC_SOURCE_DIR "/mappings/operations/library-faults.xml",
                            THAHC_SOURCE_DIR "/mappings/schemas/library-faults.xsd",
                            folder.path() / "status", "/usr/bin/dpkg"};
};

TEST_F(LibraryFaultsTest, NamesTheFaultsOfAnOldPackageAndWhatToDo) {
    const auto warnings = warningsFor("2.9.14+dfsg-1.3~deb12u3");
    EXPECT_THAT(warnings, ElementsAre(AllOf(HasSubstr("libxml2 2.9.14+dfsg-1.3~deb12u3"),
                                            HasSubstr("CVE-2025-7425"), HasSubstr("apt-get"))));
}

TEST_F(LibraryFaultsTest, ComparesAsDebianDoes) {
    EXPECT_THAT(warningsFor("2.9.14+dfsg-1.3~deb12u4"), IsEmpty());
    EXPECT_THAT(warningsFor("2.9.14+dfsg-1.3~deb12u10"), IsEmpty());  // ten is more than four
    EXPECT_EQ(warningsFor("2.9.14+dfsg-1.3~deb12u1").size(), 5U);
}

TEST_F(LibraryFaultsTest, SaysNothingOfWhatIsNotInstalled) {
    EXPECT_THAT(warningsFor("2.9.14+dfsg-1", "deinstall ok config-files"), IsEmpty());
}

TEST_F(LibraryFaultsTest, SaysSoWhenNothingCanBeChecked) {
    paths.status = folder.path() / "none";
    EXPECT_THAT(libraryWarnings(paths), ElementsAre(HasSubstr("could not be checked")));
}

TEST_F(LibraryFaultsTest, RefusesABrokenDataFile) {
    paths.faults = folder.path() / "faults.xml";
    std::ofstream(paths.faults) << "<library-faults/>";
    EXPECT_THROW(static_cast<void>(libraryWarnings(paths)), base::Fault);
}

}  // namespace
}  // namespace gateway::app
