// Compelling decisions before the public (NĐ 71/2016 Đ.30): what it reads, how, and that nothing
// else of the gateway is to be had at that door.

#include <algorithm>
#include <set>

#include "gateway/base/limits.h"
#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "gateway/document/xml.h"
#include "gateway/server/partners/partner_routes.h"
#include "tests/scenario/gateway/refusals.h"

namespace gateway::scenario {
namespace {

using document::Node;
using thahc::test::WireResponse;

constexpr const char* kAtom = "http://www.w3.org/2005/Atom";
const std::string kDepartment = "G15.90";
const std::string kProvince = "H21";

std::string today() { return base::formatDate(base::vietnamDate(base::SystemClock().now())); }

std::string headerOf(const WireResponse& response, const std::string& name) {
    const auto at = response.head.find("\r\n" + name + ": ");
    if (at == std::string::npos) return {};
    const auto from = at + name.size() + 4;
    return response.head.substr(from, response.head.find("\r\n", from) - from);
}

void gatherNames(const Node& node, std::multiset<std::string>& names) {
    names.insert(node.name);
    for (const auto& child : node.children) gatherNames(child, names);
}

std::vector<const Node*> childrenOf(const Node& parent, std::string_view name) {
    std::vector<const Node*> found;
    for (const auto& child : parent.children)
        if (child.name == name && child.kind == document::Kind::Element) found.push_back(&child);
    return found;
}

// HTML as a parser of XML reads it, too: every element is closed, and none is empty.
void expectHtml(const WireResponse& page) {
    EXPECT_EQ(page.status, 200);
    EXPECT_EQ(headerOf(page, "Content-Type"), "text/html; charset=utf-8");
    const auto html = document::XmlDocument::parse(page.body);
    ASSERT_TRUE(html.ok()) << page.body;
    const auto section = html->toTree().root;
    EXPECT_EQ(section.name, "section");
    EXPECT_EQ(section.attribute("lang")->value, "vi");
    ASSERT_EQ(childrenOf(section, "article").size(), 1U);
    const auto* list = childrenOf(section, "article")[0]->child("dl");
    EXPECT_EQ(childrenOf(*list, "dt").size(), 6U);
    EXPECT_EQ(childrenOf(*list, "dd").size(), 6U);
    for (const auto* value : childrenOf(*list, "dd")) EXPECT_FALSE(value->value.empty());
    std::multiset<std::string> elements;
    gatherNames(section, elements);
    for (const char* active : {"script", "style", "form", "img", "iframe", "onclick"})
        EXPECT_EQ(elements.count(active), 0U) << active;
}

// RFC 4287 sections 4.1.1 and 4.1.2.
void expectAtom(const WireResponse& feed, const std::string& id) {
    EXPECT_EQ(headerOf(feed, "Content-Type"), "application/atom+xml; charset=utf-8");
    const auto atom = document::XmlDocument::parse(feed.body);
    ASSERT_TRUE(atom.ok()) << feed.body;
    const auto atomRoot = atom->toTree().root;
    EXPECT_EQ(atomRoot.namespaceUri, kAtom);
    EXPECT_EQ(atomRoot.name, "feed");
    for (const char* needed : {"id", "title", "updated", "author", "link"})
        EXPECT_EQ(childrenOf(atomRoot, needed).size(), 1U) << needed;
    EXPECT_TRUE(base::parseTimestamp(atomRoot.child("updated")->value));
    const auto entries = childrenOf(atomRoot, "entry");
    ASSERT_EQ(entries.size(), 1U);
    for (const char* needed : {"id", "title", "updated", "content"})
        EXPECT_EQ(childrenOf(*entries[0], needed).size(), 1U) << needed;
    EXPECT_TRUE(base::parseTimestamp(entries[0]->child("updated")->value));
    EXPECT_EQ(entries[0]->child("id")->value, "urn:thahc:publication:" + id);
}

class PublicFeed : public testing::Test {
  protected:
    void SetUp() override {
        world_.set("public.listen", "127.0.0.1:0");
        enrolProvince(world_);
        for (const auto& code : {kDepartment, kProvince}) {
            Enrolment more;
            more.agency = code;
            world_.enrol(more);
        }
        ASSERT_TRUE(world_.start()) << world_.log();
        const auto log = world_.log();
        const auto ready = log.find("\"event\":\"public.ready\"");
        ASSERT_NE(ready, std::string::npos) << log;
        const auto address = log.find("\"address\":\"127.0.0.1:", ready);
        door_.port = static_cast<std::uint16_t>(std::stoi(log.substr(address + 21, 5)));
        agencies_.emplace(world_);
    }
    void TearDown() override { EXPECT_EQ(world_.rebuild(), "clean"); }

    /// Each time from another block of addresses: rates are asked about by themselves.
    [[nodiscard]] WireResponse ask(const std::string& line, const std::string& more = {}) const {
        static int asked = 0;
        auto door = door_;
        door.from = "127.1." + std::to_string(++asked % 250) + ".1";
        return thahc::test::ask(door, line + " HTTP/1.1\r\nHost: public\r\n" + more + "\r\n");
    }
    [[nodiscard]] WireResponse get(const std::string& target, const std::string& more = {}) const {
        return ask("GET " + target, more);
    }
    /// The feed in JSON, once it shows so many.
    [[nodiscard]] Node shown(std::size_t wanted, const std::string& query = {}) const {
        Node root = document::objectNode();
        const bool came = eventually([&] {
            const auto tree = document::readJson(get("/v1/publications" + query).body);
            if (!tree || !tree->root.child("publications")) return false;
            root = tree->root;
            return root.child("publications")->children.size() == wanted;
        });
        EXPECT_TRUE(came) << document::writeJson(root);
        return root;
    }
    [[nodiscard]] static Reply say(const Agency& who, const std::string& type,
                                   const std::string& number, const std::string& content,
                                   const std::string& id = {}) {
        model::DeclaredAct act;
        act.type = type;
        act.caseReference = caseOf(number);
        act.content = document::readJson(content)->root;
        return who.send(who.message(act, id));
    }
    static constexpr const char* kObligation = "Hủy quyết định, giải quyết lại theo quy định.";
    [[nodiscard]] static std::string published(
        const std::string& portal, const std::string& name = "Ủy ban nhân dân phường Quy Nhơn",
        const std::string& obligation = kObligation) {
        return R"({"portal":")" + portal + R"(","publishedOn":")" + today() +
               R"(","obligatedName":")" + name +
               R"(","obligatedAddress":"Số 30 đường Thử <Nghiệm> & \"khác\"",)"
               R"("orderNumber":"03/2026/QĐ-THA","orderIssuedOn":")" +
               today() +
               R"(","orderCourt":"Tòa án nhân dân tỉnh Gia Lai",)"
               R"("obligationText":")" +
               obligation + "\"}";
    }
    void compel(const std::string& number, bool topLevel = false) {
        auto transfer = transferOf(number);
        if (topLevel) {
            auto& obligation = transfer.ruling.obligations[0];
            obligation.obligatedParty = "Ủy ban nhân dân tỉnh Gia Lai";
            obligation.obligatedPartyKind = "province-committee";
            obligation.obligatedAgency = kProvince;
        }
        const auto opened = agencies_->court.send(transfer);
        ASSERT_EQ(opened.verdict(), "accepted") << opened.body;
        const auto ordered = say(agencies_->court, "CompelOrder", number,
                                 R"({"number":"03/2026/QĐ-THA","issuedOn":")" + today() + "\"}");
        ASSERT_EQ(ordered.verdict(), "accepted") << ordered.body;
    }
    [[nodiscard]] std::string caseSeen(const std::string& number) const {
        return document::writeJson(agencies_->enforcement.ask(questionFor(number)).content);
    }

    World world_;
    std::optional<Agencies> agencies_;
    thahc::test::ProbeSettings door_;
};

TEST_F(PublicFeed, ShowsADecisionInThreeFormsUntilItIsCompleted) {
    const std::string number = "1/2026/HC-ST";
    ASSERT_EQ(agencies_->court.send(transferOf(number)).verdict(), "accepted");
    const auto early = say(agencies_->enforcement, "Publication", number, published("thads-page"));
    EXPECT_EQ(early.code(), "CONFLICT_STATE") << early.body;
    EXPECT_NE(early.at("refusal/reasons/0/vi")
                  .find("chưa có quyết định buộc thi hành án đang có hiệu lực"),
              std::string::npos)
        << early.body;
    ASSERT_EQ(say(agencies_->court, "CompelOrder", number,
                  R"({"number":"03/2026/QĐ-THA","issuedOn":")" + today() + "\"}")
                  .verdict(),
              "accepted");
    EXPECT_NE(caseSeen(number).find("thads-publish"), std::string::npos) << caseSeen(number);
    // Whom the ruling is for is nobody's business: the author mends his words.
    const auto named = say(agencies_->enforcement, "Publication", number,
                           published("thads-page", "Ủy ban nhân dân phường Quy Nhơn",
                                     "Hủy quyết định, giải quyết cho ông LÊ VĂN THỬ."));
    EXPECT_EQ(named.code(), "ACT_REFUSED") << named.body;
    EXPECT_EQ(named.at("refusal/reasons/0/path"), "/publication/obligationText");
    EXPECT_TRUE(shown(0).child("publications")->children.empty());
    const auto taken =
        say(agencies_->enforcement, "Publication", number, published("thads-page"), "pub-1");
    ASSERT_EQ(taken.verdict(), "accepted") << taken.body;

    const auto root = shown(1);
    std::multiset<std::string> names;
    gatherNames(root, names);
    EXPECT_EQ(names, (std::multiset<std::string>{
                         "", "", "publications", "id", "portal", "publishedOn", "obligated", "name",
                         "address", "order", "number", "issuedOn", "court", "obligation"}));
    EXPECT_EQ(valueAt(root, "publications/0/portal"), "thads-page");
    EXPECT_EQ(valueAt(root, "publications/0/obligated/name"), "Ủy ban nhân dân phường Quy Nhơn");
    EXPECT_EQ(valueAt(root, "publications/0/obligated/address"),
              "Số 30 đường Thử <Nghiệm> & \"khác\"");
    EXPECT_EQ(valueAt(root, "publications/0/order/number"), "03/2026/QĐ-THA");
    EXPECT_EQ(valueAt(root, "publications/0/order/issuedOn"), today());
    EXPECT_EQ(valueAt(root, "publications/0/order/court"), "Tòa án nhân dân tỉnh Gia Lai");
    EXPECT_EQ(valueAt(root, "publications/0/obligation"), kObligation);
    const auto id = valueAt(root, "publications/0/id");
    EXPECT_EQ(get("/v1/publications/" + id).status, 200);

    const auto page = get("/v1/publications.html"), feed = get("/v1/publications.atom");
    expectHtml(page);
    expectAtom(feed, id);
    for (const auto* answer : {&page.body, &feed.body})
        for (const char* secret : {"Thử.", "Lê Văn", "LÊ VĂN", "case-", kEnforcement.c_str(),
                                   "Khiếu kiện", "1/2026/HC-ST", "phường Quy Nhơn, tỉnh"})
            EXPECT_EQ(answer->find(secret), std::string::npos) << secret;

    const auto done = agencies_->committee.send(completionOf(number, "BC-1"));
    ASSERT_EQ(done.verdict(), "accepted") << done.body;
    static_cast<void>(shown(0));
    const auto gone = get("/v1/publications/" + id);
    EXPECT_EQ(gone.status, 410) << gone.body;
    EXPECT_TRUE(gone.has("HTTP_GONE"));
    EXPECT_EQ(get("/v1/publications/" + std::string(32, '0')).status, 404);
    EXPECT_NE(caseSeen(number).find("thads-unpublish"), std::string::npos) << caseSeen(number);
}

TEST_F(PublicFeed, EachPortalIsPublishedAndRemovedByItself) {
    const std::string number = "2/2026/HC-ST";
    compel(number, true);
    const Agency department(world_, kDepartment);
    const std::string name = "Ủy ban nhân dân tỉnh Gia Lai";
    const auto wrong =
        say(agencies_->enforcement, "Publication", number, published("government-portal", name));
    EXPECT_EQ(wrong.code(), "FORBIDDEN_CASE") << wrong.body;
    ASSERT_EQ(
        say(agencies_->enforcement, "Publication", number, published("thads-page", name)).verdict(),
        "accepted");
    for (const char* portal : {"department-portal", "government-portal"}) {
        const auto taken = say(department, "Publication", number, published(portal, name), portal);
        ASSERT_EQ(taken.verdict(), "accepted") << taken.body;
    }
    static_cast<void>(shown(3));
    static_cast<void>(shown(1, "?portal=government-portal"));
    static_cast<void>(shown(2, "?publisher=" + kDepartment));
    // Pages by cursor, until there is no next.
    std::set<std::string> ids;
    std::string next = "/v1/publications?limit=1";
    for (int pages = 0; !next.empty() && pages < 5; ++pages) {
        const auto tree = document::readJson(get(next).body);
        ASSERT_TRUE(tree.ok());
        ids.insert(valueAt(tree->root, "publications/0/id"));
        next = valueAt(tree->root, "next");
    }
    EXPECT_EQ(ids.size(), 3U);
    EXPECT_TRUE(get("/v1/publications.html?limit=1").has("rel=\"next\""));
    EXPECT_TRUE(get("/v1/publications.atom?limit=1").has("rel=\"next\""));

    // A correction stands in the same item.
    const auto before = valueAt(shown(1, "?portal=government-portal"), "publications/0/id");
    const auto corrected = say(
        department, "ActCorrection", number,
        R"({"act":"government-portal","reason":"gõ sai","changes":[{"field":"obligatedAddress",)"
        R"("is":"Số 31 đường Thử"}]})");
    ASSERT_EQ(corrected.verdict(), "accepted") << corrected.body;
    EXPECT_TRUE(
        eventually([&] { return get("/v1/publications/" + before).has("Số 31 đường Thử"); }));
    // A withdrawal and a removal end one each.
    ASSERT_EQ(
        say(department, "ActWithdrawal", number, R"({"act":"government-portal","reason":"nhầm"})")
            .verdict(),
        "accepted");
    static_cast<void>(shown(2));
    EXPECT_EQ(get("/v1/publications/" + before).status, 410);
    const auto removed =
        say(agencies_->enforcement, "Unpublication", number,
            R"({"portal":"thads-page","removedOn":")" + today() + R"(","reason":"đăng nhầm"})");
    ASSERT_EQ(removed.verdict(), "accepted") << removed.body;
    EXPECT_EQ(valueAt(shown(1), "publications/0/portal"), "department-portal");
    // The court takes its decision back: nothing is left.
    ASSERT_EQ(say(agencies_->court, "CompelOrderWithdrawn", number,
                  R"({"number":"04/2026/QĐ-THA","issuedOn":")" + today() +
                      R"(","order":"03/2026/QĐ-THA","reason":"x"})")
                  .verdict(),
              "accepted");
    static_cast<void>(shown(0));
}

TEST_F(PublicFeed, IsKeptByCachesAndAnsweredWithoutABody) {
    compel("3/2026/HC-ST");
    ASSERT_EQ(say(agencies_->enforcement, "Publication", "3/2026/HC-ST", published("thads-page"))
                  .verdict(),
              "accepted");
    static_cast<void>(shown(1));
    for (const char* form : {"", ".atom", ".html"}) {
        const auto target = std::string("/v1/publications") + form;
        const auto first = get(target);
        EXPECT_EQ(headerOf(first, "Cache-Control"), "public, max-age=60");
        EXPECT_EQ(headerOf(first, "Set-Cookie"), "");
        const auto tag = headerOf(first, "ETag"), since = headerOf(first, "Last-Modified");
        ASSERT_EQ(tag.size(), 34U);
        for (const auto& condition : {"If-None-Match: " + tag, "If-None-Match: \"x\", W/" + tag,
                                      "If-Modified-Since: " + since}) {
            const auto known = get(target, condition + "\r\n");
            EXPECT_EQ(known.status, 304) << condition;
            EXPECT_EQ(known.body, "");
            EXPECT_EQ(headerOf(known, "ETag"), tag);
        }
        EXPECT_EQ(
            get(target, "If-None-Match: \"x\"\r\nIf-Modified-Since: " + since + "\r\n").status,
            200);
        EXPECT_EQ(get(target, "If-Modified-Since: Thu, 01 Jan 2015 00:00:00 GMT\r\n").status, 200);
        // HEAD tells the length and sends nothing; the next answer on the line is whole.
        const auto url = "https://127.0.0.1:" + std::to_string(door_.port);
        std::string all;
        EXPECT_EQ(run({"curl", "-sSkI", url + target, "--next", "-sSki", url + "/none"}, &all), 0);
        EXPECT_NE(all.find("Content-Length: " + std::to_string(first.body.size()) + "\r\n"),
                  std::string::npos)
            << all;
        EXPECT_NE(all.find("HTTP/1.1 404"), std::string::npos) << all;
        EXPECT_EQ(all.find("Quy Nhơn"), std::string::npos) << all;
    }
}

TEST_F(PublicFeed, NothingElseIsReachable) {
    const std::vector<std::string> foreign = {"/",
                                              "/v1",
                                              "/v1/",
                                              "/healthz",
                                              "/readyz",
                                              "/metrics",
                                              "/v1/status",
                                              "/v1/agencies",
                                              "/v1/storage",
                                              "/v1/door-refusals",
                                              "/v1/undo-transfer",
                                              "/v1/backup",
                                              "/v1/archive",
                                              "/v1/archived",
                                              "/v1/rebuild",
                                              "/v1/reload",
                                              "/v1/registrations",
                                              "/v1/dead-letters",
                                              "/v1/search/messages",
                                              "/v1/messages/sha256-00",
                                              "/v1/receipts/x",
                                              "/v1/mailbox/x",
                                              "/v1/mailbox/x/receipt",
                                              "/v1/publications/x",
                                              "/v1/publications/" + std::string(33, 'a'),
                                              "/v1/publications/" + std::string(32, 'A'),
                                              "/v1/publications.xml",
                                              "/v1/publication"};
    std::vector<std::string> all = foreign;
    for (const auto& route : server::kRoutes)
        if (route.pattern.find('{') == std::string_view::npos && route.pattern.front() == '/')
            all.emplace_back(route.pattern);
    for (const auto& path : all) {
        const int wanted = path == "/v1/" ? 400 : 404;
        EXPECT_EQ(get(path).status, wanted) << path;
        EXPECT_EQ(ask("POST " + path, "Content-Length: 0\r\n").status, wanted) << path;
    }
    for (const char* method : {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT"}) {
        const auto answer = ask(std::string(method) + " /v1/publications",
                                std::string(method) == "POST" ? "Content-Length: 0\r\n" : "");
        EXPECT_EQ(answer.status, 405) << method;
        EXPECT_EQ(headerOf(answer, "Allow"), "GET, HEAD") << method;
    }
    for (const char* query : {"?x=1", "?portal=", "?portal=%3Cscript%3E", "?limit=0", "?limit=201",
                              "?after=x", "?limit=1&limit=2", "?publisher=a%26b"})
        for (const char* form : {"", ".atom", ".html"})
            EXPECT_EQ(get(std::string("/v1/publications") + form + query).status, 400) << query;
    for (const auto& answer : {get("/v1/publications"), get("/v1/publications.html"), get("/none"),
                               ask("DELETE /v1/publications"), ask("GET /v1/publications/../x")}) {
        EXPECT_EQ(headerOf(answer, "Content-Security-Policy"),
                  "default-src 'none'; frame-ancestors 'none'");
        EXPECT_EQ(headerOf(answer, "X-Content-Type-Options"), "nosniff");
        EXPECT_EQ(headerOf(answer, "Referrer-Policy"), "no-referrer");
    }
    // Nor is it at the other doors.
    EXPECT_EQ(agencies_->court.get("/v1/publications").status, 404);
    EXPECT_EQ(world_.operatorGet("/v1/publications").status, 404);
    auto plain = door_;
    plain.tls = false;
    EXPECT_EQ(thahc::test::ask(plain, "GET /v1/publications HTTP/1.1\r\nHost: x\r\n\r\n").status,
              0);
}

TEST_F(PublicFeed, WhoeverAsksTooOftenWaitsAndPartnersDoNotNotice) {
    thahc::test::ProbeSettings greedy = door_;
    greedy.from = "127.0.0.9";
    int refused = 0;
    for (std::size_t i = 0; i < base::kPublicRequestsPerMinute / 10 + 20 && refused == 0; ++i) {
        const auto answer =
            thahc::test::ask(greedy, "GET /v1/publications HTTP/1.1\r\nHost: x\r\n\r\n");
        if (answer.status != 429) continue;
        ++refused;
        EXPECT_NE(headerOf(answer, "Retry-After"), "");
    }
    EXPECT_EQ(refused, 1);
    EXPECT_EQ(agencies_->court.send(model::Ping{"vẫn gửi được"}).verdict(), "accepted");
}

TEST(PublicDoor, IsShutUnlessItIsOpenedAndNeedsAnAddress) {
    World world;
    enrolProvince(world);
    ASSERT_TRUE(world.start()) << world.log();
    EXPECT_EQ(world.log().find("public.ready"), std::string::npos);
    EXPECT_EQ(world.stop(), 0);
    for (const char* wrong : {"localhost:1", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", ":1"}) {
        world.set("public.listen", wrong);
        EXPECT_FALSE(world.start()) << wrong;
        EXPECT_EQ(world.process().wait(Patience(20'000)), 3) << wrong;
    }
    world.set("public.listen", "127.0.0.1:0");
    world.set("public.certificate", world.certificate("gateway-push"));
    EXPECT_FALSE(world.start());
    EXPECT_NE(world.log().find("set together"), std::string::npos);
    world.set("public.key", world.key("gateway-push"));
    EXPECT_TRUE(world.start()) << world.log();
    EXPECT_EQ(world.operatorPost("/v1/reload").status, 200);
    EXPECT_EQ(world.stop(), 0);
}

}  // namespace
}  // namespace gateway::scenario
