#pragma once
// What anybody may read without a certificate: publications in force, and nothing else.

#include <chrono>
#include <optional>

#include "gateway/base/clock.h"
#include "gateway/base/result.h"
#include "gateway/exchange/answers/publication_board.h"
#include "gateway/exchange/desk/rate_limiter.h"
#include "gateway/server/door/http_connection.h"
#include "gateway/server/outward/publication_pages.h"
#include "gateway/server/wire/http.h"

namespace gateway::server {

/// GET and HEAD of /v1/publications, .atom, .html and /v1/publications/{id} (public-api.json).
/// Nobody is known here: no cookie, no name, rates by block of addresses. Holds no more of the
/// gateway than the board. Thread-safe; board and clock must outlive it.
class PublicApi {
  public:
    PublicApi(exchange::PublicationBoard& board, const base::Clock& clock);

    /// Bodies are not wanted, nor more requests than there is room for.
    [[nodiscard]] HeadVerdict judge(const Request& request, std::size_t contentLength);
    [[nodiscard]] Response handle(const Request& request);
    /// What every answer of this door says to browsers.
    [[nodiscard]] static DoorManners manners();

  private:
    enum class Form : std::uint8_t { Json, Atom, Html };
    [[nodiscard]] static std::optional<Response> notHere(const Request& request);
    [[nodiscard]] Response list(const Request& request, Form form,
                                const exchange::PublicationList& all) const;
    [[nodiscard]] Response one(const Request& request, const std::string& id,
                               const exchange::PublicationList& all) const;

    exchange::PublicationBoard& board_;
    const base::Clock& clock_;
    exchange::RateLimiter byBlock_, inAll_;
};

}  // namespace gateway::server
