#pragma once
// What a mapping can ask of the exchange, and why our side cannot be written.

#include <map>
#include <string>

#include "gateway/base/fault.h"
#include "gateway/base/problem.h"

namespace gateway::mapping {

/// Values of the exchange that a mapping may use as `$exchange/name`: sender, recipient, audience,
/// messageId, messageType, createdAt, receivedAt, channel, gateway; and settings of the partner's
/// registration, `$partner/name`, under "partner/name".
using ExchangeValues = std::map<std::string, std::string, std::less<>>;

/// Our own model cannot be written in a format. `problem` has its path in the case model, empty
/// where the partner's schema is what objects.
class Unwritable final : public base::Fault {
  public:
    Unwritable(const std::string& what, base::Problem why) :
        base::Fault(what), problem(std::move(why)) {}
    base::Problem problem;
};

}  // namespace gateway::mapping
