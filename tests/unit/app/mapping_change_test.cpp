// A version of a mapping judged, put into service and taken out again, alone and under load.

#include "gateway/app/process/mapping_change.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "gateway/app/process/snapshot_areas.h"
#include "gateway/document/json.h"
#include "tests/unit/app/office.h"

namespace gateway::app {
namespace {

constexpr const char* kPing = "case-model-json/ping";

std::string exchanged(std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
}

class MappingChangeTest : public testing::Test {
  protected:
    MappingChangeTest() {
        const auto mappings = office_.world().folder() / "mappings";
        std::filesystem::copy(THAHC_SOURCE_DIR "/mappings", mappings,
                              std::filesystem::copy_options::recursive);
        office_.config().mappings = mappings;
        folder_ = mappings / kPing;
        second_ = exchanged(scenario::readFile(folder_ / "mapping.xml"), R"(version="1")",
                            R"(version="2")");
        scenario::writeFile(folder_ / "mapping-2.xml", second_);
        areas_ = std::make_unique<SnapshotAreas>(office_.config(), office_.clock(), kept());
        snapshots_ = std::make_unique<exchange::Snapshots>(areas_->load(seal_));
        EXPECT_TRUE(areas_->faults().empty());
        change_ =
            std::make_unique<MappingChange>(office_.config(), office_.clock(), *snapshots_, kept(),
                                            [this] { snapshots_->replace(areas_->load(seal_)); });
    }
    std::filesystem::path kept() { return office_.world().folder() / "kept"; }
    std::string serving() { return snapshots_->current()->mappings->find(kPing)->name(); }
    // "" if it was done, else why not.
    std::string carriedOut(const std::string& act, const std::string& name) {
        const auto done = change_->carryOut(act, name);
        if (!done) return done.error();
        if (done->child("done")->value == "true") return "";
        return document::writeJson(*done->child("faults"));
    }
    static bool has(const std::string& text, const std::string& part) {
        return text.find(part) != std::string::npos;
    }

    Office office_;
    exchange::SealPtr seal_ = loadSeal(office_.config(), office_.clock());
    std::filesystem::path folder_;
    std::string second_;
    std::unique_ptr<SnapshotAreas> areas_;
    std::unique_ptr<exchange::Snapshots> snapshots_;
    std::unique_ptr<MappingChange> change_;
};

TEST_F(MappingChangeTest, AVersionIsPutIntoServiceAndTakenOutAgain) {
    EXPECT_EQ(serving(), "case-model-json/ping@1");
    const auto checked = change_->carryOut("check", "case-model-json/ping@2");
    ASSERT_TRUE(checked.ok()) << checked.error();
    EXPECT_EQ(checked->child("good")->value, "2");
    EXPECT_EQ(checked->child("bad")->value, "2");
    EXPECT_EQ(serving(), "case-model-json/ping@1") << "checking changes nothing";
    ASSERT_EQ(carriedOut("activate", "case-model-json/ping@2"), "");
    EXPECT_EQ(serving(), "case-model-json/ping@2");
    SnapshotAreas restarted(office_.config(), office_.clock(), kept());
    EXPECT_EQ(restarted.load(seal_)->mappings->find(kPing)->version(), "2");
    ASSERT_EQ(carriedOut("rollback", kPing), "");
    EXPECT_EQ(serving(), "case-model-json/ping@1");
    EXPECT_TRUE(has(carriedOut("rollback", kPing), "nothing to go back to"));
    ASSERT_EQ(carriedOut("activate", "case-model-json/ping@2"), "") << "and in again";
    EXPECT_EQ(serving(), "case-model-json/ping@2");
}

TEST_F(MappingChangeTest, WhatItsSamplesSayNoToIsNotPutIntoService) {
    const auto activate = [&] { return carriedOut("activate", "case-model-json/ping@2"); };
    scenario::writeFile(folder_ / "mapping-2.xml",
                        exchanged(second_, R"(theirs="text")", R"(theirs="words")"));
    EXPECT_TRUE(has(activate(), "ok-full.json: was refused: /ping/text, line 11")) << activate();
    scenario::writeFile(folder_ / "mapping-2.xml",
                        exchanged(second_, R"(<field theirs="text" ours="text"/>)",
                                  R"(<ignore theirs="text" why="thử"/>)"));
    EXPECT_TRUE(has(activate(), "ok-full.json: what was read is not what")) << activate();
    scenario::writeFile(folder_ / "mapping-2.xml", exchanged(second_, "message=\"Ping\"",
                                                             "message=\"Ping\" unknown=\"keep\""));
    EXPECT_TRUE(has(activate(), "bad-unknown.json: was taken")) << activate();
    scenario::writeFile(folder_ / "mapping-2.xml", second_);
    std::filesystem::create_directories(folder_ / "2");
    EXPECT_TRUE(has(activate(), "there is no sample ok-*")) << "its own folder, empty";
    std::filesystem::remove(folder_ / "2");
    scenario::writeFile(folder_ / "mapping-2.xml", "<mapping");
    EXPECT_TRUE(has(activate(), "there is no mapping")) << activate();
    EXPECT_TRUE(has(carriedOut("rollback", "case-model-json/pong"), "serves today"));
    EXPECT_EQ(serving(), "case-model-json/ping@1");
    EXPECT_FALSE(std::filesystem::exists(kept() / "mapping-versions.json"));
}

TEST_F(MappingChangeTest, AChangeThatCannotBeTakenIsUndone) {
    scenario::writeFile(folder_ / "mapping-3.xml", "<mapping");
    EXPECT_TRUE(has(carriedOut("activate", "case-model-json/ping@2"), "nothing was changed"));
    EXPECT_EQ(serving(), "case-model-json/ping@1");
    std::filesystem::remove(folder_ / "mapping-3.xml");
    snapshots_->replace(areas_->load(seal_));
    EXPECT_TRUE(areas_->faults().empty());
    EXPECT_EQ(serving(), "case-model-json/ping@1") << "not even after the next reload";
}

TEST_F(MappingChangeTest, AnActivatedFileThatChangesIsActivatedAgain) {
    ASSERT_EQ(carriedOut("activate", "case-model-json/ping@2"), "");
    const auto judged = snapshots_->current()->mappings->find(kPing)->digest();
    scenario::writeFile(folder_ / "mapping-2.xml", second_ + "<!-- -->");
    snapshots_->replace(areas_->load(seal_));
    ASSERT_EQ(areas_->faults().size(), 1U);
    EXPECT_TRUE(has(areas_->faults().front().reason, "activate it again"));
    EXPECT_EQ(snapshots_->current()->mappings->find(kPing)->digest(), judged);
    ASSERT_EQ(carriedOut("activate", "case-model-json/ping@2"), "");
    EXPECT_TRUE(areas_->faults().empty());
    EXPECT_NE(snapshots_->current()->mappings->find(kPing)->digest(), judged);
}

TEST_F(MappingChangeTest, AChoiceThatCannotBeReadKeepsWhatIsInForce) {
    ASSERT_EQ(carriedOut("activate", "case-model-json/ping@2"), "");
    scenario::writeFile(kept() / "mapping-versions.json", "{");
    snapshots_->replace(areas_->load(seal_));
    ASSERT_EQ(areas_->faults().size(), 1U);
    EXPECT_TRUE(has(areas_->faults().front().reason, "mapping-versions.json"));
    EXPECT_EQ(serving(), "case-model-json/ping@2");
}

// Whoever reads takes a snapshot, and sees one version whole, whatever happens meanwhile.
TEST_F(MappingChangeTest, NoMessageMeetsAHalfLoadedVersion) {
    document::Content content;
    auto tree = document::readJson(scenario::readFile(folder_ / "ok-full.json"));
    ASSERT_TRUE(tree.ok());
    content.tree = *std::move(tree);
    std::atomic<bool> over = false;
    std::atomic<int> failed = 0, first = 0, second = 0;
    const auto read = [&] {
        while (!over) {
            const auto snapshot = snapshots_->current();
            const auto readers = snapshot->mappings->candidates({kPing}, content);
            if (readers.size() != 1 || !readers.front()->read(content, {}))
                ++failed;
            else
                ++(readers.front()->version() == "2" ? second : first);
        }
    };
    std::thread one(read), other(read);
    const auto waited = [](const std::atomic<int>& count) {
        for (const int before = count; count == before;) std::this_thread::yield();
    };
    for (int round = 0; round < 3; ++round) {
        waited(first);
        EXPECT_EQ(carriedOut("activate", "case-model-json/ping@2"), "");
        waited(second);
        EXPECT_EQ(carriedOut("rollback", kPing), "");
    }
    over = true;
    one.join();
    other.join();
    EXPECT_EQ(failed, 0);
}

}  // namespace
}  // namespace gateway::app
