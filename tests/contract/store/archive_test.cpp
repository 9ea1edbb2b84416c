// What may leave the store, what must stay, and that the room it took comes back.

#include <gtest/gtest.h>

#include <algorithm>

#include "gateway/base/encoding.h"
#include "gateway/document/digest.h"
#include "gateway/store/entry_hash.h"
#include "gateway/store/sqlite/engine/connection.h"
#include "gateway/store/sqlite/ports/sqlite_store.h"
#include "tests/contract/store/samples.h"
#include "tests/support/temporary_folder.h"

using namespace gateway::store;
using namespace gateway::store::sqlite;
using namespace gateway::contract;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t kAll = std::size_t{64} * 1024 * 1024;
const auto kLater = kNoon + 1h;
const ArchiveRecord kArchive{"archive-1", "/archives/archive-1", "m1", kNoon};

class FixedClock final : public gateway::base::Clock {
  public:
    [[nodiscard]] gateway::base::Timestamp now() const override { return kNoon; }
};

class Archives : public ::testing::Test {
  protected:
    [[nodiscard]] std::vector<std::string> keys(ArchivedKind kind,
                                                gateway::base::Timestamp before = kLater) {
        std::vector<std::string> found;
        for (const auto& piece : store_->archive().page(kind, before, 0, kAll))
            found.push_back(piece.key);
        return found;
    }
    std::size_t purge(ArchivedKind kind) {
        return store_->archive().purge(kArchive, kind, keys(kind), kLater);
    }
    void accept(Acceptance acceptance) {
        ASSERT_TRUE(is<Stored>(store_->ledger().accept(acceptance)));
    }
    // A message with one delivery, and a file that the delivery repeats.
    void acceptLetter(const std::string& id, const std::string& file) {
        Acceptance letter;
        letter.message = message("TA.AG", "m-" + id, "<letter>" + id + "</letter>");
        const auto sha256 = gateway::document::sha256(file).hex();
        letter.attachments = {{sha256, file}};
        letter.filesNamed = {sha256};
        letter.outbox = {item("out-" + id, "H01.5", "")};
        letter.outbox.front().sourceMessageId = "m-" + id;
        letter.outbox.front().content = "{\"sha256\":\"" + sha256 + "\"}";
        accept(letter);
    }
    void render(const std::string& id, const std::string& file) {
        const auto bytes = "<d>" + gateway::base::toBase64(file) + "</d>";
        store_->outbox().rendered("out-" + id, {bytes,
                                                "application/xml",
                                                "",
                                                gateway::document::sha256(bytes).hex(),
                                                {gateway::document::sha256(file).hex()}});
    }
    void close(const std::string& id, OutboxState state = OutboxState::Delivered) {
        OutboxMove done;
        done.to = state;
        done.at = kNoon;
        done.partnerReceipt = "their word";
        ASSERT_TRUE(store_->outbox().move("out-" + id, OutboxState::Rendered, done));
    }

    gateway::support::TemporaryFolder folder_;
    FixedClock clock_;
    std::unique_ptr<SqliteStore> store_ =
        SqliteStore::open(folder_.path() / "store.db", {}, clock_);
};

}  // namespace

TEST_F(Archives, WhatIsOpenOrDeadKeepsAllThatItNeeds) {
    const std::string file(5'000, 'f');
    acceptLetter("1", file);
    for (const auto kind : {ArchivedKind::Delivery, ArchivedKind::Message, ArchivedKind::File})
        EXPECT_TRUE(keys(kind).empty()) << "waiting, not rendered";
    render("1", file);
    for (const auto kind : {ArchivedKind::Delivery, ArchivedKind::Message, ArchivedKind::File})
        EXPECT_TRUE(keys(kind).empty()) << "rendered, not delivered";
    close("1", OutboxState::Dead);
    for (const auto kind : {ArchivedKind::Delivery, ArchivedKind::Message, ArchivedKind::File})
        EXPECT_TRUE(keys(kind).empty()) << "a dead letter may be sent again";
    OutboxMove settled;
    settled.to = OutboxState::Settled;
    settled.at = kNoon;
    ASSERT_TRUE(store_->outbox().move("out-1", OutboxState::Dead, settled));
    EXPECT_EQ(purge(ArchivedKind::Delivery), 1U) << "served on paper";
    EXPECT_EQ(purge(ArchivedKind::Message), 1U);
    EXPECT_EQ(purge(ArchivedKind::File), 1U);
}

TEST_F(Archives, LeaveInOrderAndAreFoundAgain) {
    const std::string file(5'000, 'f');
    acceptLetter("1", file);
    render("1", file);
    close("1");
    const auto rendered = store_->outbox().find("out-1")->renderedBytes;
    const auto body = store_->ledger().findWhole("TA.AG", "m-1")->body;
    // Its rendering repeats the file and may repeat the body: it goes first.
    EXPECT_TRUE(keys(ArchivedKind::Message).empty());
    EXPECT_TRUE(keys(ArchivedKind::File).empty());
    EXPECT_TRUE(keys(ArchivedKind::Delivery, kNoon).empty()) << "closed at that very moment";
    const auto page = store_->archive().page(ArchivedKind::Delivery, kLater, 0, kAll);
    ASSERT_EQ(page.size(), 1U);
    EXPECT_EQ(page[0].bytes, rendered) << "whole, not its recipe";
    EXPECT_EQ(page[0].id, "out-1");
    EXPECT_EQ(page[0].agency, "H01.5");
    EXPECT_EQ(purge(ArchivedKind::Delivery), 1U);

    const auto messages = store_->archive().page(ArchivedKind::Message, kLater, 0, kAll);
    ASSERT_EQ(messages.size(), 1U);
    EXPECT_EQ(messages[0].bytes, body);
    EXPECT_EQ(messages[0].sha256, gateway::document::sha256(body).hex());
    const auto receiptId = messages[0].receiptId;
    EXPECT_EQ(purge(ArchivedKind::Message), 1U);
    EXPECT_EQ(store_->archive().page(ArchivedKind::File, kLater, 0, kAll).at(0).bytes, file);
    EXPECT_EQ(purge(ArchivedKind::File), 1U);

    const auto item = store_->outbox().find("out-1").value();
    EXPECT_EQ(item.renderedBytes, "");
    EXPECT_EQ(item.archivedIn, "archive-1");
    EXPECT_EQ(item.partnerReceipt, "their word");
    const auto left = store_->ledger().findWhole("TA.AG", "m-1").value();
    EXPECT_EQ(left.body, "");
    EXPECT_EQ(left.archivedIn, "archive-1");
    EXPECT_EQ(left.bodyLength, static_cast<std::int64_t>(body.size()));
    EXPECT_TRUE(entryHolds(left)) << "the log is as it was";
    EXPECT_FALSE(left.receipt.empty());
    EXPECT_FALSE(store_->cases().attachment("TA.AG", gateway::document::sha256(file).hex()));
    for (const auto& id : {std::string("m-1"), receiptId, std::string("out-1"),
                           gateway::document::sha256(file).hex()}) {
        const auto found = store_->archive().whereIs(id);
        ASSERT_EQ(found.size(), 1U) << id;
        EXPECT_EQ(found[0].archive.folder, "/archives/archive-1");
        EXPECT_EQ(found[0].archive.manifestSha256, "m1");
    }
    EXPECT_TRUE(store_->archive().whereIs("m-2").empty());
    const auto content =
        static_cast<std::int64_t>(item.content.size() + left.events.size() + left.receipt.size());
    EXPECT_EQ(store_->ledger().storedBytes("TA.AG"), content) << "the quota has its room back";
    EXPECT_TRUE(store_->integrityCheck().empty());
}

TEST_F(Archives, LeaveWhatIsParkedNamedAgainOrTooYoung) {
    Acceptance parked;
    parked.message = message("THADS.44", "e-1", "<waits/>");
    parked.parkUnder = alias("77/2026/HC-ST");
    accept(parked);
    Acceptance plain;
    plain.message = message("TA.AG", "m-1", "<plain/>");
    plain.attachments = {{"aa", std::string(2'000, 'a')}};
    plain.filesNamed = {"aa"};
    accept(plain);
    EXPECT_TRUE(keys(ArchivedKind::Message, kNoon).empty());
    EXPECT_EQ(keys(ArchivedKind::Message), std::vector<std::string>{"2"});
    const auto files = keys(ArchivedKind::File);
    EXPECT_EQ(files, std::vector<std::string>{"aa"});
    // Named once more between the writing of the archive and the purge.
    Acceptance again;
    again.message = message("TA.AG", "m-2", "<again/>");
    again.message.decidedAt = kLater + 1s;
    again.message.entrySha256 = entryHash(again.message);
    again.filesNamed = {"aa"};
    accept(again);
    EXPECT_EQ(store_->archive().purge(kArchive, ArchivedKind::File, files, kLater), 0U);
    EXPECT_TRUE(store_->cases().attachment("TA.AG", "aa"));
    EXPECT_TRUE(store_->archive().whereIs("aa").empty());
}

TEST_F(Archives, TakeRefusedBytesAndKeepTheirDigests) {
    RefusalRecord refusal;
    refusal.refusalId = "ref-1";
    refusal.channel = "c1";
    refusal.bytes = "not well formed";
    refusal.bodySha256 = gateway::document::sha256(refusal.bytes).hex();
    refusal.length = 15;
    refusal.at = kNoon;
    ASSERT_EQ(store_->ledger().recordRefusal(refusal, {"channel:c1", 20}), std::nullopt);
    EXPECT_EQ(purge(ArchivedKind::Refusal), 1U);
    const auto left = store_->ledger().refusals({.channel = "c1"}, 0, 1).at(0);
    EXPECT_EQ(left.bytes, "");
    EXPECT_EQ(left.bodySha256, refusal.bodySha256);
    EXPECT_EQ(left.length, 15);
    EXPECT_EQ(store_->archive().whereIs("ref-1").size(), 1U);
    refusal.refusalId = "ref-2";
    ASSERT_EQ(store_->ledger().recordRefusal(refusal, {"channel:c1", 20}), std::nullopt);
    EXPECT_EQ(store_->ledger().refusals({.channel = "c1"}, 0, 1).at(0).bytes, refusal.bytes)
        << "room again";
}

TEST_F(Archives, GiveTheirRoomBackToTheFileSystem) {
    for (int n = 0; n < 8; ++n) {
        Acceptance large;
        large.message = message("TA.AG", "m-" + std::to_string(n), std::string(1'000'000, 'x'));
        accept(large);
    }
    auto weight = [&, copies = 0]() mutable {
        const auto copy = folder_.path() / ("copy-" + std::to_string(++copies) + ".db");
        store_->backupTo(copy);
        return std::filesystem::file_size(copy);
    };
    const auto full = weight();
    EXPECT_GT(full, 8'000'000U);
    EXPECT_EQ(purge(ArchivedKind::Message), 8U);
    int turns = 0;
    while (store_->archive().returnSpace()) ++turns;
    EXPECT_GT(turns, 3) << "a MiB at a time, others in between";
    for (const char* name : {"store.db", "store.db-wal"})
        EXPECT_LT(std::filesystem::file_size(folder_.path() / name), 400'000U) << name;
    EXPECT_LT(weight(), 400'000U);
    EXPECT_TRUE(store_->integrityCheck().empty());
}

TEST_F(Archives, KeepFreePagesInAnOlderFileUntilItIsPackedOnce) {
    const auto file = folder_.path() / "store.db";
    store_.reset();
    Connection(file, Access::ReadWrite).execute("PRAGMA auto_vacuum = NONE; VACUUM");
    store_ = SqliteStore::open(file, {}, clock_);
    Acceptance large;
    large.message = message("TA.AG", "m-1", std::string(3'000'000, 'x'));
    accept(large);
    EXPECT_EQ(purge(ArchivedKind::Message), 1U);
    EXPECT_FALSE(store_->archive().returnSpace());
    store_.reset();
    EXPECT_GT(std::filesystem::file_size(file), 3'000'000U);
    // As the runbook says.
    Connection(file, Access::ReadWrite).execute("PRAGMA auto_vacuum = INCREMENTAL; VACUUM");
    store_ = SqliteStore::open(file, {}, clock_);
    large.message = message("TA.AG", "m-2", std::string(3'000'000, 'x'));
    accept(large);
    EXPECT_EQ(purge(ArchivedKind::Message), 1U);
    EXPECT_TRUE(store_->archive().returnSpace());
    while (store_->archive().returnSpace()) {
    }
    store_.reset();
    EXPECT_LT(std::filesystem::file_size(file), 400'000U);
}

TEST_F(Archives, ComeInPagesOfBoundedSize) {
    for (int n = 0; n < 5; ++n) {
        Acceptance made;
        made.message = message("TA.AG", "m-" + std::to_string(n), std::string(1'000, 'x'));
        accept(made);
    }
    std::int64_t after = 0;
    std::vector<std::size_t> sizes;
    for (;;) {
        const auto page = store_->archive().page(ArchivedKind::Message, kLater, after, 1'500);
        sizes.push_back(page.size());
        if (page.empty()) break;
        after = page.back().row;
    }
    EXPECT_EQ(sizes, (std::vector<std::size_t>{2, 2, 1, 0}));
}

TEST_F(Archives, TakeLinesOfReadsWithTheirRowsAndGiveTheirRoomBack) {
    ReadAudit audit{"VKS.AG", "", "ch-1", "aa", "bb", "MonitoringQuery", R"(["case-1"])", kNoon};
    for (int n = 1; n <= 1'003; ++n) {
        audit.queryId = "q-" + std::to_string(n);
        audit.agency = n == 1'002 ? "VKS.BL" : "VKS.AG";
        ASSERT_EQ(store_->ledger().recordRead(audit, 0), ReadRecorded::Yes);
    }
    EXPECT_TRUE(keys(ArchivedKind::Reads, kNoon).empty()) << "at that very moment";
    const auto pieces = store_->archive().page(ArchivedKind::Reads, kLater, 0, kAll);
    ASSERT_EQ(pieces.size(), 2U);
    EXPECT_EQ(pieces[0].id, "1-1000");
    EXPECT_EQ(pieces[1].id, "1001-1002") << "the newest line stays";
    EXPECT_EQ(pieces[1].row, 1'002);
    EXPECT_EQ(std::ranges::count(pieces[0].bytes, '\n'), 1'000);
    EXPECT_EQ(pieces[0].sha256, gateway::document::sha256(pieces[0].bytes).hex());
    EXPECT_EQ(pieces[1].bytes.substr(0, pieces[1].bytes.find('\n')),
              R"({"number":1001,"agency":"VKS.AG","query":"q-1001","channel":"ch-1",)"
              R"("questionSha256":"aa","answerSha256":"bb","purpose":"MonitoringQuery",)"
              R"("cases":"[\"case-1\"]","at":"2026-11-21T05:00:00.123Z"})");
    EXPECT_EQ(store_->archive().page(ArchivedKind::Reads, kLater, 1'000, kAll).at(0).id,
              "1001-1002");

    EXPECT_EQ(purge(ArchivedKind::Reads), 2U);
    EXPECT_EQ(store_->ledger().reads({}, 0, 10).size(), 1U);
    EXPECT_EQ(store_->ledger().storedBytes("VKS.AG"), 522);
    EXPECT_EQ(store_->ledger().storedBytes("VKS.BL"), 0);
    EXPECT_EQ(store_->archive().whereIs("1-1000").size(), 1U);
    EXPECT_EQ(store_->archive().purge(kArchive, ArchivedKind::Reads, {"1-1000"}, kLater), 0U);
}
