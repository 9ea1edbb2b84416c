#include "gateway/mapping/values/packed_text.h"

#include "gateway/base/encoding.h"
#include "gateway/base/fault.h"
#include "gateway/document/packed/unpack.h"
#include "gateway/mapping/values/value_type.h"

namespace gateway::mapping {

Packing packingOf(std::string_view word) {
    if (word == "text") return Packing::Plain;
    if (word == "base64") return Packing::Base64;
    if (word == "zip") return Packing::Zip;
    throw base::Fault("nothing is packed as \"" + std::string(word) + "\"");
}

base::Result<std::string, base::Words> unpackedText(std::string_view text, Packing packing) {
    if (packing == Packing::Plain) return std::string(trimmed(text));
    const auto bytes = base::fromBase64(text);
    if (!bytes)
        return base::Words{"phải là dữ liệu base64 (RFC 4648)", "it must be base64 (RFC 4648)"};
    std::string packed(bytes->begin(), bytes->end());
    if (packing == Packing::Base64) return packed;
    auto file = document::unpackSingle(packed);
    if (!file) return document::wordsOf(file.error());
    return std::move(file).value();
}

std::string packedText(std::string bytes, Packing packing, const std::string& name) {
    if (packing == Packing::Plain) return bytes;
    if (packing == Packing::Base64) return base::toBase64(bytes);
    return base::toBase64(document::packSingle(name, bytes));
}

}  // namespace gateway::mapping
