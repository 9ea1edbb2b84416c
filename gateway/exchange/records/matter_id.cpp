#include "gateway/exchange/records/matter_id.h"

#include "gateway/base/ids.h"
#include "gateway/document/digest.h"

namespace gateway::exchange {

std::string matterId(law::Subject subject, const std::string& key) {
    const auto name = std::string(model::nameOf(subject));
    return base::derivedId(name, document::FieldDigest().add(name).add(key).finish().view());
}

}  // namespace gateway::exchange
