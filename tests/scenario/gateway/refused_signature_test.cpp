// Messages whose signer cannot be told: class U. The gateway says why about the bytes alone.

#include "gateway/base/encoding.h"
#include "tests/scenario/gateway/refusals.h"

namespace gateway::scenario {
namespace {

class RefusedSignature : public Town {
  protected:
    static std::string textOf(const document::Node& node) {
        std::string text = node.name + "=" + node.value + ";";
        for (const auto& child : node.children) text += textOf(child);
        return text;
    }
    // The refusal may speak of bytes, never of what stands in them.
    static void expectNothingEchoed(const Reply& reply) {
        const std::string said = textOf(reply.content);
        for (const char* content : {"HC-ST", "Thử", "msg-", "JudgmentTransfer", "thu hồi đất"})
            EXPECT_EQ(said.find(content), std::string::npos) << content << " in " << said;
        EXPECT_EQ(reply.at("refusal/signerAgency"), "");
        EXPECT_EQ(reply.at("refusal/messageId"), "");
    }
    static void expectUnknown(const Signed& message, const char* code) {
        const auto reply = court().send(message);
        expectRefusal(reply, 422, "U", code);
        EXPECT_EQ(reply.at("refusal/bodySha256"), document::sha256(message.body).hex());
        EXPECT_EQ(reply.at("refusal/bodyLength"), std::to_string(message.body.size()));
        expectNothingEchoed(reply);
    }
    static model::Message transfer() { return court().message(transferOf(newNumber())); }

    static std::string compact(const std::string& header, const std::string& payload,
                               const std::string& signature) {
        return base::toBase64Url(header) + "." + base::toBase64Url(payload) + "." + signature;
    }
};

TEST_F(RefusedSignature, OneChangedByteInJson) {
    auto message = court().json(transfer());
    const auto first = message.body.find('.');
    const auto second = message.body.find('.', first + 1);
    const auto payload = message.body.substr(first + 1, second - first - 1);
    auto text = base::fromBase64Url(payload).value();
    text.replace(text.find("/2026/HC-ST"), 5, "/2025");
    message.body.replace(first + 1, payload.size(), base::toBase64Url(text));
    expectUnknown(message, "SIGNATURE_INVALID");
}

TEST_F(RefusedSignature, OneChangedByteInXml) {
    auto message = court().xml(transfer());
    message.body.replace(message.body.find("/2026/HC-ST"), 5, "/2025");
    expectUnknown(message, "SIGNATURE_INVALID");
}

TEST_F(RefusedSignature, WrappedCopy) {
    const auto real = court().xml(transfer()).body;
    const auto start = real.find("<Message");
    const auto root = real.substr(start);
    // A forged message around the signed one.
    expectUnknown({"<Message xmlns=\"urn:thahc:case-model:1\"><Envelope/>" + root + "</Message>",
                   "application/xml", ""},
                  "SIGNATURE_SHAPE");
    // A forged message that bears the signature and hides the signed one inside it.
    const auto signature = root.substr(root.find("<ds:Signature"),
                                       root.find("</Message>") - root.find("<ds:Signature"));
    auto unsignedRoot = root;
    unsignedRoot.erase(unsignedRoot.find(signature), signature.size());
    expectUnknown({"<Message xmlns=\"urn:thahc:case-model:1\"><Old>" + unsignedRoot + "</Old>" +
                       signature + "</Message>",
                   "application/xml", ""},
                  "SIGNATURE_INVALID");
    // The signature twice.
    auto doubled = real;
    doubled.insert(doubled.find(signature), signature);
    expectUnknown({doubled, "application/xml", ""}, "SIGNATURE_MULTIPLE");
}

TEST_F(RefusedSignature, NoSignature) {
    expectUnknown({xmlOf(transfer()), "application/xml", ""}, "SIGNATURE_MISSING");
}

TEST_F(RefusedSignature, UnregisteredSigner) {
    world().issue("stranger-seal", trust::DemoKind::Seal);
    const Agency stranger(world(), kCourt, "", "stranger-seal");
    expectUnknown(stranger.json(transfer()), "SIGNER_UNKNOWN");
    expectUnknown(stranger.xml(transfer()), "SIGNER_UNKNOWN");
}

TEST_F(RefusedSignature, AlgorithmNone) {
    const auto text = jsonOf(transfer());
    expectUnknown({compact(R"({"alg":"none"})", text, "")}, "SIGNATURE_ALGORITHM");
    expectUnknown({compact(R"({"alg":"HS256"})", text, base::toBase64Url("x"))},
                  "SIGNATURE_ALGORITHM");
}

TEST_F(RefusedSignature, KeysFromTheMessageItself) {
    const auto text = jsonOf(transfer());
    const auto value = base::toBase64Url(std::string(64, 'x'));
    expectUnknown({compact(R"({"alg":"ES256","jku":"https://127.0.0.1:1/keys"})", text, value)},
                  "SIGNATURE_KEY_REFERENCE");
}

TEST_F(RefusedSignature, Sha1) {
    auto xml = court().xml(transfer()).body;
    const std::string modern = "http://www.w3.org/2001/04/xmlenc#sha256";
    ASSERT_NE(xml.find(modern), std::string::npos);
    xml.replace(xml.find(modern), modern.size(), "http://www.w3.org/2000/09/xmldsig#sha1");
    expectUnknown({xml, "application/xml", ""}, "SIGNATURE_ALGORITHM");
}

TEST_F(RefusedSignature, Doctype) {
    auto xml = court().xml(transfer()).body;
    xml.insert(xml.find("<Message"), "<!DOCTYPE Message [<!ENTITY a \"b\">]>");
    expectUnknown({xml, "application/xml", ""}, "SYNTAX_DOCTYPE");
}

TEST_F(RefusedSignature, DoubledKey) {
    auto text = jsonOf(transfer());
    text.insert(1, R"("envelope":{"to":"thahc/test"},)");
    expectUnknown(court().signJson(text), "SYNTAX_DUPLICATE_NAME");
    // The same name in another spelling.
    auto escaped = jsonOf(transfer());
    escaped.insert(1, R"("\u0065nvelope":{},)");
    expectUnknown(court().signJson(escaped), "SYNTAX_DUPLICATE_NAME");
}

TEST_F(RefusedSignature, NulInAKey) {
    auto text = jsonOf(transfer());
    text.insert(1, R"("envelope\u0000":{},)");
    expectUnknown(court().signJson(text), "SYNTAX_JSON");
}

TEST_F(RefusedSignature, TruncatedAndStrangeText) {
    const auto text = jsonOf(transfer());
    expectUnknown(court().signJson(text.substr(0, text.size() - 1)), "SYNTAX_JSON");
    expectUnknown(court().signJson("\xEF\xBB\xBF" + text), "SYNTAX_ENCODING");
    const auto xml = xmlOf(transfer());
    expectUnknown({xml.substr(0, xml.size() - 3), "application/xml", ""}, "SYNTAX_XML");
}

TEST_F(RefusedSignature, RevokedByTheAuthority) {
    // A seal of its own, so that the others stay good.
    world().issue("lost-seal", trust::DemoKind::Seal);
    Enrolment enrolment;
    enrolment.agency = kCourt;
    enrolment.moreSeals = {"lost-seal"};
    world().enrol(enrolment);
    ASSERT_EQ(world().operatorPost("/v1/reload").at("done"), "true");
    const Agency holder(world(), kCourt, "", "lost-seal");
    EXPECT_EQ(holder.send(transfer()).verdict(), "accepted");
    world().revoke({"lost-seal"});
    ASSERT_EQ(world().operatorPost("/v1/reload").at("done"), "true");
    expectUnknown(holder.json(transfer()), "SIGNER_REVOKED");
    EXPECT_EQ(court().send(transfer()).verdict(), "accepted");
}

TEST_F(RefusedSignature, RevokedInTheRegistry) {
    world().issue("withdrawn-seal", trust::DemoKind::Seal);
    std::string output;
    ASSERT_EQ(world().command({"agency", "add-signer", "--agency", kCourt, "--certificate",
                               world().certificate("withdrawn-seal")},
                              &output),
              0)
        << output;
    const Agency holder(world(), kCourt, "", "withdrawn-seal");
    EXPECT_EQ(holder.send(transfer()).verdict(), "accepted");
    const auto fingerprint = world().load(world().certificate("withdrawn-seal"))->fingerprint();
    ASSERT_EQ(world().command(
                  {"agency", "revoke", "--agency", kCourt, "--sha256", fingerprint.hex()}, &output),
              0)
        << output;
    expectUnknown(holder.json(transfer()), "SIGNER_REVOKED");
}

}  // namespace
}  // namespace gateway::scenario
