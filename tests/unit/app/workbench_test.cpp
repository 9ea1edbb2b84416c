// The workbench over HTTP: what its page is told, and who is not heard.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "gateway/app/workbench/fault_words.h"
#include "gateway/app/workbench/workbench_api.h"
#include "gateway/app/workbench/workbench_door.h"
#include "gateway/base/encoding.h"
#include "gateway/document/json.h"
#include "gateway/server/operators/loopback_server.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/tls_probe.h"

namespace gateway::app {
namespace {

namespace fs = std::filesystem;
using document::Node;
using thahc::test::ask;
using thahc::test::WireResponse;

const std::string kMappings = THAHC_SOURCE_DIR "/mappings";
const std::string kKey = "key-of-the-test";

std::string textOf(const fs::path& file) {
    std::ifstream in(file);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

const Node& first(const Node& told, const char* list) { return told.child(list)->children.at(0); }
std::string member(const Node& node, const char* name) {
    const auto* found = node.child(name);
    return found == nullptr ? "(none)" : found->value;
}

// All that is loaded once.
struct House {
    DataView data{kMappings, THAHC_SOURCE_DIR "/connectors", {}};
    Workshop workshop{data};
    PageFiles page{THAHC_SOURCE_DIR "/gateway/workbench"};
    base::SystemClock clock;
    static House& instance() {
        static House house;
        return house;
    }
};

class Workbench : public testing::Test {
  protected:
    void SetUp() override {
        fs::create_directories(mappingFile_.parent_path());
        fs::copy_file(kMappings + "/court-xml/ruling/mapping.xml", mappingFile_);
        api_ = std::make_unique<WorkbenchApi>(house_.workshop, house_.page,
                                              WorkbenchStart{mappingFile_, {}}, house_.clock);
        server::LoopbackSettings settings;
        settings.name = "workbench";
        settings.limits.requestBodyBytes = WorkbenchApi::kLargestBody;
        settings.manners = WorkbenchDoor::manners();
        server_ = std::make_unique<server::LoopbackServer>(
            settings, [this](const server::Request& request) { return api_->handle(request); },
            [this](const server::Request& request, std::size_t) { return door_.judge(request); },
            house_.clock);
        door_.listenAt(server_->port());
        server_->start();
    }

    std::string host() const { return "127.0.0.1:" + std::to_string(server_->port()); }
    std::string own() const { return "Host: " + host() + "\r\nX-Workbench-Key: " + kKey + "\r\n"; }
    WireResponse send(const std::string& request) const {
        thahc::test::ProbeSettings probe;
        probe.port = server_->port();
        probe.tls = false;
        return ask(probe, request);
    }
    WireResponse get(const std::string& path, const std::string& headers) const {
        return send("GET " + path + " HTTP/1.1\r\n" + headers + "\r\n");
    }
    WireResponse post(const std::string& path, const std::string& body,
                      const std::string& headers) const {
        return send("POST " + path + " HTTP/1.1\r\n" + headers + "Content-Type: application/json" +
                    "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
    }
    Node told(const std::string& path,
              const std::vector<std::pair<const char*, std::string>>& members) const {
        Node asked = document::objectNode();
        for (const auto& [name, value] : members) document::addText(asked, name, value);
        const auto answer = post(path, document::writeJson(asked), own());
        EXPECT_EQ(answer.status, 200) << answer.head << answer.body;
        auto tree = document::readJson(answer.body);
        EXPECT_TRUE(tree.ok()) << answer.body;
        return tree ? std::move(tree->root) : document::objectNode();
    }

    House& house_ = House::instance();
    support::TemporaryFolder folder_;
    fs::path mappingFile_ = folder_.path() / "local/mappings/court-xml/ruling/mapping.xml";
    std::string mapping_ = textOf(kMappings + "/court-xml/ruling/mapping.xml");
    std::string sample_ = textOf(kMappings + "/court-xml/ruling/ok-full.xml");
    std::unique_ptr<WorkbenchApi> api_;
    WorkbenchDoor door_{kKey};
    std::unique_ptr<server::LoopbackServer> server_;
};

TEST_F(Workbench, TellsWhatBecameOfASample) {
    const Node told = this->told("/api/try", {{"mapping", mapping_}, {"sample", sample_}});
    EXPECT_EQ(member(told, "accepted"), "true");
    EXPECT_EQ(member(told, "mapping"), "court-xml/ruling");
    EXPECT_EQ(member(*told.child("roundTrip"), "identical"), "true");
    EXPECT_NE(member(told, "result").find("\"number\": \"34/2025/HC-ST\""), std::string::npos);
    EXPECT_TRUE(told.child("faults")->children.empty());
    const auto& fates = told.child("report")->children;
    const auto number = std::find_if(fates.begin(), fates.end(), [](const Node& fate) {
        return member(fate, "path") == "/ChuyenGiaoBanAn/BanAn/SoBanAn";
    });
    ASSERT_NE(number, fates.end());
    EXPECT_EQ(member(*number, "line"), "14");
    EXPECT_EQ(member(*number, "file"), "mappings/parts/ruling-xml.xml");
    EXPECT_EQ(member(first(*number, "into"), "place"), "judgmentTransfer/ruling/reference/number");
    EXPECT_EQ(member(*told.child("coverage"), "ours"), "");
}

TEST_F(Workbench, TellsTheLineAndColumnOfEveryFaultOfTheMapping) {
    const auto broken =
        this->told("/api/try", {{"mapping", replaced(mapping_, "<body>", "<bod>")}});
    EXPECT_EQ(member(first(broken, "faults"), "line"), "11");
    EXPECT_EQ(member(first(broken, "faults"), "column"), "10");

    const auto unknown = this->told(
        "/api/try", {{"mapping", replaced(mapping_, "<body>", "<body>\n    <fild/>\n    <x/>")}});
    EXPECT_EQ(member(first(unknown, "faults"), "line"), "10");
    EXPECT_EQ(member(first(unknown, "faults"), "column"), "5");
    EXPECT_NE(member(first(unknown, "faults"), "vi").find("fild"), std::string::npos);

    const auto rules =
        this->told("/api/try", {{"mapping", replaced(mapping_, "<body>",
                                                     "<body>\n <field theirs='A' ours='nix'/>\n"
                                                     "  <field theirs='B[' ours='envelope/to'/>")},
                                {"sample", sample_}});
    ASSERT_EQ(rules.child("faults")->children.size(), 2U);
    EXPECT_EQ(member(rules.child("faults")->children[0], "line"), "10");
    EXPECT_EQ(member(rules.child("faults")->children[0], "column"), "2");
    EXPECT_EQ(member(rules.child("faults")->children[0], "file"), "(none)");
    EXPECT_EQ(member(rules.child("faults")->children[1], "line"), "11");
    EXPECT_EQ(member(rules.child("faults")->children[0], "vi"),
              "field: mô hình chung không có “nix”");
    EXPECT_EQ(member(rules, "accepted"), "false");
    EXPECT_EQ(member(rules, "result"), "(none)");

    const auto file = this->told(
        "/api/try", {{"mapping", replaced(mapping_, "common-xml.xml", "not-there.xml")}});
    const auto words = member(first(file, "faults"), "en");
    EXPECT_NE(words.find("not-there.xml"), std::string::npos) << words;
    EXPECT_EQ(words.find("thahc-workbench."), std::string::npos) << words;
}

TEST_F(Workbench, TellsTheLineAndPathOfAFaultOfTheSample) {
    const auto told = this->told(
        "/api/try",
        {{"mapping", mapping_}, {"sample", replaced(sample_, "18/04/2025", "31/02/2025")}});
    EXPECT_EQ(member(told, "accepted"), "false");
    const Node& problem = first(told, "problems");
    EXPECT_EQ(member(problem, "code"), "MAPPING_VALUE");
    EXPECT_EQ(member(problem, "path"), "/ChuyenGiaoBanAn/BanAn/NgayBanAn");
    EXPECT_EQ(member(problem, "line"), "15");
    const auto torn =
        this->told("/api/try", {{"mapping", mapping_}, {"sample", "<ChuyenGiaoBanAn>\n<x"}});
    EXPECT_EQ(member(first(torn, "problems"), "line"), "2");
}

TEST_F(Workbench, WritesOutLaidOutAndNamesWhatStaysBehind) {
    const auto in = this->told("/api/try", {{"mapping", mapping_}, {"sample", sample_}});
    const auto ours = replaced(member(in, "result"), "\"envelope\": {",
                               "\"envelope\": {\n    \"thread\": \"H-1\",");
    const auto told =
        this->told("/api/try", {{"mapping", mapping_}, {"sample", ours}, {"way", "out"}});
    EXPECT_EQ(member(told, "accepted"), "true");
    EXPECT_NE(member(told, "result").find("\n    <SoBanAn>34/2025/HC-ST</SoBanAn>\n"),
              std::string::npos)
        << member(told, "result");
    EXPECT_EQ(first(told, "leftOut").value, "envelope/thread");
    EXPECT_FALSE(told.child("report")->children.empty());
}

// What is shown is what is written, and is read again: its texts are not laid out.
TEST_F(Workbench, LaysOutNoText) {
    const std::string mapping = R"(<mapping xmlns="urn:thahc:mapping:1" id="moi/thu" version="1"
        message="Ping" theirs="xml" direction="out"><output cdata="T"/><body><group theirs="R">
        <field theirs="I" ours="envelope/id"/><field theirs="T" ours="ping/text"/></group></body>
        </mapping>)";
    const auto told =
        this->told("/api/try", {{"mapping", mapping},
                                {"sample", R"({"envelope":{"id":"1"},"ping":{"text":"<b></b>x"}})"},
                                {"way", "out"}});
    EXPECT_EQ(member(told, "accepted"), "true");
    EXPECT_NE(member(told, "result").find("\n  <T><![CDATA[<b></b>x]]></T>\n"), std::string::npos)
        << member(told, "result");
}

TEST_F(Workbench, TakesATableAsItsBytes) {
    const fs::path format = kMappings + "/court-table/ruling";
    const auto bytes = textOf(format / "ok-month.xlsx");
    ASSERT_FALSE(bytes.empty());
    const auto told = this->told("/api/try", {{"mapping", textOf(format / "mapping.xml")},
                                              {"packed", base::toBase64(bytes)}});
    EXPECT_EQ(member(told, "accepted"), "true");
    EXPECT_EQ(member(first(told, "rows"), "row"), "2");
}

TEST_F(Workbench, DraftsFromASample) {
    const auto told = this->told("/api/draft", {{"sample", sample_}, {"format", "moi/thu"}});
    EXPECT_EQ(member(told, "done"), "true");
    EXPECT_EQ(member(told, "message"), "JudgmentTransfer");
    const auto tried =
        this->told("/api/try", {{"mapping", member(told, "draft")}, {"sample", sample_}});
    EXPECT_TRUE(tried.child("faults")->children.empty());
    const auto no = this->told("/api/draft", {{"sample", "<a>\n<b"}, {"format", "moi/thu"}});
    EXPECT_EQ(member(no, "done"), "false");
    EXPECT_EQ(member(no, "line"), "2");
}

TEST_F(Workbench, DraftsFromEverySampleThatIsATable) {
    int drafted = 0;
    for (const auto& entry : fs::recursive_directory_iterator(kMappings)) {
        const auto name = entry.path().filename().string();
        if (!name.starts_with("ok") || !(name.ends_with(".csv") || name.ends_with(".xlsx")))
            continue;
        ++drafted;
        const auto packed = base::toBase64(textOf(entry.path()));
        const auto draft = told("/api/draft", {{"packed", packed}, {"format", "moi/thu"}});
        const auto tried =
            told("/api/try", {{"mapping", member(draft, "draft")}, {"packed", packed}});
        EXPECT_TRUE(tried.child("faults")->children.empty()) << entry << member(draft, "draft");
        EXPECT_TRUE(tried.child("problems")->children.empty()) << entry;
        ASSERT_NE(tried.child("rows"), nullptr) << entry << member(draft, "draft");
        for (const Node& row : tried.child("rows")->children)
            for (const Node& problem : row.child("problems")->children)
                EXPECT_NE(member(problem, "code"), "MAPPING_UNKNOWN_NODE") << entry;
    }
    EXPECT_GE(drafted, 7);
}

TEST_F(Workbench, TakesWhatComesWithASample) {
    const auto format =
        document::readJson(get("/api/format?file=edxml%2Freceipt%2Fmapping.xml", own()).body);
    ASSERT_TRUE(format.ok());
    Node asked = document::objectNode();
    for (const char* name : {"mapping", "sample"})
        document::addText(asked, name, member(format->root, name));
    document::addText(asked, "way", "out");
    const auto alone = document::readJson(post("/api/try", document::writeJson(asked), own()).body);
    EXPECT_EQ(member(alone->root, "accepted"), "false");
    asked.children.push_back(*format->root.child("documents"));
    const auto with = document::readJson(post("/api/try", document::writeJson(asked), own()).body);
    EXPECT_EQ(member(with->root, "accepted"), "true");
    document::addText(asked, "exchange", "{");
    const auto torn = document::readJson(post("/api/try", document::writeJson(asked), own()).body);
    EXPECT_EQ(member(first(torn->root, "problems"), "path"), "$exchange");
}

// What a registration would say of the agency, without one.
TEST_F(Workbench, TakesSettingsOfThePartner) {
    const auto tried = [this](const std::string& partner) {
        Node asked = document::objectNode();
        document::addText(asked, "mapping", R"(<mapping xmlns="urn:thahc:mapping:1" id="a/ping"
            version="1" message="Ping" theirs="json" addressee="none"><accept when="exists ma"/>
            <body><constant ours="envelope/type" value="Ping"/>
            <field theirs="$exchange/gateway" ours="envelope/to" direction="in"/>
            <field theirs="$exchange/createdAt" ours="envelope/created" direction="in"/>
            <field theirs="ma" ours="envelope/id"/>
            <field theirs="$partner/office" ours="ping/text" direction="in"/></body></mapping>)");
        document::addText(asked, "sample", R"({"ma":"M-1"})");
        document::addText(asked, "partner", partner);
        return document::readJson(post("/api/try", document::writeJson(asked), own()).body);
    };
    const auto with = tried(R"({"office": "Phòng thử số 7"})");
    ASSERT_TRUE(with.ok());
    EXPECT_TRUE(with->root.child("faults")->children.empty());
    EXPECT_EQ(member(with->root, "accepted"), "true");
    EXPECT_NE(member(with->root, "result").find("Phòng thử số 7"), std::string::npos);
    EXPECT_EQ(member(tried("")->root, "result").find("Phòng thử"), std::string::npos);
    EXPECT_EQ(member(first(tried("[1")->root, "problems"), "path"), "$partner");
}

TEST(FaultWords, SayInVietnameseWhatIsWrongWithAMapping) {
    const std::pair<const char*, const char*> said[] = {
        {"field: ours must name a list", "field: ours phải là một danh sách"},
        {"field: a number is expected, at character 3 of \"a[\"",
         "field: cần một số, ở ký tự 3 của \"a[\""},
        {"choose: options 1 and 12 cannot be told apart in one direction",
         "choose: không phân biệt được option 1 và 12 ở một chiều"},
        {"field: a unit occurs twice in the form \"dd dd\"",
         "field: một đơn vị xuất hiện hai lần trong mẫu \"dd dd\""},
        {"code-list: mappings/a.xml:2: code: \"A\" (theirs) or \"b\" (ours) is not unique, another "
         "code "
         "has it, too; say only=\"in\" for what is never written, only=\"out\" for what is never "
         "read",
         "code-list: mappings/a.xml:2: code: \"A\" (theirs) or \"b\" (ours) bị trùng: một mã khác "
         "cũng "
         "có; ghi only=\"in\" cho mã không bao giờ ghi ra, only=\"out\" cho mã không bao giờ đọc "
         "vào"},
        {"xyz: something new", "Luật chưa đúng (lời tiếng Anh): xyz: something new"}};
    for (const auto& [en, vi] : said) EXPECT_EQ(vietnameseFault(en), vi);
}

// An answer while one types must not read the schema of all acts each time.
TEST(ModelOutlines, AreReadOnceAndKept) {
    const support::TemporaryFolder folder;
    const auto model = folder.path() / "case-model";
    fs::create_directories(model);
    for (const char* name : {"case-model.schema.json", "case-acts.schema.json"})
        fs::copy_file(kMappings + "/case-model/" + name, model / name);
    const ModelOutlines outlines(folder.path());
    const auto ping = outlines.holding("ping"), order = outlines.holding("compelOrder");
    ASSERT_NE(ping, nullptr);
    ASSERT_NE(order, nullptr);
    EXPECT_NE(ping, order);
    fs::remove_all(model);
    EXPECT_EQ(outlines.holding("ping"), ping);
    EXPECT_EQ(outlines.holding("compelOrder"), order);
    EXPECT_EQ(outlines.holding("noSuchAct"), nullptr);
}

// What a mapping names lies where its file does, whatever its id is.
TEST_F(Workbench, FindsWhatLiesBesideTheNamedFile) {
    const fs::path file = THAHC_SOURCE_DIR "/tests/golden/mapping/tour-own/mapping.xml";
    const MappingBench bench(house_.workshop, file);
    const auto own = bench.compile(textOf(file));
    EXPECT_TRUE(own.checked) << (own.faults.empty() ? "" : own.faults.front().en);
    EXPECT_TRUE(bench.compile(mapping_).checked);  // a delivered one, begun meanwhile
    EXPECT_FALSE(MappingBench(house_.workshop, {}).compile(textOf(file)).checked);
}

TEST_F(Workbench, OffersWhatIsDeliveredAndNothingElse) {
    const auto formats = get("/api/formats", own());
    EXPECT_TRUE(formats.has("\"file\":\"court-xml/ruling/mapping.xml\""));
    const auto format = get("/api/format?file=court-xml%2Fruling%2Fmapping.xml", own());
    EXPECT_TRUE(format.has("ok-full.xml") && format.has("bad-date.xml")) << format.body;
    const auto sample =
        get("/api/format?file=court-xml%2Fruling%2Fmapping.xml&sample=bad-date.xml", own());
    EXPECT_TRUE(sample.has("\"sampleFile\":\"bad-date.xml\""));
    EXPECT_EQ(get("/api/format?file=..%2FREADME.md", own()).status, 404);
    EXPECT_FALSE(
        get("/api/format?file=court-xml%2Fruling%2Fmapping.xml&sample=..%2Fmapping.xml", own())
            .has("sampleFile"));
    EXPECT_TRUE(get("/api/part?file=mappings%2Fparts%2Fruling-xml.xml", own()).has("<shared"));
    EXPECT_EQ(get("/api/part?file=mappings%2F..%2FREADME.md", own()).status, 404);
    EXPECT_EQ(get("/api/part?file=mappings%2FREADME.md", own()).status, 404);
    EXPECT_EQ(get("/../README.md", own()).status, 400);
    EXPECT_EQ(get("/README.md", own()).status, 404);
}

TEST_F(Workbench, SavesToTheNamedFileUnlessOthersHaveChangedIt) {
    const auto start = document::readJson(get("/api/start", own()).body);
    const auto digest = member(start->root, "digest");
    const auto saved = told("/api/save", {{"mapping", "<mine/>"}, {"digest", digest}});
    EXPECT_EQ(member(saved, "done"), "true");
    EXPECT_EQ(textOf(mappingFile_), "<mine/>");
    std::ofstream(mappingFile_) << "<theirs/>";
    const auto late =
        told("/api/save", {{"mapping", "<mine/>"}, {"digest", member(saved, "digest")}});
    EXPECT_EQ(member(late, "done"), "false");
    EXPECT_EQ(textOf(mappingFile_), "<theirs/>");
}

TEST_F(Workbench, BeginsAFileThatIsNotThereYet) {
    fs::remove(mappingFile_);
    const auto start = document::readJson(get("/api/start", own()).body);
    EXPECT_EQ(member(start->root, "mappingFile"), mappingFile_.string());
    const auto digest = member(start->root, "digest");
    EXPECT_EQ(member(told("/api/save", {{"mapping", "<new/>"}, {"digest", digest}}), "done"),
              "true");
    EXPECT_EQ(textOf(mappingFile_), "<new/>");
    fs::remove_all(mappingFile_.parent_path());
    EXPECT_EQ(member(told("/api/save", {{"mapping", "<new/>"}, {"digest", digest}}), "done"),
              "false");
}

TEST_F(Workbench, HearsItsOwnPageOnly) {
    const std::string try_ = "{\"mapping\":\"\"}";
    EXPECT_EQ(post("/api/try", try_, own()).status, 200);
    EXPECT_EQ(post("/api/try", try_, own() + "Origin: http://" + host() + "\r\n").status, 200);
    // A name that was made to lead to this machine; a page of another site, or of another port.
    EXPECT_EQ(
        post("/api/try", try_, "Host: evil.example\r\nX-Workbench-Key: " + kKey + "\r\n").status,
        403);
    for (const char* origin : {"http://evil.example", "http://127.0.0.1:1", "null"})
        EXPECT_EQ(post("/api/try", try_, own() + "Origin: " + origin + "\r\n").status, 403);
    EXPECT_EQ(get("/", own() + "Sec-Fetch-Site: cross-site\r\n").status, 403);
    // Somebody else on this machine.
    EXPECT_EQ(post("/api/try", try_, "Host: " + host() + "\r\n").status, 403);
    EXPECT_EQ(get("/api/start", "Host: " + host() + "\r\nX-Workbench-Key: guess\r\n").status, 403);
    // What a form can send without asking first.
    EXPECT_EQ(send("POST /api/try HTTP/1.1\r\n" + own() +
                   "Content-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}")
                  .status,
              403);
}

TEST_F(Workbench, GivesOutThePageUnderAStrictPolicy) {
    const auto page = get("/", "Host: " + host() + "\r\n");
    EXPECT_EQ(page.status, 200);
    EXPECT_TRUE(
        page.has("default-src 'none'; script-src 'self'; style-src 'self'; "
                 "connect-src 'self'"));
    EXPECT_TRUE(page.has("require-trusted-types-for 'script'"));
    EXPECT_FALSE(page.has("http://") || page.has("https://"));
    const auto at = page.head.find("ETag: ");
    ASSERT_NE(at, std::string::npos);
    const auto tag = page.head.substr(at + 6, page.head.find("\r\n", at) - at - 6);
    thahc::test::ProbeSettings probe;
    EXPECT_EQ(get("/index.html",
                  "Host: " + host() + "\r\nIf-None-Match: " + tag + "\r\nConnection: close\r\n")
                  .status,
              304);
}

TEST_F(Workbench, RefusesABodyBeyondItsBound) {
    const auto answer =
        send("POST /api/try HTTP/1.1\r\n" + own() + "Content-Type: application/json\r\n" +
             "Content-Length: " + std::to_string(WorkbenchApi::kLargestBody + 1) + "\r\n\r\n{");
    EXPECT_EQ(answer.status, 413);
    EXPECT_TRUE(answer.has("HTTP_BODY_TOO_LARGE"));
}

TEST(Loopback, IsTheOnlyPlace) {
    const base::SystemClock clock;
    server::LoopbackSettings settings;
    settings.address = "0.0.0.0";
    EXPECT_THROW(server::LoopbackServer(settings, {}, {}, clock), base::Fault);
}

}  // namespace
}  // namespace gateway::app
