#pragma once
// The law as delivered, and how a test reads its files.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "gateway/document/json.h"
#include "gateway/document/xml.h"
#include "gateway/law/book/law_book.h"

namespace gateway::law::shipped {

constexpr auto kNamespace = "urn:thahc:case-model:1";
constexpr base::Date kToday = std::chrono::year(2026) / 12 / 1;
inline const auto kMappings = std::filesystem::path(THAHC_SOURCE_DIR) / "mappings";

inline const LawBook& book() {
    static const auto kBook = LawBook::load(kMappings);
    return kBook;
}

inline std::string bytesOf(const std::filesystem::path& path) {
    std::ifstream in(path);
    EXPECT_TRUE(in) << path;
    return {std::istreambuf_iterator<char>(in), {}};
}

inline document::XmlDocument documentOf(const std::string& xml) {
    auto document = document::XmlDocument::parse(xml);
    if (!document) throw std::runtime_error(render(document.error()).en + "\n" + xml);
    return std::move(document).value();
}

inline document::Node xmlOf(const std::string& xml) { return documentOf(xml).toTree().root; }

inline document::Node jsonOf(const std::string& json) {
    auto read = document::readJson(json);
    if (!read) throw std::runtime_error(render(read.error()).en + "\n" + json);
    return std::move(read).value().root;
}

}  // namespace gateway::law::shipped
