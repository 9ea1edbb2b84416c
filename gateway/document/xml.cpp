#include "gateway/document/xml.h"

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include <strings.h>
#include <algorithm>
#include <climits>
#include <cstring>
#include <optional>
#include <unordered_set>

#include "gateway/base/limits.h"
#include "gateway/document/libxml.h"
#include "gateway/document/xml_native.h"
#include "gateway/document/xml_scan.h"

namespace gateway::document {
namespace {

using base::ErrorCode;
using base::Position;
using base::Problem;

// One element that is open: what it declares, and what stands directly in it so far.
struct Open {
    std::size_t namespaces = 0;     // and prefixed attributes
    bool text = false;              // more than white space
    std::optional<Position> aside;  // the first comment or instruction
};

// What one parse knows beside libxml2's context, reached through its _private.
struct Reading {
    std::string_view bytes;
    ReadBounds bounds;
    PositionCursor cursor;
    std::vector<Open> open{};
    std::size_t namespacesInScope = 0, nodes = 0, outsideRoot = 0;
    std::unordered_set<const void*> names{};  // libxml2 keeps each name once
    bool building = false;  // libxml2 is reading its input buffer, which a stop would free
    std::optional<Problem> problem{};
};

xmlParserCtxtPtr contextOf(void* data) { return static_cast<xmlParserCtxtPtr>(data); }
Reading& readingOf(void* data) { return *static_cast<Reading*>(contextOf(data)->_private); }

// Only UTF-8 gets this far, unconverted, so libxml2's count of bytes is the sender's.
std::size_t offsetOf(void* data) {
    const xmlParserInput* input = contextOf(data)->input;
    if (input == nullptr) return 0;
    return input->consumed + static_cast<std::size_t>(input->cur - input->base);
}

void stop(void* data, ErrorCode code, std::optional<Position> where = {}) {
    Reading& reading = readingOf(data);
    if (!reading.problem) {
        if (!where) where = reading.cursor.at(offsetOf(data));
        reading.problem.emplace(code, std::string(), *where);
    }
    if (!reading.building) xmlStopParser(contextOf(data));
}

ErrorCode codeOf(const xmlError& error, std::string_view rest) {
    if (error.domain == XML_FROM_NAMESPACE) return ErrorCode::SYNTAX_NAMESPACE;
    switch (error.code) {
        case XML_ERR_INVALID_CHAR: {
            // One code for bad UTF-8 and for well-encoded U+FFFE, U+FFFF and control characters.
            const bool ascii = rest.empty() || static_cast<unsigned char>(rest.front()) < 0x80;
            return ascii || rest.starts_with("\xEF\xBF") ? ErrorCode::SYNTAX_XML
                                                         : ErrorCode::SYNTAX_ENCODING;
        }
        case XML_ERR_INVALID_ENCODING:
        case XML_ERR_UNKNOWN_ENCODING:
        case XML_ERR_UNSUPPORTED_ENCODING: return ErrorCode::SYNTAX_ENCODING;
        default: return ErrorCode::SYNTAX_XML;
    }
}

// The first error ends the parse: libxml2 would go on, unbounded by the callbacks below. A doubled
// or odd xml:id is invalid but well formed, and ids are judged with the signature.
void onError(void* data, xmlErrorPtr error) {
    const bool aboutIds = error->domain == XML_FROM_VALID || error->domain == XML_FROM_DTD;
    if (error->level < XML_ERR_ERROR || aboutIds) return;
    const std::string_view bytes = readingOf(data).bytes;
    stop(data, codeOf(*error, bytes.substr(std::min(offsetOf(data), bytes.size()))));
}

void onStartDocument(void* data) {
    const xmlParserCtxtPtr context = contextOf(data);
    const auto is = [](const xmlChar* text, const char* expected) {
        return strcasecmp(reinterpret_cast<const char*>(text), expected) == 0;
    };
    const auto isUtf8 = [&](const xmlChar* name) { return name == nullptr || is(name, "UTF-8"); };
    if (!isUtf8(context->encoding) || !isUtf8(context->input->encoding))
        return stop(data, ErrorCode::SYNTAX_ENCODING, Position{1, 1});
    if (context->version == nullptr || !is(context->version, "1.0"))
        return stop(data, ErrorCode::SYNTAX_XML, Position{1, 1});
    xmlSAX2StartDocument(data);
}

// Comes before any declaration inside the DOCTYPE is read, so no entity can cost anything.
void onDoctype(void* data, const xmlChar*, const xmlChar*, const xmlChar*) {
    stop(data, ErrorCode::SYNTAX_DOCTYPE);
}

bool countNodes(void* data, std::size_t more) {
    Reading& reading = readingOf(data);
    reading.nodes += more;
    if (reading.nodes <= reading.bounds.nodes) return true;
    stop(data, ErrorCode::SYNTAX_TOO_MANY_NODES);
    return false;
}

// A signature does not cover comments, and readers disagree on what text is that one cuts in two:
// neither it nor an instruction may stand beside text. Between elements they say nothing.
bool judgeAside(void* data) {
    const Open& open = readingOf(data).open.back();
    if (!open.text || !open.aside) return true;
    stop(data, ErrorCode::SYNTAX_COMMENT_IN_TEXT, open.aside);
    return false;
}

bool noteAside(void* data, std::string_view begins) {
    Reading& reading = readingOf(data);
    // Canonicalisation looks through all that stands there for each node of the document.
    if (reading.open.empty() && ++reading.outsideRoot > base::kXmlOutsideRoot) {
        stop(data, ErrorCode::SYNTAX_TOO_MANY_NODES);
        return false;
    }
    if (reading.open.empty() || reading.open.back().aside) return true;
    const auto start = reading.bytes.substr(0, offsetOf(data)).rfind(begins);
    reading.open.back().aside = reading.cursor.at(start);
    return judgeAside(data);
}

bool noteText(void* data, const xmlChar* text, int length) {
    Reading& reading = readingOf(data);
    if (reading.open.empty() || reading.open.back().text) return true;
    const std::string_view piece(reinterpret_cast<const char*>(text),
                                 static_cast<std::size_t>(length));
    if (piece.find_first_not_of(" \t\r\n") == std::string_view::npos) return true;
    reading.open.back().text = true;
    return judgeAside(data);
}

void onComment(void* data, const xmlChar* text) {
    if (countNodes(data, 1) && noteAside(data, "<!--")) xmlSAX2Comment(data, text);
}
void onInstruction(void* data, const xmlChar* target, const xmlChar* text) {
    if (countNodes(data, 1) && noteAside(data, "<?"))
        xmlSAX2ProcessingInstruction(data, target, text);
}
void onText(void* data, const xmlChar* text, int length) {
    if (noteText(data, text, length)) xmlSAX2Characters(data, text, length);
}
void onCdata(void* data, const xmlChar* text, int length) {
    if (countNodes(data, 1) && noteText(data, text, length)) xmlSAX2CDataBlock(data, text, length);
}

// Gives each attribute of the element just built its position, by reading the tag again: it is
// known to be well formed, and libxml2 keeps the attributes in the tag's order.
void placeAttributes(Reading& reading, xmlNodePtr element, std::size_t tagStart) {
    constexpr std::string_view kBlank = " \t\r\n", kNameEnd = " \t\r\n=/>";
    const std::string_view bytes = reading.bytes;
    auto at = bytes.find_first_of(kNameEnd, tagStart);
    for (xmlAttrPtr attribute = element->properties; attribute != nullptr;) {
        at = bytes.find_first_not_of(kBlank, at);
        if (at == std::string_view::npos) return;
        const auto nameEnd = bytes.find_first_of(kNameEnd, at);
        const auto open = bytes.find_first_of("\"'", nameEnd);
        if (open == std::string_view::npos) return;
        const auto name = bytes.substr(at, nameEnd - at);
        if (name != "xmlns" && !name.starts_with("xmlns:")) {
            attribute->_private = packPosition(reading.cursor.at(at));
            attribute = attribute->next;
        }
        at = bytes.find(bytes[open], open + 1) + 1;
    }
}

// libxml2 2.9 keeps "&amp;" in a namespace name as "&#38;", so it would stand for another name
// than the sender's, also in the canonical form. No real namespace holds one: refused.
bool hasAmpersand(const xmlChar** namespaceList, int namespaces) {
    for (int i = 0; i < namespaces; ++i) {
        const auto* uri = reinterpret_cast<const char*>(namespaceList[2 * i + 1]);
        if (uri != nullptr && std::strchr(uri, '&') != nullptr) return true;
    }
    return false;
}

void onStartElement(void* data, const xmlChar* name, const xmlChar* prefix, const xmlChar* uri,
                    int namespaces, const xmlChar** namespaceList, int attributes, int defaulted,
                    const xmlChar** attributeList) {
    Reading& reading = readingOf(data);
    // The cursor stands at the tag's end, and no raw '<' can stand inside a tag.
    const auto tagStart = reading.bytes.rfind('<', offsetOf(data));
    const Position where = reading.cursor.at(tagStart);
    if (reading.open.size() >= reading.bounds.depth)
        return stop(data, ErrorCode::SYNTAX_TOO_DEEP, where);
    if (hasAmpersand(namespaceList, namespaces))
        return stop(data, ErrorCode::SYNTAX_NAMESPACE, where);
    // Exclusive canonicalisation keeps a namespace for each prefixed attribute above a node, too.
    auto declared = static_cast<std::size_t>(namespaces);
    for (int i = 0; i < attributes; ++i)
        if (attributeList[5 * i + 1] != nullptr) ++declared;
    reading.namespacesInScope += declared;
    if (reading.namespacesInScope > base::kXmlNamespacesInScope)
        return stop(data, ErrorCode::SYNTAX_TOO_MANY_NODES, where);
    if (!countNodes(data, static_cast<std::size_t>(1 + namespaces + attributes))) return;
    reading.names.insert(name);
    for (int i = 0; i < attributes; ++i) reading.names.insert(attributeList[5 * i]);
    if (reading.names.size() > base::kXmlDistinctNames)
        return stop(data, ErrorCode::SYNTAX_TOO_MANY_NAMES, where);
    reading.open.push_back({declared, false, {}});
    reading.building = true;
    xmlSAX2StartElementNs(data, name, prefix, uri, namespaces, namespaceList, attributes, defaulted,
                          attributeList);
    reading.building = false;
    if (reading.problem) return xmlStopParser(contextOf(data));
    const xmlNodePtr element = contextOf(data)->node;
    if (element == nullptr) return;
    element->_private = packPosition(where);
    if (attributes > 0) placeAttributes(reading, element, tagStart);
}

void onEndElement(void* data, const xmlChar* name, const xmlChar* prefix, const xmlChar* uri) {
    Reading& reading = readingOf(data);
    if (!reading.open.empty()) {
        reading.namespacesInScope -= reading.open.back().namespaces;
        reading.open.pop_back();
    }
    xmlSAX2EndElementNs(data, name, prefix, uri);
}

void install(xmlSAXHandler& handler) {
    handler.serror = onError;
    handler.startDocument = onStartDocument;
    handler.internalSubset = onDoctype;
    handler.characters = onText;
    handler.ignorableWhitespace = onText;
    handler.comment = onComment;
    handler.processingInstruction = onInstruction;
    handler.cdataBlock = onCdata;
    handler.startElementNs = onStartElement;
    handler.endElementNs = onEndElement;
}

struct FreeContext {
    void operator()(xmlParserCtxtPtr context) const noexcept { xmlFreeParserCtxt(context); }
};

}  // namespace

base::Result<XmlDocument> XmlDocument::parse(std::string_view bytes, const ReadBounds& bounds) {
    startLibxml();
    const QuietLibxml quiet;
    if (auto problem = scanXml(bytes)) return *std::move(problem);
    if (bytes.size() > INT_MAX) return Problem(ErrorCode::SYNTAX_TOO_MANY_NODES);
    const std::unique_ptr<xmlParserCtxt, FreeContext> context(xmlNewParserCtxt());
    if (!context) throw base::Fault("libxml2: no parser context");
    Reading reading{bytes, bounds, PositionCursor(bytes)};
    context->_private = &reading;
    install(*context->sax);
    XmlDocument document(
        xmlCtxtReadMemory(context.get(), bytes.data(), static_cast<int>(bytes.size()), nullptr,
                          nullptr, XML_PARSE_NONET | XML_PARSE_COMPACT | XML_PARSE_BIG_LINES));
    if (reading.problem) return *std::move(reading.problem);
    const bool good = document.document_ && context->wellFormed == 1 &&
                      context->nsWellFormed == 1 && document.native()->intSubset == nullptr &&
                      xmlDocGetRootElement(document.native()) != nullptr;
    if (!good) return Problem(ErrorCode::SYNTAX_XML, {}, Position{1, 1});
    return document;
}

XmlDocument::XmlDocument(XmlDocument&&) noexcept = default;
XmlDocument& XmlDocument::operator=(XmlDocument&&) noexcept = default;
XmlDocument::~XmlDocument() = default;

void XmlDocument::Free::operator()(_xmlDoc* document) const noexcept { xmlFreeDoc(document); }

void XmlDocument::remove(_xmlNode* node) noexcept {
    xmlUnlinkNode(node);
    xmlFreeNode(node);
}

void XmlDocument::remove(_xmlAttr* attribute) noexcept { xmlRemoveProp(attribute); }

}  // namespace gateway::document
