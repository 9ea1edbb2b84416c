// The thirteenth hour: an act, its answer and a term that no program knows come into force as files
// while a gateway runs, and go out of force again.

#include "tests/scenario/gateway/decree.h"

namespace gateway::scenario {
namespace {

TEST_F(Decree, ANewActItsAnswerAndItsTermComeIntoForceWhileItRuns) {
    const auto number = noticed();
    const auto before = enforcement().send(model::Ping{}).at("receipt/rulesSha256");
    const auto unknown = saidInXml(invitation(number));
    expectRefusal(unknown, 422, "A", "MAPPING_NO_FORMAT");
    EXPECT_NE(unknown.at("refusal/reasons/0/vi").find("DialogueInvitation"), std::string::npos);
    const auto offers = [](const Agency& agency, const std::string& act) {
        const auto who = agency.get("/v1/whoami");
        const auto* acts = nodeAt(who.content, "agencies/0/acts");
        return acts && std::ranges::count(acts->children, act, &document::Node::value) == 1;
    };
    EXPECT_TRUE(offers(enforcement(), "UrgingLetter"));
    EXPECT_FALSE(offers(enforcement(), "DialogueInvitation"));
    bringIn();
    EXPECT_TRUE(offers(enforcement(), "DialogueInvitation"));
    EXPECT_FALSE(offers(committee(), "DialogueInvitation"));
    EXPECT_TRUE(offers(committee(), "DialogueReply"));

    const auto invited = saidInXml(invitation(number));
    ASSERT_EQ(invited.verdict(), "accepted") << invited.body;
    EXPECT_TRUE(invited.sealed);
    EXPECT_EQ(invited.at("receipt/messageType"), "DialogueInvitation");
    EXPECT_EQ(invited.at("receipt/mappingId"), "case-model-xml/dialogue-invitation");
    EXPECT_EQ(invited.at("receipt/rulesSha256").size(), 64U);
    EXPECT_NE(invited.at("receipt/rulesSha256"), before);
    // Each reads it in the family of its choice, under our seal.
    const auto inJson = fetched(committee());
    EXPECT_EQ(inJson.mediaType, "application/jose");
    EXPECT_EQ(inJson.at("dialogueInvitation/number"), kInvitation);
    EXPECT_EQ(inJson.at("dialogueInvitation/invited/0/as"), "người phải thi hành án");
    const auto inXml = fetched(procuracy());
    EXPECT_EQ(inXml.mediaType, "application/xml");
    EXPECT_EQ(inXml.at("message/dialogueInvitation/number"), kInvitation) << inXml.body;
    EXPECT_EQ(inXml.at("message/dialogueInvitation/invited/0/name"),
              "Ủy ban nhân dân phường Quy Nhơn");

    EXPECT_EQ(term(number, "dialogue-reply", "outcome"), "open");
    EXPECT_EQ(term(number, "dialogue-reply", "startedOn"), base::formatDate(today()));
    EXPECT_EQ(term(number, "dialogue-reply", "legalBasis"), "Nghị định giả định 1.3");
    const auto answered = saidInJson(committee(), reply(number));
    ASSERT_EQ(answered.verdict(), "accepted") << answered.body;
    EXPECT_EQ(answered.at("receipt/mappingId"), "case-model-json/dialogue-reply");
    EXPECT_EQ(fetched(enforcement()).at("dialogueReply/answer"), "attends");
    EXPECT_EQ(term(number, "dialogue-reply", "outcome"), "met");
    EXPECT_EQ(history(number), "DialogueInvitation DialogueReply ");
}

TEST_F(Decree, WhatTheDeclarationForbidsIsRefusedInBothLanguagesAtItsPlace) {
    bringIn();
    const auto number = noticed();
    // Not its sender's to send.
    EXPECT_EQ(saidInJson(enforcement(), reply(number)).code(), "FORBIDDEN_TYPE");

    const auto late = exchanged(invitation(number), base::formatDate(law::dayAfter(today(), 9)),
                                base::formatDate(law::dayAfter(today(), -1)));
    const auto order = saidInXml(late);
    expectAt(order, 422, "ACT_REFUSED", "/Message/DialogueInvitation/HeldOn",
             lineOf(late, "<HeldOn>"));
    EXPECT_NE(order.at("refusal/reasons/0/vi").find("trước ngày ký giấy mời"), std::string::npos);
    EXPECT_NE(order.at("refusal/reasons/0/vi").find("Nghị định giả định"), std::string::npos);
    EXPECT_NE(order.at("refusal/reasons/0/en").find("held before the invitation was signed"),
              std::string::npos);
    const auto unasked = saidInJson(committee(), reply(number));
    expectAt(unasked, 422, "ACT_REFUSED", "/dialogueReply/invitation",
             lineOf(reply(number), "\"invitation\""));
    EXPECT_NE(unasked.at("refusal/reasons/0/vi").find("không có giấy mời số này"),
              std::string::npos);

    // No notice yet.
    auto transfer = transferOf("900/2026/HC-ST");
    ASSERT_EQ(court().send(transfer).verdict(), "accepted");
    const auto early = saidInXml(invitation("900/2026/HC-ST"));
    expectRefusal(early, 409, "A", "CONFLICT_STATE");
    EXPECT_NE(early.at("refusal/reasons/0/vi").find("chưa ra thông báo"), std::string::npos);
    EXPECT_NE(early.at("refusal/reasons/0/en").find("no voluntary notice"), std::string::npos);
}

TEST_F(Decree, AMissingAnUnknownAndAWrongMemberAreEachNamedWithTheirLine) {
    bringIn();
    const auto number = noticed();
    const auto xml = invitation(number), json = reply(number);

    expectAt(saidInXml(exchanged(xml, "    <Form>direct</Form>\n", "")), 422, "MAPPING_REQUIRED",
             "/Message/DialogueInvitation/Form", lineOf(xml, "<DialogueInvitation>"));
    const auto unknown =
        exchanged(xml, "<Form>direct</Form>", "<Form>direct</Form>\n    <Room>3</Room>");
    expectAt(saidInXml(unknown), 422, "MAPPING_UNKNOWN_NODE", "/Message/DialogueInvitation/Room",
             lineOf(unknown, "<Room>"));
    const auto wrong = exchanged(xml, "<Form>direct</Form>", "<Form>by post</Form>");
    const auto code = saidInXml(wrong);
    expectAt(code, 422, "MAPPING_VALUE", "/Message/DialogueInvitation/Form",
             lineOf(wrong, "<Form>"));
    EXPECT_NE(code.at("refusal/reasons/0/vi").find("direct, online"), std::string::npos);
    const auto nested = exchanged(xml, "<As>", "<Rank>1</Rank>\n        <As>");
    expectAt(saidInXml(nested), 422, "MAPPING_UNKNOWN_NODE",
             "/Message/DialogueInvitation/Invited/Item/Rank", lineOf(nested, "<Rank>"));

    const auto declined = exchanged(json, "attends", "declines");
    expectAt(saidInJson(committee(), declined), 422, "MAPPING_REQUIRED", "/dialogueReply/reason",
             lineOf(json, "\"dialogueReply\""));
    const auto more = exchanged(json, "\"answer\"", "\"room\": 3,\n    \"answer\"");
    expectAt(saidInJson(committee(), more), 422, "MAPPING_UNKNOWN_NODE", "/dialogueReply/room",
             lineOf(more, "\"room\""));
    const auto noDay = exchanged(json, "\"repliedOn\": \"" + base::formatDate(today()),
                                 "\"repliedOn\": \"2026-02-30");
    expectAt(saidInJson(committee(), noDay), 422, "MAPPING_VALUE", "/dialogueReply/repliedOn",
             lineOf(noDay, "2026-02-30"));
}

TEST_F(Decree, TakenOutAgainItIsNoActAnyMoreAndNothingIsLost) {
    bringIn();
    const auto number = noticed();
    ASSERT_EQ(saidInXml(invitation(number)).verdict(), "accepted");
    const auto due = term(number, "dialogue-reply", "dueOn");
    takeOut();

    const auto again = saidInXml(invitation(number));
    expectRefusal(again, 422, "A", "MAPPING_NO_FORMAT");
    EXPECT_NE(again.at("refusal/reasons/0/en").find("DialogueInvitation"), std::string::npos);
    EXPECT_EQ(saidInJson(committee(), reply(number)).code(), "MAPPING_NO_FORMAT");
    // The case shows what was said, and keeps the term that it started.
    EXPECT_EQ(history(number), "DialogueInvitation ");
    EXPECT_EQ(term(number, "dialogue-reply", "title"), "Trả lời giấy mời đối thoại");
    EXPECT_EQ(term(number, "dialogue-reply", "dueOn"), due);
    EXPECT_EQ(term(number, "dialogue-reply", "outcome"), "open");
    // What was on its way arrives.
    EXPECT_EQ(fetched(committee()).at("dialogueInvitation/number"), kInvitation);
    EXPECT_EQ(fetched(procuracy()).at("message/dialogueInvitation/form"), "direct");
    EXPECT_EQ(world_.rebuild(), "clean");
    // The case goes on, and its old term with it, over a restart.
    EXPECT_EQ(committee().send(seenToday(number, "TB-" + number)).verdict(), "accepted");
    ASSERT_EQ(world_.stop(), 0);
    ASSERT_TRUE(world_.start()) << world_.log();
    EXPECT_EQ(term(number, "dialogue-reply", "dueOn"), due);
    // Back in force, the answer closes it.
    bringIn();
    EXPECT_EQ(saidInJson(committee(), reply(number)).verdict(), "accepted");
    EXPECT_EQ(term(number, "dialogue-reply", "outcome"), "met");
}

TEST_F(Decree, WhatWaitsForItsRulingWhenTheActGoesIsSentBackToItsAuthor) {
    bringIn();
    const auto parked = saidInXml(invitation("901/2026/HC-ST"));
    ASSERT_EQ(parked.verdict(), "parked") << parked.body;
    takeOut();
    ASSERT_EQ(court().send(transferOf("901/2026/HC-ST")).verdict(), "accepted");
    const auto items = enforcement().mailbox();
    ASSERT_EQ(items.children.size(), 1U) << "the ruling";
    EXPECT_EQ(fetched(enforcement()).at("judgmentTransfer/ruling/reference/number"),
              "901/2026/HC-ST");
    const auto ended = fetched(enforcement());
    EXPECT_NE(ended.body, "") << ended.body;
    EXPECT_EQ(ended.at("monitoringResult/event"), "ParkingEnded");
    EXPECT_EQ(history("901/2026/HC-ST"), "");
}

// As mappings/README.md tells it, command by command.
TEST_F(Decree, TheStepsOfTheDocumentLeadThere) {
    const auto number = noticed();
    const auto next = world_.folder() / "next";
    const auto config = world_.folder() / "gateway.properties";
    fs::copy(kDecree / "local", next, fs::copy_options::recursive);
    std::string output;
    const auto did = [&](std::vector<std::string> words, const char* says) {
        words.insert(words.begin(), World::binary());
        EXPECT_EQ(run(words, &output), 0) << words[1] << ": " << output;
        EXPECT_NE(output.find(says), std::string::npos) << words[1] << ": " << output;
    };
    const std::string mappings = THAHC_SOURCE_DIR "/mappings";
    did({"try-life", kDecree / "life.json", "--mappings", mappings, "--local", next},
        "DeadlineSet dialogue-reply 2026-08-05");
    did({"law", "--preview", next, "--config", config, "--store", world_.storeFile()},
        "act added: DialogueInvitation, Giấy mời đối thoại; sent by thads; told obligated");
    did({"law", "--mappings", mappings, "--local", next, "--schema", "xsd", "--act",
         "DialogueInvitation"},
        "HeldOn");
    fs::copy(next, local(), fs::copy_options::recursive);
    did({"check-config", "--config", config}, "local: mappings/acts/DialogueInvitation.xml");
    reload();

    writeFile(world_.folder() / "invitation.xml", invitation(number));
    const auto client = [&](const std::string& agency, std::vector<std::string> words) {
        words.insert(words.begin(), "client");
        for (const std::string& word :
             {std::string("--gateway"), "https://127.0.0.1:" + std::to_string(world_.port()),
              std::string("--certificate"), world_.certificate(agency + "-channel").string(),
              std::string("--key"), world_.key(agency + "-channel").string(), std::string("--ca"),
              world_.authority().string(), std::string("--gateway-seal"),
              world_.certificate("gateway-seal").string(), std::string("--seal-certificate"),
              world_.certificate(agency + "-seal").string(), std::string("--seal-key"),
              world_.key(agency + "-seal").string()})
            words.push_back(word);
        return words;
    };
    did(client(kEnforcement, {"send", world_.folder() / "invitation.xml"}), "accepted");
    fs::create_directories(world_.folder() / "taken");
    did(client(kCommittee,
               {"mailbox", "--take", world_.folder() / "taken", "--acknowledge", "--to", kAddress}),
        "");
    EXPECT_EQ(std::distance(fs::directory_iterator(world_.folder() / "taken"), {}), 1);
    EXPECT_TRUE(committee().mailbox().children.empty());
    takeOut();
    EXPECT_EQ(saidInXml(invitation(number)).code(), "MAPPING_NO_FORMAT");
}

TEST_F(Decree, ARuleThatHasEndedStopsTheActAndNotItsAnswer) {
    bringIn();
    const auto number = noticed();
    ASSERT_EQ(saidInXml(invitation(number)).verdict(), "accepted");
    const auto file = local() / "mappings" / "acts" / "DialogueInvitation.xml";
    const auto until = "\" until=\"" + base::formatDate(today()) + "\"";
    writeFile(file, exchanged(readFile(file), "from=\"2026-07-01\"", "from=\"2026-07-01" + until));
    reload();
    const auto ended = saidInXml(invitation(number));
    EXPECT_EQ(ended.code(), "ACT_REFUSED");
    EXPECT_NE(ended.body.find("không có hiệu lực vào ngày"), std::string::npos) << ended.body;
    EXPECT_EQ(saidInJson(committee(), reply(number)).verdict(), "accepted");
    EXPECT_EQ(term(number, "dialogue-reply", "outcome"), "met");
}

TEST_F(Decree, WhatCannotBeIsNamedBeforeAndAfterAndWhatWasInForceStays) {
    bringIn();
    const auto number = noticed();
    struct Slip {
        std::string file, from, to, line;
    };
    const Slip slips[] = {
        {"acts/DialogueReply.xml", "role=\"obligated\"", "role=\"nobody\"", ":9: "},
        {"legal-rules/terms-dialogue.xml", "asked(dialogue)", "spoken(dialogue)", ":2: "},
        {"legal-rules/calendar.xml", "kind=\"holiday\"", "kind=\"feast\"", ":7: "},
        {"legal-rules/figures.xml", "when=\"", "when=\"nothing-like-it and ", ":"},
        {"legal-rules/process-period.xml", "when=\"", "when=\"nothing-like-it and ", ":"}};
    for (const auto& slip : slips) {
        const auto file = local() / "mappings" / slip.file;
        const auto delivered = THAHC_SOURCE_DIR "/mappings/" + slip.file;
        const auto good = readFile(fs::exists(file) ? file : fs::path(delivered));
        writeFile(file, exchanged(good, slip.from, slip.to));
        std::string output;
        EXPECT_EQ(run({World::binary(), "check-config", "--config",
                       world_.folder() / "gateway.properties"},
                      &output),
                  3)
            << slip.file;
        EXPECT_NE(output.find(file.string() + slip.line), std::string::npos) << output;
        EXPECT_EQ(world_.command({"reload"}, &output), 1) << output;
        EXPECT_NE(output.find(file.string() + slip.line), std::string::npos) << output;
        EXPECT_EQ(world_.rebuild(), "clean");
        writeFile(file, good);
    }
    EXPECT_EQ(saidInXml(invitation(number)).verdict(), "accepted") << "the last good law";
}

TEST_F(Decree, AChangedTermHoldsForWhatStartsFromItsDayOn) {
    const auto started = [&](base::Date day) {
        const auto number = noticed();
        auto seen = seenToday(number, "TB-" + number);
        say(seen, "judgmentReceivedOn", day);
        EXPECT_EQ(committee().send(seen).verdict(), "accepted");
        return number;
    };
    const auto old = started(law::dayAfter(today(), -1));
    const auto due = term(old, "obligated-voluntary-30d", "dueOn");
    const auto running = started(today());
    const auto was = term(running, "obligated-voluntary-30d", "dueOn");
    // Beforehand: which term would move, from which day to which, and who would hear of it.
    const auto next = world_.folder() / "next";
    shorten(next, today());
    const auto told = previewed(next);
    const auto* rows = nodeAt(told, "cases/rows");
    ASSERT_TRUE(rows) << document::writeJson(told);
    EXPECT_EQ(valueAt(told, "cases/seen"), "2");
    ASSERT_EQ(rows->children.size(), 1U) << document::writeJson(told);
    EXPECT_EQ(valueAt(*rows, "0/number"), running);
    EXPECT_EQ(valueAt(*rows, "0/change"), "moved");
    EXPECT_EQ(valueAt(*rows, "0/was"), was);
    EXPECT_EQ(valueAt(*rows, "0/told/0/agency"), kCommittee);
    EXPECT_EQ(term(running, "obligated-voluntary-30d", "dueOn"), was) << "nothing has happened";

    fs::copy(next, local(), fs::copy_options::recursive);
    reload();
    const auto young = started(today());
    EXPECT_EQ(term(young, "obligated-voluntary-30d", "legalBasis"), "Nghị định giả định 2");
    EXPECT_EQ(term(young, "obligated-voluntary-30d", "explanation").substr(0, 8), "20 ngày") << due;
    for (const auto& number : {old, running})
        EXPECT_EQ(committee().send(statusOf(number, "BC-" + number)).verdict(), "accepted");
    EXPECT_EQ(term(running, "obligated-voluntary-30d", "dueOn"), valueAt(*rows, "0/due"));
    EXPECT_EQ(term(old, "obligated-voluntary-30d", "dueOn"), due) << "it keeps its version";
    EXPECT_NE(term(old, "obligated-voluntary-30d", "legalBasis"), "Nghị định giả định 2");
}

}  // namespace
}  // namespace gateway::scenario
