// No document passes the shape check and then breaks the verifier, and none that we did not sign
// is valid.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "../unit/trust/xml_signing.h"
#include "gateway/trust/xml/xml_signature.h"

using gateway::document::XmlDocument;
using gateway::trust::XmlSignature;
using gateway::trust::testing::identity;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto document = XmlDocument::parse({reinterpret_cast<const char*>(data), size});
    if (!document) return 0;
    const auto signature = XmlSignature::examine(*document);
    if (!signature) return 0;
    for (const char* algorithm : {"P-256", "RSA-2048"})
        if (signature->verify(*identity(algorithm).certificate)) std::abort();
    return 0;
}
