#include "gateway/exchange/records/matter_id.h"

#include "gateway/base/ids.h"
#include "gateway/document/digest.h"

namespace gateway::exchange {

std::string matterId(std::string_view subject, const std::string& key) {
    const auto name = std::string(subject);
    return base::derivedId(name, document::FieldDigest().add(name).add(key).finish().view());
}

}  // namespace gateway::exchange
