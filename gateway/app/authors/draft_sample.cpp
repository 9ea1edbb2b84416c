#include "gateway/app/authors/draft_sample.h"

#include "gateway/document/json.h"
#include "gateway/document/xml.h"

namespace gateway::app {

base::Result<document::Tree> draftSample(std::string bytes) {
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.erase(0, 3);
    const auto first = bytes.find_first_not_of(" \t\r\n");
    if (first == std::string::npos || bytes[first] != '<') return document::readJson(bytes);
    auto document = document::XmlDocument::parse(bytes);
    if (!document) return std::move(document).error();
    return document->toTree();
}

bool isMappingId(const std::string& id) {
    return !id.empty() &&
           id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-/") == std::string::npos &&
           id.front() != '/' && id.front() != '-' && id.back() != '/' &&
           id.find("//") == std::string::npos && id.find("/-") == std::string::npos;
}

}  // namespace gateway::app
