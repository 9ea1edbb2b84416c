#include "gateway/trust/xml/xml_element.h"

#include <libxml/tree.h>

#include <algorithm>

namespace gateway::trust {
namespace {

std::string_view textOf(const xmlChar* text) noexcept {
    return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

bool isBlankText(const xmlNode* node) noexcept {
    return node->type == XML_TEXT_NODE &&
           textOf(node->content).find_first_not_of(" \t\r\n") == std::string_view::npos;
}

}  // namespace

bool isElement(const xmlNode* node, std::string_view namespaceUri, std::string_view name) noexcept {
    return node->type == XML_ELEMENT_NODE && node->ns != nullptr && textOf(node->name) == name &&
           textOf(node->ns->href) == namespaceUri;
}

std::optional<std::vector<xmlNode*>> onlyElements(const xmlNode* element) {
    std::vector<xmlNode*> out;
    for (xmlNode* child = element->children; child != nullptr; child = child->next) {
        if (child->type == XML_ELEMENT_NODE)
            out.push_back(child);
        else if (!isBlankText(child))
            return std::nullopt;
    }
    return out;
}

std::optional<std::string> onlyText(const xmlNode* element) {
    std::string out;
    for (const xmlNode* child = element->children; child != nullptr; child = child->next) {
        if (child->type != XML_TEXT_NODE) return std::nullopt;
        out += textOf(child->content);
    }
    return out;
}

bool onlyAttributes(const xmlNode* element,
                    std::initializer_list<std::string_view> names) noexcept {
    for (const xmlAttr* attribute = element->properties; attribute; attribute = attribute->next) {
        const bool named = std::ranges::find(names, textOf(attribute->name)) != names.end();
        if (attribute->ns != nullptr || !named) return false;
    }
    return true;
}

xmlAttr* findAttribute(const xmlNode* element, std::string_view name) noexcept {
    for (xmlAttr* attribute = element->properties; attribute; attribute = attribute->next)
        if (attribute->ns == nullptr && textOf(attribute->name) == name) return attribute;
    return nullptr;
}

std::string valueOf(const xmlAttr* attribute) {
    std::string out;
    for (const xmlNode* part = attribute->children; part != nullptr; part = part->next)
        out += textOf(part->content);
    return out;
}

std::optional<std::string> attributeOf(const xmlNode* element, std::string_view name) {
    const xmlAttr* attribute = findAttribute(element, name);
    if (attribute == nullptr) return std::nullopt;
    return valueOf(attribute);
}

xmlNode* nextElement(xmlNode* element, const xmlNode* top) noexcept {
    xmlNode* node = element;
    bool down = true;
    do {
        if (down && node->children != nullptr && node->type == XML_ELEMENT_NODE) {
            node = node->children;
        } else if (node == top) {
            return nullptr;
        } else if (node->next != nullptr) {
            node = node->next;
            down = true;
        } else {
            node = node->parent;
            down = false;
        }
    } while (node->type != XML_ELEMENT_NODE || !down);
    return node;
}

}  // namespace gateway::trust
