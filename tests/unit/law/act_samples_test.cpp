// Whole messages of every act, good and bad, in both forms: mappings/acts/samples.

#include <gtest/gtest.h>

#include "gateway/base/time_format.h"
#include "gateway/document/schema.h"
#include "gateway/law/acts/act_content.h"
#include "gateway/law/acts/act_xml.h"
#include "gateway/model/questions/any_message.h"
#include "tests/unit/law/shipped.h"

namespace gateway::law {
namespace {

namespace fs = std::filesystem;
using namespace shipped;
using document::Node;

const auto kSamples = kMappings / "acts" / "samples";

struct Said {
    std::string type;
    base::Date sent;
    Node content;
};

Said inJson(const ActDeclaration& act, const std::string& bytes) {
    const auto message = jsonOf(bytes);
    const auto& envelope = *message.child("envelope");
    auto content = *message.child(model::memberNameOf(act.type));
    content.name.clear();
    return {envelope.child("type")->value,
            *base::parseDate(envelope.child("created")->value.substr(0, 10)), std::move(content)};
}

Said inXml(const ActDeclaration& act, const std::string& bytes) {
    const auto message = xmlOf(bytes);
    const auto& envelope = *message.child("Envelope");
    return {envelope.child("Type")->value,
            *base::parseDate(envelope.child("Created")->value.substr(0, 10)),
            actFromXml(act, *message.child(act.type))};
}

// "CODE path" of every reason.
std::string reasonsOf(const ActDeclaration& act, const Said& said) {
    EXPECT_EQ(said.type, act.type);
    std::string all;
    for (const auto& reason : judgeContent(act, said.content, said.sent)) {
        all += reason.code + " " + reason.path + "\n";
        EXPECT_GT(positionIn(said.content, reason.path).line, 0U);
    }
    return all;
}

// ok.json, ok-no-case.json: beside the first one, what is told apart by name.
std::vector<fs::path> samplesIn(const fs::path& folder, const std::string& kind) {
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(folder))
        if (const auto& path = entry.path();
            path.extension() == ".json" &&
            (path.stem() == kind || path.stem().string().starts_with(kind + "-")))
            found.push_back(path);
    return found;
}

fs::path inXmlOf(fs::path json) { return json.replace_extension(".xml"); }

TEST(ActSamples, AreThereForEveryAct) {
    for (const auto* act : book().everyAct())
        for (const char* name : {"ok.json", "ok.xml", "bad.json", "bad.xml", "bad.expected"}) {
            if (act->rank == 3 && std::string(name) != "ok.json") break;
            EXPECT_TRUE(fs::exists(kSamples / act->type / name))
                << "an act needs samples: mappings/acts/samples/" << act->type << "/" << name
                << " (mappings/acts/README.md, step by step)";
        }
    for (const auto& entry : fs::directory_iterator(kSamples))
        EXPECT_NE(book().act(entry.path().filename().string()), nullptr)
            << entry.path() << " is of no act";
}

TEST(ActSamples, AreTakenOrRefusedAsTheySay) {
    for (const auto* one : book().everyAct()) {
        const auto& act = *one;
        SCOPED_TRACE(act.type);
        const auto folder = kSamples / act.type;
        if (!fs::exists(folder)) continue;
        for (const auto& file : samplesIn(folder, "ok")) {
            SCOPED_TRACE(file);
            const auto good = inJson(act, bytesOf(file));
            EXPECT_EQ(reasonsOf(act, good), "");
            if (!fs::exists(inXmlOf(file)) && act.rank == 3) continue;
            const auto xml = inXml(act, bytesOf(inXmlOf(file)));
            EXPECT_EQ(reasonsOf(act, xml), "");
            EXPECT_EQ(document::writeJson(xml.content), document::writeJson(good.content))
                << "run tests/documents/write_act_samples.py";
        }
        for (const auto& file : samplesIn(folder, "bad")) {
            SCOPED_TRACE(file);
            auto said = file;
            const auto expected = bytesOf(said.replace_extension(".expected"));
            EXPECT_EQ(reasonsOf(act, inJson(act, bytesOf(file))), expected);
            EXPECT_EQ(reasonsOf(act, inXml(act, bytesOf(inXmlOf(file)))), expected);
        }
    }
}

TEST(ActSamples, AreJudgedAlikeByThePublishedSchema) {
    const auto schema = document::XmlSchema::load(kMappings / "case-model" / "case-acts.xsd");
    for (const auto* act : book().everyAct()) {
        const auto folder = kSamples / act->type;
        if (act->rank == 3 || !fs::exists(folder)) continue;
        for (const auto& file : samplesIn(folder, "ok"))
            for (const auto& problem : schema->validate(documentOf(bytesOf(inXmlOf(file)))))
                ADD_FAILURE() << file << ": " << render(problem).en;
        // A schema knows no calendar.
        const bool shape = !bytesOf(folder / "bad.expected").starts_with("DAY_TO_COME");
        EXPECT_EQ(schema->validate(documentOf(bytesOf(folder / "bad.xml"))).empty(), !shape)
            << act->type;
    }
}

}  // namespace
}  // namespace gateway::law
