// A partner floods while the disk gets short, then full: nothing that was acknowledged is lost.

#include <fstream>

#include "gateway/base/clock.h"
#include "gateway/base/encoding.h"
#include "gateway/base/time_format.h"
#include "tests/scenario/support/flood.h"

namespace gateway::scenario {
namespace {

constexpr std::uintmax_t kMiB = 1024 * 1024;
const std::vector kAllWaves = {Wave::Letter, Wave::Letter, Wave::Question,      Wave::Fetch,
                               Wave::DryRun, Wave::Broken, Wave::BrokenQuestion};

class Watermark : public testing::Test {
  protected:
    void SetUp() override {
        enrolProvince(world_);
        world_.set("limits.freeSpaceRefuseBytes", std::to_string(24 * kMiB));
        world_.set("limits.freeSpaceWarnBytes", std::to_string(25 * kMiB));
        world_.set("limits.freeSpaceReserveBytes", std::to_string(4 * kMiB));
        setDisk(52 * kMiB);
        ASSERT_TRUE(world_.start({"env", "LD_PRELOAD=" THAHC_SMALL_DISK_PRELOAD,
                                  "THAHC_SMALL_DISK=" + disk_.string(),
                                  "THAHC_SMALL_DISK_STORE=" + world_.storeFile().string()}))
            << world_.log();
    }
    void setDisk(std::uintmax_t bytes) {
        std::ofstream(disk_, std::ios::app).flush();
        std::filesystem::resize_file(disk_, bytes);
    }
    [[nodiscard]] std::uintmax_t used() const {
        std::uintmax_t bytes = 0;
        std::error_code none;
        for (const char* suffix : {"", "-wal", "-shm", ".reserve"}) {
            const auto size =
                std::filesystem::file_size(world_.storeFile().string() + suffix, none);
            if (!none) bytes += size;
        }
        return bytes;
    }
    [[nodiscard]] bool logged(const std::string& event) const {
        return world_.log().find("\"event\":\"" + event + "\"") != std::string::npos;
    }

    World world_;
    const std::filesystem::path disk_ = world_.folder() / "disk";
};

TEST_F(Watermark, UnderAFloodNothingAcknowledgedIsLost) {
    const Agencies agencies(world_);
    Correspondence honest(agencies);
    Flood flood(agencies.otherCourt, {{kEnforcement, kProcuracy}, kAllWaves, 200'000, 20261128});
    honest.start(2);
    flood.start(3);
    ASSERT_TRUE(eventually([&] { return flood.refusedForSpace() > 0; }, Patience(120'000)));
    // The disk may be full before the next look at it.
    EXPECT_TRUE(eventually([&] {
        return logged("store.space_short") || logged("store.space_critical");
    })) << world_.log();
    honest.stop();
    const auto acknowledged = honest.acknowledged();
    EXPECT_GT(acknowledged, 0U);

    // Short of space: everything but new messages goes on for everyone, the flood included.
    for (const auto wave : {Wave::Question, Wave::Fetch, Wave::DryRun, Wave::BrokenQuestion}) {
        const auto before = flood.taken(wave);
        EXPECT_TRUE(eventually([&] { return flood.taken(wave) > before + 5; }))
            << static_cast<int>(wave);
    }
    EXPECT_EQ(agencies.court.send(model::Ping{}).code(), "STORAGE_SHORT");
    EXPECT_EQ(agencies.court.get("/v1/mailbox").status, 200);
    EXPECT_EQ(world_.command({"reload"}), 0) << "operators' acts are recorded";
    EXPECT_LE(used(), 52 * kMiB);

    // Not a byte left, while the flood goes on.
    setDisk(used());
    const auto fetched = flood.taken(Wave::Fetch);
    EXPECT_TRUE(eventually([&] { return flood.taken(Wave::Fetch) > fetched + 20; }));
    EXPECT_EQ(world_.operatorGet("/healthz").status, 200);
    // An act is recorded, in the reserve or where the log begins anew, or is not done and says so.
    for (int n = 0; n < 20; ++n) {
        const auto act = world_.operatorPost("/v1/reload");
        EXPECT_TRUE(act.status == 200 || (act.status == 503 && act.at("code") == "STORAGE_SHORT"))
            << act.status << " " << act.body;
    }
    EXPECT_TRUE(world_.running()) << world_.log();

    // Enlarged: it goes on by itself.
    setDisk(1024 * kMiB);
    EXPECT_TRUE(
        eventually([&] { return agencies.court.send(model::Ping{}).verdict() == "accepted"; }));
    const auto letters = flood.taken(Wave::Letter);
    EXPECT_TRUE(eventually([&] { return flood.taken(Wave::Letter) > letters + 5; }));
    flood.stop();
    honest.start(2);
    EXPECT_TRUE(eventually([&] { return honest.acknowledged() > acknowledged + 10; }));
    honest.stop();
    EXPECT_EQ(flood.strange(), std::set<std::string>());
    EXPECT_EQ(flood.settle(), "");
    EXPECT_EQ(honest.settle(), "");
    EXPECT_EQ(world_.rebuild(), "clean");
    ASSERT_EQ(world_.stop(), 0) << world_.log();
    ASSERT_TRUE(world_.start()) << world_.log();
    EXPECT_EQ(world_.rebuild(), "clean");
}

// The disk is not enlarged but emptied of what is closed.
TEST_F(Watermark, IsLeftBehindByAnArchive) {
    const Agencies agencies(world_);
    model::Attachment file;
    file.fileName = "1.pdf";
    file.mediaType = "application/pdf";
    std::size_t taken = 0;
    // Each is fetched and signed for, until there is no room for one more.
    for (Reply reply;; ++taken) {
        ASSERT_LT(taken, 1'000U);
        file.content = base::toBase64(std::to_string(taken) + std::string(300'000, 'x'));
        auto letter = letterFrom(kOtherCourt, {file});
        letter.recipients.emplace_back().code = kEnforcement;
        reply = agencies.otherCourt.send(letter);
        if (reply.status == 503) {
            EXPECT_EQ(reply.code(), "STORAGE_SHORT");
            break;
        }
        ASSERT_EQ(reply.verdict(), "accepted") << reply.body;
        ASSERT_EQ(agencies.enforcement.emptyMailbox(), 1);
    }
    EXPECT_GT(taken, 5U);
    const auto most = used();
    const auto to = world_.folder() / "archives";
    std::filesystem::create_directory(to);
    std::string output;
    EXPECT_EQ(
        world_.command({"archive", "--before", base::formatTimestamp(base::SystemClock().now()),
                        "--to", to.string()},
                       &output),
        0)
        << output;
    EXPECT_TRUE(eventually([&] {
        return agencies.court.send(model::Ping{}).verdict() == "accepted";
    })) << output;
    EXPECT_LT(used(), most);
    EXPECT_EQ(world_.rebuild(), "clean");
}

}  // namespace
}  // namespace gateway::scenario
