// Every closed set of the model is an enumeration in the published schemas, with the same words.

#include <gtest/gtest.h>

#include <set>

#include "gateway/document/tree.h"
#include "gateway/model/cases/event.h"
#include "gateway/model/questions/any_message.h"
#include "tests/golden/sample_files.h"

namespace golden {
namespace {

namespace document = gateway::document;
namespace model = gateway::model;
using document::Node;
using Words = std::set<std::string>;

std::filesystem::path published(const std::string& name) {
    return std::filesystem::path(THAHC_SOURCE_DIR) / "mappings/case-model" / name;
}

template <class E>
Words wordsOf() {
    Words words;
    for (const auto& row : model::Names<E>::table) words.emplace(row.second);
    return words;
}

/// Walks a structure beside its JSON Schema and compares the words of each enumeration.
class WordCheck {
  public:
    WordCheck(const Node& root, const Node& schema, std::string path) :
        root_(root), schema_(resolved(schema)), path_(std::move(path)) {}

    template <class T>
    void required(std::string_view name, T& member) {
        const Node* const properties = schema_.child("properties");
        ASSERT_NE(properties, nullptr) << path_;
        const Node* const known = properties->child(name);
        ASSERT_NE(known, nullptr) << path_ << "/" << name;
        visit(member, *known, path_ + "/" + std::string(name));
    }
    template <class T>
    void optional(std::string_view name, T& member) {
        required(name, member);
    }

    /// How many enumerations were met, so that an empty walk is no success.
    static inline int met = 0;

  private:
    const Node& resolved(const Node& schema) const {
        const Node* const reference = schema.child("$ref");
        if (reference == nullptr) return schema;
        const auto name = reference->value.substr(reference->value.rfind('/') + 1);
        return *root_.child("$defs")->child(name);
    }
    template <model::Named E>
    void visit(E&, const Node& schema, const std::string& path) {
        const Node* const words = resolved(schema).child("enum");
        ASSERT_NE(words, nullptr) << path << " is any text in the schema";
        Words is;
        for (const Node& word : words->children) is.insert(word.value);
        EXPECT_EQ(is, wordsOf<E>()) << path;
        ++met;
    }
    template <class T>
    void visit(std::optional<T>&, const Node& schema, const std::string& path) {
        T value{};
        visit(value, schema, path);
    }
    template <class T>
    void visit(std::vector<T>&, const Node& schema, const std::string& path) {
        T item{};
        const Node* const items = resolved(schema).child("items");
        ASSERT_NE(items, nullptr) << path;
        visit(item, *items, path + "[]");
    }
    template <class S>
    requires requires(WordCheck& check, S& structure) { describe(check, structure); }
    void visit(S& structure, const Node& schema, const std::string& path) {
        WordCheck inner(root_, schema, path);
        describe(inner, structure);
    }
    template <class T>
    void visit(T&, const Node&, const std::string&) {}

    const Node& root_;
    const Node& schema_;
    std::string path_;
};

TEST(ClosedSets, AreEnumerationsInTheJsonSchema) {
    const auto root =
        contentOf(bytesOf(published("case-model.schema.json")), document::Form::Json).tree.root;
    const Node* const properties = root.child("properties");
    ASSERT_NE(properties, nullptr);
    WordCheck::met = 0;
    for (const auto& [type, name] : model::Names<model::MessageType>::table) {
        if (type == model::MessageType::DeclaredAct) continue;  // published in case-acts.*
        const std::string member(model::memberNameOf(type));
        const Node* const schema = properties->child(member);
        ASSERT_NE(schema, nullptr) << member;
        auto payload = model::emptyPayload(type);
        std::visit(
            [&](auto& message) {
                WordCheck check(root, *schema, member);
                describe(check, message);
            },
            payload);
    }
    EXPECT_GT(WordCheck::met, 20);
}

template <class E>
void expectXsd(const std::string& type) {
    const auto bytes = bytesOf(published("case-model.xsd"));
    const auto from = bytes.find("<xs:simpleType name=\"" + type + "\">");
    ASSERT_NE(from, std::string::npos) << type;
    const auto text = bytes.substr(from, bytes.find("</xs:simpleType>", from) - from);
    Words is;
    const std::string mark = "<xs:enumeration value=\"";
    for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at + 1)) {
        const auto begin = at + mark.size();
        is.insert(text.substr(begin, text.find('"', begin) - begin));
    }
    EXPECT_EQ(is, wordsOf<E>()) << type;
    EXPECT_NE(bytes.find("type=\"" + type + "\""), std::string::npos) << type << " is not used";
}

TEST(ClosedSets, AreEnumerationsInTheXmlSchema) {
    expectXsd<model::PartyKind>("PartyKind");
    expectXsd<model::RelationKind>("RelationKind");
    expectXsd<model::SentToRole>("SentToRole");
    expectXsd<model::SendingForm>("SendingForm");
    expectXsd<model::Priority>("Priority");
    expectXsd<model::DocumentBusiness>("DocumentBusiness");
    expectXsd<model::Stage>("Stage");
    expectXsd<model::EventType>("EventType");
    expectXsd<model::Progress>("Progress");
}

}  // namespace
}  // namespace golden
