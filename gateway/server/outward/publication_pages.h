#pragma once
// Publications as the public gets them: JSON, Atom (RFC 4287) and a fragment of HTML.

#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/clock.h"
#include "gateway/exchange/records/publication.h"

namespace gateway::server {

/// One page. `self` and `next` are references relative to the host; `next` is empty on the last.
struct PublicationPage {
    std::vector<exchange::PublishedItem> items;
    base::Timestamp changedAt{};
    std::string self, next;
};

inline constexpr std::string_view kAtomMediaType = "application/atom+xml; charset=utf-8";
inline constexpr std::string_view kHtmlMediaType = "text/html; charset=utf-8";

/// {"publications":[ITEM ...],"next":REFERENCE}; without `next` on the last page.
[[nodiscard]] std::string publicationsJson(const PublicationPage& page);
/// {"id","portal","publishedOn","obligated":{"name","address"},"order":{"number","issuedOn",
/// "court"},"obligation"}
[[nodiscard]] std::string publicationJson(const exchange::PublishedItem& item);
/// A feed; each entry has its text as content, and is updated when it was published.
[[nodiscard]] std::string publicationsAtom(const PublicationPage& page);
/// One <section> for a page of somebody else: Vietnamese, headings from h2, no script, no style.
[[nodiscard]] std::string publicationsHtml(const PublicationPage& page);

}  // namespace gateway::server
