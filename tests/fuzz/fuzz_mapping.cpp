// Any document through a mapping: what is read can be written, and reads back as the same.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/document/json.h"
#include "gateway/document/xml.h"
#include "gateway/mapping/binding.h"
#include "gateway/mapping/model_shape.h"
#include "gateway/mapping/plan.h"

using namespace gateway;

namespace {

// Every code stands for itself, so that the input reaches what comes after.
class AnyCode final : public mapping::CodeLists {
  public:
    std::optional<std::string> toOurs(std::string_view, std::string_view theirs) const override {
        return std::string(theirs);
    }
    std::optional<std::string> toTheirs(std::string_view, std::string_view ours) const override {
        return std::string(ours);
    }
    bool knows(std::string_view) const override { return true; }
};

std::shared_ptr<const mapping::Plan> planOf(const std::string& name) {
    const std::filesystem::path source = THAHC_SOURCE_DIR;
    const auto language = document::XmlSchema::load(source / "mappings/schemas/mapping.xsd");
    return mapping::Plan::compile(source / "tests/golden/mapping" / name / "mapping.xml", *language,
                                  mapping::ModelShape(), std::make_shared<AnyCode>());
}

std::optional<document::Content> contentOf(std::string_view bytes, document::Form form) {
    const document::ReadBounds bounds{16, 5'000};
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

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto xml = planOf("tour-xml");
    static const auto json = planOf("tour-json");
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const mapping::Plan& plan = bytes.starts_with('<') ? *xml : *json;
    const auto content = contentOf(bytes, plan.theirs());
    if (!content) return 0;
    static_cast<void>(plan.accepts(*content));
    const auto first = plan.read(*content, {{"audience", "thahc/fuzz"}}, mapping::Detail::All);
    if (!first) {
        if (first.error().empty() || first.error().size() > mapping::kMostProblems) std::abort();
        return 0;
    }
    const auto bound = mapping::bindMessage(first->ours);
    if (!bound) return 0;
    // A Fault here would be a message that was accepted and cannot be said again.
    const std::string written = plan.write(mapping::unbindMessage(*bound), {});
    const auto again = contentOf(written, plan.theirs());
    if (!again) std::abort();
    const auto second = plan.read(*again, {{"audience", "thahc/fuzz"}});
    if (!second) std::abort();
    const auto boundAgain = mapping::bindMessage(second->ours);
    if (!boundAgain) std::abort();
    if (document::writeJson(mapping::unbindMessage(*boundAgain)) !=
        document::writeJson(mapping::unbindMessage(*bound)))
        std::abort();
    return 0;
}
