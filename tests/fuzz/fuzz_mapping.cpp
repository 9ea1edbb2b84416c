// Any document through the mappings, the shipped ones and the test's own: what is read can be
// written, and through the test's own reads back as the same.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "gateway/document/json.h"
#include "gateway/document/xml.h"
#include "gateway/mapping/binding.h"
#include "gateway/mapping/model_shape.h"
#include "gateway/mapping/plan.h"
#include "tests/fuzz/shipped_mappings.h"

using namespace gateway;

namespace {

std::shared_ptr<const mapping::Plan> planOf(const std::string& name) {
    const std::filesystem::path source = THAHC_SOURCE_DIR;
    const auto language = document::XmlSchema::load(source / "mappings/schemas/mapping.xsd");
    return mapping::Plan::compile(source / "tests/golden/mapping" / name / "mapping.xml", *language,
                                  mapping::ModelShape(), std::make_shared<fuzz::AnyCode>());
}

constexpr document::ReadBounds kBounds{16, 5'000};

// Through every shipped mapping that takes it, and out through each that carries its type. Some
// formats cannot say all: that is Unwritable, which a sender is told. Any other Fault is ours.
void throughShipped(const document::Content& content, document::Form form) {
    for (const auto* plan : fuzz::readersOf(content, form)) {
        const auto read = plan->read(content, fuzz::exchangeOf(*plan), mapping::Detail::All);
        if (!read) {
            if (read.error().empty() || read.error().size() > mapping::kMostProblems) std::abort();
            static_cast<void>(plan->attempt(content, fuzz::exchangeOf(*plan)));
            continue;
        }
        const auto bound = mapping::bindMessage(read->ours);
        if (!bound) continue;
        const auto ours = mapping::unbindMessage(*bound);
        for (const auto* writer : fuzz::shippedMappings().all()) {
            if (!writer->outward() || writer->messageType() != plan->messageType()) continue;
            try {
                const auto written = writer->write(ours, fuzz::exchangeOf(*writer));
                if (!fuzz::contentOf(written, writer->theirs(), {})) std::abort();
            } catch (const mapping::Unwritable&) {
                continue;
            }
        }
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto xml = planOf("tour-xml");
    static const auto json = planOf("tour-json");
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const mapping::Plan& plan = bytes.starts_with('<') ? *xml : *json;
    const auto content = fuzz::contentOf(bytes, plan.theirs(), kBounds);
    if (!content) return 0;
    throughShipped(*content, plan.theirs());
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
    const auto again = fuzz::contentOf(written, plan.theirs(), kBounds);
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
