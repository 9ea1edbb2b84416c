#include "gateway/server/partners/partner_routes.h"

#include "gateway/document/digest.h"

namespace gateway::server {

RouteMatch routeOf(std::string_view path) {
    for (const auto& entry : kRoutes)
        if (path == entry.pattern && path.front() == '/') return {entry.route, {}};
    const auto behind = [path](std::string_view prefix) {
        return std::string(path.substr(prefix.size()));
    };
    constexpr std::string_view kDigests = "/v1/messages/sha256-";
    constexpr std::string_view kReceipts = "/v1/receipts/";
    constexpr std::string_view kItems = "/v1/mailbox/";
    constexpr std::string_view kReceiptSuffix = "/receipt";
    if (path.starts_with(kDigests))
        return {Route::MessageByDigest, document::lowerCaseHex(behind(kDigests))};
    if (path.starts_with(kReceipts)) return {Route::Receipt, behind(kReceipts)};
    if (!path.starts_with(kItems)) return {};
    auto item = behind(kItems);
    if (!item.ends_with(kReceiptSuffix)) return {Route::MailboxItem, std::move(item)};
    item.resize(item.size() - kReceiptSuffix.size());
    return {Route::MailboxReceipt, std::move(item)};
}

}  // namespace gateway::server
