#include "gateway/server/door/tcp_service.h"

#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/TCPServer.h>
#include <Poco/Net/TCPServerConnection.h>
#include <Poco/ThreadPool.h>

#include <thread>

#include "gateway/base/log.h"
#include "gateway/server/wire/timed_socket.h"

namespace gateway::server {
namespace {

constexpr int kThreadStackBytes = 1024 * 1024;
constexpr int kIdleThreadSeconds = 60;
constexpr std::chrono::milliseconds kDrainPoll{5};

/// One accepted connection on its pool thread.
class Connection : public Poco::Net::TCPServerConnection {
  public:
    Connection(const Poco::Net::StreamSocket& socket, const TcpService::Serve& serve,
               DoorCounters& counters) :
        Poco::Net::TCPServerConnection(socket), serve_(serve), counters_(counters) {
        ++counters_.connectionsNow;
    }
    ~Connection() override { --counters_.connectionsNow; }

    void run() override {
        blockSigpipe();
        try {
            serve_(socket());
        } catch (const std::exception& e) {
            base::logEvent(base::LogLevel::Error, "connection_fault", {{"what", e.what()}});
        }
    }

  private:
    const TcpService::Serve& serve_;
    DoorCounters& counters_;
};

class ConnectionFactory : public Poco::Net::TCPServerConnectionFactory {
  public:
    ConnectionFactory(const TcpService::Serve& serve, DoorCounters& counters) :
        serve_(serve), counters_(counters) {}
    Poco::Net::TCPServerConnection* createConnection(
        const Poco::Net::StreamSocket& socket) override {
        return new Connection(socket, serve_, counters_);
    }

  private:
    const TcpService::Serve& serve_;
    DoorCounters& counters_;
};

/// Counts accepted connections, and closes those for which no thread would be left.
class AcceptFilter : public Poco::Net::TCPServerConnectionFilter {
  public:
    AcceptFilter(std::size_t threads, const StopSignal& stop, DoorCounters& counters) :
        threads_(threads), stop_(stop), counters_(counters) {}
    bool accept(const Poco::Net::StreamSocket&) override {
        ++counters_.accepted;
        if (!stop_.stopping() && counters_.connectionsNow < threads_) return true;
        ++counters_.closedAtAccept;
        return false;
    }

  private:
    const std::size_t threads_;
    const StopSignal& stop_;
    DoorCounters& counters_;
};

Poco::Net::TCPServerParams::Ptr paramsFor(std::size_t threads) {
    Poco::Net::TCPServerParams::Ptr params(new Poco::Net::TCPServerParams);
    params->setMaxThreads(static_cast<int>(threads));
    params->setMaxQueued(static_cast<int>(threads));
    return params;
}

}  // namespace

struct TcpService::Native {
    Native(const std::string& name, const Poco::Net::ServerSocket& listening, std::size_t threads,
           Serve s, StopSignal& stopSignal, DoorCounters& c) :
        serve(std::move(s)),
        stop(stopSignal),
        counters(c),
        pool(name, 2, static_cast<int>(threads), kIdleThreadSeconds, kThreadStackBytes),
        server(new ConnectionFactory(serve, counters), pool, listening, paramsFor(threads)) {
        server.setConnectionFilter(new AcceptFilter(threads, stop, counters));
    }

    const Serve serve;
    StopSignal& stop;
    DoorCounters& counters;
    Poco::ThreadPool pool;
    Poco::Net::TCPServer server;
    bool running = false;
};

TcpService::TcpService(const std::string& name, const Poco::Net::ServerSocket& listening,
                       std::size_t threads, Serve serve, StopSignal& stop, DoorCounters& counters) :
    native_(std::make_unique<Native>(name, listening, threads, std::move(serve), stop, counters)) {}

TcpService::~TcpService() { stop(std::chrono::milliseconds(0)); }

void TcpService::start() {
    native_->running = true;
    native_->server.start();
}

bool TcpService::stop(std::chrono::milliseconds deadline) {
    if (!native_->running) return true;
    native_->running = false;
    const auto end = std::chrono::steady_clock::now() + deadline;
    native_->stop.requestStop();
    native_->server.stop();
    while (native_->counters.connectionsNow != 0 && std::chrono::steady_clock::now() < end)
        std::this_thread::sleep_for(kDrainPoll);
    const bool clean = native_->counters.connectionsNow == 0;
    native_->stop.abort();
    native_->pool.joinAll();
    return clean;
}

}  // namespace gateway::server
