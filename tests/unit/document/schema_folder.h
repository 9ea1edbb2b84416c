#pragma once
// A folder of schema files that a test writes and that goes with it.

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace gateway::document {

class SchemaFolder : public testing::Test {
  protected:
    void SetUp() override { std::filesystem::create_directories(folder_); }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    std::filesystem::path write(const std::string& name, const std::string& text) const {
        std::filesystem::create_directories((folder_ / name).parent_path());
        std::ofstream(folder_ / name) << text;
        return folder_ / name;
    }
    /// The same, within <xs:schema> of namespace urn:t (prefix t; p: urn:p).
    std::filesystem::path writeXsd(const std::string& name, const std::string& inner) const {
        return write(name, R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
            xmlns:t="urn:t" xmlns:p="urn:p" targetNamespace="urn:t"
            elementFormDefault="qualified">)" +
                               inner + "</xs:schema>");
    }

    const std::filesystem::path folder_ =
        std::filesystem::path(testing::TempDir()) /
        (std::string("schemas-") + testing::UnitTest::GetInstance()->current_test_info()->name() +
         std::to_string(::getpid()));
};

}  // namespace gateway::document
