#pragma once
// What an operator or an auditor looks for in the log, as JSON on the operators' socket.

#include <optional>

#include "gateway/exchange/desk/snapshot.h"
#include "gateway/server/wire/http.h"
#include "gateway/store/log_search.h"

namespace gateway::server {

/// Thread-safe. Each question is a JSON object of texts, each answer
/// {"messages"|"refusals"|"reads": [...], "next": N}: newest first, `limit` (100, at most 500) of
/// them, and `next` is what to give as `before` for those that follow. It holds what says of whom,
/// when and by which digest; never a body. Looking changes nothing and is not recorded.
class SearchApi {
  public:
    SearchApi(store::LogSearch& log, const exchange::Snapshots& snapshots) :
        log_(log), snapshots_(snapshots) {}

    /// POST /v1/find/messages, /v1/find/refusals, /v1/find/reads; nothing for another path.
    [[nodiscard]] std::optional<Response> handle(const Request& request);

  private:
    store::LogSearch& log_;
    const exchange::Snapshots& snapshots_;
};

}  // namespace gateway::server
