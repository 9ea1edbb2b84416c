// Stores of earlier schemas, opened by the program of now.

#include <gtest/gtest.h>

#include "gateway/base/fault.h"
#include "gateway/store/sqlite/engine/migrator.h"
#include "tests/contract/store/sqlite_file.h"

using namespace gateway::store;
using namespace gateway::store::sqlite;
using namespace gateway::contract;
using gateway::base::Fault;

class Migrations : public SqliteFile {};

TEST_F(Migrations, OfTheThirdSchemaQueuesAreCutAnewAndNothingIsLost) {
    {
        Connection connection(file(), Access::ReadWrite);
        EXPECT_EQ(migrate(connection, allMigrations().first(3)), 3);
        connection.execute(
            "INSERT INTO message (agency, message_id, message_type, channel, signer_sha256, "
            "body_sha256, body_length, content_sha256, media_type, received_at, decided_at, "
            "case_version, mapping_id, mapping_sha256, rules_sha256, entry_hash, receipt_id, "
            "receipt_media_type, detached_header, events, receipt, body) VALUES ('TA.AG', 'm-1', "
            "'t', 'c', 's', 'd', 1, 'c', 'x', 1, 1, 0, 'm', 'm', 'r', 'e', 'rcp-1', 'x', '', "
            "'[]', x'00', x'00')");
        // item, case, source, state, head, due, receipt; the third was held for its mailbox.
        for (const char* values :
             {"'a1', '', 'TA.AG', 0, 1, 1, x''", "'a2', '', 'TA.AG', 0, 0, 1, x''",
              "'b1', '', 'H09', 3, 0, 99999999999999, x''", "'c1', 'case-1', 'TA.AG', 6, 0, 1, x''",
              "'c2', 'case-1', 'TA.AG', 1, 1, 1, x''", "'d1', 'case-2', 'TA.AG', 5, 0, 1, x'00ff'"})
            connection.execute(
                "INSERT INTO outbox (item_id, case_id, source_agency, state, is_head, due_at, "
                "partner_receipt, recipient, rendered_media_type, rendered_sha256, message_type, "
                "source_message_id, attempts, created_at, rendered_header, last_error, "
                "partner_receipt_media_type, partner_receipt_header) VALUES (" +
                std::string(values) + ", 'H01.5', '', '', 't', 'm-1', 2, 7, '', 'lỗi', '', '')");
        connection.execute("INSERT INTO outbox_content SELECT sequence, item_id FROM outbox");
        connection.execute("UPDATE outbox_closed SET items = 1 WHERE state > 4");
    }
    const auto store = open();
    auto& outbox = store->outbox();
    const auto shown = outbox.mailbox("H01.5", 10);
    ASSERT_EQ(shown.size(), 3U);
    EXPECT_EQ(shown[0].itemId, "a1");
    EXPECT_EQ(shown[1].itemId, "b1");
    EXPECT_EQ(shown[1].state, OutboxState::Maybe);
    EXPECT_EQ(shown[2].itemId, "c2") << "what was dead before holds nothing";
    EXPECT_EQ(outbox.due(kNoon, 10, {"H01.5"}).size(), 3U);
    const auto refused = outbox.find("d1").value();
    EXPECT_EQ(refused.state, OutboxState::Refused);
    EXPECT_EQ(refused.partnerReceipt, std::string("\x00\xff", 2));
    EXPECT_EQ(refused.attempts, 2);
    EXPECT_EQ(refused.lastError, "lỗi");
    EXPECT_EQ(refused.content, "d1");
    EXPECT_EQ(refused.openSince, refused.createdAt);
    EXPECT_TRUE(outbox.untold(10).empty()) << "nobody knows who was told";
    EXPECT_EQ(outbox.counts().dead, 1);
    EXPECT_EQ(outbox.counts().waiting, 2);
    OutboxMove settled;
    settled.to = OutboxState::Settled;
    settled.at = kNoon;
    ASSERT_TRUE(outbox.move("c1", OutboxState::Dead, settled));
    EXPECT_EQ(outbox.counts().settled, 1);
    EXPECT_TRUE(store->integrityCheck().empty());
}

TEST_F(Migrations, OfTheTwelfthSchemaEveryFileIsOfARuling) {
    {
        Connection connection(file(), Access::ReadWrite);
        EXPECT_EQ(migrate(connection, allMigrations().first(12)), 12);
        connection.execute(
            "INSERT INTO case_file (case_id, version, court, first_instance_court, province, "
            "number, issued_on, stage, snapshot, next_day, first_due) VALUES ('case-1', 1, "
            "'TA.AG', 'TA.AG', 'VN-44', '1/2026', '2026-01-01', 'received', '{}', '', '')");
    }
    const auto store = SqliteStore::open(file(), {}, clock_);
    bool seen = false;
    store->cases().forEachCase([&](const CaseRecord& record) {
        seen = true;
        EXPECT_EQ(record.subject, "");
        return true;
    });
    EXPECT_TRUE(seen);
    EXPECT_EQ(store->cases().count({}).size(), 1U);
}

TEST_F(Migrations, AStoreOfTheFirstSchemaGetsAnIdentityAndKeepsWhatItHas) {
    {
        Connection connection(file(), Access::ReadWrite);
        EXPECT_EQ(migrate(connection, allMigrations().first(1)), 1);
        connection.execute(
            "INSERT INTO refusal (refusal_id, channel, agency, message_id, code, holder, "
            "body_sha256, length, at) VALUES ('ref-1', 'c1', '', '', 'SYNTAX_XML', 'c1', 'd', 1, "
            "1)");
    }
    std::string identity;
    {
        const auto store = open();
        identity = store->identity();
        EXPECT_EQ(identity.size(), 32U);
        EXPECT_EQ(store->ledger().refusals({.channel = "c1"}, 0, 10).size(), 1U);
        store->backupTo(in("copy.db"));
    }
    EXPECT_EQ(open()->identity(), identity);
    EXPECT_EQ(SqliteStore::open(in("copy.db"), {}, clock_)->identity(), identity);
    EXPECT_NE(SqliteStore::open(in("other.db"), {}, clock_)->identity(), identity);
}

TEST_F(Migrations, CasesOfBeforeThereWasAListOfWhatIsOwedAreDerivedAnew) {
    {
        Connection connection(file(), Access::ReadWrite);
        EXPECT_EQ(migrate(connection, allMigrations().first(13)), 13);
        connection.execute(
            "INSERT INTO case_file (case_id, version, court, first_instance_court, province, "
            "number, issued_on, stage, snapshot, next_day) VALUES ('case-1', 1, 'TA.AG', 'TA.AG', "
            "'VN-44', '05/2026', '2026-05-01', 'REGISTERED', '{}', '2026-06-01')");
    }
    const auto store = open();
    EXPECT_EQ(store->cases().toBeRefolded(9), std::vector<std::string>{"case-1"});
    EXPECT_TRUE(store->cases().termsOf("case-1").empty());
}

TEST_F(Migrations, AgenciesOfCasesOfBeforeAreKeptWithTheirStage) {
    {
        Connection connection(file(), Access::ReadWrite);
        EXPECT_EQ(migrate(connection, allMigrations().first(14)), 14);
        for (const std::string id : {"2", "1"})
            connection.execute(
                "INSERT INTO case_file (case_id, version, court, first_instance_court, province, "
                "number, issued_on, stage, snapshot) VALUES ('case-" +
                id + "', 1, 'TA.AG', 'TA.AG', 'VN-44', '" + id + "/2026', '2026-05-01', 'STAGE_" +
                id +
                "', '{}');"
                "INSERT INTO case_agency VALUES ('case-" +
                id + "', 'H0" + id + ".5', 'obligated'), ('case-" + id +
                "', 'VKS.AG', 'procuracy')");
    }
    const auto store = open();
    CaseFilter filter;
    filter.visibleTo = {{"VKS.AG", "procuracy"}};
    EXPECT_EQ(store->cases().count(filter).size(), 2U);
    filter.stage = "STAGE_2";
    const auto counted = store->cases().count(filter);
    ASSERT_EQ(counted.size(), 1U);
    EXPECT_EQ(counted[0].stage, "STAGE_2");
    filter.visibleTo = {{"H01.5", "obligated"}};
    EXPECT_TRUE(store->cases().count(filter).empty());
    filter.stage = "STAGE_1";
    EXPECT_EQ(store->cases().count(filter).size(), 1U);
    EXPECT_TRUE(store->integrityCheck().empty());
}

TEST_F(Migrations, DocumentsOfBeforeThereWereNamesAreNotKnownAgain) {
    Acceptance bringing = numbered(2);
    bringing.document = DocumentName{"G1", std::string(64, 'd')};
    {
        Connection connection(file(), Access::ReadWrite);
        EXPECT_EQ(migrate(connection, allMigrations().first(16)), 16);
        connection.execute(
            "INSERT INTO refusal (refusal_id, channel, agency, message_id, code, holder, "
            "body_sha256, length, at) VALUES ('ref-1', 'c1', '', '', 'SYNTAX_XML', 'c1', 'd', 1, "
            "1)");
    }
    {
        const auto store = open();
        EXPECT_EQ(store->ledger().refusals({.channel = "c1"}, 0, 10).size(), 1U);
        EXPECT_FALSE(store->cases().findDocument(bringing.message.agency, "G1").has_value());
        ASSERT_TRUE(is<Stored>(store->ledger().accept(bringing)));
        EXPECT_TRUE(store->integrityCheck().empty());
        store->backupTo(in("copy.db"));
    }
    for (const auto& kept : {file(), in("copy.db")}) {
        const auto store = SqliteStore::open(kept, {}, clock_);
        const auto known = store->cases().findDocument(bringing.message.agency, "G1");
        ASSERT_TRUE(known.has_value()) << kept;
        EXPECT_EQ(known->messageId, bringing.message.messageId);
        auto again = numbered(3);
        again.document = bringing.document;
        EXPECT_TRUE(is<VersionMoved>(store->ledger().accept(again))) << kept;
    }
}

TEST_F(Migrations, DocumentsOfBeforeStandAndNobodyIsKnownToHaveThem) {
    {
        Connection connection(file(), Access::ReadWrite);
        EXPECT_EQ(migrate(connection, allMigrations().first(17)), 17);
        connection.execute("INSERT INTO document_name VALUES ('TA.AG', 'G1', 'd', 'm-1', 'rcp-1')");
    }
    const auto known = open()->cases().findDocument("TA.AG", "G1");
    ASSERT_TRUE(known.has_value());
    EXPECT_EQ(known->receiptId, "rcp-1");
    EXPECT_TRUE(known->told.empty());
    EXPECT_EQ(known->endedBy, "");
    Acceptance withdrawal = numbered(1);
    withdrawal.document = DocumentName{"withdrawal:G1", "d", {}, {}};
    withdrawal.document->changes = {{"TA.AG", "G1", known->version, {}, true}};
    ASSERT_TRUE(is<Stored>(open()->ledger().accept(withdrawal)));
    EXPECT_EQ(open()->cases().findDocument("TA.AG", "G1")->endedBy, withdrawal.message.receiptId);
}

TEST_F(Migrations, AMigrationHappensWhollyOrNotAtAll) {
    constexpr Migration kGood[] = {{1, "0001_good", "CREATE TABLE a (x); INSERT INTO a VALUES (1)"},
                                   {2, "0002_bad", "CREATE TABLE b (x); INSERT INTO c VALUES (1)"}};
    Connection connection(file(), Access::ReadWrite);
    EXPECT_THROW(migrate(connection, kGood), Fault);
    EXPECT_EQ(connection.value("PRAGMA user_version"), "1");
    EXPECT_EQ(connection.value("SELECT count(*) FROM sqlite_schema"), "1");
    const Migration mended[] = {kGood[0], {2, "0002_mended", "CREATE TABLE b (x)"}};
    EXPECT_EQ(migrate(connection, mended), 2);
    EXPECT_EQ(connection.value("SELECT count(*) FROM a"), "1");
    EXPECT_EQ(migrate(connection, mended), 2);
}
