#include <simdjson.h>

#include "gateway/document/text.h"

namespace gateway::document {

// Every text that is written or read goes through here: sign by sign it costs as much as all else
// of reading and writing.
bool isUtf8(std::string_view bytes) { return simdjson::validate_utf8(bytes.data(), bytes.size()); }

}  // namespace gateway::document
