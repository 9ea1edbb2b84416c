// What a gateway's store becomes on paper and in an inspector's hands, by the real commands over
// the file of a gateway that runs.

#include <algorithm>
#include <fstream>

#include "gateway/base/encoding.h"
#include "gateway/base/time_format.h"
#include "gateway/document/digest.h"
#include "gateway/document/json.h"
#include "tests/scenario/support/town.h"

namespace gateway::scenario {
namespace {

namespace fs = std::filesystem;
constexpr const char* kTerritory = "Tỉnh Gia Lai";

class Papers : public Town {
  protected:
    // A case in every form of signature, its letters taken by their recipients.
    static std::string correspondence() {
        const auto number = newNumber();
        const auto& desk = agencies();
        EXPECT_EQ(desk.court.send(desk.court.xml(desk.court.message(transferOf(number)))).verdict(),
                  "accepted");
        const auto entered =
            desk.enforcement.message(registrationOf(number, "R-" + number.substr(0, 3)));
        EXPECT_EQ(desk.enforcement.send(desk.enforcement.json(entered)).verdict(), "accepted");
        const auto noticed = desk.enforcement.message(noticeToday(number, "TB-" + number));
        EXPECT_EQ(desk.enforcement.send(desk.enforcement.detached(noticed)).verdict(), "accepted");
        EXPECT_GT(desk.committee.emptyMailbox(), 0);
        EXPECT_GT(desk.enforcement.emptyMailbox(), 0);
        return number;
    }
    static std::string settings() { return (world().folder() / "gateway.properties").string(); }
    static std::string today(int days = 0) {
        return base::formatDate(base::dayAfter(base::vietnamDate(base::SystemClock().now()), days));
    }
    static document::Node answered(std::vector<std::string> words,
                                   const std::vector<std::string>& more, int expected) {
        words.insert(words.end(), more.begin(), more.end());
        std::string output;
        EXPECT_EQ(run(words, &output), expected) << output;
        auto tree = document::readJson(output);
        return tree ? std::move(tree->root) : document::objectNode();
    }
    static document::Node pack(const fs::path& out, const std::vector<std::string>& more = {},
                               int expected = 0) {
        return answered(
            {World::binary(), "evidence-pack", "--config", settings(), "--territory", kTerritory,
             "--from", today(-1), "--to", today(), "--out", out.string(), "--json"},
            more, expected);
    }
    // As an inspector does, with the seal that the gateway publishes.
    static int verify(const fs::path& folder, std::string* said) {
        return run(
            {"sh", (folder / "verify.sh").string(), world().certificate("gateway-seal").string()},
            said);
    }
    static model::DeclaredAct petitionAbout(const std::string& number) {
        model::DeclaredAct petition;
        petition.type = "PetitionReceived";
        petition.caseReference = caseOf(number);
        petition.content =
            document::readJson(R"({"kind":"complaint","petitioner":"Bà Mẫu","against":"UBND",)"
                               R"("text":"chậm trả lời","receivedOn":")" +
                               today() + "\"}")
                .value()
                .root;
        return petition;
    }
    static document::Node matters(const std::vector<std::string>& more, int expected = 0) {
        return answered({World::binary(), "matters", "--store", world().storeFile().string(),
                         "--mappings", THAHC_SOURCE_DIR "/mappings", "--json"},
                        more, expected);
    }
    // Two pages that say which they are.
    static std::string scanned() {
        const auto scan = (world().folder() / "scan.pdf").string();
        EXPECT_EQ(
            run({"sh", "-c",
                 "printf '<meta charset=utf-8><p>BẢN QUÉT MỘT<p style=\"break-before: page\">BẢN "
                 "QUÉT HAI' | "
                 "weasyprint - \"$0\"",
                 scan}),
            0);
        return readFile(scan);
    }
    // Changed, in a copy: with `change` it must not pass, and the words say why.
    static void mustFail(const fs::path& folder, const std::string& change,
                         const std::string& words) {
        const auto copy = fs::path(folder.string() + ".tampered");
        fs::remove_all(copy);
        fs::copy(folder, copy, fs::copy_options::recursive);
        ASSERT_EQ(run({"sh", "-c", "cd \"$0\" && " + change, copy.string()}), 0) << change;
        std::string said;
        EXPECT_NE(verify(copy, &said), 0) << change << "\n" << said;
        EXPECT_NE(said.find(words), std::string::npos) << change << "\n" << said;
    }
    static fs::path firstIn(const fs::path& folder, const std::string& ending) {
        std::vector<fs::path> found;
        for (const auto& entry : fs::directory_iterator(folder))
            if (entry.path().extension() == ending) found.push_back(entry.path());
        EXPECT_FALSE(found.empty()) << folder << ending;
        return found.empty() ? fs::path() : *std::ranges::min_element(found);
    }
    static std::string name(const fs::path& file) {
        return file.parent_path().filename().string() + "/" + file.filename().string();
    }
};

TEST_F(Papers, AnEvidencePackIsJudgedByOthersTools) {
    correspondence();
    const auto folder = world().folder() / "pack";
    const auto made = pack(folder);
    EXPECT_EQ(valueAt(made, "missing/0"), "");
    std::string said;
    ASSERT_EQ(verify(folder, &said), 0) << said;
    EXPECT_NE(said.find("GOOD  " + valueAt(made, "pieces") + " signed pieces"), std::string::npos)
        << said;
    const auto xml = name(firstIn(folder / "messages", ".xml"));
    const auto jose = name(firstIn(folder / "messages", ".jose"));
    const auto json = name(firstIn(folder / "messages", ".json"));
    const auto receipt = name(firstIn(folder / "receipts", ".jose"));
    const auto answer = name(firstIn(folder / "answers", ".jose"));
    EXPECT_FALSE(fs::is_empty(folder / "deliveries"));
    // Every kind of piece in the three indices.
    const auto csv = readFile(folder / "index.csv"), page = readFile(folder / "index.html");
    for (const auto& one : {xml, jose, json, receipt, answer}) {
        EXPECT_NE(csv.find(one), std::string::npos) << one;
        EXPECT_NE(page.find("href=\"" + one + "\""), std::string::npos) << one;
        mustFail(folder, "printf x >> " + one, one);
    }
    mustFail(folder, "rm " + xml, xml);
    mustFail(folder, "printf x >> index.csv", "index.csv");
    mustFail(folder, "printf x > messages/more.xml", "nobody has sealed");
    mustFail(folder, "ln -s /etc/passwd messages/more", "nobody has sealed");
    mustFail(folder, "rm manifest.jose", "manifest.jose");
    // Whoever makes the list anew has no seal for it.
    const std::string anew =
        "find . -type f ! -name SHA256SUMS ! -name manifest.jose | sed 's|^./||' | sort | "
        "xargs sha256sum > SHA256SUMS";
    mustFail(folder, "printf x > more && " + anew, "SHA256SUMS is not the sealed list");
    mustFail(folder, "sed -i 's/2026/2027/' " + xml + " && " + anew, xml + ": the signature");
    mustFail(folder, "printf x >> " + json + " && " + anew, json + ": the signature");
    // Of the same signer: its signature holds, but it is not what was sealed.
    mustFail(folder, "cp " + answer + " " + jose + " && " + anew, "is not the sealed list");
    std::string stranger;
    EXPECT_NE(
        run({"sh", (folder / "verify.sh").string(), world().certificate("gateway-tls")}, &stranger),
        0);
    EXPECT_NE(stranger.find("is not the certificate"), std::string::npos) << stranger;
}

TEST_F(Papers, AnEvidencePackIsOfATerritoryAndAPeriod) {
    correspondence();
    EXPECT_EQ(valueAt(pack(world().folder() / "before", {}), "cases") == "0", false);
    std::string output;
    const auto ask = [&](const std::string& where, const std::string& from, const std::string& to,
                         const std::string& out) {
        output.clear();
        return run({World::binary(), "evidence-pack", "--config", settings(), "--territory", where,
                    "--from", from, "--to", to, "--out", (world().folder() / out).string()},
                   &output);
    };
    EXPECT_EQ(ask("Tỉnh An Giang", today(-1), today(), "elsewhere"), 0) << output;
    EXPECT_NE(output.find("\"pieces\": 0"), std::string::npos) << output;
    EXPECT_EQ(ask(kTerritory, today(-9), today(-2), "earlier"), 0) << output;
    EXPECT_NE(output.find("\"pieces\": 0"), std::string::npos) << output;
    std::string said;
    EXPECT_EQ(verify(world().folder() / "earlier", &said), 0) << said;
    EXPECT_NE(ask("Atlantis", today(), today(), "x"), 0);
    EXPECT_NE(output.find("no territory Atlantis"), std::string::npos) << output;
    EXPECT_NE(ask(kTerritory, today(), today(-1), "x"), 0);
    EXPECT_NE(ask(kTerritory, today(), today(), "earlier"), 0) << "it is there already";
}

TEST_F(Papers, AnEvidencePackTakesWhatIsInAnArchiveOrSaysWhatIsMissing) {
    correspondence();
    const auto archives = world().folder() / "archives";
    fs::create_directory(archives);
    std::string output;
    ASSERT_EQ(
        world().command({"archive", "--before", base::formatTimestamp(base::SystemClock().now()),
                         "--to", archives.string()},
                        &output),
        0)
        << output;
    const auto poor = pack(world().folder() / "poor");
    EXPECT_NE(valueAt(poor, "missing/0").find("in the archive archive-"), std::string::npos)
        << document::writeJson(poor);
    std::string said;
    EXPECT_EQ(verify(world().folder() / "poor", &said), 0) << said;
    EXPECT_NE(said.find("pieces are not in this pack"), std::string::npos) << said;
    const auto rich = pack(world().folder() / "rich", {"--archives", archives.string()});
    EXPECT_EQ(valueAt(rich, "missing/0"), "") << document::writeJson(rich);
    EXPECT_EQ(verify(world().folder() / "rich", &said), 0) << said;
}

TEST_F(Papers, MattersAreListedAndShownWithWhatWasSigned) {
    const auto number = newNumber();
    const auto sent = court().send(transferOf(number));
    ASSERT_EQ(sent.verdict(), "accepted") << sent.body;
    const auto caseId = sent.at("receipt/caseId");
    const auto received = enforcement().send(petitionAbout(number));
    ASSERT_EQ(received.verdict(), "accepted") << received.body;
    const auto message = received.at("receipt/messageId");

    const auto mine = matters({"--case", caseId});
    const auto file = valueAt(mine, "matters/0/file");
    EXPECT_EQ(valueAt(mine, "matters/1/file"), "");
    EXPECT_EQ(valueAt(mine, "matters/0/subject"), "petition");
    EXPECT_EQ(valueAt(mine, "matters/0/open"), "true");
    EXPECT_EQ(valueAt(mine, "matters/0/overdue"), "false");
    EXPECT_EQ(valueAt(mine, "matters/0/parts/1/state"), "RECEIVED");
    EXPECT_EQ(valueAt(mine, "matters/0/parts/1/terms/0/rule"), "complaint-accept");
    const auto found = [&](const std::vector<std::string>& more) {
        auto words = more;
        words.insert(words.end(), {"--case", caseId});
        return valueAt(matters(words), "matters/0/file") == file;
    };
    EXPECT_TRUE(found({"--open", "--subject", "petition", "--office", kEnforcement}));
    EXPECT_FALSE(found({"--closed"}));
    EXPECT_FALSE(found({"--subject", "guidance"}));
    EXPECT_FALSE(found({"--office", kCourt}));
    EXPECT_FALSE(found({"--overdue"}));
    EXPECT_TRUE(found({"--overdue", "--as-of", today(40)}));
    matters({"--subject", "case"}, 2);
    matters({"--file", caseId}, 6);

    model::DeclaredAct answer;
    answer.type = "PetitionAnswer";
    answer.content = document::readJson(R"({"petition":{"message":")" + message +
                                        R"("},"stage":"rejected","number":"1/TB","text":"…",)"
                                        R"("issuedOn":")" +
                                        today() + "\"}")
                         .value()
                         .root;
    ASSERT_EQ(enforcement().send(answer).verdict(), "accepted");
    EXPECT_TRUE(found({"--closed"}));
    const auto folder = world().folder() / "don";
    const auto one = matters({"--file", file, "--messages", folder.string()});
    EXPECT_EQ(valueAt(one, "open"), "false");
    EXPECT_EQ(valueAt(one, "acts/0/message"), message);
    EXPECT_EQ(valueAt(one, "acts/0/content/text"), "chậm trả lời");
    EXPECT_EQ(valueAt(one, "acts/1/type"), "PetitionAnswer");
    EXPECT_EQ(fs::status(folder).permissions(), fs::perms::owner_all);
    int signedOnes = 0;
    for (std::string name; !(name = valueAt(one, "written/" + std::to_string(signedOnes))).empty();
         ++signedOnes) {
        std::string said;
        EXPECT_EQ(run({World::binary(), "verify", (folder / name).string(), "--trust",
                       world()
                           .certificate(name.find(".receipt") == std::string::npos
                                            ? kEnforcement + "-seal"
                                            : "gateway-seal")
                           .string()},
                      &said),
                  0)
            << said;
    }
    EXPECT_EQ(signedOnes, 4) << "two messages, two receipts";
    matters({"--file", file, "--messages", folder.string()}, 3);
}

TEST_F(Papers, TheRegisterShowsTheEntry) {
    const auto number = correspondence();
    const auto out = (world().folder() / "so.pdf").string();
    std::string output;
    ASSERT_EQ(run({World::binary(), "registers", "--store", world().storeFile().string(),
                   "--office", kEnforcement, "--year", "2026", "--form", "01", "--mappings",
                   THAHC_SOURCE_DIR "/mappings", "--format", "pdf", "--out", out},
                  &output),
              0)
        << output;
    std::string text;
    ASSERT_EQ(run({"pdftotext", "-layout", out, "-"}, &text), 0) << text;
    EXPECT_NE(text.find("Thi hành án dân sự tỉnh Gia Lai"), std::string::npos) << text;
    EXPECT_NE(text.find("R-" + number.substr(0, 3)), std::string::npos) << text;
}

TEST_F(Papers, TheFileOfACaseIsOnePdf) {
    const auto number = newNumber();
    auto transfer = transferOf(number);
    const auto enclose = [&](const std::string& name, const std::string& type,
                             const std::string& bytes) {
        transfer.ruling.attachments.push_back({name, type, document::sha256(bytes).hex(),
                                               static_cast<std::int64_t>(bytes.size()),
                                               base::toBase64(bytes)});
    };
    enclose("ban-an.pdf", "application/pdf", scanned());
    enclose("khong-phai.pdf", "application/pdf", "%PDF-1.4 nothing");
    enclose("ghi-chu.txt", "text/plain", "<b>x");
    const auto sent = court().send(transfer);
    ASSERT_EQ(sent.verdict(), "accepted") << sent.body;
    ASSERT_EQ(enforcement().send(registrationOf(number, "HS-7")).verdict(), "accepted");
    ASSERT_EQ(enforcement().send(noticeToday(number, "TB-7/2026")).verdict(), "accepted");
    ASSERT_EQ(enforcement().send(petitionAbout(number)).verdict(), "accepted");
    const auto out = (world().folder() / "ho-so.pdf").string();
    std::string text;
    ASSERT_EQ(
        run({World::binary(), "case-file", "--store", world().storeFile().string(), "--case",
             sent.at("receipt/caseId"), "--mappings", THAHC_SOURCE_DIR "/mappings", "--out", out},
            &text),
        0)
        << text;
    const auto pageOf = [&](int page) {
        std::string words;
        EXPECT_EQ(run({"pdftotext", "-layout", "-f", std::to_string(page), "-l",
                       std::to_string(page), out, "-"},
                      &words),
                  0);
        return words;
    };
    std::string count;
    ASSERT_EQ(run({"qpdf", "--show-npages", out}, &count), 0);
    const int pages = std::stoi(count);
    EXPECT_NE(pageOf(1).find("HỒ SƠ THEO DÕI THI HÀNH ÁN HÀNH CHÍNH"), std::string::npos);
    EXPECT_NE(pageOf(1).find("HS-7"), std::string::npos) << pageOf(1);
    const auto index = pageOf(2);
    EXPECT_NE(index.find("MỤC LỤC"), std::string::npos) << index;
    // The index names the very page of the enclosure, behind whose cover its own pages are.
    EXPECT_NE(index.find("ban-an.pdf"), std::string::npos) << index;
    EXPECT_NE(pageOf(pages - 2).find("2 trang tiếp theo"), std::string::npos) << pageOf(pages - 2);
    EXPECT_NE(pageOf(pages - 1).find("BẢN QUÉT MỘT"), std::string::npos);
    EXPECT_NE(pageOf(pages).find("BẢN QUÉT HAI"), std::string::npos);
    EXPECT_NE(pageOf(pages).find("Trang " + count.substr(0, count.find('\n')) + "/"),
              std::string::npos)
        << pageOf(pages);
    const auto named = index.substr(index.find("ban-an.pdf"));
    EXPECT_NE(named.substr(0, named.find('\n')).find(std::to_string(pages - 2)), std::string::npos)
        << index;
    ASSERT_EQ(run({"sh", "-c", "pdftotext \"$0\" - | tr -s '\\n ' '  '", out}, &text), 0);
    EXPECT_NE(text.find("TB-7/2026"), std::string::npos) << text;
    EXPECT_NE(text.find("chậm trả lời"), std::string::npos) << text;
    EXPECT_NE(text.find("Thụ lý khiếu nại"), std::string::npos) << text;
    EXPECT_NE(text.find("Không ghép: không đọc được tệp PDF"), std::string::npos) << text;
    EXPECT_NE(text.find("Không ghép: không phải tệp PDF"), std::string::npos) << text;
    EXPECT_NE(text.find(sent.at("receipt/receiptId")), std::string::npos) << text;
    std::string json;
    ASSERT_EQ(run({"qpdf", "--json", "--json-key=outlines", out}, &json), 0);
    for (const char* title : {"MỤC LỤC", "Thời hạn và kết quả", "ban-an.pdf"})
        EXPECT_NE(json.find(title), std::string::npos) << title << json.substr(0, 2000);
    EXPECT_NE(run({World::binary(), "case-file", "--store", world().storeFile().string(), "--case",
                   "case-none", "--mappings", THAHC_SOURCE_DIR "/mappings", "--out", out},
                  &text),
              0);
    EXPECT_NE(text.find("there is no case case-none"), std::string::npos) << text;
}

}  // namespace
}  // namespace gateway::scenario
