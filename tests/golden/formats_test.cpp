// Every format of mappings/: what must go in goes in as expected, goes out and comes back the
// same; what must be refused is refused at the right place.

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "gateway/document/json.h"
#include "gateway/exchange/desk/canonical_acts.h"
#include "gateway/mapping/binding.h"
#include "tests/golden/formats_in_service.h"
#include "tests/golden/sample_files.h"

namespace golden {
namespace {

using gateway::base::ErrorCode;
using gateway::base::Problem;
using gateway::document::Content;
using gateway::document::Node;
using gateway::mapping::Detail;
using gateway::mapping::ExchangeValues;
using gateway::mapping::MappedTree;
using gateway::mapping::NodeUse;
using gateway::mapping::Plan;
using gateway::mapping::Problems;
namespace document = gateway::document;
namespace mapping = gateway::mapping;

Node reasonsOf(const Problems& problems) {
    Node reasons = document::arrayNode();
    for (const Problem& problem : problems) {
        Node& reason = reasons.children.emplace_back(document::objectNode());
        reason.children.push_back(
            document::stringNode("code", std::string(entryOf(problem.code).name)));
        reason.children.push_back(document::stringNode("path", problem.path));
        reason.children.push_back(
            document::numberNode("line", std::to_string(problem.position.line)));
    }
    return reasons;
}

std::string sentences(const Problems& problems) {
    std::string all;
    for (const Problem& problem : problems) all += "  " + render(problem).en + "\n";
    return all;
}

constexpr auto kDayOfTheSamples = std::chrono::year(2026) / 12 / 31;

// The road of a message through the mapping room: is it this format, what does it say, is that a
// message of the case model, and of an act, what does its declaration say.
gateway::base::Result<MappedTree, Problems> mapInwards(const Plan& plan, const Content& content,
                                                       const ExchangeValues& exchange) {
    if (!plan.accepts(content)) {
        const Node& root = content.tree.root;
        return Problems{Problem(ErrorCode::MAPPING_NO_FORMAT, "/" + root.name, root.position)};
    }
    auto mapped = plan.read(content, exchange, Detail::All);
    if (!mapped || !plan.oursIsModel()) return mapped;
    if (const auto* act = gateway::exchange::declaredIn(lawInService(), mapped->ours)) {
        auto problems = gateway::exchange::judgeDeclared(*act, content.tree.root, mapped->ours,
                                                         kDayOfTheSamples);
        if (!problems.empty()) return problems;
    }
    const auto message = mapping::bindMessage(mapped->ours);
    if (!message) return message.error();
    return mapped;
}

// Ours as expectations have it: of an XSD as one text.
Node shown(const Plan& plan, const Node& ours) {
    if (plan.ours() == gateway::document::Form::Json) return ours;
    Node node = gateway::document::objectNode();
    node.children.push_back(gateway::document::stringNode("xml", plan.textOfOurs(ours)));
    return node;
}

class Formats : public testing::TestWithParam<FormatDirectory> {
  protected:
    const FormatDirectory& format() const { return GetParam(); }
    const Plan& plan() const {
        const Plan* const found = formatsInService().find(format().id);
        if (found == nullptr) throw std::runtime_error("no mapping has the id " + format().id);
        return *found;
    }
    Content sample(const std::filesystem::path& file) const {
        return contentOf(bytesOf(file), plan().theirs());
    }
};

TEST_P(Formats, HaveSamplesOfBothKinds) {
    EXPECT_FALSE(format().samples("ok-").empty());
    EXPECT_FALSE(format().samples("bad-").empty());
}

TEST_P(Formats, ReadWhatTheyShould) {
    for (const auto& file : format().samples("ok-")) {
        SCOPED_TRACE(file.string());
        const auto mapped = mapInwards(plan(), sample(file), format().exchange());
        if (!mapped) {
            ADD_FAILURE() << sentences(mapped.error());
            continue;
        }
        EXPECT_EQ(mapped->report.count(NodeUse::Unknown), 0U);
        EXPECT_GT(mapped->report.count(NodeUse::Used), 0U);
        const auto expectation = format().expectationOf(file);
        const Node ours = shown(plan(), mapped->ours);
        if (accepting() && comparable(ours) != comparableFile(expectation))
            accept(expectation, ours);
        EXPECT_EQ(comparable(ours), comparableFile(expectation));
    }
}

TEST_P(Formats, SayWhyTheyIgnore) {
    for (const auto& file : format().samples("ok-")) {
        const auto mapped = mapInwards(plan(), sample(file), format().exchange());
        ASSERT_TRUE(mapped.ok()) << file;
        for (const auto& node : mapped->report.nodes)
            if (node.use == NodeUse::Ignored || node.use == NodeUse::Kept) {
                EXPECT_FALSE(node.reason.empty()) << file << " " << node.path;
            }
    }
}

// The formats that are written as well as read, by the same file.
class WrittenFormats : public Formats {
  protected:
    // What of the envelope is said by the signature or the exchange, where the format has none.
    [[nodiscard]] bool isWithoutEnvelope() const { return !format().exchange().empty(); }
    [[nodiscard]] std::vector<std::string> leftOut(const Node& ours) const {
        auto places = plan().leftOut(ours, format().exchange());
        if (isWithoutEnvelope())
            std::erase_if(places, [](const std::string& place) {
                return place == "envelope/to" || place == "envelope/id" ||
                       place == "envelope/created";
            });
        return places;
    }
};

TEST_P(WrittenFormats, ComeBackAsTheyWentOut) {
    ASSERT_TRUE(plan().outward() && plan().inward());
    for (const auto& file : format().samples("ok-")) {
        SCOPED_TRACE(file.string());
        const auto mapped = mapInwards(plan(), sample(file), format().exchange());
        ASSERT_TRUE(mapped.ok()) << sentences(mapped.error());
        EXPECT_EQ(leftOut(mapped->ours), std::vector<std::string>());
        const std::string bytes = plan().write(mapped->ours, format().exchange());
        const auto again =
            mapInwards(plan(), contentOf(bytes, plan().theirs()), format().exchange());
        ASSERT_TRUE(again.ok()) << sentences(again.error()) << bytes;
        EXPECT_EQ(comparable(shown(plan(), again->ours)), comparable(shown(plan(), mapped->ours)))
            << bytes;
        EXPECT_EQ(plan().write(again->ours, format().exchange()), bytes);
    }
}

// What the gateway creates has milliseconds; a format that has none must not stop a delivery.
TEST_P(WrittenFormats, TakeOurInstants) {
    if (!plan().oursIsModel()) return;  // a receipt has no envelope
    const auto file = format().samples("ok-").front();
    auto mapped = mapInwards(plan(), sample(file), format().exchange());
    ASSERT_TRUE(mapped.ok()) << sentences(mapped.error());
    mapped->ours.child("envelope")->child("created")->value = "2026-06-08T01:30:07.123Z";
    const std::string bytes = plan().write(mapped->ours, format().exchange());
    const auto again = mapInwards(plan(), contentOf(bytes, plan().theirs()), format().exchange());
    ASSERT_TRUE(again.ok()) << sentences(again.error());
    if (isWithoutEnvelope()) return;
    const auto& created = again->ours.child("envelope")->child("created")->value;
    EXPECT_TRUE(created.starts_with("2026-06-08T01:30:07")) << created;
}

TEST_P(Formats, RefuseWhatTheyShould) {
    for (const auto& file : format().samples("bad-")) {
        SCOPED_TRACE(file.string());
        const auto mapped = mapInwards(plan(), sample(file), format().exchange());
        if (mapped) {
            ADD_FAILURE() << "was taken";
            continue;
        }
        const Node reasons = reasonsOf(mapped.error());
        const auto expectation = format().expectationOf(file);
        if (accepting() && comparable(reasons) != comparableFile(expectation))
            accept(expectation, reasons);
        EXPECT_EQ(comparable(reasons), comparableFile(expectation)) << sentences(mapped.error());
    }
}

std::string testName(const testing::TestParamInfo<FormatDirectory>& info) {
    std::string name = info.param.id;
    for (char& c : name)
        if (c == '/' || c == '-') c = '_';
    return name;
}

std::vector<FormatDirectory> documentFormats() {
    auto formats = formatDirectories();
    std::erase_if(formats, [](const auto& format) {
        return isTableFormat(format) || format.isOnlyWritten();
    });
    return formats;
}

std::vector<FormatDirectory> answerFormats() {
    auto formats = formatDirectories();
    std::erase_if(formats, [](const auto& format) { return !format.isOnlyWritten(); });
    return formats;
}

// The formats that are only written: ours is the sample, and theirs what is expected of it.
class AnswerFormats : public Formats {
  protected:
    // What is written of a sample, or why it cannot be.
    [[nodiscard]] std::string written(const std::filesystem::path& file) const {
        const auto documents = format().documents();
        gateway::mapping::Documents given;
        for (const auto& [name, tree] : documents) given.emplace(name, &tree);
        const auto ours = contentOf(bytesOf(file), plan().ours()).tree.root;
        try {
            return plan().write(ours, format().exchange(), given);
        } catch (const mapping::Unwritable& fault) {
            return std::string("unwritable: ") + fault.what();
        }
    }
    void expectAsBefore(const std::filesystem::path& file) const {
        SCOPED_TRACE(file.string());
        const auto text = written(file);
        auto expectation = format().expectationOf(file);
        expectation.replace_extension(".txt");
        if (accepting()) std::ofstream(expectation, std::ios::binary) << text << '\n';
        EXPECT_EQ(text + "\n", bytesOf(expectation));
    }
};

TEST_P(AnswerFormats, WriteWhatTheyShould) {
    const auto good = format().samples("ok-");
    EXPECT_FALSE(good.empty());
    for (const auto& file : good) {
        expectAsBefore(file);
        EXPECT_FALSE(written(file).starts_with("unwritable")) << file;
    }
}

TEST_P(AnswerFormats, RefuseWhatCannotBeWritten) {
    const auto bad = format().samples("bad-");
    EXPECT_FALSE(bad.empty());
    for (const auto& file : bad) {
        expectAsBefore(file);
        EXPECT_TRUE(written(file).starts_with("unwritable")) << file;
    }
}

INSTANTIATE_TEST_SUITE_P(Mappings, AnswerFormats, testing::ValuesIn(answerFormats()), testName);

INSTANTIATE_TEST_SUITE_P(Mappings, Formats, testing::ValuesIn(documentFormats()), testName);
INSTANTIATE_TEST_SUITE_P(Mappings, WrittenFormats, testing::ValuesIn(documentFormats()), testName);

// Packages as they come, in every dialect: our own, or those of a directory that THAHC_EDXML_DIR
// names. Each is read by one format, and what a format writes of it is read as the same again.
class DocumentPackages : public testing::Test {
  protected:
    static constexpr auto kDialects = {"edxml/document", "edxml/edoc", "edxml/status",
                                       "edxml-json/status"};

    static bool isPackage(const std::filesystem::path& file) {
        const auto name = file.filename().string();
        return name.ends_with(".edxml") || name.starts_with("edxml-") || name.starts_with("ok-") ||
               name.starts_with("status_");
    }
    static std::vector<std::filesystem::path> packages() {
        std::vector<std::filesystem::path> places;
        if (const char* const named = std::getenv("THAHC_EDXML_DIR"))
            places.emplace_back(named);
        else
            for (const auto* id : kDialects)
                places.push_back(std::filesystem::path(THAHC_SOURCE_DIR) / "mappings" / id);
        std::vector<std::filesystem::path> files;
        for (const auto& place : places)
            for (const auto& entry : std::filesystem::directory_iterator(place))
                if (entry.is_regular_file() && isPackage(entry.path()))
                    files.push_back(entry.path());
        return files;
    }
    static const Plan* reader(const std::filesystem::path& file) {
        const bool json = file.extension() == ".json";
        for (const auto* id : kDialects) {
            const Plan* const plan = formatsInService().find(id);
            if (json == (plan->theirs() == document::Form::Json) &&
                plan->accepts(contentOf(bytesOf(file), plan->theirs())))
                return plan;
        }
        return nullptr;
    }
};

TEST_F(DocumentPackages, GoInAndComeBack) {
    const ExchangeValues exchange{{"audience", "thahc/demo"},
                                  {"messageId", "real-1"},
                                  {"messageType", "DocumentTransfer"},
                                  {"createdAt", "2026-06-08T02:00:00Z"}};
    const auto files = packages();
    EXPECT_FALSE(files.empty());
    for (const auto& file : files) {
        SCOPED_TRACE(file.string());
        const Plan* const plan = reader(file);
        if (plan == nullptr) {
            ADD_FAILURE() << "no format reads it";
            continue;
        }
        const auto mapped = mapInwards(*plan, contentOf(bytesOf(file), plan->theirs()), exchange);
        if (!mapped) {
            ADD_FAILURE() << sentences(mapped.error());
            continue;
        }
        if (!plan->outward()) continue;
        const auto again = mapInwards(
            *plan, contentOf(plan->write(mapped->ours, exchange), plan->theirs()), exchange);
        ASSERT_TRUE(again.ok()) << sentences(again.error());
        EXPECT_EQ(comparable(again->ours), comparable(mapped->ours));
    }
}

// The older dialect was never seen to say what is done to an earlier document.
TEST(OlderDialect, SaysNewDocumentsAlone) {
    const Plan* const plan = formatsInService().find("edxml/edoc");
    const auto file = std::filesystem::path(THAHC_SOURCE_DIR) /
                      "mappings/edxml/edoc/expected/ok-older-namespace.json";
    auto ours = contentOf(bytesOf(file), document::Form::Json).tree.root;
    EXPECT_NO_THROW(static_cast<void>(plan->write(ours, {})));
    Node* const business = ours.child("documentTransfer")->child("business");
    for (const auto* word : {"withdrawal", "update", "replacement"}) {
        business->value = word;
        EXPECT_THROW(static_cast<void>(plan->write(ours, {})), mapping::Unwritable) << word;
    }
}

}  // namespace
}  // namespace golden
