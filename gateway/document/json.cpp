#include "gateway/document/json.h"

#include "gateway/base/fault.h"
#include "gateway/document/text.h"
#include "gateway/document/xml_writer.h"

// The reader's assertions must hold in release builds too.
#define RAPIDJSON_ASSERT(x) GW_CHECK(x)
// RAPIDJSON_SSE2 stays off: as packaged it leaves U+001A to U+001F unescaped.
#include <rapidjson/memorystream.h>
#include <rapidjson/prettywriter.h>
#include <rapidjson/reader.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <cstring>
#include <optional>
#include <utility>

namespace gateway::document {
namespace {

using base::ErrorCode;
using base::Position;
using base::Problem;

// Turns offsets into lines and columns. Offsets mostly grow, so it never reads a byte twice:
// a text without line ends may be as long as a body.
class LineCounter {
  public:
    explicit LineCounter(std::string_view text) : text_(text) {}

    Position at(std::size_t offset) {
        if (offset < lineStart_) line_ = 1, lineStart_ = read_ = 0;
        while (read_ < offset) {
            const auto end = text_.substr(0, offset).find('\n', read_);
            if (end == std::string_view::npos) {
                read_ = offset;
            } else {
                read_ = lineStart_ = end + 1;
                ++line_;
            }
        }
        return {line_, static_cast<std::uint32_t>(offset - lineStart_ + 1)};
    }

  private:
    std::string_view text_;
    std::uint32_t line_ = 1;
    std::size_t lineStart_ = 0;
    std::size_t read_ = 0;  // bytes before it have been looked at
};

// XML 1.0 section 2.2: what a value may hold and yet be told to a partner who reads XML. The text
// is UTF-8 but for lone low surrogates, which the reader lets through as bytes of their own.
bool fitsXml(std::string_view value) {
    for (std::size_t i = 0; i < value.size(); ++i) {
        const auto byte = static_cast<unsigned char>(value[i]);
        if (byte < 0x20U && byte != '\t' && byte != '\n' && byte != '\r') return false;
        if (byte == 0xEDU && static_cast<unsigned char>(value[i + 1]) >= 0xA0U) return false;
        if (byte == 0xEFU && static_cast<unsigned char>(value[i + 1]) == 0xBFU &&
            static_cast<unsigned char>(value[i + 2]) >= 0xBEU)
            return false;
    }
    return true;
}

// Builds the tree from rapidjson's events and refuses what its reader lets through.
// Names are compared letter by letter from here on, however a keyboard has written them.
std::string composed(std::string_view name) {
    const bool ascii =
        std::ranges::all_of(name, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    return ascii || !isUtf8(name) ? std::string(name) : toNfc(name);
}

class TreeBuilder {
  public:
    TreeBuilder(std::string_view text, const rapidjson::MemoryStream& stream,
                const ReadBounds& bounds) :
        text_(text), stream_(stream), bounds_(bounds), lines_(text) {}

    bool Null() { return addLeaf(Kind::Null, {}, stream_.Tell() - 4); }
    bool Bool(bool value) {
        const std::string_view literal = value ? "true" : "false";
        return addLeaf(Kind::Boolean, literal, stream_.Tell() - literal.size());
    }
    bool RawNumber(const char* text, rapidjson::SizeType length, bool) {
        return addLeaf(Kind::Number, {text, length}, stream_.Tell() - length);
    }
    bool String(const char* text, rapidjson::SizeType length, bool) {
        return isHoldable({text, length}) && addLeaf(Kind::String, {text, length}, stringStart());
    }
    bool Key(const char* text, rapidjson::SizeType length, bool) {
        if (!isHoldable({text, length})) return false;
        name_ = composed({text, length});
        nameOffset_ = stringStart();
        return true;
    }
    bool StartObject() { return open(Kind::Object); }
    bool StartArray() { return open(Kind::Array); }
    bool EndObject(rapidjson::SizeType) { return namesDiffer(*open_.back()) && close(); }
    bool EndArray(rapidjson::SizeType) { return close(); }

    // Numbers are asked for as text, so these never fire.
    bool Int(int) { return false; }
    bool Uint(unsigned) { return false; }
    bool Int64(std::int64_t) { return false; }
    bool Uint64(std::uint64_t) { return false; }
    bool Double(double) { return false; }

    const std::optional<Problem>& problem() const { return problem_; }
    Node takeRoot() { return std::move(root_); }

  private:
    bool refuse(ErrorCode code, Position at) {
        problem_.emplace(code, std::string(), at);
        return false;
    }

    // The opening quote of the string that was just read: an inner quote follows a backslash.
    std::size_t stringStart() const {
        if (bounds_.ours) return 0;
        std::size_t quote = stream_.Tell() - 1;
        do {
            quote = text_.rfind('"', quote - 1);
        } while (quote > 0 && text_[quote - 1] == '\\');
        return quote;
    }

    bool isHoldable(std::string_view value) {
        return bounds_.ours || fitsXml(value) ||
               refuse(ErrorCode::SYNTAX_JSON, lines_.at(stringStart()));
    }

    Node* add(Kind kind, std::size_t offset) {
        if (++nodes_ > bounds_.nodes) {
            refuse(ErrorCode::SYNTAX_TOO_MANY_NODES, lines_.at(offset));
            return nullptr;
        }
        Node* node = &root_;
        if (!open_.empty()) {
            node = &open_.back()->children.emplace_back();
            if (open_.back()->kind == Kind::Object) {
                node->name = std::move(name_);
                offset = nameOffset_;
            }
        }
        node->kind = kind;
        if (!bounds_.ours) node->position = lines_.at(offset);
        return node;
    }

    bool addLeaf(Kind kind, std::string_view value, std::size_t offset) {
        Node* const node = add(kind, offset);
        if (node != nullptr) node->value = value;
        return node != nullptr;
    }

    bool open(Kind kind) {
        const std::size_t offset = stream_.Tell();  // this event comes before the bracket is taken
        if (open_.size() >= bounds_.depth)
            return refuse(ErrorCode::SYNTAX_TOO_DEEP, lines_.at(offset));
        Node* const node = add(kind, offset);
        // An open node's siblings only come after it is closed, so the pointer stays good.
        if (node == nullptr) return false;
        // Our own objects have many members, and each step of growing moves those that are there.
        if (bounds_.ours && kind == Kind::Object) node->children.reserve(8);
        open_.push_back(node);
        return true;
    }

    bool close() {
        open_.pop_back();
        return true;
    }

    bool namesDiffer(const Node& object) {
        const auto& members = object.children;
        constexpr std::size_t kFew = 12;
        if (members.size() <= kFew) {
            for (std::size_t i = 1; i < members.size(); ++i)
                for (std::size_t j = 0; j < i; ++j)
                    if (members[i].name == members[j].name)
                        return refuse(ErrorCode::SYNTAX_DUPLICATE_NAME, members[i].position);
            return true;
        }
        std::vector<const Node*> sorted;
        sorted.reserve(members.size());
        for (const Node& member : members) sorted.push_back(&member);
        std::sort(sorted.begin(), sorted.end(), [](const Node* a, const Node* b) {
            const int order = a->name.compare(b->name);
            return order != 0 ? order < 0 : a < b;
        });
        const auto twin =
            std::adjacent_find(sorted.begin(), sorted.end(),
                               [](const Node* a, const Node* b) { return a->name == b->name; });
        if (twin == sorted.end()) return true;
        return refuse(ErrorCode::SYNTAX_DUPLICATE_NAME, (*(twin + 1))->position);
    }

    std::string_view text_;
    const rapidjson::MemoryStream& stream_;
    ReadBounds bounds_;
    LineCounter lines_;
    Node root_;
    std::vector<Node*> open_;
    std::string name_;
    std::size_t nameOffset_ = 0;
    std::size_t nodes_ = 0;
    std::optional<Problem> problem_;
};

// Where the first byte sequence stands that is no UTF-8, or nothing.
std::optional<std::size_t> firstBadEncoding(std::string_view bytes) {
    struct Discard {
        void Put(char) {}
    } discard;
    rapidjson::MemoryStream stream(bytes.data(), bytes.size());
    while (stream.Tell() < bytes.size()) {
        const std::size_t offset = stream.Tell();
        if (!rapidjson::UTF8<>::Validate(stream, discard)) return offset;
    }
    return std::nullopt;
}

Problem syntaxProblem(std::string_view bytes, std::size_t offset) {
    LineCounter lines(bytes);
    if (const auto bad = firstBadEncoding(bytes.substr(0, offset + 4)); bad && *bad <= offset)
        return {ErrorCode::SYNTAX_ENCODING, {}, lines.at(*bad)};
    return {ErrorCode::SYNTAX_JSON, {}, lines.at(std::min(offset, bytes.size()))};
}

using Buffer = rapidjson::StringBuffer;

// RFC 8259 section 7; eight signs at a time.
bool needsEscape(std::string_view text) {
    constexpr std::uint64_t kOnes = 0x0101010101010101U, kTops = 0x8080808080808080U;
    const auto hasZero = [](std::uint64_t block) { return (block - kOnes) & ~block & kTops; };
    const auto escapes = [&](std::uint64_t block) {
        const auto controls = (block - kOnes * ' ') & ~block & kTops;
        return (controls | hasZero(block ^ (kOnes * '"')) | hasZero(block ^ (kOnes * '\\'))) != 0;
    };
    std::uint64_t block = 0;
    for (; text.size() >= sizeof block; text.remove_prefix(sizeof block)) {
        std::memcpy(&block, text.data(), sizeof block);
        if (escapes(block)) return true;
    }
    block = kOnes * ' ';
    if (!text.empty()) std::memcpy(&block, text.data(), text.size());
    return escapes(block);
}

// Most texts have nothing to escape and are copied as they are; rapidjson goes sign by sign.
template <class Base>
class TextCopier : public Base {
  public:
    using Base::Base;
    void text(std::string_view text) {
        if (needsEscape(text)) {
            GW_CHECK(this->String(text.data(), static_cast<rapidjson::SizeType>(text.size())));
            return;
        }
        this->prefix();
        char* const place = this->os_->Push(text.size() + 2);
        place[0] = place[text.size() + 1] = '"';
        if (!text.empty()) std::memcpy(place + 1, text.data(), text.size());
    }
};

class Compact : public rapidjson::Writer<Buffer> {
  public:
    using Writer::Writer;

  protected:
    void prefix() { Prefix(rapidjson::kStringType); }
};

class Ascii : public rapidjson::Writer<Buffer, rapidjson::UTF8<>, rapidjson::ASCII<>> {
  public:
    using Writer::Writer;
    void text(std::string_view text) {
        String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
    }
};

class Pretty : public rapidjson::PrettyWriter<Buffer> {
  public:
    using PrettyWriter::PrettyWriter;

  protected:
    void prefix() { PrettyPrefix(rapidjson::kStringType); }
};

// Recursion is as deep as the tree, and trees are bounded when read.
template <class Writer>
void writeNode(Writer& writer, const Node& node) {
    switch (node.kind) {
        case Kind::Object:
            writer.StartObject();
            for (const Node& member : node.children) {
                writer.text(member.name);
                writeNode(writer, member);
            }
            writer.EndObject();
            return;
        case Kind::Array:
            writer.StartArray();
            for (const Node& item : node.children) writeNode(writer, item);
            writer.EndArray();
            return;
        case Kind::String: writer.text(node.value); return;
        case Kind::Number:
            GW_CHECK(isJsonNumber(node.value));
            writer.RawValue(node.value.data(), node.value.size(), rapidjson::kNumberType);
            return;
        case Kind::Boolean: writer.Bool(node.value == "true"); return;
        case Kind::Null: writer.Null(); return;
        case Kind::Element:
        case Kind::Attribute: throw base::Fault("an XML node cannot be written as JSON");
    }
}

std::string checked(const Buffer& buffer) {
    std::string text(buffer.GetString(), buffer.GetSize());
    GW_CHECK(isUtf8(text));
    return text;
}

}  // namespace

bool isJsonNumber(std::string_view text) {
    const auto digits = [&text] {
        const auto end = std::min(text.find_first_not_of("0123456789"), text.size());
        text.remove_prefix(end);
        return end;
    };
    if (text.starts_with('-')) text.remove_prefix(1);
    const bool zero = text.starts_with('0');
    const auto whole = digits();
    if (whole == 0 || (zero && whole > 1)) return false;
    if (text.starts_with('.')) {
        text.remove_prefix(1);
        if (digits() == 0) return false;
    }
    if (text.starts_with('e') || text.starts_with('E')) {
        text.remove_prefix(1);
        if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
        if (digits() == 0) return false;
    }
    return text.empty();
}

base::Result<Tree> readJson(std::string_view bytes, const ReadBounds& bounds) {
    if (bytes.starts_with("\xEF\xBB\xBF")) return Problem(ErrorCode::SYNTAX_ENCODING, {}, {1, 1});
    if (bytes.empty()) return Problem(ErrorCode::SYNTAX_JSON, {}, {1, 1});
    rapidjson::MemoryStream stream(bytes.data(), bytes.size());
    TreeBuilder builder(bytes, stream, bounds);
    rapidjson::Reader reader;
    constexpr unsigned kStrict =
        rapidjson::kParseIterativeFlag | rapidjson::kParseNumbersAsStringsFlag;
    constexpr unsigned kAndEncoding = kStrict | rapidjson::kParseValidateEncodingFlag;
    const auto outcome = isUtf8(bytes) ? reader.Parse<kStrict>(stream, builder)
                                       : reader.Parse<kAndEncoding>(stream, builder);
    if (builder.problem()) return *builder.problem();
    if (outcome.IsError()) return syntaxProblem(bytes, outcome.Offset());
    // The reader takes a U+0000 after the value for the end of the text.
    if (stream.Tell() != bytes.size()) return syntaxProblem(bytes, stream.Tell());
    return Tree{Form::Json, builder.takeRoot()};
}

std::string writeJson(const Node& root) {
    Buffer buffer;
    TextCopier<Compact> writer(buffer);
    writeNode(writer, root);
    return checked(buffer);
}

std::string writeJson(const Node& root, const Spelling& spelling) {
    if (!spelling.onlyAscii) return writeJson(root);
    Buffer buffer;
    Ascii writer(buffer);
    writeNode(writer, root);
    return checked(buffer);
}

std::string writeJsonPretty(const Node& root) {
    Buffer buffer;
    TextCopier<Pretty> writer(buffer);
    writer.SetIndent(' ', 2);
    writeNode(writer, root);
    return checked(buffer) + "\n";
}

struct JsonText::Parts {
    Buffer buffer;
    TextCopier<Compact> writer{buffer};
};

JsonText::JsonText() : parts_(std::make_unique<Parts>()) {}
JsonText::~JsonText() = default;

void JsonText::beginObject() { parts_->writer.StartObject(); }
void JsonText::endObject() { parts_->writer.EndObject(); }
void JsonText::beginArray() { parts_->writer.StartArray(); }
void JsonText::endArray() { parts_->writer.EndArray(); }
void JsonText::name(std::string_view name) { parts_->writer.text(name); }
void JsonText::string(std::string_view value) { parts_->writer.text(value); }
void JsonText::number(std::int64_t value) { parts_->writer.Int64(value); }
void JsonText::boolean(bool value) { parts_->writer.Bool(value); }
void JsonText::node(const Node& node) { writeNode(parts_->writer, node); }

std::string JsonText::take() const { return checked(parts_->buffer); }

}  // namespace gateway::document
