#include "connectors/simulator/push_receiver.h"

#include "connectors/simulator/child_process.h"
#include "gateway/base/problem.h"

namespace gateway::simulator {
namespace {

constexpr std::string_view kPath = "/deliveries/";

}  // namespace

PushReceiver::PushReceiver(const RunDirectory& directory, const base::Clock& clock) :
    gatewayCertificate_(
        trust::Certificate::decode(contentsOf(directory.certificate(kPusher)))->fingerprint()) {
    server::PartnerServerSettings settings;
    auto tls = server::TlsContext::forServer(
        {directory.certificate(kReceiver), directory.key(kReceiver)}, {directory.authority()});
    server_ = std::make_unique<server::PartnerServer>(
        settings, std::move(tls), [this](const server::Request& r) { return handle(r); }, clock);
}

server::Response PushReceiver::handle(const server::Request& request) {
    const auto problem = [&](base::ErrorCode code) {
        return server::problemResponse(base::Problem(code), request.correlation);
    };
    if (request.peerFingerprint != gatewayCertificate_)
        return problem(base::ErrorCode::CHANNEL_UNKNOWN);
    const std::string_view path = request.path;
    const auto* item = request.header("X-Item-Id");
    if (!path.starts_with(kPath) || !item) return problem(base::ErrorCode::HTTP_NOT_FOUND);
    const auto office = offices_.find(std::string(path.substr(kPath.size())));
    if (office == offices_.end()) return problem(base::ErrorCode::HTTP_NOT_FOUND);
    const auto key = *item + " " + document::sha256(request.body).hex();
    const std::lock_guard lock(mutex_);
    auto word = words_.find(key);
    if (word == words_.end()) {
        auto delivery = office->second->read(*item, request.body, request.mediaType);
        if (!delivery) return problem(base::ErrorCode::HTTP_MEDIA_TYPE);
        word = words_.emplace(key, office->second->acknowledge(*item, request.body)).first;
        inbox_[office->first].push_back(*std::move(delivery));
        came_.notify_all();
    }
    server::Response response;
    response.contentType = word->second.mediaType;
    response.body = word->second.body;
    return response;
}

std::vector<Delivery> PushReceiver::take(const std::string& agency, std::size_t expected,
                                         std::chrono::seconds patience) {
    std::unique_lock lock(mutex_);
    came_.wait_for(lock, patience, [&] { return inbox_[agency].size() >= expected; });
    return std::exchange(inbox_[agency], {});
}

}  // namespace gateway::simulator
