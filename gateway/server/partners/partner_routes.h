#pragma once
// The routes of the partners' API (protocol.md), as a closed set.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace gateway::server {

enum class Route : std::uint8_t {
    Messages,
    MessageByDigest,
    Receipt,
    Queries,
    Mailbox,
    MailboxItem,
    MailboxReceipt,
    WhoAmI,
    Keys,
    OpenApi,
    Unknown,
};

/// The names of query parameters; "" is none.
using QueryNames = std::array<std::string_view, 2>;

struct RouteEntry {
    Route route;
    std::string_view pattern;  ///< as in protocol.md; "other" for Unknown
    bool get, post;            ///< the methods it has; Unknown has both, to be "not found" alike
    QueryNames getQuery{}, postQuery{};  ///< all that these methods know
};

/// All routes, in the order of the enumeration.
inline constexpr std::array<RouteEntry, 11> kRoutes{{
    {Route::Messages, "/v1/messages", true, true, {"id", "agency"}, {"dry-run"}},
    {Route::MessageByDigest, "/v1/messages/sha256-{digest}", true, false},
    {Route::Receipt, "/v1/receipts/{id}", true, false},
    {Route::Queries, "/v1/queries", false, true},
    {Route::Mailbox, "/v1/mailbox", true, false, {"wait", "agency"}},
    {Route::MailboxItem, "/v1/mailbox/{item}", true, false, {"agency"}},
    {Route::MailboxReceipt, "/v1/mailbox/{item}/receipt", false, true},
    {Route::WhoAmI, "/v1/whoami", true, false, {"now"}},
    {Route::Keys, "/v1/keys", true, false},
    {Route::OpenApi, "/v1/openapi.json", true, false},
    {Route::Unknown, "other", true, true},
}};

[[nodiscard]] constexpr const RouteEntry& entryOf(Route route) noexcept {
    return kRoutes[static_cast<std::size_t>(route)];
}

/// A path that has been recognised as a whole.
struct RouteMatch {
    Route route = Route::Unknown;
    std::string rest;  ///< what stands in the braces of the pattern
};

[[nodiscard]] RouteMatch routeOf(std::string_view path);

}  // namespace gateway::server
