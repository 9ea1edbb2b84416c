#include <libxml/tree.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <cctype>
#include <map>

#include "gateway/document/xml_writer.h"

namespace gateway::document {
namespace {

constexpr std::string_view kXmlNamespace = "http://www.w3.org/XML/1998/namespace";

// Prefixes by namespace; a namespace absent here is written as the default namespace.
using Bound = std::map<std::string, std::string, std::less<>>;

void collect(const Node& node, const Prefixes& wanted, Bound& bound) {
    const auto isBound = [&] { return bound.count(node.namespaceUri) > 0; };
    if (!node.namespaceUri.empty() && node.namespaceUri != kXmlNamespace && !isBound()) {
        const auto listed = [](const auto& pairs, const std::string& name) {
            return std::any_of(pairs.begin(), pairs.end(),
                               [&](const auto& pair) { return pair.second == name; });
        };
        // Of two namespaces that want one prefix the first gets it.
        for (const auto& [uri, prefix] : wanted)
            if (uri == node.namespaceUri && !prefix.empty() && !listed(bound, prefix))
                bound.emplace(uri, prefix);
        // An attribute cannot use the default namespace.
        if (node.kind == Kind::Attribute && !isBound()) {
            const auto taken = [&](const std::string& name) {
                return listed(wanted, name) || listed(bound, name);
            };
            std::size_t number = 1;
            while (taken("ns" + std::to_string(number))) ++number;
            bound.emplace(node.namespaceUri, "ns" + std::to_string(number));
        }
    }
    for (const Node& child : node.children) collect(child, wanted, bound);
}

// ASCII as in XML 1.0; beyond it what readers and mappings let in (libxml2's own check knows the
// fourth edition's narrower names only).
bool isName(std::string_view name) {
    constexpr std::string_view kNoStart = "-.0123456789";
    const auto isNameByte = [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte >= 0x80 || std::isalnum(byte) != 0 || c == '_' || c == '-' || c == '.';
    };
    return !name.empty() && kNoStart.find(name.front()) == std::string_view::npos &&
           std::ranges::all_of(name, isNameByte);
}

// Values may be names as well, xsi:type="q:Person": who reads them asks what the prefix stands for.
void collectFromValues(const Node& node, const Prefixes& wanted, Bound& bound) {
    const auto colon = node.value.find(':');
    if (colon != std::string::npos && isName(std::string_view(node.value).substr(colon + 1, 1)))
        for (const auto& [uri, prefix] : wanted)
            if (!prefix.empty() && node.value.compare(0, colon, prefix) == 0 &&
                std::ranges::none_of(bound,
                                     [&](const auto& pair) { return pair.second == prefix; }))
                bound.emplace(uri, prefix);
    for (const Node& child : node.children) collectFromValues(child, wanted, bound);
}

class Writer {
  public:
    Writer(const Bound& bound, const Spelling& spelling) : bound_(bound), spelling_(spelling) {}

    void element(const Node& node, const std::string& defaultNamespace, bool isRoot) {
        if (node.kind != Kind::Element) throw base::Fault("writeXml: not an element: " + node.name);
        const std::string name = qualified(node);
        const bool prefixed = name.size() != node.name.size();
        const std::string& inner = prefixed ? defaultNamespace : node.namespaceUri;
        out_ += '<';
        out_ += name;
        if (isRoot)
            for (const auto& [uri, prefix] : bound_) attribute("xmlns:" + prefix, uri);
        if (inner != defaultNamespace) attribute("xmlns", inner);
        for (const Node& child : node.children)
            if (child.kind == Kind::Attribute) attribute(qualified(child), child.value);
        const auto isAttribute = [](const Node& c) { return c.kind == Kind::Attribute; };
        if (node.value.empty() && std::ranges::all_of(node.children, isAttribute)) {
            out_ += "/>";
            return;
        }
        out_ += '>';
        content(node, inner);
        out_ += "</";
        out_ += name;
        out_ += '>';
    }

    // Text goes first unless its pieces say where they stand.
    void content(const Node& node, const std::string& defaultNamespace) {
        const auto put = [&](const std::string& piece) {
            if (spelling_.cdata.contains(node.name) && !piece.empty())
                section(piece);
            else
                text(piece, false);
        };
        if (!node.hasPieces()) put(node.value);
        for (const Node& child : node.children) {
            if (child.kind == Kind::Attribute) continue;
            if (child.isPieceOf(node))
                put(child.value);
            else
                element(child, defaultNamespace, isOutermost(node));
        }
    }

    std::string take() { return std::move(out_); }

  private:
    // Of a text that is to be content somewhere: no element stands around it.
    static bool isOutermost(const Node& node) { return node.name.empty(); }

    [[nodiscard]] std::string qualified(const Node& node) const {
        if (!isName(node.name)) throw base::Fault("writeXml: not an XML name: " + node.name);
        if (node.namespaceUri == kXmlNamespace) return "xml:" + node.name;
        const auto found = bound_.find(node.namespaceUri);
        return found == bound_.end() ? node.name : found->second + ":" + node.name;
    }

    void attribute(const std::string& name, const std::string& value) {
        out_ += ' ';
        out_ += name;
        out_ += "=\"";
        text(value, true);
        out_ += '"';
    }

    static void judge(std::string_view value) {
        if (value.find("\xEF\xBF\xBE") != std::string::npos ||
            value.find("\xEF\xBF\xBF") != std::string::npos)
            throw base::Fault("writeXml: U+FFFE or U+FFFF in a value");
    }

    // White space that a reader would normalise away is written as a reference.
    void text(std::string_view rest, bool inAttribute) {
        judge(rest);
        const auto isMarked = [this](char c) { return this->isMarked(c); };
        while (!rest.empty()) {
            const auto plain = std::find_if(rest.begin(), rest.end(), isMarked);
            out_.append(rest.begin(), plain);
            rest.remove_prefix(static_cast<std::size_t>(plain - rest.begin()));
            if (rest.empty()) return;
            if (static_cast<unsigned char>(rest.front()) >= 0x80) {
                references(rest);
                continue;
            }
            marked(rest.front(), inAttribute);
            rest.remove_prefix(1);
        }
    }

    // What a section cannot hold stands between two of them.
    void section(std::string_view rest) {
        judge(rest);
        const auto isOutside = [this](char c) {
            const auto byte = static_cast<unsigned char>(c);
            return c == '\r' || (byte < 0x20 && c != '\t' && c != '\n') ||
                   (byte >= 0x80 && spelling_.onlyAscii);
        };
        while (!rest.empty()) {
            auto end = std::find_if(rest.begin(), rest.end(), isOutside) - rest.begin();
            const auto ending = rest.find("]]>");
            if (ending < static_cast<std::size_t>(end)) end = static_cast<long>(ending) + 2;
            if (end > 0) out_.append("<![CDATA[").append(rest, 0, end).append("]]>");
            rest.remove_prefix(static_cast<std::size_t>(end));
            while (!rest.empty() && isOutside(rest.front())) {
                if (static_cast<unsigned char>(rest.front()) >= 0x80) {
                    references(rest);
                    continue;
                }
                marked(rest.front(), false);
                rest.remove_prefix(1);
            }
        }
    }

    // The characters beyond ASCII at the front are taken off it.
    void references(std::string_view& rest) {
        const auto isAscii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
        const auto length =
            static_cast<std::size_t>(std::ranges::find_if(rest, isAscii) - rest.begin());
        const auto text = icu::UnicodeString::fromUTF8(
            icu::StringPiece(rest.data(), static_cast<std::int32_t>(length)));
        for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1))
            out_.append("&#").append(std::to_string(text.char32At(i))).append(";");
        rest.remove_prefix(length);
    }

    [[nodiscard]] bool isMarked(char c) const {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 || c == '&' || c == '<' || c == '>' || c == '"' ||
               (byte >= 0x80 && spelling_.onlyAscii);
    }

    void marked(char c, bool inAttribute) {
        switch (c) {
            case '&': out_ += "&amp;"; break;
            case '<': out_ += "&lt;"; break;
            case '>': out_ += "&gt;"; break;
            case '\r': out_ += "&#13;"; break;
            case '"': out_ += inAttribute ? "&quot;" : "\""; break;
            case '\t': out_ += inAttribute ? "&#9;" : "\t"; break;
            case '\n': out_ += inAttribute ? "&#10;" : "\n"; break;
            default: throw base::Fault("writeXml: a control character in a value");
        }
    }

    const Bound& bound_;
    const Spelling& spelling_;
    std::string out_;
};

}  // namespace

std::string writeXml(const Node& root, const Prefixes& prefixes, const Spelling& spelling) {
    Bound bound;
    collect(root, prefixes, bound);
    collectFromValues(root, prefixes, bound);
    Writer writer(bound, spelling);
    writer.element(root, {}, true);
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + writer.take();
}

std::string writeXml(const Node& root, const Prefixes& prefixes) {
    return writeXml(root, prefixes, Spelling());
}

std::string writeXmlContent(const Node& element, const Prefixes& prefixes) {
    Node content = element;
    content.name.clear();
    content.namespaceUri.clear();
    std::erase_if(content.children, [](const Node& c) { return c.kind == Kind::Attribute; });
    Bound bound;
    collect(content, prefixes, bound);
    collectFromValues(content, prefixes, bound);
    const Spelling spelling;
    Writer writer(bound, spelling);
    writer.content(content, {});
    return writer.take();
}

base::Result<Node> readXmlContent(std::string_view text) {
    auto document = XmlDocument::parse("<x>" + std::string(text) + "</x>");
    if (!document) return std::move(document).error();
    Node content = std::move(document->toTree().root);
    content.name.clear();
    return content;
}

std::string laidOutXml(const std::string& written) {
    const auto document = XmlDocument::parse(written, kOwnBounds);
    if (!document) return written;
    xmlChar* bytes = nullptr;
    int size = 0;
    xmlDocDumpFormatMemoryEnc(document->native(), &bytes, &size, "UTF-8", 1);
    if (bytes == nullptr) throw base::Fault("laidOutXml: no memory");
    std::string text(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
    xmlFree(bytes);
    return text;
}

std::string writeXmlPretty(const Node& root, const Prefixes& prefixes) {
    return laidOutXml(writeXml(root, prefixes));
}

}  // namespace gateway::document
