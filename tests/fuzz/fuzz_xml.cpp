// The XML reader takes any bytes; what it accepts, the writer can write and the reader reads
// back the same.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "gateway/document/xml.h"

using gateway::document::writeXml;
using gateway::document::XmlDocument;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto document = XmlDocument::parse({reinterpret_cast<const char*>(data), size});
    if (!document) return 0;
    const std::string once = writeXml(document->toTree().root);
    const auto again = XmlDocument::parse(once);
    if (!again) {
        // Moving declarations to where they are needed may reach a bound; nothing else may fail.
        const auto code = again.error().code;
        if (code != gateway::base::ErrorCode::SYNTAX_TOO_MANY_NODES) std::abort();
        return 0;
    }
    if (writeXml(again->toTree().root) != once) std::abort();
    return 0;
}
