#include "connectors/simulator/stage/push_receiver.h"

#include <algorithm>

#include "connectors/simulator/stage/child_process.h"
#include "gateway/base/problem.h"

namespace gateway::simulator {
namespace {

constexpr std::string_view kPath = "/deliveries/";

server::Response problem(base::ErrorCode code, const server::Request& request) {
    return server::problemResponse(base::Problem(code), request.correlation);
}

server::Response signedWord(const SignedText& word) {
    server::Response response;
    response.contentType = word.mediaType;
    response.body = word.body;
    return response;
}

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
    if (request.peerFingerprint != gatewayCertificate_)
        return problem(base::ErrorCode::CHANNEL_UNKNOWN, request);
    std::string_view path = request.path;
    if (!path.starts_with(kPath)) return problem(base::ErrorCode::HTTP_NOT_FOUND, request);
    path.remove_prefix(kPath.size());
    const auto slash = path.find('/');
    const auto office = offices_.find(std::string(path.substr(0, slash)));
    if (office == offices_.end()) return problem(base::ErrorCode::HTTP_NOT_FOUND, request);
    const bool asked = slash != std::string_view::npos;
    if (asked && request.method == "GET") return tell(std::string(path.substr(slash + 1)), request);
    const auto* item = request.header("X-Item-Id");
    if (asked || request.method != "POST" || !item)
        return problem(base::ErrorCode::HTTP_NOT_FOUND, request);
    return receive(*office->second, *item, request);
}

server::Response PushReceiver::receive(Office& office, const std::string& item,
                                       const server::Request& request) {
    const auto key = item + " " + document::sha256(request.body).hex();
    const std::lock_guard lock(mutex_);
    auto word = words_.find(key);
    if (word == words_.end()) {
        auto delivery = office.read(item, request.body, request.mediaType);
        if (!delivery) return problem(base::ErrorCode::HTTP_MEDIA_TYPE, request);
        word = words_.emplace(key, office.acknowledge(item, request.body)).first;
        inbox_[office.code()].push_back(*std::move(delivery));
        came_.notify_all();
    }
    return signedWord(word->second);
}

// Waits for what is being taken just now, so that "not found" is true.
server::Response PushReceiver::tell(const std::string& item, const server::Request& request) {
    const std::lock_guard lock(mutex_);
    const auto word = words_.lower_bound(item + " ");
    if (word == words_.end() || !word->first.starts_with(item + " "))
        return problem(base::ErrorCode::HTTP_NOT_FOUND, request);
    return signedWord(word->second);
}

std::vector<Delivery> PushReceiver::take(const std::string& agency, std::size_t expected,
                                         std::chrono::seconds patience) {
    std::unique_lock lock(mutex_);
    const auto counts = [](const Delivery& one) {
        return !std::holds_alternative<model::DeclaredAct>(one.message.payload);
    };
    came_.wait_for(lock, patience, [&] {
        return static_cast<std::size_t>(std::ranges::count_if(inbox_[agency], counts)) >= expected;
    });
    return std::exchange(inbox_[agency], {});
}

}  // namespace gateway::simulator
