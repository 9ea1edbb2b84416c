// Messages signed by programs that share no code with the gateway, and receipts checked by them.

#include <algorithm>
#include <sstream>

#include "gateway/base/ids.h"
#include "gateway/base/time_format.h"
#include "gateway/document/digest.h"
#include "tests/scenario/gateway/refusals.h"
#include "tests/scenario/gateway/replaced.h"

namespace gateway::scenario {
namespace {

const std::string kMore = "http://www.w3.org/2001/04/xmldsig-more#";
const std::string kSha256 = "http://www.w3.org/2001/04/xmlenc#sha256";
const std::string kPss = "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1";

class Accepted : public Town {
  public:
    // A second seal of the court: RSA.
    static void SetUpTestSuite() {
        Town::SetUpTestSuite();
        world().issue("court-rsa", trust::DemoKind::Seal, trust::DemoAlgorithm::Rsa2048);
        Enrolment enrolment;
        enrolment.agency = kCourt;
        enrolment.formatsIn = {"case-model-json/*", "case-model-xml/*", "court-xml/*",
                               "court-json/*", "edxml/document"};
        enrolment.moreSeals = {"court-rsa"};
        world().enrol(enrolment);
        ASSERT_EQ(world().operatorPost("/v1/reload").at("done"), "true");
        for (const std::string& name : {kCourt + "-seal", std::string("court-rsa")}) {
            tool({"openssl", "pkcs8", "-topk8", "-nocrypt", "-outform", "DER", "-in",
                  world().key(name), "-out", place(name + ".pk8")});
            tool({"openssl", "x509", "-outform", "DER", "-in", world().certificate(name), "-out",
                  place(name + ".der")});
        }
    }

  protected:
    static std::string place(const std::string& name) { return world().folder() / name; }
    static std::string seal(bool rsa) { return rsa ? "court-rsa" : kCourt + "-seal"; }
    static std::string tool(const std::vector<std::string>& words) {
        std::string output;
        EXPECT_EQ(run(words, &output), 0) << words.front() << ": " << output;
        return output;
    }
    static std::string newTransfer(bool xml) {
        const auto message = court().message(transferOf(newNumber()));
        return xml ? xmlOf(message) : jsonOf(message);
    }

    static std::string signedByXmlsec1(const std::string& xml, bool rsa, bool keyInfo,
                                       const std::string& method = {}) {
        const std::string own = kMore + (rsa ? "rsa-sha256" : "ecdsa-sha256");
        const std::string ds = "http://www.w3.org/2000/09/xmldsig#";
        const std::string exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#";
        const std::string pattern = "<ds:Signature xmlns:ds=\"" + ds +
                                    "\"><ds:SignedInfo>"
                                    "<ds:CanonicalizationMethod Algorithm=\"" +
                                    exclusive +
                                    "\"/>"
                                    "<ds:SignatureMethod Algorithm=\"" +
                                    (method.empty() ? own : method) +
                                    "\"/>"
                                    "<ds:Reference URI=\"\"><ds:Transforms>"
                                    "<ds:Transform Algorithm=\"" +
                                    ds +
                                    "enveloped-signature\"/>"
                                    "<ds:Transform Algorithm=\"" +
                                    exclusive +
                                    "\"/></ds:Transforms>"
                                    "<ds:DigestMethod Algorithm=\"" +
                                    kSha256 +
                                    "\"/><ds:DigestValue/></ds:Reference>"
                                    "</ds:SignedInfo><ds:SignatureValue/>" +
                                    (keyInfo ? "<ds:KeyInfo><ds:X509Data/></ds:KeyInfo>" : "") +
                                    "</ds:Signature>";
        writeFile(place("in.xml"), replaced(xml, "</Message>", pattern + "</Message>"));
        tool({"xmlsec1", "--sign", "--privkey-pem",
              world().key(seal(rsa)).string() + "," + world().certificate(seal(rsa)).string(),
              "--output", place("out.xml"), place("in.xml")});
        return readFile(place("out.xml"));
    }

    static std::string signedByJose(const std::string& payload, const std::string& algorithm,
                                    const std::string& form, const std::string& header) {
        writeFile(place("header.json"), header);
        writeFile(place("payload"), payload);
        return tool({"node", THAHC_SOURCE_DIR "/tests/interop/jose/jose_tool.mjs", "sign",
                     algorithm, world().key(seal(algorithm != "ES256")), form, place("header.json"),
                     place("payload")});
    }
    // The base64 text of a certificate, as x5c wants it.
    static std::string x5c(bool rsa) {
        std::string text;
        for (const char c : readFile(world().certificate(seal(rsa))))
            if (c != '\n') text += c;
        const std::string begin = "-----BEGIN CERTIFICATE-----";
        return text.substr(begin.size(), text.find("-----END") - begin.size());
    }

    // dd/MM/yyyy HH:mm:ss, in Viet Nam.
    static std::string courtsClock(base::Timestamp at) {
        const auto text = base::formatTimestamp(at + std::chrono::hours(7));
        return text.substr(8, 2) + "/" + text.substr(5, 2) + "/" + text.substr(0, 4) + " " +
               text.substr(11, 8);
    }

    // Accepted, and the receipt is good for those who have nothing of ours.
    static Reply expectAccepted(const Signed& message) {
        auto reply = court().send(message);
        EXPECT_EQ(reply.status, 200) << reply.body;
        EXPECT_TRUE(reply.verdict() == "accepted") << reply.body;
        EXPECT_EQ(reply.at("receipt/bodySha256"), document::sha256(message.body).hex());
        EXPECT_EQ(reply.at("receipt/signerAgency"), kCourt);
        expectForeignProof(reply);
        return reply;
    }
    static void expectForeignProof(const Reply& reply) {
        const bool xml = reply.mediaType == "application/xml";
        const std::string script = THAHC_SOURCE_DIR "/gateway/docs/examples/";
        const auto file = place("evidence");
        const std::vector<std::string> check = {
            "sh", script + (xml ? "check-xml-receipt.sh" : "check-jws-receipt.sh"), file,
            world().certificate("gateway-seal")};
        writeFile(file, reply.body);
        std::string output;
        EXPECT_EQ(run(check, &output), 0) << output;
        // A proof that can fail: the same with one letter changed.
        auto forged = reply.body;
        const auto at = xml ? forged.find("thahc</") : forged.find('.') + 20;
        forged[at] = forged[at] == 'x' ? 'y' : 'x';
        writeFile(file, forged);
        EXPECT_NE(run(check, &output), 0);
    }
};

// What a partner quotes on the telephone leads to the one line, and that to everything else.
TEST_F(Accepted, IsFoundByTheCorrelationThatTheSenderRead) {
    const auto lineOf = [](const Reply& reply) {
        const auto header = reply.headers.find("X-Correlation-Id");
        if (header == reply.headers.end()) return std::string("no correlation");
        const auto named = "\"correlation\":\"" + header->second + "\"";
        std::string found;
        EXPECT_TRUE(eventually([&] {
            std::istringstream lines(world().log());
            found.clear();
            for (std::string line; std::getline(lines, line);)
                if (line.find(named) != std::string::npos) found += line + "\n";
            return !found.empty();
        }));
        return found;
    };
    const auto says = [](const std::string& lines, const std::string& text) {
        return std::count(lines.begin(), lines.end(), '\n') == 1 &&
               lines.find(text) != std::string::npos;
    };
    const auto message = court().message(model::Ping{"?"});
    const auto sent = court().json(message);
    const auto first = court().send(sent);
    EXPECT_TRUE(says(lineOf(first), "message.accepted")) << lineOf(first);
    EXPECT_TRUE(says(lineOf(first), first.at("receipt/receiptId")));
    const auto again = court().send(sent);
    EXPECT_TRUE(says(lineOf(again), "message.repeated")) << lineOf(again);
    auto wrong = message;
    wrong.envelope.to = "thahc/other";
    wrong.envelope.id += "-2";
    const auto refused = court().send(court().json(wrong));
    EXPECT_TRUE(says(lineOf(refused), refused.code())) << lineOf(refused);
    std::string told;
    EXPECT_EQ(world().command({"messages", "find", "--id", message.envelope.id, "--json"}, &told),
              0);
    EXPECT_NE(told.find(first.at("receipt/receiptId")), std::string::npos) << told;
    EXPECT_EQ(
        world().command(
            {"messages", "find", "--refusal", refused.at("refusal/refusalId"), "--json"}, &told),
        0);
    EXPECT_NE(told.find(refused.code()), std::string::npos) << told;
}

TEST_F(Accepted, SignedByXmlsec1) {
    for (const bool rsa : {false, true})
        for (const bool keyInfo : {false, true}) {
            const auto xml = signedByXmlsec1(newTransfer(true), rsa, keyInfo);
            EXPECT_EQ(xml.find("X509Certificate") != std::string::npos, keyInfo);
            const auto receipt = expectAccepted({xml, "application/xml"});
            EXPECT_EQ(receipt.mediaType, "application/xml");
            EXPECT_EQ(receipt.at("receipt/signerCertificateSha256"),
                      world().load(world().certificate(seal(rsa)))->fingerprint().hex());
        }
}

TEST_F(Accepted, Sha1ByXmlsec1IsNot) {
    const auto xml = signedByXmlsec1(newTransfer(true), true, true,
                                     "http://www.w3.org/2000/09/xmldsig#rsa-sha1");
    const auto reply = court().send(Signed{xml, "application/xml"});
    EXPECT_EQ(reply.status, 422);
    EXPECT_TRUE(reply.sealed);
    EXPECT_EQ(reply.at("refusal/class"), "U");
    EXPECT_EQ(reply.code(), "SIGNATURE_ALGORITHM");
    expectForeignProof(reply);
}

TEST_F(Accepted, SignedByJava) {
    struct Job {
        std::string provider, method;
        bool rsa;
        std::string shape, keyInfo;
    };
    const std::vector<Job> jobs = {{"jdk", kMore + "ecdsa-sha256", false, "a", "none"},
                                   {"jdk", kMore + "ecdsa-sha256", false, "b", "x509"},
                                   {"jdk", kPss, true, "a", "x509"},
                                   {"jdk", kPss, true, "a", "none"},
                                   {"santuario", kMore + "ecdsa-sha256", false, "a", "x509"},
                                   {"santuario", kMore + "rsa-sha256", true, "b", "none"}};
    std::string lines;
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        const auto& job = jobs[i];
        const auto number = std::to_string(i);
        writeFile(place("java-in" + number), newTransfer(true));
        lines += "sign " + job.provider + " " + job.method + " " + kSha256 + " " + job.shape + " " +
                 job.keyInfo + " " + place(seal(job.rsa) + ".pk8") + " " +
                 place(seal(job.rsa) + ".der") + " " + place("java-in" + number) + " " +
                 place("java-out" + number) + "\n";
    }
    writeFile(place("java-jobs"), lines);
    const std::string jars = "/usr/share/java/";
    const auto said =
        tool({"sh", "-c",
              "exec java -XX:TieredStopAtLevel=1 -cp " + jars + "xmlsec.jar:" + jars +
                  "commons-codec.jar:" + jars + "slf4j-api.jar:" + jars + "slf4j-nop.jar " +
                  THAHC_SOURCE_DIR "/tests/interop/java/XmlSignatures.java <'" +
                  place("java-jobs") + "'"});
    EXPECT_EQ(said.find("failed"), std::string::npos) << said;
    for (std::size_t i = 0; i < jobs.size(); ++i)
        expectAccepted({readFile(place("java-out" + std::to_string(i))), "application/xml"});
}

TEST_F(Accepted, SignedByNpmJose) {
    for (const char* algorithm : {"ES256", "PS256", "RS256"})
        for (const bool carriesCertificate : {false, true}) {
            const bool rsa = algorithm != std::string("ES256");
            const auto jws =
                signedByJose(newTransfer(false), algorithm, "compact",
                             carriesCertificate ? "{\"x5c\":[\"" + x5c(rsa) + "\"]}" : "{}");
            const auto receipt = expectAccepted({jws});
            EXPECT_EQ(receipt.mediaType, "application/jose");
        }
}

TEST_F(Accepted, AnEdxmlPackageByADetachedSignature) {
    const auto package = replaced(
        readFile(THAHC_SOURCE_DIR "/mappings/edxml/document/ok-default-namespace-raw.xml"),
        "<BussinessDocType>3<", "<BussinessDocType>0<");  // what it replaces was never sent
    const auto now = base::SystemClock().now();
    const auto seconds =
        std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
    const auto header = "{\"aud\":\"" + kAddress + "\",\"typ\":\"DocumentTransfer\",\"jti\":\"" +
                        base::newId("axis", now) + "\",\"iat\":" + std::to_string(seconds) +
                        ",\"cty\":\"application/xml\"}";
    Signed message{package, "application/xml", signedByJose(package, "ES256", "detached", header)};
    // The header covers the type of the body and the body.
    auto retyped = message;
    retyped.mediaType = "text/xml";
    EXPECT_EQ(court().send(retyped).code(), "SIGNATURE_HEADER");
    auto changed = message;
    changed.body = replaced(changed.body, "2491", "2492");
    EXPECT_EQ(court().send(changed).code(), "SIGNATURE_INVALID");
    const auto receipt = expectAccepted(message);
    EXPECT_EQ(receipt.at("receipt/messageType"), "DocumentTransfer");
    EXPECT_EQ(receipt.at("receipt/mappingId"), "edxml/document@4");
    EXPECT_EQ(receipt.mediaType, "application/jose");
}

TEST_F(Accepted, TheCourtsOwnFormats) {
    const auto now = base::SystemClock().now();
    auto xml = readFile(THAHC_SOURCE_DIR "/mappings/court-xml/ruling/ok-full.xml");
    xml = replaced(xml, "thahc/demo", kAddress);
    xml = replaced(xml, "<NoiGui>D01.08</NoiGui>", "<NoiGui>" + kCourt + "</NoiGui>");
    xml = replaced(xml, "TAX-2026-000117", base::newId("TAX", now));
    xml = replaced(xml, "08/06/2026 08:30:00", courtsClock(now));
    const auto first = expectAccepted(court().signXml(xml));
    EXPECT_EQ(first.at("receipt/mappingId"), "court-xml/ruling@1");

    // The same ruling in JSON, with an id of its own: a second transfer of what is known.
    auto json = readFile(THAHC_SOURCE_DIR "/mappings/court-json/ruling/ok-full.json");
    json = replaced(json, "thahc/demo", kAddress);
    json = replaced(json, "\"noi_gui\": \"D01.08\"", "\"noi_gui\": \"" + kCourt + "\"");
    json = replaced(json, "TAX-2026-000117", base::newId("TAX", now));
    json = replaced(json, "08/06/2026 08:30:00", courtsClock(now));
    const auto second = court().send(court().signJson(json));
    EXPECT_EQ(second.verdict(), "linked") << second.body;
    EXPECT_EQ(second.at("receipt/caseId"), first.at("receipt/caseId"));
    EXPECT_EQ(second.at("receipt/mappingId"), "court-json/ruling@1");
}

// Not in the names and the clock of the case model.
TEST_F(Accepted, ARefusalNamesWhatTheCourtWrote) {
    auto xml = readFile(THAHC_SOURCE_DIR "/mappings/court-xml/ruling/ok-full.xml");
    xml = replaced(xml, "<NoiGui>D01.08</NoiGui>", "<NoiGui>" + kCourt + "</NoiGui>");
    xml = replaced(xml, "thahc/demo", "thahc/elsewhere");
    xml = replaced(xml, "08/06/2026 08:30:00", "08/06/2020 08:30:00");
    const auto reply = court().send(court().signXml(xml));
    EXPECT_EQ(reply.at("refusal/reasons/0/code"), "ADDRESSEE_OTHER") << reply.body;
    EXPECT_EQ(reply.at("refusal/reasons/0/path"), "/ChuyenGiaoBanAn/ThongTinChung/NoiNhan");
    EXPECT_EQ(reply.at("refusal/reasons/0/line"), "6");
    EXPECT_EQ(reply.at("refusal/reasons/1/code"), "MESSAGE_TOO_OLD");
    EXPECT_EQ(reply.at("refusal/reasons/1/path"), "/ChuyenGiaoBanAn/ThongTinChung/ThoiDiemLap");
    EXPECT_NE(reply.at("refusal/reasons/1/vi").find("08/06/2020 08:30:00"), std::string::npos);
    EXPECT_NE(reply.at("refusal/reasons/1/vi").find("30 ngày"), std::string::npos);
    EXPECT_NE(reply.at("refusal/reasons/1/en").find("30 days"), std::string::npos);

    xml = replaced(xml, "9834876dcfb05cb167a5c24953eba58c4ac89b1adf57f28f2f9d09af107ee8f0",
                   std::string(64, 'a'));
    xml = replaced(xml, "thahc/elsewhere", kAddress);
    xml = replaced(xml, "08/06/2020 08:30:00", courtsClock(base::SystemClock().now()));
    const auto attached = court().send(court().signXml(xml));
    EXPECT_EQ(attached.code(), "ATTACHMENT_MISMATCH");
    EXPECT_EQ(attached.at("refusal/reasons/0/path"), "/ChuyenGiaoBanAn/BanAn/TepDinhKem");
    EXPECT_NE(attached.at("refusal/reasons/0/line"), "0");
}

// A signature does not cover comments: one inside a name is refused, whoever put it there.
TEST_F(Accepted, ACommentInsideANameIsRefused) {
    const std::string whole = "Ông Lê Văn Thử";
    const auto lineOf = [](const std::string& xml) {
        const auto at = xml.find("<!-- Trần -->");
        return std::to_string(1 +
                              std::count(xml.begin(), xml.begin() + static_cast<long>(at), '\n'));
    };
    const auto signedIn = signedByXmlsec1(
        replaced(newTransfer(true), whole, "Ông Lê\n<!-- Trần -->Văn<?x y?> Thử"), false, true);
    const auto clean = signedByXmlsec1(newTransfer(true), false, true);
    const auto putIn = replaced(clean, whole, "Ông Lê <!-- Trần -->Văn Thử");
    const auto hidden = replaced(clean, whole, "<!-- Trần -->" + whole);
    for (const auto& xml : {signedIn, putIn, hidden}) {
        const auto reply = court().send(Signed{xml, "application/xml"});
        expectRefusal(reply, 422, "U", "SYNTAX_COMMENT_IN_TEXT");
        EXPECT_EQ(reply.at("refusal/reasons/0/line"), lineOf(xml));
        EXPECT_EQ(reply.at("refusal/signerAgency"), "");
        EXPECT_EQ(reply.body.find("Trần"), std::string::npos) << "nothing is echoed";
    }
    // Between elements a comment says nothing, and hides nothing.
    const auto between = replaced(clean, "<Name>" + whole, "<!-- Trần --><Name>" + whole);
    expectAccepted({between, "application/xml"});
}

}  // namespace
}  // namespace gateway::scenario
