#include "gateway/server/operators/operator_server.h"

#include <Poco/Exception.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/SocketAddress.h>
#include <Poco/Net/StreamSocket.h>
#include <grp.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>

#include "gateway/base/fault.h"
#include "gateway/server/door/http_connection.h"
#include "gateway/server/door/tcp_service.h"

namespace gateway::server {
namespace {

constexpr std::size_t kLongestPath = 100;  // sun_path holds 108 bytes, and we add a suffix
constexpr int kListenBacklog = 32;
constexpr mode_t kSocketMode = S_IRUSR | S_IWUSR | S_IRGRP | S_IWGRP;

Poco::Net::SocketAddress addressOf(const std::filesystem::path& path) {
    return {Poco::Net::SocketAddress::UNIX_LOCAL, path.string()};
}

/// Whether somebody still answers at `path`.
bool isServed(const std::filesystem::path& path) {
    try {
        const Poco::Net::StreamSocket socket(addressOf(path));
        return true;
    } catch (const Poco::Exception&) {
        return false;
    }
}

void demandFree(const std::filesystem::path& path) {
    struct stat status {};
    if (::lstat(path.c_str(), &status) != 0) return;
    if (!S_ISSOCK(status.st_mode)) throw base::Fault(path.string() + " exists and is not a socket");
    if (isServed(path)) throw base::Fault(path.string() + " is served by another process");
}

gid_t numberOf(const std::string& group) {
    std::array<char, 16 * 1024> space{};
    struct group entry {};
    struct group* found = nullptr;
    if (::getgrnam_r(group.c_str(), &entry, space.data(), space.size(), &found) != 0 || !found)
        throw base::Fault("there is no group " + group);
    return found->gr_gid;
}

void giveToGroup(const std::filesystem::path& path, const std::string& group) {
    if (group.empty()) return;
    if (::chown(path.c_str(), static_cast<uid_t>(-1), numberOf(group)) != 0)
        throw base::Fault(path.string() + " cannot be given to group " + group);
}

/// Rights and place are settled before listen(2): until then nobody can connect.
Poco::Net::ServerSocket listenOn(const OperatorServerSettings& settings) {
    const std::filesystem::path& path = settings.socket;
    OperatorServer::check(settings);
    demandFree(path);
    const std::filesystem::path fresh = path.string() + ".new";
    ::unlink(fresh.c_str());
    try {
        Poco::Net::ServerSocket socket;
        socket.bind(addressOf(fresh), false);
        if (::chmod(fresh.c_str(), kSocketMode) != 0)
            throw base::Fault(fresh.string() + ": chmod failed");
        giveToGroup(fresh, settings.group);
        if (::rename(fresh.c_str(), path.c_str()) != 0)
            throw base::Fault(path.string() + " cannot be replaced");
        socket.listen(kListenBacklog);
        return socket;
    } catch (const base::Fault&) {
        ::unlink(fresh.c_str());
        throw;
    } catch (const Poco::Exception& e) {
        throw base::Fault("cannot listen on " + path.string() + ": " + e.displayText());
    }
}

LocalPeer peerOf(const Poco::Net::StreamSocket& socket) {
    ucred credentials{};
    socklen_t length = sizeof credentials;
    if (::getsockopt(socket.impl()->sockfd(), SOL_SOCKET, SO_PEERCRED, &credentials, &length) != 0)
        throw base::Fault("SO_PEERCRED failed");
    return {credentials.uid, credentials.gid, credentials.pid};
}

}  // namespace

void OperatorServer::check(const OperatorServerSettings& settings) {
    const std::filesystem::path& path = settings.socket;
    if (path.empty() || path.string().size() > kLongestPath)
        throw base::Fault("the operator socket needs a path of 1 to 100 bytes");
    if (!settings.group.empty()) static_cast<void>(numberOf(settings.group));
}

struct OperatorServer::Native {
    Native(OperatorServerSettings s, Handler h, const base::Clock& clock) :
        settings(std::move(s)),
        handler(std::move(h)),
        http{handler, settings.limits, clock, stop, counters, refusals, judge},
        listening(listenOn(settings)),
        service(
            "operators", listening, settings.threads,
            [this](Poco::Net::StreamSocket& socket) { serve(socket); }, stop, counters) {}

    void serve(Poco::Net::StreamSocket& socket) {
        socket.setBlocking(false);
        TimedSocket timed(socket, &stop);
        HttpConnection(timed, http, {"", nullptr, peerOf(socket)}).run();
    }

    const OperatorServerSettings settings;
    const Handler handler;
    StopSignal stop;
    DoorCounters counters;
    RefusalLog refusals;
    const HeadJudge judge;  ///< none: the socket's rights have judged
    HttpService http;
    Poco::Net::ServerSocket listening;
    TcpService service;
};

OperatorServer::OperatorServer(OperatorServerSettings settings, Handler handler,
                               const base::Clock& clock) :
    native_(std::make_unique<Native>(std::move(settings), std::move(handler), clock)) {}

OperatorServer::~OperatorServer() {
    stop(std::chrono::milliseconds(0));
    ::unlink(native_->settings.socket.c_str());
}

void OperatorServer::start() { native_->service.start(); }

bool OperatorServer::stop(std::chrono::milliseconds deadline) {
    return native_->service.stop(deadline);
}

DoorStatistics OperatorServer::statistics() const noexcept { return native_->counters.snapshot(); }

}  // namespace gateway::server
