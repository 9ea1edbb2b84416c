// An agency without software of its own: the client commands, and offline verification.

#include "tests/scenario/support/client_call.h"
#include "tests/scenario/support/town.h"

namespace gateway::scenario {
namespace {

class ClientCommands : public Town {
  protected:
    static Said client(const std::string& agency, std::vector<std::string> words,
                       const std::string& url = {}) {
        return clientSaid(world(), agency, std::move(words), url);
    }
    static std::string file(const std::string& name, const std::string& bytes) {
        writeFile(world().folder() / name, bytes);
        return world().folder() / name;
    }
};

TEST_F(ClientCommands, SendAskFetchAcknowledgeAndVerify) {
    const auto number = newNumber();
    const auto message = court().message(transferOf(number));
    const auto receipt = (world().folder() / "receipt.xml").string();
    const auto sent =
        client(kCourt, {"send", file("ruling.xml", xmlOf(message)), "--save", receipt});
    ASSERT_EQ(sent.code, 0) << sent.output;
    EXPECT_EQ(sent.at("status"), "200");
    EXPECT_EQ(sent.at("verified"), "true");

    const auto status = client(kCourt, {"status", "--id", message.envelope.id});
    EXPECT_EQ(status.code, 0) << status.output;
    EXPECT_EQ(client(kCourt, {"status", "--id", "never-sent"}).code, 6);
    EXPECT_EQ(client(kCourt, {"ping"}).code, 0);

    const auto query = procuracy().message(questionFor(number));
    const auto answer = client(kProcuracy, {"query", file("query.json", jsonOf(query))});
    EXPECT_EQ(answer.code, 0) << answer.output;
    EXPECT_NE(answer.output.find(number), std::string::npos);

    const auto folder = (world().folder() / "taken").string();
    const auto taken =
        client(kEnforcement, {"mailbox", "--take", folder, "--acknowledge", "--to", kAddress});
    EXPECT_EQ(taken.code, 0) << taken.output;
    EXPECT_FALSE(std::filesystem::is_empty(folder));
    EXPECT_TRUE(enforcement().mailbox().children.empty());

    // The receipt speaks for itself, years later and far from the gateway.
    const std::string seal = world().certificate("gateway-seal");
    EXPECT_EQ(commandSaid({World::binary(), "verify", receipt, "--trust", seal}).code, 0);
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        EXPECT_EQ(commandSaid({World::binary(), "verify", entry.path(), "--trust", seal}).code, 0);
    auto forged = readFile(receipt);
    forged[forged.find(kCourt)] = 'X';
    EXPECT_EQ(
        commandSaid({World::binary(), "verify", file("forged.xml", forged), "--trust", seal}).code,
        1);
}

// An agency that is registered for XML alone acknowledges in XML.
TEST_F(ClientCommands, AcknowledgesInTheFamilyOfTheItem) {
    Enrolment enrolment;
    enrolment.agency = kEnforcement;
    enrolment.formatsIn = {"case-model-xml/*"};
    enrolment.preferred = "xml";
    world().enrol(enrolment);
    ASSERT_EQ(world().command({"reload"}), 0);
    ASSERT_EQ(court().send(transferOf(newNumber())).verdict(), "accepted");
    const auto folder = (world().folder() / "taken-xml").string();
    const auto take = [&](const std::string& as) {
        std::vector<std::string> words{"mailbox",       "--take", folder,
                                       "--acknowledge", "--to",   kAddress};
        if (!as.empty()) words.insert(words.end(), {"--as", as});
        return client(kEnforcement, words);
    };
    EXPECT_EQ(take("letter").code, 2);
    const auto other = take("json");
    EXPECT_EQ(other.code, 1) << other.output;
    EXPECT_NE(other.output.find("MAPPING_NO_FORMAT"), std::string::npos) << other.output;
    const auto taken = take("");
    EXPECT_EQ(taken.code, 0) << taken.output;
    EXPECT_EQ(taken.at("taken/0/closed/status"), "200") << taken.output;
    EXPECT_TRUE(enforcement().mailbox().children.empty());
    Enrolment both;
    both.agency = kEnforcement;
    world().enrol(both);
    ASSERT_EQ(world().command({"reload"}), 0);
    // Whoever is registered for both may choose.
    ASSERT_EQ(court().send(transferOf(newNumber())).verdict(), "accepted");
    const auto chosen = take("xml");
    EXPECT_EQ(chosen.code, 0) << chosen.output;
    EXPECT_EQ(chosen.at("taken/0/closed/status"), "200") << chosen.output;
}

TEST_F(ClientCommands, ExitCodesTellTheClassOfTheOutcome) {
    auto wrong = court().message(transferOf(newNumber()));
    wrong.envelope.to = "thahc/other";
    const auto name = file("wrong.json", jsonOf(wrong));
    const auto refused = client(kCourt, {"send", name});
    EXPECT_EQ(refused.code, 1) << refused.output;
    EXPECT_EQ(refused.at("verified"), "true");
    EXPECT_NE(refused.output.find("ADDRESSEE_OTHER"), std::string::npos);
    EXPECT_EQ(client(kCourt, {"send", name}, "https://127.0.0.1:1").code, 4);
    EXPECT_EQ(client(kCourt, {"send", name, "--no-such-option"}).code, 2);
    EXPECT_EQ(commandSaid({World::binary(), "nonsense"}).code, 2);
}

// What a rebuild says of a copy after somebody has run `statement` on it.
class Tampering : public ClientCommands {
  protected:
    void SetUp() override {
        good_ = world().copies() / "good.db";
        std::filesystem::remove(good_);
        ASSERT_FALSE(noticedCase("TB-1").empty());
        ASSERT_EQ(court().send(transferOf(newNumber())).verdict(), "accepted");
        ASSERT_EQ(enforcement().send(registrationOf(newNumber(), "12")).verdict(), "parked");
        std::string output;
        ASSERT_EQ(world().command({"backup", good_}, &output), 0) << output;
    }
    Said tampered(const std::string& statement) {
        const auto copy = world().folder() / "tampered.db";
        std::filesystem::copy_file(good_, copy, std::filesystem::copy_options::overwrite_existing);
        std::string output;
        EXPECT_EQ(run({"sqlite3", copy, statement}, &output), 0) << output;
        auto said = commandSaid({World::binary(), "rebuild", "--file", copy, "--json"});
        EXPECT_EQ(said.code, 1) << statement;
        EXPECT_EQ(said.at("clean"), "false") << said.output;
        return said;
    }
    std::filesystem::path good_;
};

// A macro for the sake of the line that gtest names.
#define EXPECT_TELLS(statement, line)                                        \
    do {                                                                     \
        const auto said = tampered(statement);                               \
        EXPECT_NE(said.output.find(line), std::string::npos) << said.output; \
    } while (false)

TEST_F(Tampering, NothingIsFoundInWhatNobodyTouched) {
    const auto said = commandSaid({World::binary(), "rebuild", "--file", good_, "--json"});
    EXPECT_EQ(said.code, 0) << said.output;
    EXPECT_EQ(said.at("clean"), "true") << said.output;
    EXPECT_NE(said.at("parked"), "0");
    const auto seal = world().certificate("gateway-seal").string();
    EXPECT_EQ(commandSaid({World::binary(), "rebuild", "--file", good_, "--trust", seal}).code, 0);
    const auto other = world().certificate(kCourt + "-seal").string();
    EXPECT_EQ(commandSaid({World::binary(), "rebuild", "--file", good_, "--trust", other}).code, 1);
}

TEST_F(Tampering, OfTheLogIsFound) {
    EXPECT_TELLS(
        "UPDATE message SET events = replace(events, 'Thử', 'Thật') "
        "WHERE message_type = 'JudgmentTransfer'",
        "entry hash does not hold");
    EXPECT_TELLS(
        "UPDATE message SET body_sha256 = replace(body_sha256, "
        "substr(body_sha256, 1, 1), 'z') WHERE position = 1",
        "receipt states another bodySha256");
    EXPECT_TELLS("UPDATE message SET body = x'00' WHERE position = 1", "entry hash does not hold");
    EXPECT_TELLS("UPDATE message SET receipt = x'00'", "receipt cannot be read");
    EXPECT_TELLS(
        "UPDATE message SET receipt = (SELECT m.receipt FROM message m "
        "WHERE m.position = 1) WHERE position = 2",
        "receipt states another receiptId");
    EXPECT_TELLS("DELETE FROM message WHERE position = 1", "nothing between position 0 and 2");
}

TEST_F(Tampering, OfCasesIsFound) {
    EXPECT_TELLS("UPDATE case_file SET stage = 'COMPLETED'", "stage is 'COMPLETED', by the log");
    EXPECT_TELLS("UPDATE case_file SET version = version + 1", "version is '");
    EXPECT_TELLS("UPDATE case_file SET first_instance_court = 'X', issued_on = '1900-01-01'",
                 "first_instance_court is 'X', by the log '" + kCourt);
    EXPECT_TELLS("UPDATE case_file SET issued_on = '1900-01-01'", "issued_on is '1900-01-01'");
    EXPECT_TELLS("UPDATE case_file SET next_day = ''", "next_day is ''");
    EXPECT_TELLS("UPDATE case_file SET first_due = '1900-01-01'", "first_due is '1900-01-01'");
    EXPECT_TELLS("UPDATE case_file SET registered = 'X'", "registered is 'X'");
    EXPECT_TELLS("DELETE FROM case_file WHERE number_of_row = 1",
                 "the log names it, but it has no row");
    EXPECT_TELLS(
        "INSERT INTO case_file SELECT 99999, 'case-x', version, court, "
        "first_instance_court, province, number, issued_on, stage, snapshot, row_sha256, next_day, "
        "first_due, subject, registered "
        "FROM case_file WHERE number_of_row = 1",
        "case case-x: no message in the log names it");
    EXPECT_TELLS("DELETE FROM case_agency",
                 "agency " + kEnforcement + " as enforcement is missing");
    EXPECT_TELLS("INSERT INTO case_agency SELECT number_of_row, 'X', 'court', stage FROM case_file",
                 "agency X as court is not by the log");
    EXPECT_TELLS("UPDATE case_agency SET stage = 'COMPLETED'",
                 "agency " + kEnforcement + " as enforcement is missing");
    EXPECT_TELLS("DELETE FROM term_line", "is not listed as the log has it");
    EXPECT_TELLS("DELETE FROM case_alias", "leads nowhere");
    EXPECT_TELLS("UPDATE case_alias SET case_id = (SELECT max(case_id) FROM case_file)",
                 "leads to case case-");
    EXPECT_TELLS(
        "INSERT INTO case_alias SELECT court, number || 'X', issued_on, case_id "
        "FROM case_alias",
        "which is not called so");
}

TEST_F(Tampering, OfThoseWhoWaitIsFound) {
    EXPECT_TELLS("DELETE FROM parked", "by the log it still waits, but it is not parked");
    EXPECT_TELLS("UPDATE parked SET number = 'X'", "which is not what it says");
    EXPECT_TELLS(
        "INSERT INTO parked SELECT 1, agency, court, number, issued_on "
        "FROM parked LIMIT 1",
        "by the log nothing waits there");
}

TEST_F(Tampering, OfTheOutboxIsFound) {
    const std::string last = " WHERE sequence = (SELECT max(sequence) FROM outbox)";
    EXPECT_TELLS("DELETE FROM outbox", "is missing");
    EXPECT_TELLS("DELETE FROM outbox" + last, "is missing");
    EXPECT_TELLS("UPDATE outbox_content SET content = replace(content, 'Thử', 'Thật')",
                 "content differs from the act");
    EXPECT_TELLS("UPDATE outbox SET recipient = 'X'" + last, "recipient differs from the act");
    EXPECT_TELLS("CREATE TEMP TABLE copy AS SELECT * FROM outbox" + last +
                     "; UPDATE copy SET sequence = sequence + 1, item_id = 'dlv-x', is_head = 0; "
                     // What is computed is not inserted.
                     "ALTER TABLE copy DROP COLUMN queue; INSERT INTO outbox SELECT * FROM copy; "
                     "INSERT INTO outbox_content "
                     "SELECT sequence + 1, content, sha256 FROM outbox_content" +
                     last,
                 "no recorded act implies it");
}

}  // namespace
}  // namespace gateway::scenario
