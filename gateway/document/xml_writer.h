#pragma once
// A document spelt as a partner wishes it, and the content of one XML element as a text.

#include <set>
#include <string>
#include <string_view>

#include "gateway/base/result.h"
#include "gateway/document/xml.h"

namespace gateway::document {

/// How the same document is spelt: what it says stays the same to every reader of its format.
struct Spelling {
    std::set<std::string> cdata;  ///< local names of elements whose text stands in CDATA sections
    bool onlyAscii =
        false;  ///< other characters as &#7879; or \\u1EC7: the same in every code page
};

/// As writeXml() of xml.h and writeJson() of json.h, spelt so.
[[nodiscard]] std::string writeXml(const Node& root, const Prefixes& prefixes,
                                   const Spelling& spelling);
[[nodiscard]] std::string writeJson(const Node& root, const Spelling& spelling);

/// RFC 8259 section 6. A tree's Number may have any text, whoever has built it; only such a one can
/// be written as JSON.
[[nodiscard]] bool isJsonNumber(std::string_view text);

/// A document that is XML with two-space indentation and line ends, for people: prefixes, texts and
/// text among elements stay as they are. What is no XML comes back as it is.
[[nodiscard]] std::string laidOutXml(const std::string& written);

/// What stands between the tags of an element, text and elements in their order; each outermost
/// element declares its namespaces itself.
[[nodiscard]] std::string writeXmlContent(const Node& element, const Prefixes& prefixes);

/// Such a text, as the children of an element without a name. Refused as by XmlDocument::parse();
/// prefixes must be declared in the text.
[[nodiscard]] base::Result<Node> readXmlContent(std::string_view text);

}  // namespace gateway::document
