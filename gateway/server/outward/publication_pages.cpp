#include "gateway/server/outward/publication_pages.h"

#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "gateway/document/xml.h"

namespace gateway::server {
namespace {

using document::Node;
using exchange::PublishedItem;

constexpr const char* kAtom = "http://www.w3.org/2005/Atom";
constexpr const char* kTitle = "Công khai quyết định buộc thi hành án hành chính";
constexpr const char* kBasis = "Điều 30 Nghị định số 71/2016/NĐ-CP";
constexpr const char* kHeading = "cong-khai-quyet-dinh-buoc-thi-hanh-an";

Node jsonOf(const PublishedItem& item) {
    Node node = document::objectNode();
    addText(node, "id", item.id);
    addText(node, "portal", item.portal);
    addText(node, "publishedOn", base::formatDate(item.publishedOn));
    Node obligated = document::objectNode("obligated");
    addText(obligated, "name", item.obligatedName);
    addText(obligated, "address", item.obligatedAddress);
    node.children.push_back(std::move(obligated));
    Node order = document::objectNode("order");
    addText(order, "number", item.orderNumber);
    addText(order, "issuedOn", base::formatDate(item.orderIssuedOn));
    addText(order, "court", item.orderCourt);
    node.children.push_back(std::move(order));
    addText(node, "obligation", item.obligationText);
    return node;
}

std::string titleOf(const PublishedItem& item) {
    return "Quyết định số " + item.orderNumber + " ngày " +
           base::formatDayMonthYear(item.orderIssuedOn);
}

/// What Đ.30.2 lists, with its Vietnamese names, in its order.
std::vector<std::pair<std::string, std::string>> linesOf(const PublishedItem& item) {
    return {{"Người phải thi hành án", item.obligatedName},
            {"Địa chỉ", item.obligatedAddress},
            {"Số quyết định", item.orderNumber},
            {"Ngày quyết định", base::formatDayMonthYear(item.orderIssuedOn)},
            {"Tòa án ra quyết định", item.orderCourt},
            {"Nghĩa vụ phải thi hành", item.obligationText}};
}

Node atom(const char* name, std::string text = {}) {
    return document::elementNode(kAtom, name, std::move(text));
}

Node link(const char* relation, const std::string& href) {
    Node node = atom("link");
    node.children.push_back(document::attributeNode("rel", relation));
    node.children.push_back(document::attributeNode("href", href));
    return node;
}

// Viet Nam has one time, and no other since 1975.
std::string beginningOf(base::Date day) { return base::formatDate(day) + "T00:00:00+07:00"; }

Node entryOf(const PublishedItem& item) {
    Node entry = atom("entry");
    entry.children.push_back(atom("id", "urn:thahc:publication:" + item.id));
    entry.children.push_back(atom("title", titleOf(item)));
    entry.children.push_back(atom("updated", beginningOf(item.publishedOn)));
    entry.children.push_back(atom("published", beginningOf(item.publishedOn)));
    entry.children.push_back(link("alternate", "/v1/publications/" + item.id));
    Node category = atom("category");
    category.children.push_back(document::attributeNode("term", item.portal));
    entry.children.push_back(std::move(category));
    std::string text;
    for (const auto& [name, value] : linesOf(item)) text += name + ": " + value + "\n";
    text.pop_back();
    Node content = atom("content", std::move(text));
    content.children.push_back(document::attributeNode("type", "text"));
    entry.children.push_back(std::move(content));
    return entry;
}

Node html(const char* name, std::string text = {}) {
    return document::elementNode({}, name, std::move(text));
}

Node with(Node node, const char* attribute, std::string value) {
    node.children.push_back(document::attributeNode(attribute, std::move(value)));
    return node;
}

Node articleOf(const PublishedItem& item) {
    const auto heading = "qd-" + item.id;
    Node article = with(html("article"), "aria-labelledby", heading);
    article.children.push_back(with(html("h3", titleOf(item)), "id", heading));
    Node list = html("dl");
    for (const auto& [name, value] : linesOf(item)) {
        list.children.push_back(html("dt", name));
        list.children.push_back(html("dd", value));
    }
    article.children.push_back(std::move(list));
    return article;
}

// A fragment has no declaration, and no empty element that HTML would leave open.
std::string fragment(const Node& root) {
    const auto text = document::writeXml(root);
    return text.substr(text.find("?>") + 3);
}

}  // namespace

std::string publicationJson(const PublishedItem& item) { return document::writeJson(jsonOf(item)); }

std::string publicationsJson(const PublicationPage& page) {
    Node root = document::objectNode();
    Node list = document::arrayNode("publications");
    for (const auto& item : page.items) list.children.push_back(jsonOf(item));
    root.children.push_back(std::move(list));
    addText(root, "next", page.next);
    return document::writeJson(root);
}

std::string publicationsAtom(const PublicationPage& page) {
    Node feed = atom("feed");
    feed.children.push_back(atom("id", "urn:thahc:publications"));
    feed.children.push_back(atom("title", kTitle));
    feed.children.push_back(atom("subtitle", std::string("Theo ") + kBasis));
    feed.children.push_back(atom("updated", base::formatTimestamp(page.changedAt)));
    Node author = atom("author");
    author.children.push_back(atom("name", "Bộ Tư pháp"));
    feed.children.push_back(std::move(author));
    feed.children.push_back(link("self", page.self));
    if (!page.next.empty()) feed.children.push_back(link("next", page.next));
    for (const auto& item : page.items) feed.children.push_back(entryOf(item));
    return document::writeXml(feed);
}

std::string publicationsHtml(const PublicationPage& page) {
    Node section = with(with(html("section"), "lang", "vi"), "aria-labelledby", kHeading);
    section.children.push_back(with(html("h2", kTitle), "id", kHeading));
    section.children.push_back(
        html("p", page.items.empty() ? std::string("Hiện không có quyết định nào được công khai.")
                                     : std::string("Công khai theo ") + kBasis + "."));
    for (const auto& item : page.items) section.children.push_back(articleOf(item));
    if (!page.next.empty()) {
        Node paging = with(html("nav"), "aria-label", "Chuyển trang");
        paging.children.push_back(
            with(with(html("a", "Trang sau"), "rel", "next"), "href", page.next));
        section.children.push_back(std::move(paging));
    }
    return fragment(section);
}

}  // namespace gateway::server
