// A disk that fails at the moment of truth: 503, an end, a new start, and no message lost.

#include "gateway/base/encoding.h"
#include "gateway/document/digest.h"
#include "gateway/document/json.h"
#include "gateway/store/sqlite/engine/connection.h"
#include "tests/scenario/support/flood.h"

namespace gateway::scenario {
namespace {

struct Failure {
    const char* call;
    const char* error;
    int from;
};

class BrokenDisk : public testing::TestWithParam<Failure> {};

TEST_P(BrokenDisk, EndsTheProcessAndLosesNothing) {
    const auto [call, error, from] = GetParam();
    World world;
    enrolProvince(world);
    const Agencies agencies(world);
    // The database is there; a disk that fails while it is made is another story.
    ASSERT_TRUE(world.start()) << world.log();
    ASSERT_EQ(world.stop(), 0) << world.log();
    // From that call of a thread on every one fails, as on a disk that has gone.
    ASSERT_TRUE(world.start({"strace", "-D", "-f", "-qq", "-o", world.folder() / "trace", "-e",
                             std::string("trace=") + call, "-e",
                             std::string("inject=") + call + ":error=" + error +
                                 ":when=" + std::to_string(from) + "+"}))
        << world.log();
    std::vector<Letter> letters;
    for (int n = 1; n <= 60; ++n) {
        const auto message = agencies.court.message(transferOf(std::to_string(n) + "/2026/HC-ST"));
        letters.push_back({&agencies.court, message.envelope.id, agencies.court.json(message), ""});
        const auto reply = agencies.court.send(letters.back().sent);
        if (reply.status == 200) {
            letters.back().receipt = reply.body;
            continue;
        }
        // Nobody knows whether it was recorded, and that is what is said.
        EXPECT_EQ(reply.status, 503) << reply.body;
        EXPECT_EQ(reply.code(), "OUTCOME_UNKNOWN") << reply.body;
        EXPECT_TRUE(reply.headers.contains("Retry-After"));
        break;
    }
    ASSERT_TRUE(letters.back().receipt.empty()) << "the disk never failed";
    EXPECT_EQ(world.process().wait(Patience(30'000)), 75) << world.log();
    EXPECT_NE(world.log().find("\"level\":\"error\",\"event\":\"gateway.store_broken\""),
              std::string::npos)
        << world.log();

    ASSERT_TRUE(world.start()) << world.log();
    for (auto& letter : letters) {
        const auto reply = agencies.court.send(letter.sent);
        EXPECT_EQ(reply.verdict(), "accepted") << reply.body;
        if (!letter.receipt.empty()) {
            EXPECT_EQ(reply.body, letter.receipt);
        }
        // One receipt, whenever it is asked for.
        EXPECT_EQ(agencies.court.send(letter.sent).body, reply.body);
        EXPECT_EQ(agencies.court.get("/v1/messages?id=" + letter.id).body, reply.body);
    }
    EXPECT_EQ(world.rebuild(), "clean");
    const auto cases = agencies.procuracy.ask([] {
        model::StatisticsQuery query;
        query.select.court = kCourt;
        return query;
    }());
    EXPECT_EQ(cases.at("statisticsAnswer/total"), std::to_string(letters.size()));
}

INSTANTIATE_TEST_SUITE_P(AtCommit, BrokenDisk,
                         testing::Values(Failure{"fdatasync", "EIO", 3},
                                         Failure{"pwrite64", "EIO", 25}),
                         [](const auto& each) {
                             return std::string(each.param.call) + each.param.error +
                                    std::to_string(each.param.from);
                         });

// What finds no space is no part of a commit: nothing is in doubt, and the process lives.
TEST(FullDisk, RefusesNewMessagesAndLosesNothing) {
    World world;
    enrolProvince(world);
    const Agencies agencies(world);
    ASSERT_TRUE(world.start()) << world.log();
    ASSERT_EQ(world.stop(), 0) << world.log();
    ASSERT_TRUE(world.start({"strace", "-D", "-f", "-qq", "-o", world.folder() / "trace", "-e",
                             "trace=pwrite64", "-e", "inject=pwrite64:error=ENOSPC:when=40+"}))
        << world.log();
    std::vector<Letter> letters;
    for (int n = 1; n <= 60; ++n) {
        const auto message = agencies.court.message(transferOf(std::to_string(n) + "/2026/HC-ST"));
        letters.push_back({&agencies.court, message.envelope.id, agencies.court.json(message), ""});
        const auto reply = agencies.court.send(letters.back().sent);
        if (reply.status != 200) {
            EXPECT_EQ(reply.status, 503) << reply.body;
            EXPECT_EQ(reply.code(), "STORAGE_SHORT") << reply.body;
            EXPECT_EQ(reply.headers.at("Retry-After"), "60");
            break;
        }
        letters.back().receipt = reply.body;
    }
    ASSERT_TRUE(letters.back().receipt.empty()) << "the disk never was full";
    for (const auto& letter : letters) {
        const auto found = agencies.court.get("/v1/messages?id=" + letter.id);
        EXPECT_EQ(found.status, letter.receipt.empty() ? 404 : 200) << found.body;
        if (!letter.receipt.empty()) {
            EXPECT_EQ(found.body, letter.receipt);
        }
    }
    EXPECT_TRUE(world.running());
    EXPECT_EQ(world.operatorGet("/healthz").status, 200);
    EXPECT_EQ(world.stop(), 0) << world.log();

    ASSERT_TRUE(world.start()) << world.log();
    for (const auto& letter : letters) {
        const auto reply = agencies.court.send(letter.sent);
        EXPECT_EQ(reply.verdict(), "accepted") << reply.body;
        if (!letter.receipt.empty()) {
            EXPECT_EQ(reply.body, letter.receipt);
        }
    }
    EXPECT_EQ(world.rebuild(), "clean");
}

// A mark far above what any disk has free: everything but new messages goes on.
TEST(NearlyFullDisk, TakesNoNewMessagesAndDoesAllElse) {
    World world;
    enrolProvince(world);
    const Agencies agencies(world);
    ASSERT_TRUE(world.start()) << world.log();
    const auto first = agencies.court.message(transferOf("1/2026/HC-ST"));
    const auto receipt = agencies.court.send(first);
    ASSERT_EQ(receipt.verdict(), "accepted") << receipt.body;
    const auto item = valueAt(agencies.enforcement.mailbox(), "0/item");
    const auto bytes = agencies.enforcement.get("/v1/mailbox/" + item);
    ASSERT_EQ(bytes.status, 200) << bytes.body;
    ASSERT_EQ(world.stop(), 0) << world.log();

    world.set("limits.freeSpaceRefuseBytes", std::to_string(std::uint64_t{1} << 49U));
    ASSERT_TRUE(world.start()) << world.log();
    const auto next = agencies.court.message(transferOf("2/2026/HC-ST"));
    for (int n = 0; n < 20; ++n) {
        const auto refused = agencies.court.send(next);
        EXPECT_EQ(refused.status, 503);
        EXPECT_EQ(refused.code(), "STORAGE_SHORT") << refused.body;
        EXPECT_EQ(refused.headers.at("Retry-After"), "60");
    }
    EXPECT_EQ(agencies.court.get("/v1/messages?id=" + first.envelope.id).body, receipt.body);
    EXPECT_EQ(agencies.court.get("/v1/messages?id=" + next.envelope.id).status, 404);
    EXPECT_EQ(agencies.court.post("/v1/messages?dry-run", agencies.court.json(next)).verdict(),
              "would-accept");
    // What is rendered is listed, fetched, audited and signed for.
    EXPECT_EQ(valueAt(agencies.enforcement.mailbox(), "0/item"), item);
    EXPECT_EQ(agencies.enforcement.get("/v1/mailbox/" + item).body, bytes.body);
    EXPECT_EQ(agencies.enforcement.close(item, agencies.enforcement.word(item, bytes.body)).status,
              200);
    EXPECT_EQ(agencies.procuracy
                  .ask([] {
                      model::StatisticsQuery query;
                      query.select.court = kCourt;
                      return query;
                  }())
                  .at("statisticsAnswer/total"),
              "1");
    EXPECT_EQ(world.command({"reload"}), 0) << "an operator's act is recorded";
    EXPECT_EQ(world.command({"backup", world.copies() / "copy.db"}), 0);
    std::string status;
    EXPECT_EQ(world.command({"status", "--json"}, &status), 0);
    EXPECT_NE(status.find("\"thahc_store_space_state\":3"), std::string::npos) << status;
    EXPECT_NE(status.find("\"thahc_store_free_bytes\":"), std::string::npos) << status;
    EXPECT_NE(world.log().find("\"event\":\"store.space_critical\""), std::string::npos);
    EXPECT_EQ(world.rebuild(), "clean");
    ASSERT_EQ(world.stop(), 0) << world.log();

    world.set("limits.freeSpaceRefuseBytes", "1");
    ASSERT_TRUE(world.start()) << world.log();
    EXPECT_EQ(agencies.court.send(first).body, receipt.body);
    EXPECT_EQ(agencies.court.send(next).verdict(), "accepted");
    EXPECT_EQ(world.rebuild(), "clean");
}

// A letter of a few kB that names files sent earlier made as many copies of them as it had
// recipients, and each was kept.
TEST(SmallLetter, WithLargeFilesKeepsThemOnce) {
    World world;
    enrolProvince(world);
    const Agencies agencies(world);
    ASSERT_TRUE(world.start()) << world.log();
    std::vector<model::Attachment> files(3);
    std::vector<std::string> enclosed;
    for (std::size_t n = 0; n < files.size(); ++n) {
        const std::string bytes(1'000'000 + n, static_cast<char>('a' + n));
        enclosed.push_back(base::toBase64(bytes));
        files[n].fileName = std::to_string(n) + ".pdf";
        files[n].mediaType = "application/pdf";
        files[n].content = enclosed.back();
        auto first = letterFrom(kCourt, {files[n]});
        first.recipients.emplace_back().code = kOtherCourt;
        ASSERT_EQ(agencies.court.send(first).verdict(), "accepted");
        files[n].content.clear();
        files[n].sha256 = document::sha256(bytes).hex();
    }
    auto weight = [&, copies = 0]() mutable {
        const auto copy = world.copies() / ("copy-" + std::to_string(++copies) + ".db");
        EXPECT_EQ(world.command({"backup", copy}), 0);
        return std::filesystem::file_size(copy);
    };
    const auto before = weight();
    auto letter = letterFrom(kCourt, files);
    for (const auto& code : {kEnforcement, kProcuracy, kCommittee})
        letter.recipients.emplace_back().code = code;
    const auto sent = agencies.court.json(agencies.court.message(letter));
    ASSERT_EQ(agencies.court.send(sent).verdict(), "accepted");
    EXPECT_LT(sent.body.size(), 3'000U);
    std::size_t delivered = 0;
    for (const auto* to : {&agencies.enforcement, &agencies.procuracy, &agencies.committee}) {
        const auto item = valueAt(to->mailbox(), "0/item");
        const auto bytes = to->get("/v1/mailbox/" + item);
        ASSERT_EQ(bytes.status, 200);
        delivered += bytes.body.size();
        for (const auto& file : enclosed)
            EXPECT_NE(document::writeJson(bytes.content).find(file), std::string::npos);
        EXPECT_EQ(to->close(item, to->word(item, bytes.body)).status, 200);
    }
    EXPECT_GT(delivered, 12'000'000U);
    EXPECT_LT(weight() - before, 100'000U) << "of " << delivered << " bytes delivered";
    std::string storage;
    EXPECT_EQ(world.command({"storage"}, &storage), 0);
    EXPECT_NE(storage.find("agency: " + kCourt), std::string::npos) << storage;
    EXPECT_NE(storage.find("files: 3000003"), std::string::npos) << storage;
    EXPECT_EQ(world.rebuild(), "clean");
}

// What lies on the disk and is no longer what was sealed is not given out as ours.
TEST(ChangedBytes, OfADeliveryAreNeverServed) {
    World world;
    enrolProvince(world);
    const Agencies agencies(world);
    ASSERT_TRUE(world.start()) << world.log();
    ASSERT_EQ(agencies.court.send(transferOf("1/2026/HC-ST")).verdict(), "accepted");
    const auto item = valueAt(agencies.enforcement.mailbox(), "0/item");
    ASSERT_EQ(agencies.enforcement.get("/v1/mailbox/" + item).status, 200);
    ASSERT_EQ(world.stop(), 0) << world.log();
    {
        store::sqlite::Connection connection(world.storeFile(), store::sqlite::Access::ReadWrite);
        connection.execute("UPDATE rendering SET bytes = CAST(bytes || ' ' AS BLOB)");
    }
    ASSERT_TRUE(world.start()) << world.log();
    const auto refused = agencies.enforcement.get("/v1/mailbox/" + item);
    EXPECT_EQ(refused.status, 500);
    EXPECT_EQ(refused.code(), "INTERNAL_FAULT") << refused.body;
    EXPECT_NE(world.log().find("no longer those that were sealed"), std::string::npos);
    EXPECT_EQ(agencies.court.send(model::Ping{}).status, 200) << "everybody else goes on";
}

TEST(Quota, OfOneAgencyStopsItsMessagesAlone) {
    World world;
    enrolProvince(world);
    const Agencies agencies(world);
    world.set("limits.storedBytesPerAgency", "200000");
    ASSERT_TRUE(world.start()) << world.log();
    std::vector<Letter> letters;
    for (int n = 1;; ++n) {
        ASSERT_LT(n, 100);
        const auto message = agencies.court.message(transferOf(std::to_string(n) + "/2026/HC-ST"));
        const auto reply = agencies.court.send(message);
        if (reply.status != 200) {
            EXPECT_EQ(reply.status, 422);
            EXPECT_EQ(reply.code(), "QUOTA_EXCEEDED") << reply.body;
            break;
        }
        letters.push_back({&agencies.court, message.envelope.id, {}, reply.body});
    }
    ASSERT_GT(letters.size(), 3U);
    EXPECT_EQ(agencies.otherCourt.send(model::Ping{}).verdict(), "accepted");
    for (const auto& letter : letters)
        EXPECT_EQ(agencies.court.get("/v1/messages?id=" + letter.id).body, letter.receipt);
    EXPECT_EQ(agencies.enforcement.emptyMailbox(), static_cast<int>(letters.size()))
        << "what was accepted goes out";
    EXPECT_EQ(world.rebuild(), "clean");
}

class DiskAtTheStart : public testing::Test {
  protected:
    void SetUp() override {
        enrolProvince(world_);
        ASSERT_TRUE(world_.start()) << world_.log();
        const Agencies agencies(world_);
        const auto sent = agencies.court.json(agencies.court.message(transferOf("1/2026/HC-ST")));
        const auto reply = agencies.court.send(sent);
        ASSERT_EQ(reply.verdict(), "accepted");
        receipt_ = reply.body;
        body_ = sent;
        world_.kill();  // so that the log is left, to be recovered at the next start
    }
    void expectAllIsWell() {
        ASSERT_TRUE(world_.start()) << world_.log();
        EXPECT_EQ(Agencies(world_).court.send(body_).body, receipt_);
        EXPECT_EQ(world_.rebuild(), "clean");
    }
    int endOfAVainStart(const std::vector<std::string>& before = {}) {
        EXPECT_FALSE(world_.start(before));
        const auto code = world_.process().wait(Patience(30'000));
        return code ? *code : -1;
    }

    World world_;
    std::string receipt_;
    Signed body_;
};

TEST_F(DiskAtTheStart, AnErrorOfTheDiskIsTemporary) {
    for (const std::string call : {"fdatasync", "flock"})
        EXPECT_EQ(
            endOfAVainStart({"strace", "-D", "-f", "-qq", "-o", world_.folder() / "trace", "-e",
                             "trace=" + call, "-e", "inject=" + call + ":error=EIO:when=1+"}),
            75)
            << call << "\n"
            << world_.log();
    EXPECT_NE(world_.log().find("\"event\":\"store.fault\""), std::string::npos);
    expectAllIsWell();
}

TEST_F(DiskAtTheStart, AFolderThatIsNotThereIsTemporary) {
    world_.set("store.file", world_.folder() / "not-mounted" / "store.db");
    EXPECT_EQ(endOfAVainStart(), 75) << world_.log();
    world_.set("store.file", world_.storeFile());
    expectAllIsWell();
}

// The disk of the store is not mounted: what was acknowledged must not be acknowledged anew.
TEST_F(DiskAtTheStart, AMissingStoreIsNoNewOne) {
    ASSERT_TRUE(world_.start()) << world_.log();
    ASSERT_EQ(world_.stop(), 0);
    const auto aside = world_.folder() / "aside.db";
    for (const char* suffix : {"-wal", "-shm"})
        std::filesystem::remove(world_.storeFile().string() + suffix);
    std::filesystem::rename(world_.storeFile(), aside);
    EXPECT_EQ(endOfAVainStart(), 75);
    EXPECT_NE(world_.log().find("is its disk mounted"), std::string::npos) << world_.log();
    EXPECT_FALSE(std::filesystem::exists(world_.storeFile()));
    const auto command = [&](const std::string& act) {
        return run(
            {World::binary(), "store", act, "--config", world_.folder() / "gateway.properties"});
    };
    EXPECT_NE(command("create"), 0) << "one was made before";
    EXPECT_NE(command("adopt"), 0) << "there is none";
    // Another store in its place is not ours, unless somebody says so.
    ASSERT_EQ(
        run({World::binary(), "store", "create", "--config", world_.folder() / "gateway.properties",
             "--set", "store.identity=" + (world_.folder() / "other-identity").string()}),
        0);
    EXPECT_EQ(endOfAVainStart(), 75);
    EXPECT_NE(world_.log().find("is another store"), std::string::npos) << world_.log();
    for (const char* suffix : {"", "-wal", "-shm"})
        std::filesystem::remove(world_.storeFile().string() + suffix);
    std::filesystem::rename(aside, world_.storeFile());
    expectAllIsWell();
}

TEST_F(DiskAtTheStart, AStoreInUseCannotBeOpened) {
    ASSERT_TRUE(world_.start()) << world_.log();
    std::string output;
    EXPECT_EQ(run({World::binary(), "serve", "--config", world_.folder() / "gateway.properties"},
                  &output),
              75)
        << output;
    EXPECT_NE(output.find("in use by another process"), std::string::npos) << output;
    expectAllIsWell();
}

}  // namespace
}  // namespace gateway::scenario
