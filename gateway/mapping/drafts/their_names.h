#pragma once
// How a mapping names the places of a sample: with prefixes in XML, in quotes where JSON needs it.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "gateway/document/xml.h"
#include "gateway/mapping/drafts/sample.h"

namespace gateway::mapping::drafts {

inline constexpr const char* kInstance = "http://www.w3.org/2001/XMLSchema-instance";

/// Immutable once it is made.
class TheirNames {
  public:
    /// `own`: the prefixes of the document itself; those that a path can be written with are kept.
    TheirNames(const SamplePlace& root, bool json, const document::Prefixes& own);

    /// One step of a path, escaped for an attribute.
    [[nodiscard]] std::string of(const SamplePlace& place) const;
    /// (prefix, URI) in the order of the sample; the root's own is the default one.
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> prefixes() const;
    [[nodiscard]] bool json() const noexcept { return json_; }

  private:
    void choose(const SamplePlace& place, bool isRoot);
    [[nodiscard]] std::string prefixFor(const std::string& uri, bool isRoot);

    bool json_;
    std::map<std::string, std::string> prefixes_;  ///< by URI
    std::vector<std::string> order_;
    std::map<std::string, std::string> own_;  ///< by URI
    std::set<std::string> taken_;
};

}  // namespace gateway::mapping::drafts
