#pragma once
// The partners' door: TCP, mutual TLS, the guard, then one handler for every request.

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "gateway/base/clock.h"
#include "gateway/base/limits.h"
#include "gateway/server/door/door_refusals.h"
#include "gateway/server/door/door_statistics.h"
#include "gateway/server/wire/http.h"
#include "gateway/server/wire/tls_context.h"

namespace gateway::server {

struct PartnerServerSettings {
    std::string address = "127.0.0.1";  ///< an IP address of ours; "0.0.0.0" or "::" for all
    std::uint16_t port = 0;             ///< 0 = any free port
    base::Limits limits;
    /// Whether a certificate belongs to a registered channel now; empty: each does. Others share
    /// Limits::strangers places. Called by two threads at once; must not wait.
    std::function<bool(const document::Digest& fingerprint)> knows{};
    HeadJudge judge{};                 ///< may be empty
    DoorRefusals* refusals = nullptr;  ///< who got no further than the handshake; may be null
};

/// Listens from construction, serves from start() to stop(). Unfinished handshakes hold no thread
/// (Lobby); a connection that is let in holds one: at most Limits::connections of registered
/// channels (Admission), Limits::strangers of others, and a few more that only say 503.
///
/// A client without a certificate, or with one that chains to no anchor, gets no further than
/// the handshake. WHICH partner it is, is not decided here: judge and handler look up
/// Request::peerFingerprint for every request, so a certificate taken out of the registry stops on
/// connections that are already open. All that is referred to must outlive the server.
class PartnerServer {
  public:
    /// Throws Fault when the address cannot be bound.
    PartnerServer(const PartnerServerSettings& settings, TlsContextPtr tls, Handler handler,
                  const base::Clock& clock);
    ~PartnerServer();  ///< stop(0) when still running
    PartnerServer(const PartnerServer&) = delete;
    PartnerServer& operator=(const PartnerServer&) = delete;

    void start();
    [[nodiscard]] std::uint16_t port() const noexcept;

    /// New connections get the new context; those open keep theirs and are not disturbed.
    /// Thread-safe.
    void replaceTls(TlsContextPtr tls);
    /// What new connections are met with.
    [[nodiscard]] TlsContextPtr tls() const;

    /// Takes no more connections, closes idle ones and unfinished handshakes at once, asks waiting
    /// handlers to answer (Request::stopping), lets requests in flight end until `deadline` and
    /// cuts what then still reads or writes. A handler that ignores Request::stopping is waited
    /// for. Adds at most half a second of its own. True when nothing had to be cut. Once.
    bool stop(std::chrono::milliseconds deadline);

    [[nodiscard]] DoorStatistics statistics() const noexcept;

  private:
    struct Native;
    std::unique_ptr<Native> native_;
};

}  // namespace gateway::server
