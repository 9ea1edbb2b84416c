#include "gateway/server/wire/https_client.h"

#include <Poco/Exception.h>
#include <Poco/URI.h>

#include <algorithm>
#include <map>
#include <mutex>

#include "gateway/server/wire/https_connection.h"

namespace gateway::server {
namespace {

constexpr std::size_t kIdlePerTarget = 8;
// Below the 15 s after which servers like our own close an idle connection.
constexpr std::chrono::seconds kIdleTime{8};

struct Idle {
    std::unique_ptr<HttpsConnection> connection;
    std::chrono::steady_clock::time_point since;
};

/// What is known about one target: its TLS settings and its idle connections.
struct Known {
    TlsContextPtr context;
    std::vector<Idle> idle;
};

std::string keyOf(const HttpsTarget& target) {
    document::FieldDigest digest;
    digest.add(target.host).add(std::to_string(target.port));
    for (const std::string& anchor : target.anchorsDer) digest.add(anchor);
    return std::string(digest.finish().view());
}

}  // namespace

struct HttpsClient::Native {
    std::mutex mutex;
    TlsIdentity identity;
    std::map<std::string, Known> targets;

    TlsContextPtr contextOf(const std::string& key, const HttpsTarget& target) {
        const std::lock_guard lock(mutex);
        Known& known = targets[key];
        if (!known.context) known.context = TlsContext::forClient(identity, target.anchorsDer);
        return known.context;
    }

    std::unique_ptr<HttpsConnection> takeIdle(const std::string& key) {
        std::vector<Idle> stale;  // closed after the lock is gone
        const std::lock_guard lock(mutex);
        auto& idle = targets[key].idle;
        const auto oldest = std::chrono::steady_clock::now() - kIdleTime;
        while (!idle.empty()) {
            Idle last = std::move(idle.back());
            idle.pop_back();
            if (last.since > oldest && last.connection->reusable())
                return std::move(last.connection);
            stale.push_back(std::move(last));
        }
        return nullptr;
    }

    void giveBack(const std::string& key, const TlsContextPtr& context,
                  std::unique_ptr<HttpsConnection> connection) {
        if (!connection->reusable()) return;
        const std::lock_guard lock(mutex);
        const auto known = targets.find(key);
        if (known == targets.end() || known->second.context != context) return;
        if (known->second.idle.size() >= kIdlePerTarget) return;
        known->second.idle.push_back({std::move(connection), std::chrono::steady_clock::now()});
    }
};

std::optional<HttpsUrl> parseHttpsUrl(std::string_view url) {
    // Poco::URI forgives much; what it may see is narrowed first.
    constexpr std::string_view kMarks = "-._~:/?[]@!$&'()*+,;=%";
    const bool plain = std::ranges::all_of(url, [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               kMarks.find(c) != std::string_view::npos;
    });
    if (!plain || !url.starts_with("https://")) return std::nullopt;
    try {
        const Poco::URI parsed{std::string(url)};
        if (parsed.getHost().empty() || !parsed.getUserInfo().empty() || parsed.getPort() == 0 ||
            url.find('@') != std::string_view::npos)
            return std::nullopt;
        std::string path = parsed.getPathAndQuery();
        if (path.empty() || path.front() != '/') path.insert(path.begin(), '/');
        return HttpsUrl{parsed.getHost(), parsed.getPort(), std::move(path)};
    } catch (const Poco::Exception&) {
        return std::nullopt;
    }
}

HttpsClient::HttpsClient(TlsIdentity identity) : native_(std::make_unique<Native>()) {
    native_->identity = std::move(identity);
}

HttpsClient::~HttpsClient() { blockSigpipe(); }

CallOutcome HttpsClient::call(const HttpsTarget& target, const OutgoingCall& call) {
    blockSigpipe();
    const Deadline deadline = std::chrono::steady_clock::now() + call.timeout;
    const std::string key = keyOf(target);
    const TlsContextPtr context = native_->contextOf(key, target);
    if (auto idle = native_->takeIdle(key)) {
        CallOutcome outcome = idle->exchange(target, call, deadline);
        native_->giveBack(key, context, std::move(idle));
        // Nothing left us: the connection had died unseen, and a new one is worth a try.
        if (outcome.kind != CallOutcome::Kind::NotSent) return outcome;
    }
    auto opened = HttpsConnection::open(target, context, deadline);
    if (!opened.ok()) {
        CallOutcome outcome;
        outcome.reason = opened.error();
        return outcome;
    }
    CallOutcome outcome = (*opened)->exchange(target, call, deadline);
    native_->giveBack(key, context, std::move(*opened));
    return outcome;
}

void HttpsClient::replaceIdentity(TlsIdentity identity) {
    blockSigpipe();
    std::map<std::string, Known> old;  // connections are closed after the lock is gone
    const std::lock_guard lock(native_->mutex);
    native_->identity = std::move(identity);
    old.swap(native_->targets);
}

}  // namespace gateway::server
