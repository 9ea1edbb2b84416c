#pragma once
// XML bytes as a parsed document and as the neutral tree: strict, no DTD, no network.

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/base/result.h"
#include "gateway/document/tree.h"

struct _xmlDoc;
struct _xmlNode;
struct _xmlAttr;

namespace gateway::document {

/// A parsed XML document, owned. Movable; one thread at a time.
/// `native()` is for the rooms document and trust only (libxml2 stays in their .cpp files).
class XmlDocument {
  public:
    /// Refused with line and column: not well formed (SYNTAX_XML), DOCTYPE (SYNTAX_DOCTYPE),
    /// encoding other than UTF-8 (SYNTAX_ENCODING), unbound prefixes or doubled expanded attributes
    /// or a namespace name with '&' (SYNTAX_NAMESPACE), XML 1.1 or U+0000 (SYNTAX_XML), bounds
    /// (SYNTAX_TOO_DEEP, SYNTAX_TOO_MANY_NODES; kXmlAttributesPerElement and
    /// kXmlNamespacesInScope, prefixed attributes included, and kXmlOutsideRoot, comments and
    /// instructions there, count as the latter). Nodes counted are elements, attributes,
    /// namespace declarations, comments, processing instructions and CDATA sections.
    /// A comment or instruction in an element with text of its own is SYNTAX_COMMENT_IN_TEXT.
    /// Entities other than the five built in cannot occur. Thread-safe.
    [[nodiscard]] static base::Result<XmlDocument> parse(std::string_view bytes,
                                                         const ReadBounds& bounds = {});

    XmlDocument(XmlDocument&&) noexcept;
    XmlDocument& operator=(XmlDocument&&) noexcept;
    ~XmlDocument();

    [[nodiscard]] _xmlDoc* native() const noexcept { return document_.get(); }

    /// Cuts one node out of the document for good (the signature, once it has been judged).
    void remove(_xmlNode* node) noexcept;
    /// The same for an attribute.
    void remove(_xmlAttr* attribute) noexcept;

    /// The neutral tree of what stands in the document now.
    [[nodiscard]] Tree toTree() const;

  private:
    struct Free {
        void operator()(_xmlDoc* document) const noexcept;
    };
    explicit XmlDocument(_xmlDoc* document) : document_(document) {}
    std::unique_ptr<_xmlDoc, Free> document_;
};

/// Where a parsed element or attribute starts in the sender's bytes: its '<', its name.
/// For rooms document and trust; only for nodes of an XmlDocument. Zero for nodes added later.
[[nodiscard]] base::Position positionOf(const _xmlNode* node) noexcept;

/// The path of a parsed element or attribute for a Problem, local names only:
/// /BanAn/DuongSu[2]/@loai. The index appears where siblings share the name.
[[nodiscard]] std::string pathOf(const _xmlNode* node);

/// How written elements get their prefixes: namespace URI -> prefix ("" = default namespace).
using Prefixes = std::vector<std::pair<std::string, std::string>>;

/// Writes an Element tree as UTF-8 XML with declaration, without added white space: the same tree
/// always gives the same bytes. Namespaces without a listed prefix become the default namespace.
/// Text that XML 1.0 cannot hold (control characters) is a Fault: readers never let it in.
[[nodiscard]] std::string writeXml(const Node& root, const Prefixes& prefixes = {});
/// The same with two-space indentation and line ends, for people.
[[nodiscard]] std::string writeXmlPretty(const Node& root, const Prefixes& prefixes = {});

}  // namespace gateway::document
