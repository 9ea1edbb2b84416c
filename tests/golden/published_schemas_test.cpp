// What is published in mappings/case-model knows every member that the gateway writes: an added
// member without a schema is found here and not by a partner.

#include <gtest/gtest.h>

#include "gateway/document/json.h"
#include "gateway/document/schema.h"
#include "gateway/exchange/desk/evidence.h"
#include "gateway/mapping/binding.h"
#include "tests/golden/filler.h"
#include "tests/golden/sample_files.h"

namespace golden {
namespace {

namespace document = gateway::document;
namespace exchange = gateway::exchange;
namespace mapping = gateway::mapping;
namespace model = gateway::model;
using document::Kind;
using document::Node;

std::filesystem::path published(const std::string& name) {
    return std::filesystem::path(THAHC_SOURCE_DIR) / "mappings/case-model" / name;
}

/// A JSON Schema as far as this needs it: which members there are, and which must be.
class MemberCheck {
  public:
    explicit MemberCheck(const std::string& name) :
        schema_(contentOf(bytesOf(published(name)), document::Form::Json).tree.root) {}

    void expectKnown(const Node& value) const { expectKnown(value, schema_, ""); }

  private:
    const Node& resolved(const Node& schema) const {
        const Node* const reference = schema.child("$ref");
        if (reference == nullptr) return schema;
        const auto name = reference->value.substr(reference->value.rfind('/') + 1);
        const Node* const found = schema_.child("$defs")->child(name);
        if (found == nullptr) throw std::runtime_error("no definition of " + name);
        return *found;
    }

    void expectKnown(const Node& value, const Node& reference, const std::string& path) const {
        const Node& schema = resolved(reference);
        if (value.kind == Kind::Array) {
            ASSERT_NE(schema.child("items"), nullptr) << path;
            for (const Node& item : value.children)
                expectKnown(item, *schema.child("items"), path + "[]");
        }
        if (value.kind != Kind::Object) return;
        const Node* const properties = schema.child("properties");
        ASSERT_NE(properties, nullptr) << path;
        for (const Node& member : value.children) {
            const std::string place = path + "/" + member.name;
            const Node* const known = properties->child(member.name);
            EXPECT_NE(known, nullptr) << place << " is not published";
            if (known != nullptr) expectKnown(member, *known, place);
        }
        // Everything is filled, so whatever is published must be there.
        if (path.empty()) return;
        for (const Node& property : properties->children)
            EXPECT_NE(value.child(property.name), nullptr)
                << path << "/" << property.name << " is published, but never written";
    }

    Node schema_;
};

TEST(PublishedSchemas, KnowEveryMemberOfEveryMessage) {
    const MemberCheck schema("case-model.schema.json");
    for (const auto& [type, name] : model::Names<model::MessageType>::table) {
        if (type == model::MessageType::DeclaredAct) continue;  // published in case-acts.*
        SCOPED_TRACE(name);
        model::Message message;
        Filler filler;
        describe(filler, message.envelope);
        message.envelope.type = type;
        message.payload = model::emptyPayload(type);
        std::visit([&filler](auto& payload) { describe(filler, payload); }, message.payload);
        describe(filler, message.delivery.emplace());
        schema.expectKnown(mapping::unbindMessage(message));
    }
}

template <class Evidence>
void expectPublished(Evidence evidence, const std::string& member, const std::string& element) {
    const Node body = mapping::toNode(evidence);
    Node root = document::objectNode();
    root.children.push_back(body);
    root.children.back().name = member;
    MemberCheck("receipt.schema.json").expectKnown(root);

    const auto schema = document::XmlSchema::load(published("receipt.xsd"));
    const Node xml = exchange::naturalXml(body, exchange::kReceiptNamespace, element);
    const auto parsed = document::XmlDocument::parse(document::writeXml(xml));
    ASSERT_TRUE(parsed.ok());
    for (const auto& violation : schema->validate(*parsed)) ADD_FAILURE() << render(violation).en;
}

TEST(PublishedSchemas, KnowEveryMemberOfAReceipt) {
    exchange::Receipt receipt;
    Filler filler;
    describe(filler, receipt);
    expectPublished(receipt, "receipt", "Receipt");
}

TEST(PublishedSchemas, KnowEveryMemberOfARefusal) {
    exchange::Refusal refusal;
    Filler filler;
    describe(filler, refusal);
    refusal.errorClass = "A";
    for (auto& reason : refusal.reasons) reason.code = "MAPPING_REQUIRED";
    expectPublished(refusal, "refusal", "Refusal");
}

TEST(PublishedSchemas, JudgeTheSamplesOfEvidence) {
    const auto schema = document::XmlSchema::load(published("receipt.xsd"));
    std::size_t good = 0, bad = 0;
    for (const auto& entry : std::filesystem::directory_iterator(published("evidence"))) {
        if (entry.path().extension() != ".xml") continue;
        SCOPED_TRACE(entry.path().string());
        const auto sample = document::XmlDocument::parse(bytesOf(entry.path()));
        ASSERT_TRUE(sample.ok());
        const bool valid = schema->validate(*sample).empty();
        const bool expected = entry.path().filename().string().starts_with("ok-");
        EXPECT_EQ(valid, expected);
        ++(expected ? good : bad);
    }
    EXPECT_GE(good, 3U);
    EXPECT_GE(bad, 3U);
}

}  // namespace
}  // namespace golden
