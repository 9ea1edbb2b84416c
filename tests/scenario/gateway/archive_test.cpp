// Old bytes leave the store while partners go on: sealed, checked by others' tools, and let go.

#include "gateway/base/clock.h"
#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "tests/scenario/support/correspondence.h"

namespace gateway::scenario {
namespace {

class Archive : public testing::Test {
  protected:
    void SetUp() override {
        enrolProvince(world_);
        ASSERT_TRUE(world_.start()) << world_.log();
        std::filesystem::create_directory(to_);
    }
    // All until now; what the command says, as JSON.
    document::Node archive(int expected = 0) {
        std::string output;
        EXPECT_EQ(world_.command({"archive", "--before", base::formatTimestamp(now()), "--to",
                                  to_.string(), "--json"},
                                 &output),
                  expected)
            << output;
        auto tree = document::readJson(output);
        return tree ? std::move(tree->root) : document::objectNode();
    }
    // One page: while partners send, a mailbox may never be empty.
    static void takeSome(const Agency& agency) {
        for (const auto& entry : agency.mailbox().children) {
            const auto item = valueAt(entry, "item");
            const auto delivered = agency.get("/v1/mailbox/" + item);
            EXPECT_EQ(agency.close(item, agency.word(item, delivered.body)).status, 200);
        }
    }
    // Changes the store behind the gateway's back.
    void tamper(const std::string& sql) {
        ASSERT_EQ(world_.stop(), 0) << world_.log();
        ASSERT_EQ(run({"sqlite3", world_.storeFile(), sql}), 0);
        ASSERT_TRUE(world_.start()) << world_.log();
    }
    static base::Timestamp now() { return base::SystemClock().now(); }
    // With sha256sum, openssl and a shell, as somebody without our program would.
    void check(const std::string& folder) {
        EXPECT_EQ(run({"sh", "-c", "cd \"$0\" && sha256sum --quiet -c SHA256SUMS", folder}), 0);
        std::string payload;
        ASSERT_EQ(run({"sh", THAHC_SOURCE_DIR "/gateway/docs/examples/check-jws-receipt.sh",
                       folder + "/manifest.jose", world_.certificate("gateway-seal").string()},
                      &payload),
                  0)
            << payload;
        std::string sums;
        ASSERT_EQ(run({"sh", "-c", "cd \"$0\" && sha256sum SHA256SUMS", folder}, &sums), 0);
        EXPECT_NE(payload.find("\"sumsSha256\":\"" + sums.substr(0, 64) + "\""), std::string::npos);
    }

    World world_;
    const std::filesystem::path to_ = world_.folder() / "archives";
};

TEST_F(Archive, TakesTheBytesAndLeavesTheProof) {
    const Agencies agencies(world_);
    const auto message = agencies.court.message(transferOf("1/2026/HC-ST"));
    const auto sent = agencies.court.json(message);
    const auto receipt = agencies.court.send(sent);
    ASSERT_EQ(receipt.verdict(), "accepted");
    const Signed broken{"<not well formed", "application/xml"};
    const auto refused = agencies.court.send(broken);
    ASSERT_EQ(refused.status, 422);
    const auto item = valueAt(agencies.enforcement.mailbox(), "0/item");
    const auto delivered = agencies.enforcement.get("/v1/mailbox/" + item);
    ASSERT_GT(agencies.enforcement.emptyMailbox(), 0);
    // One more, which nobody has fetched: its delivery and its body must stay.
    const auto open = agencies.court.message(transferOf("2/2026/HC-ST"));
    ASSERT_EQ(agencies.court.send(open).verdict(), "accepted");

    const auto report = archive();
    EXPECT_EQ(valueAt(report, "done"), "true");
    EXPECT_EQ(valueAt(report, "deliveries"), "1");
    EXPECT_EQ(valueAt(report, "messages"), "1");
    EXPECT_EQ(valueAt(report, "refusals"), "1");
    EXPECT_EQ(valueAt(report, "reads"), "0") << "a question's id must stay known for a month";
    EXPECT_EQ(valueAt(report, "damaged/0"), "");
    for (int n = 0; n < 3; ++n) check(valueAt(report, "archives/" + std::to_string(n) + "/folder"));

    // Receipts, repetition and the open delivery are as they were.
    EXPECT_EQ(agencies.court.get("/v1/messages?id=" + message.envelope.id).body, receipt.body);
    EXPECT_EQ(agencies.court.send(sent).body, receipt.body);
    EXPECT_EQ(agencies.enforcement.emptyMailbox(), 1);
    // An archived body says where it went; nobody else learns that there is one.
    const auto gone = agencies.enforcement.get("/v1/mailbox/" + item);
    EXPECT_EQ(gone.status, 410);
    EXPECT_EQ(gone.code(), "ARCHIVED");
    const auto name = valueAt(report, "archives/0/archive");
    EXPECT_NE(gone.body.find(name), std::string::npos) << gone.body;
    EXPECT_EQ(agencies.committee.get("/v1/mailbox/" + item).status, 404);
    std::string where;
    EXPECT_EQ(world_.command({"archived", item, "--json"}, &where), 0);
    const auto found = document::readJson(where);
    ASSERT_TRUE(found) << where;
    const auto file =
        valueAt(found->root, "archived/0/folder") + "/" + valueAt(found->root, "archived/0/path");
    EXPECT_EQ(readFile(file), delivered.body) << "the very bytes";
    EXPECT_NE(world_.command({"archived", "no-such-thing"}), 0);
    EXPECT_EQ(world_.rebuild(), "clean");

    ASSERT_EQ(world_.stop(), 0) << world_.log();
    ASSERT_TRUE(world_.start()) << world_.log();
    EXPECT_EQ(agencies.court.send(sent).body, receipt.body);
    EXPECT_EQ(world_.rebuild(), "clean");
    EXPECT_EQ(valueAt(archive(), "messages"), "1") << "what was closed since";
    EXPECT_EQ(valueAt(archive(), "archives/0/folder"), "") << "nothing is left to archive";
}

TEST_F(Archive, IsNoExcuseForBytesThatAreGone) {
    const Agencies agencies(world_);
    ASSERT_EQ(agencies.court.send(model::Ping{}).verdict(), "accepted");
    ASSERT_EQ(valueAt(archive(), "messages"), "1");
    ASSERT_EQ(agencies.court.send(model::Ping{}).verdict(), "accepted");
    EXPECT_EQ(world_.rebuild(), "clean");
    // The acts of the archive are messages too; the last ping is the last row of the court.
    const std::string last =
        "(SELECT max(position) FROM message WHERE agency = '" + std::string(kCourt) + "')";
    tamper("UPDATE message SET body = x'' WHERE position = " + last);
    EXPECT_NE(world_.rebuild().find("entry hash does not hold"), std::string::npos);
    tamper(
        "INSERT INTO archive VALUES ('archive-x', '/x', '', 0); "
        "INSERT INTO archived SELECT 0, CAST(" +
        last + " AS TEXT), 'archive-x'");
    const auto said = world_.rebuild();
    EXPECT_NE(said.find("archive-x, but no act in the log has made it"), std::string::npos) << said;
    EXPECT_EQ(said.find("entry hash"), std::string::npos) << said;
}

TEST_F(Archive, IsMadeWhilePartnersGoOn) {
    const Agencies agencies(world_);
    Correspondence partners(agencies);
    partners.start(4);
    std::size_t archives = 0;
    for (int n = 0; n < 5; ++n) {
        const auto before = partners.acknowledged();
        ASSERT_TRUE(eventually([&] { return partners.acknowledged() > before + 20; }));
        takeSome(agencies.enforcement);
        const auto report = archive();
        EXPECT_EQ(valueAt(report, "done"), "true");
        if (const auto* made = report.child("archives")) archives += made->children.size();
        for (const auto& each : report.child("archives")->children) check(valueAt(each, "folder"));
    }
    partners.stop();
    EXPECT_GT(archives, 3U);
    EXPECT_EQ(partners.refusedConnections(), 0);
    EXPECT_TRUE(partners.strange().empty());
    EXPECT_EQ(partners.settle(), "");
    EXPECT_EQ(world_.rebuild(), "clean");
}

TEST_F(Archive, ThatCannotBeWrittenTakesNothing) {
    const Agencies agencies(world_);
    ASSERT_EQ(agencies.court.send(model::Ping{}).verdict(), "accepted");
    std::filesystem::remove(to_);
    EXPECT_NE(valueAt(archive(1), "reason"), "");
    std::string output;
    EXPECT_EQ(world_.command({"archive", "--before", "2999-01-01", "--to", to_.string()}, &output),
              1);
    EXPECT_NE(output.find("not over yet"), std::string::npos) << output;
    EXPECT_EQ(world_.command({"archive", "--before", "2026-01-01", "--to", "/dev/shm"}, &output),
              1);
    EXPECT_NE(output.find("nothing lasts in /dev/shm"), std::string::npos) << output;
    EXPECT_EQ(world_.command({"archive", "--before", "2026-01-01", "--to",
                              world_.storeFile().parent_path().string()}),
              1);
    EXPECT_EQ(world_.command({"archive", "--before", "soon", "--to", to_.string()}), 2);
    std::filesystem::create_directory(to_);
    EXPECT_EQ(valueAt(archive(), "messages"), "1") << "it is still there";
}

}  // namespace
}  // namespace gateway::scenario
