#pragma once
// Drafts of mappings as the command makes them, and what becomes of them.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "gateway/app/settings/commands.h"
#include "gateway/app/settings/exit_codes.h"
#include "gateway/app/settings/failure.h"
#include "gateway/document/json.h"
#include "tests/support/temporary_folder.h"

namespace gateway::app {

inline const std::string kMappings = THAHC_SOURCE_DIR "/mappings";

struct Printed {
    int code = 0;
    std::string out, err;
};

inline Printed run(int (*command)(const Words&), const Words& words) {
    testing::internal::CaptureStdout();
    testing::internal::CaptureStderr();
    Printed printed;
    try {
        printed.code = command(words);
    } catch (const CommandFailure& failure) {
        printed = {failure.code(), {}, failure.what()};
    } catch (const base::Fault& fault) {
        printed = {kExitBadData, {}, fault.what()};
    }
    printed.out = testing::internal::GetCapturedStdout();
    printed.err += testing::internal::GetCapturedStderr();
    return printed;
}

inline std::string textOf(const std::filesystem::path& file) {
    std::ifstream in(file);
    return {std::istreambuf_iterator<char>(in), {}};
}

// Every rule that stands in a comment put in the place of the <ignore> below it.
inline std::string taken(const std::string& draft) {
    std::istringstream lines(draft);
    std::string made;
    bool rule = false, dropped = false;
    for (std::string line; std::getline(lines, line);) {
        const auto open = line.find("<!-- <");
        if (open != std::string::npos) {
            rule = true;
            line.erase(open, 5);
        }
        const auto close = line.rfind(" -->");
        const bool ends = rule && close != std::string::npos;
        if (ends) line.erase(close);
        if (dropped && line.find("<ignore") != std::string::npos) line.clear();
        dropped = ends;
        if (ends) rule = false;
        made += line + "\n";
    }
    return made;
}

class NewMapping : public testing::Test {
  protected:
    std::filesystem::path place() const { return folder_.path() / "local/mappings/moi/thu"; }
    void SetUp() override { std::filesystem::create_directories(place()); }

    Printed draft(Words options) const {
        options.insert(options.end(), {"--mappings", kMappings, "--format", "moi/thu"});
        return run(newMappingCommand, options);
    }
    Printed check(const std::string& mapping, const std::string& sample) const {
        std::ofstream(place() / "mapping.xml") << mapping;
        return run(checkMappingCommand, {(place() / "mapping.xml").string(), "--mappings",
                                         kMappings, "--sample", sample, "--json"});
    }
    // There is a verdict on the sample, so the mapping itself has been taken.
    static bool isGood(const Printed& checked) {
        const auto verdict = document::readJson(checked.out);
        return verdict && verdict->root.child("problem") == nullptr;
    }
    std::string write(const std::string& name, const std::string& text) const {
        std::ofstream(folder_.path() / name) << text;
        return (folder_.path() / name).string();
    }

    support::TemporaryFolder folder_;
};

}  // namespace gateway::app
