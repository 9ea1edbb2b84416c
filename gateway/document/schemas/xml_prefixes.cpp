#include "gateway/document/schemas/xml_prefixes.h"

#include <libxml/tree.h>

#include <algorithm>
#include <string>

namespace gateway::document {
namespace {

std::string textOf(const xmlChar* text) {
    return text == nullptr ? std::string() : reinterpret_cast<const char*>(text);
}

void gather(const xmlNode* element, Prefixes& prefixes) {
    for (const xmlNs* declared = element->nsDef; declared != nullptr; declared = declared->next) {
        const std::string uri = textOf(declared->href), prefix = textOf(declared->prefix);
        if (uri.empty()) continue;
        const auto known = std::ranges::find(prefixes, uri, &Prefixes::value_type::first);
        if (known == prefixes.end())
            prefixes.emplace_back(uri, prefix);
        else if (known->second.empty())
            known->second = prefix;
    }
    // Depth is that of the document, which its reader bounds.
    for (const xmlNode* child = element->children; child != nullptr; child = child->next)
        if (child->type == XML_ELEMENT_NODE) gather(child, prefixes);
}

}  // namespace

Prefixes prefixesIn(const XmlDocument& document) {
    Prefixes prefixes;
    if (const xmlNode* const root = xmlDocGetRootElement(document.native())) gather(root, prefixes);
    return prefixes;
}

}  // namespace gateway::document
