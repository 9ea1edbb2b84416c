#pragma once
// Compiles mappings written in a test and carries messages through them.

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <string>

#include "gateway/base/fault.h"
#include "gateway/document/json.h"
#include "gateway/document/schema.h"
#include "gateway/mapping/model_shape.h"
#include "gateway/mapping/plan.h"

namespace gateway::mapping {

inline const std::filesystem::path kSource = THAHC_SOURCE_DIR;

/// A shape made for tests: every construct has a field, whatever the case model has.
class TestShape final : public Shape {
  public:
    std::optional<document::Kind> kindAt(std::string_view path) const override {
        using enum document::Kind;
        static const std::map<std::string, document::Kind, std::less<>> kinds = {
            {"envelope", Object},    {"envelope/created", String},
            {"a", String},           {"closed", String},
            {"b", String},           {"c", String},
            {"n", Number},           {"m", Number},
            {"yes", Boolean},        {"o", Object},
            {"o/x", String},         {"o/y", String},
            {"o/p", Object},         {"o/p/q", String},
            {"list", Array},         {"list[]", Object},
            {"list[]/role", String}, {"list[]/name", String},
            {"list[]/no", Number},   {"list[]/key", String},
            {"list[]/words", Array}, {"list[]/words[]", String},
            {"words", Array},        {"words[]", String},
            {"kinds", Array},        {"kinds[]", String}};
        const auto found = kinds.find(path);
        return found == kinds.end() ? std::nullopt : std::optional(found->second);
    }
    std::vector<std::string_view> wordsAt(std::string_view path) const override {
        return path == "closed" || path == "kinds[]" ? std::vector<std::string_view>{"one", "two"}
                                                     : std::vector<std::string_view>{};
    }
};

/// The list "agency" of a directory: three agencies, one with two codes of theirs.
class TestLists final : public CodeLists {
  public:
    std::optional<std::string> toOurs(std::string_view, std::string_view theirs,
                                      AsOf day) const override {
        // The code that came to mean another agency.
        const bool before = day && *day < base::Date(std::chrono::year(2025) / 7 / 1);
        if (theirs == "52") return before ? "p63-52" : "p34-52";
        if (theirs == "000.00.00.G22" || theirs == "G22") return "G22";
        if (theirs == "H53.11" || theirs == "H53.12") return std::string(theirs);
        return std::nullopt;
    }
    std::optional<std::string> toTheirs(std::string_view, std::string_view ours,
                                        AsOf day) const override {
        if (ours == "G22") return "000.00.00.G22";
        if (ours.ends_with("-52") && toOurs("agency", "52", day) == ours) return "52";
        return toOurs("agency", ours, day);
    }
    bool knows(std::string_view list) const override { return list == "agency"; }
};

inline std::string fileText(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    EXPECT_TRUE(stream) << file;
    return {std::istreambuf_iterator<char>(stream), {}};
}

inline document::Content xmlContent(std::string_view text) {
    auto parsed = document::XmlDocument::parse(text);
    EXPECT_TRUE(parsed.ok()) << text;
    document::Content content{parsed->toTree(), std::nullopt};
    content.xml.emplace(std::move(parsed).value());
    return content;
}

inline document::Content jsonContent(std::string_view text) {
    auto parsed = document::readJson(text);
    EXPECT_TRUE(parsed.ok()) << text;
    return {std::move(parsed).value(), std::nullopt};
}

class MappingTest : public testing::Test {
  protected:
    MappingTest() {
        std::string pattern = std::filesystem::temp_directory_path() / "mapping-XXXXXX";
        EXPECT_NE(mkdtemp(pattern.data()), nullptr);
        directory_ = pattern;
    }
    ~MappingTest() override { std::filesystem::remove_all(directory_); }

    static const document::XmlSchema& language() {
        static const auto schema =
            document::XmlSchema::load(kSource / "mappings/schemas/mapping.xsd");
        return *schema;
    }

    std::filesystem::path write(const std::string& name, const std::string& text) {
        std::ofstream(directory_ / name, std::ios::binary) << text;
        return directory_ / name;
    }

    /// A whole mapping of the test shape around a body; line 2 is the body's first.
    std::shared_ptr<const Plan> plan(const std::string& theirs, const std::string& body,
                                     const std::string& before = "",
                                     const std::string& attributes = "") {
        std::string text =
            R"(<mapping xmlns="urn:thahc:mapping:1" id="t/t" version="1" message="Ping" theirs=")" +
            theirs + "\" " + attributes + ">";
        text += theirs == "xml" ? "<accept root=\"R\"/>" : "<accept when=\"missing never\"/>";
        text += before + "<body>\n" + body + "\n</body></mapping>";
        return Plan::compile(write("mapping.xml", text), language(), TestShape(),
                             std::make_shared<TestLists>());
    }

    static std::string readInto(const Plan& plan, const document::Content& content,
                                const ExchangeValues& exchange = {}) {
        auto mapped = plan.read(content, exchange);
        if (mapped.ok()) return document::writeJson(mapped->ours);
        std::string all;
        for (const auto& problem : mapped.error()) all += base::render(problem).en + "\n";
        return all;
    }
    static std::string readXml(const Plan& plan, std::string_view text,
                               const ExchangeValues& exchange = {}) {
        return readInto(plan, xmlContent(text), exchange);
    }
    static std::string readJson(const Plan& plan, std::string_view text,
                                const ExchangeValues& exchange = {}) {
        return readInto(plan, jsonContent(text), exchange);
    }
    static std::string writeFrom(const Plan& plan, std::string_view ours,
                                 const ExchangeValues& exchange = {}) {
        const std::string text = plan.write(jsonContent(ours).tree.root, exchange);
        const auto end = text.starts_with("<?xml") ? text.find("?>") + 2 : 0;
        return text.substr(text.find_first_not_of('\n', end));
    }
    /// Why a mapping is refused when loaded; empty if it is not.
    std::string faultOf(const std::string& theirs, const std::string& body,
                        const std::string& before = "", const std::string& attributes = "") {
        try {
            static_cast<void>(plan(theirs, body, before, attributes));
        } catch (const base::Fault& fault) {
            const std::string text = fault.what();
            const std::string path = directory_.string() + "/";
            return text.starts_with(path) ? text.substr(path.size()) : text;
        }
        return {};
    }

    std::filesystem::path directory_;
};

}  // namespace gateway::mapping
