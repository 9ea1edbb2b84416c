#include <libxml/tree.h>

#include <algorithm>

#include "gateway/document/xml.h"
#include "gateway/document/xml_native.h"

namespace gateway::document {
namespace {

std::string_view textOf(const xmlChar* text) {
    return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

bool isBlank(std::string_view text) {
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

bool isText(const xmlNode* node) {
    return node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE;
}

Node nodeOf(const xmlAttr* attribute) {
    Node out;
    out.kind = Kind::Attribute;
    out.name = textOf(attribute->name);
    if (attribute->ns != nullptr) out.namespaceUri = textOf(attribute->ns->href);
    for (const xmlNode* part = attribute->children; part != nullptr; part = part->next)
        if (isText(part)) out.value += textOf(part->content);
    out.position = unpackPosition(attribute->_private);
    return out;
}

// Whether text stands behind an element in it. Beside other text every blank counts; alone it may
// part two elements, but line ends are those of a printed document.
bool goesOnBehind(const xmlNode* element, bool hasText) {
    bool behind = false;
    for (const xmlNode* child = element->children; child != nullptr; child = child->next) {
        behind = behind || child->type == XML_ELEMENT_NODE;
        if (!behind || !isText(child)) continue;
        if (hasText ||
            (child->next != nullptr && textOf(child->content).find('\n') == std::string_view::npos))
            return true;
    }
    return false;
}

// Of text beside elements, where the order of both says something.
void addPiece(Node& element, std::string_view text) {
    if (!element.children.empty() && element.children.back().isPieceOf(element))
        element.children.back().value += text;
    else
        element.children.push_back(stringNode({}, std::string(text)));
}

// Recursion is bounded by the depth that the reader allowed.
Node nodeOf(const xmlNode* element) {
    Node out;
    out.kind = Kind::Element;
    out.name = textOf(element->name);
    if (element->ns != nullptr) out.namespaceUri = textOf(element->ns->href);
    out.position = unpackPosition(element->_private);
    std::size_t children = 0;
    for (const xmlAttr* attribute = element->properties; attribute; attribute = attribute->next)
        ++children;
    for (const xmlNode* child = element->children; child != nullptr; child = child->next)
        children += child->type == XML_ELEMENT_NODE ? 1U : 0U;
    out.children.reserve(children);
    for (const xmlAttr* attribute = element->properties; attribute; attribute = attribute->next)
        out.children.push_back(nodeOf(attribute));
    bool hasElements = false;
    for (const xmlNode* child = element->children; child != nullptr; child = child->next) {
        if (isText(child)) out.value += textOf(child->content);
        hasElements = hasElements || child->type == XML_ELEMENT_NODE;
    }
    if (hasElements && isBlank(out.value)) out.value.clear();
    const bool mixed = hasElements && goesOnBehind(element, !out.value.empty());
    for (const xmlNode* child = element->children; child != nullptr; child = child->next) {
        if (child->type == XML_ELEMENT_NODE) out.children.push_back(nodeOf(child));
        if (mixed && isText(child)) addPiece(out, textOf(child->content));
    }
    return out;
}

bool sameName(const xmlNode* a, const xmlNode* b) {
    return b->type == XML_ELEMENT_NODE && xmlStrEqual(a->name, b->name) != 0;
}

// "[n]" when the element is one of several of its name, else nothing.
std::string indexOf(const xmlNode* element) {
    std::size_t before = 0;
    bool after = false;
    for (const xmlNode* other = element->prev; other != nullptr; other = other->prev)
        before += sameName(element, other) ? 1U : 0U;
    for (const xmlNode* other = element->next; other != nullptr && !after; other = other->next)
        after = sameName(element, other);
    return before == 0 && !after ? std::string() : "[" + std::to_string(before + 1) + "]";
}

}  // namespace

Tree XmlDocument::toTree() const {
    return {Form::Xml, nodeOf(xmlDocGetRootElement(document_.get()))};
}

base::Position positionOf(const _xmlNode* node) noexcept { return unpackPosition(node->_private); }

std::string pathOf(const _xmlNode* node) {
    std::vector<std::string> steps;
    for (; node != nullptr; node = node->parent) {
        if (node->type == XML_ATTRIBUTE_NODE)
            steps.push_back("/@" + std::string(textOf(node->name)));
        else if (node->type == XML_ELEMENT_NODE)
            steps.push_back("/" + std::string(textOf(node->name)) + indexOf(node));
    }
    std::string path;
    for (auto step = steps.rbegin(); step != steps.rend(); ++step) path += *step;
    return path;
}

}  // namespace gateway::document
