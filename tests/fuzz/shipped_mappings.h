#pragma once
// Every mapping that is shipped, for fuzzing: all formats are reached, not only the test's own.

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/document/json.h"
#include "gateway/document/xml.h"
#include "gateway/law/book/act_paths.h"
#include "gateway/mapping/mappings.h"
#include "gateway/mapping/model_shape.h"

namespace gateway::fuzz {

/// Every code stands for itself, so that the input reaches what comes after.
class AnyCode final : public mapping::CodeLists {
  public:
    std::optional<std::string> toOurs(std::string_view, std::string_view theirs,
                                      mapping::AsOf) const override {
        return std::string(theirs);
    }
    std::optional<std::string> toTheirs(std::string_view, std::string_view ours,
                                        mapping::AsOf) const override {
        return std::string(ours);
    }
    bool knows(std::string_view) const override { return true; }
};

/// What is not loaded is not fuzzed, and nobody would see it.
inline constexpr std::size_t kFewestShipped = 62;

inline const mapping::Mappings& shippedMappings() {
    static const auto all = mapping::Mappings::load(
        THAHC_SOURCE_DIR "/mappings",
        mapping::ModelShape(law::actPathsOf(law::LawBook::load(THAHC_SOURCE_DIR "/mappings"))),
        std::make_shared<AnyCode>());
    if (all->all().size() < kFewestShipped) std::abort();
    return *all;
}

inline std::optional<document::Content> contentOf(std::string_view bytes, document::Form form,
                                                  const document::ReadBounds& bounds) {
    if (form == document::Form::Json) {
        auto tree = document::readJson(bytes, bounds);
        if (!tree) return std::nullopt;
        return document::Content{std::move(*tree), std::nullopt};
    }
    auto parsed = document::XmlDocument::parse(bytes, bounds);
    if (!parsed) return std::nullopt;
    document::Content content{parsed->toTree(), std::nullopt};
    content.xml.emplace(std::move(*parsed));
    return content;
}

/// As the gateway would tell it from the media type.
inline document::Form formOf(std::string_view bytes) {
    return bytes.starts_with('<') ? document::Form::Xml : document::Form::Json;
}

/// For formats whose envelope does not stand in the document.
inline mapping::ExchangeValues exchangeOf(const mapping::Plan& plan) {
    return {{"audience", "thahc/fuzz"},
            {"gateway", "thahc/fuzz"},
            {"sender", "000.00.01.G14"},
            {"channel", "fuzz"},
            {"messageId", "0190a7d4-1b2c-7c3d-8e4f-5a6b7c8d9e0f"},
            {"messageType", plan.messageType()},
            {"createdAt", "2025-09-18T02:00:00Z"},
            {"receivedAt", "2025-09-18T02:00:01Z"}};
}

/// The plans of that form that read what accepts it.
inline std::vector<const mapping::Plan*> readersOf(const document::Content& content,
                                                   document::Form form) {
    std::vector<const mapping::Plan*> fitting;
    for (const auto* plan : shippedMappings().all())
        if (plan->inward() && !plan->table() && plan->theirs() == form && plan->accepts(content))
            fitting.push_back(plan);
    return fitting;
}

}  // namespace gateway::fuzz
