#include "gateway/app/authors/sample_variants.h"

#include <algorithm>
#include <set>
#include <utility>

#include "gateway/document/json.h"
#include "gateway/document/xml.h"

namespace gateway::app {
namespace {

using document::Form;
using document::Kind;
using document::Node;

void addUris(const Node& node, std::set<std::string>& uris) {
    if (!node.namespaceUri.empty()) uris.insert(node.namespaceUri);
    for (const Node& child : node.children) addUris(child, uris);
}

// Members of objects, attributes of elements; elements and items keep their order.
void reverseMembers(Node& node) {
    if (node.kind == Kind::Object) std::reverse(node.children.begin(), node.children.end());
    const auto end = std::find_if(node.children.begin(), node.children.end(),
                                  [](const Node& child) { return child.kind != Kind::Attribute; });
    if (node.kind == Kind::Element) std::reverse(node.children.begin(), end);
    for (Node& child : node.children) reverseMembers(child);
}

// Every place in the order of the document. Pointers live as long as nothing is added.
void addPlaces(Node& node, std::vector<std::pair<Node*, bool>>& places) {
    if (node.kind == Kind::Element) {
        places.emplace_back(&node, true);
        places.emplace_back(&node, false);
    } else if (node.kind == Kind::Object) {
        places.emplace_back(&node, false);
    }
    for (Node& child : node.children) addPlaces(child, places);
}

std::string written(const document::Tree& tree) {
    return tree.form == Form::Json ? document::writeJson(tree.root) : document::writeXml(tree.root);
}

void plant(Node& place, bool attribute) {
    Node planted = attribute ? document::attributeNode(std::string(kPlanted), "x")
                   : place.kind == Kind::Object
                       ? document::stringNode(std::string(kPlanted), "x")
                       : document::elementNode(place.namespaceUri, std::string(kPlanted), "x");
    place.children.insert(attribute ? place.children.begin() : place.children.end(),
                          std::move(planted));
}

}  // namespace

std::vector<SampleVariant> variantsOf(const document::Tree& sample) {
    std::vector<SampleVariant> variants;
    document::Tree reversed = sample;
    reverseMembers(reversed.root);
    variants.push_back({"members reversed", written(reversed)});
    if (sample.form == Form::Json) {
        variants.push_back({"indented", document::writeJsonPretty(sample.root)});
        return variants;
    }
    variants.push_back({"indented", document::writeXmlPretty(sample.root)});
    std::set<std::string> uris;
    addUris(sample.root, uris);
    document::Prefixes prefixes;
    for (const auto& uri : uris)
        prefixes.emplace_back(uri, "n" + std::to_string(prefixes.size() + 1));
    if (!prefixes.empty())
        variants.push_back({"other prefixes", document::writeXml(sample.root, prefixes)});
    return variants;
}

void forEachPlanted(const document::Tree& sample, std::size_t most,
                    const std::function<void(const SampleVariant&)>& visit) {
    document::Tree counted = sample;
    std::vector<std::pair<Node*, bool>> places;
    addPlaces(counted.root, places);
    const std::size_t step = std::max<std::size_t>(1, (places.size() + most - 1) / most);
    for (std::size_t i = 0; i < places.size(); i += step) {
        document::Tree planted = sample;
        std::vector<std::pair<Node*, bool>> own;
        addPlaces(planted.root, own);
        plant(*own[i].first, own[i].second);
        visit({(own[i].second ? "attribute in " : "content in ") +
                   (own[i].first->name.empty() ? std::string("an object") : own[i].first->name),
               written(planted)});
    }
}

}  // namespace gateway::app
