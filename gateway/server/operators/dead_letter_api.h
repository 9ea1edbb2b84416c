#pragma once
// Deliveries that have not arrived, for operators: what waits, by recipient; what was refused or
// given up: found, noted, sent again, closed.

#include <optional>
#include <string>

#include "gateway/exchange/delivery/operator_acts.h"
#include "gateway/server/wire/http.h"

namespace gateway::server {

/// The part of the operators' API below /v1/dead-letters, /v1/waiting and /v1/resend. Thread-safe;
/// the services outlive it. Errors are problem+json; what cannot be done is {"done": false,
/// "reason"} with 409. What an operator writes is bounded (base::kOperatorWords) and printable,
/// else 400.
class DeadLetterApi {
  public:
    DeadLetterApi(exchange::OperatorActs& acts, store::Outbox& outbox) :
        acts_(acts), outbox_(outbox) {}

    /// Nothing: a path of others.
    [[nodiscard]] std::optional<Response> handle(const Request& request,
                                                 const std::string& operatorName);

  private:
    [[nodiscard]] Response list(const Request& request) const;
    [[nodiscard]] Response waiting(const Request& request) const;
    [[nodiscard]] Response one(const Request& request, const std::string& itemId) const;
    [[nodiscard]] Response resend(const Request& request, const document::Node& body,
                                  const std::string& operatorName);
    [[nodiscard]] Response resendAll(const Request& request, const document::Node& body,
                                     const std::string& operatorName);
    [[nodiscard]] Response note(const Request& request, const document::Node& body,
                                const std::string& operatorName);
    [[nodiscard]] Response close(const Request& request, const document::Node& body,
                                 const std::string& operatorName);
    [[nodiscard]] document::Node nodeOf(const store::OutboxItem& item) const;

    exchange::OperatorActs& acts_;
    store::Outbox& outbox_;
};

}  // namespace gateway::server
