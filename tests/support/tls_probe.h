#pragma once
// A client that can be wrong on purpose: raw bytes over TCP or TLS, written with OpenSSL and
// sockets alone, so that it shares nothing with the server under test.

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/test_pki.h"

namespace thahc::test {

/// One answer as it came over the wire.
struct WireResponse {
    int status = 0;
    std::string head, body;
    [[nodiscard]] bool has(std::string_view text) const {
        return (head + body).find(text) != std::string::npos;
    }
};

struct ProbeSettings {
    std::uint16_t port = 0;
    std::string from;  ///< a loopback address to come from, or any
    bool tls = true;
    std::filesystem::path unixSocket;           ///< when set: there, and not on the port
    std::optional<Issued> client;               ///< absent: no certificate is shown
    int lowestVersion = 0, highestVersion = 0;  ///< TLS1_2_VERSION and so on; 0 = any
};

/// One connection to 127.0.0.1, or to a Unix socket. Times out after ten seconds wherever it waits.
class TlsProbe {
  public:
    explicit TlsProbe(const ProbeSettings& settings);
    ~TlsProbe();
    TlsProbe(const TlsProbe&) = delete;
    TlsProbe& operator=(const TlsProbe&) = delete;

    /// Whether our side of the handshake ended well (with TLS 1.3 the server may still refuse).
    [[nodiscard]] bool connected() const noexcept;
    bool send(std::string_view bytes);
    void closeSending();  ///< FIN, after TLS's close_notify
    /// One response with its Content-Length; status 0 when the connection ended first.
    [[nodiscard]] WireResponse receive();
    /// True when nothing more comes but the end.
    [[nodiscard]] bool ended();
    /// Whether the server gave anything that would let the session be resumed.
    [[nodiscard]] bool sessionCanResume() const noexcept;
    [[nodiscard]] bool renegotiate();
    [[nodiscard]] std::string version() const;
    /// SHA-256 of the certificate the server showed.
    [[nodiscard]] std::string serverFingerprintHex() const;

  private:
    [[nodiscard]] bool more();
    struct Native;
    std::unique_ptr<Native> native_;
    std::string buffer_;
};

/// Connects, sends, receives one answer.
[[nodiscard]] WireResponse ask(const ProbeSettings& settings, std::string_view request);

}  // namespace thahc::test
