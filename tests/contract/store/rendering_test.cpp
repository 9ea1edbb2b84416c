// Where large bytes lie in the file: once, apart from what changes, and as they were before.

#include <gtest/gtest.h>

#include <map>

#include "gateway/base/encoding.h"
#include "gateway/document/digest.h"
#include "gateway/store/sqlite/engine/migrator.h"
#include "gateway/store/sqlite/ports/sqlite_store.h"
#include "tests/contract/store/samples.h"
#include "tests/support/temporary_folder.h"

using namespace gateway::store;
using namespace gateway::store::sqlite;
using namespace gateway::contract;

namespace {

class FixedClock final : public gateway::base::Clock {
  public:
    [[nodiscard]] gateway::base::Timestamp now() const override { return kNoon; }
};

class Renderings : public ::testing::Test {
  protected:
    [[nodiscard]] std::filesystem::path file() const { return folder_.path() / "store.db"; }
    [[nodiscard]] std::unique_ptr<SqliteStore> open() const {
        return SqliteStore::open(file(), {}, clock_);
    }
    // As a copy: without the log, and with nothing that waits to be moved.
    [[nodiscard]] std::uintmax_t weight(SqliteStore& store) {
        const auto copy = folder_.path() / ("copy-" + std::to_string(++copies_) + ".db");
        store.backupTo(copy);
        return std::filesystem::file_size(copy);
    }
    static RenderedDelivery delivery(const std::string& bytes, std::vector<std::string> files) {
        return {bytes, "application/xml", "", gateway::document::sha256(bytes).hex(),
                std::move(files)};
    }

    gateway::support::TemporaryFolder folder_;
    FixedClock clock_;
    int copies_ = 0;
};

}  // namespace

// 100 recipients of a letter with one file of 300 kB: 40 MB of deliveries.
TEST_F(Renderings, OfALetterToManyKeepItsFilesOnce) {
    const auto store = open();
    const std::string bytes(300'000, 'f');
    Acceptance letter;
    letter.message = message("TA.AG", "m-1", "<letter/>");
    letter.attachments = {{"aa", bytes}};
    for (int n = 0; n < 100; ++n)
        letter.outbox.push_back(item("out-" + std::to_string(n), "H" + std::to_string(n), ""));
    ASSERT_TRUE(is<Stored>(store->ledger().accept(letter)));
    const auto before = weight(*store);
    const auto of = [&](int n) {
        return "<letter to=\"" + std::to_string(n) + "\">" + gateway::base::toBase64(bytes) +
               "</letter>";
    };
    for (int n = 0; n < 100; ++n)
        store->outbox().rendered("out-" + std::to_string(n), delivery(of(n), {"aa"}));
    EXPECT_LT(weight(*store) - before, 100'000U);
    for (const int n : {0, 57, 99}) {
        const auto found = store->outbox().find("out-" + std::to_string(n)).value();
        EXPECT_EQ(found.renderedBytes, of(n));
        EXPECT_EQ(found.renderedLength, static_cast<std::int64_t>(of(n).size()));
    }
    EXPECT_LT(store->ledger().storedBytes("TA.AG"), 400'000);
}

TEST_F(Renderings, AreNotWrittenAgainWhenAnItemMoves) {
    const auto store = open();
    Acceptance made;
    made.message = message("TA.AG", "m-1");
    made.outbox = {item("out-1", "H01.5", "")};
    ASSERT_TRUE(is<Stored>(store->ledger().accept(made)));
    store->outbox().rendered("out-1", delivery(std::string(4'000'000, 'r'), {}));
    const auto before = store->figures().logPages;
    OutboxMove again;
    again.to = OutboxState::Rendered;
    again.at = kNoon;
    for (int n = 0; n < 20; ++n)
        ASSERT_TRUE(store->outbox().move("out-1", OutboxState::Rendered, again));
    EXPECT_LT(store->figures().logPages - before, 400) << "a rendering has a thousand pages";
}

TEST_F(Renderings, OfTheSchemaBeforeAreKeptAndCounted) {
    const std::string rendered = std::string("<r>") + '\0' + "</r>";
    {
        Connection connection(file(), Access::ReadWrite);
        ASSERT_EQ(migrate(connection, allMigrations().first(2)), 2);
        connection.execute(
            "INSERT INTO message (agency, message_id, message_type, channel, signer_sha256, "
            "body_sha256, body_length, content_sha256, media_type, received_at, decided_at, "
            "case_version, mapping_id, mapping_sha256, rules_sha256, entry_hash, receipt_id, "
            "receipt_media_type, detached_header, events, receipt, body) VALUES ('TA.AG', 'm-1', "
            "'t', 'c', 's', 'd', 4, 'c', 'x', 1, 1, 0, 'm', 'm', 'r', 'e', 'rcp-1', 'x', '', "
            "'[\"\xc4\x91\"]', x'00', x'00010203')");
        for (const char* values :
             {"'out-1', 'H1', 0, 1, '', '', 'first', x''",
              "'out-2', 'H1', 1, 0, 'application/xml', 'd2', 'second', x'3c723e003c2f723e'"})
            connection.execute(
                "INSERT INTO outbox (item_id, recipient, state, is_head, rendered_media_type, "
                "rendered_sha256, content, rendered_bytes, case_id, message_type, source_agency, "
                "source_message_id, attempts, created_at, due_at, rendered_header, last_error, "
                "partner_receipt_media_type, partner_receipt_header, partner_receipt) VALUES (" +
                std::string(values) + ", '', 't', 'TA.AG', 'm-1', 0, 1, 1, '', '', '', '', x'')");
        connection.execute(
            "INSERT INTO read_audit (agency, query_id, channel, question_sha256, answer_sha256, "
            "purpose, case_ids, item_id, at) VALUES ('TA.CT', 'q', '', '', '', '', '[1]', '', 0); "
            "INSERT INTO attachment VALUES ('aa', x'0102'); "
            "INSERT INTO attachment_possession VALUES ('TA.AG', 'aa'), ('TA.CT', 'aa')");
    }
    const auto store = open();
    EXPECT_EQ(store->outbox().find("out-1")->content, "first");
    EXPECT_EQ(store->outbox().find("out-1")->renderedBytes, "");
    EXPECT_EQ(store->outbox().find("out-2")->content, "second");
    EXPECT_EQ(store->outbox().find("out-2")->renderedBytes, rendered);
    EXPECT_EQ(store->outbox().find("out-2")->renderedLength, 8);
    EXPECT_EQ(store->cases().attachment("TA.AG", "aa"), std::string("\x01\x02"));
    std::map<std::string, AgencyStorage> by;
    for (const auto& one : store->ledger().storage()) by[one.agency] = one;
    EXPECT_EQ(by["TA.CT"].reads, 3 + 512);
    EXPECT_EQ(by["TA.AG"].messages, 4 + 6 + 1);
    EXPECT_EQ(by["TA.AG"].files, 2);
    EXPECT_EQ(by["TA.CT"].files, 2);
    EXPECT_EQ(by["TA.AG"].deliveries, 5 + 6 + 8);
    store->outbox().rendered("out-1", delivery("<x/>", {}));
    EXPECT_TRUE(store->integrityCheck().empty());
    // Both stand in the outbox for the one message, by its number.
    Connection connection(file(), Access::ReadOnly);
    EXPECT_EQ(connection.value("SELECT count(*) FROM outbox WHERE source_position = 1"), "2");
}
