#pragma once
// TLS settings as one immutable object: made at start and at every reload, shared by connections.
// The only place of this room that touches OpenSSL.

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/clock.h"
#include "gateway/server/wire/peer_certificate.h"

namespace Poco::Net {
class SecureStreamSocket;
class StreamSocket;
}  // namespace Poco::Net

namespace gateway::server {

/// Our own certificate (PEM, leaf first, then intermediates) and its key (PEM, unencrypted, not
/// open to group or others).
struct TlsIdentity {
    std::filesystem::path certificateChain;
    std::filesystem::path privateKey;
};

class TlsContext;
using TlsContextPtr = std::shared_ptr<const TlsContext>;

/// Immutable; used by many connections at once. TLS 1.2 and 1.3, forward-secret AEAD suites only,
/// no tickets, no session resumption, no renegotiation, no CRL checks (a stale list would stop
/// every handshake; revocation is judged by the caller, per request).
class TlsContext {
  public:
    /// For the partners' door: a client certificate is demanded and must chain to one of the
    /// anchors (PEM files, each with one or more certificates). Its name is not looked at.
    /// Throws Fault for unreadable or mismatched files and for an empty list of anchors.
    [[nodiscard]] static TlsContextPtr forServer(
        const TlsIdentity& identity, const std::vector<std::filesystem::path>& clientAnchors);
    /// For the public's door: no client certificate is asked for. Throws Fault as above.
    [[nodiscard]] static TlsContextPtr forPublic(const TlsIdentity& identity);
    /// For outgoing calls: the server must chain to one of the anchors (DER each, for instance
    /// trust::Certificate::der()). Its host name is checked by peerIsHost. Throws Fault likewise.
    [[nodiscard]] static TlsContextPtr forClient(const TlsIdentity& identity,
                                                 const std::vector<std::string>& anchorsDer);
    /// Why a handshake of forServer()'s at `at` would turn away a client that shows these (DER,
    /// its own first, then what it sends along): OpenSSL's word, by the anchors and rules of the
    /// handshake itself; nothing if it would not. What cannot be decoded throws Fault.
    [[nodiscard]] std::optional<std::string> whyTurnedAway(const std::vector<std::string>& shownDer,
                                                           base::Timestamp at) const;
    ~TlsContext();
    TlsContext(const TlsContext&) = delete;
    TlsContext& operator=(const TlsContext&) = delete;

    struct Native;
    [[nodiscard]] const Native& native() const noexcept { return *native_; }

  private:
    explicit TlsContext(std::unique_ptr<Native> native);
    std::unique_ptr<Native> native_;
};

/// Puts TLS on a connected TCP socket; no byte is exchanged yet. `serverName` (SNI) for clients.
[[nodiscard]] Poco::Net::SecureStreamSocket attachTls(const Poco::Net::StreamSocket& socket,
                                                      const TlsContext& context,
                                                      const std::string& serverName = {});

/// The peer's certificate; a peer without one throws Fault (STRICT forbids it).
[[nodiscard]] PeerCertificate peerCertificate(const Poco::Net::SecureStreamSocket& socket);

/// What OpenSSL has just refused in a handshake on this thread: the peer's own certificate, and
/// why, e.g. "certificate has expired".
struct RefusedCertificate {
    PeerCertificate certificate;
    std::string reason;
};
/// Gives it once.
[[nodiscard]] std::optional<RefusedCertificate> takeRefusedCertificate();

/// Whether the peer's certificate names `host` (a DNS name or an IP address), RFC 6125.
[[nodiscard]] bool peerIsHost(const Poco::Net::SecureStreamSocket& socket, const std::string& host);

/// Why a handshake came to nothing, as far as can be told.
enum class HandshakeRefusal : std::size_t {
    NoCertificate,   ///< the client showed none
    BadCertificate,  ///< it does not chain to an anchor, is out of its dates, or is broken
    Protocol,        ///< not TLS at all, too old, no common suite
    TimedOut,
    Closed,   ///< the other side went away
    GaveWay,  ///< too many unfinished ones of its address block, and it was the oldest
};
inline constexpr std::size_t kHandshakeRefusals = 6;
[[nodiscard]] std::string_view nameOf(HandshakeRefusal refusal) noexcept;

/// Reads POCO's message for a failed handshake.
[[nodiscard]] HandshakeRefusal handshakeRefusalOf(const std::string& message) noexcept;

/// Whether POCO's message reports the server's alert that it does not take our certificate.
[[nodiscard]] bool refusesOurCertificate(const std::string& message) noexcept;

/// Empties this thread's OpenSSL error queue. Needed before every TLS read and write: whatever an
/// earlier signature check left there would be taken for the connection's error.
void forgetTlsErrors() noexcept;

}  // namespace gateway::server
