#pragma once
// A real door on loopback, with real TLS, and a handler that the test chooses.

#include <gtest/gtest.h>

#include <atomic>
#include <memory>

#include "gateway/server/partners/partner_server.h"
#include "tests/support/test_pki.h"
#include "tests/support/tls_probe.h"

namespace thahc::test {

using gateway::server::PartnerServer;
using gateway::server::Request;
using gateway::server::Response;

/// Short times, so that what must time out does so within a test's patience.
inline gateway::base::Limits shortLimits() {
    gateway::base::Limits limits;
    limits.handshakeTimeout = std::chrono::milliseconds(700);
    limits.requestTimeout = std::chrono::milliseconds(700);
    limits.keepAliveTimeout = std::chrono::milliseconds(1500);
    return limits;
}

/// Certificates, made once for the whole program.
struct DoorPki {
    TemporaryDirectory directory;
    TestPki authority{directory.path(), "root"};
    TestPki stranger{directory.path(), "stranger-root"};
    Issued server = authority.issue("server");
    Issued court = authority.issue("court", {"IP:192.0.2.7", "clientAuth"});
    Issued committee = authority.issue("committee", {"DNS:ubnd.example", "clientAuth"});
    Issued expired = authority.issue("expired", {"DNS:old.example", "clientAuth", -7200, -3600});
    Issued outsider = stranger.issue("outsider", {"DNS:out.example", "clientAuth"});

    static DoorPki& instance();
    [[nodiscard]] gateway::server::TlsContextPtr tls() const {
        return gateway::server::TlsContext::forServer({server.certificateFile, server.keyFile},
                                                      {authority.root().certificateFile});
    }
};

class Door : public testing::Test {
  protected:
    /// Starts the server; the handler counts its calls and answers with what it was given.
    void open(const gateway::base::Limits& limits = shortLimits(),
              gateway::server::Handler handler = {});
    /// What the next open() is given beside its limits.
    gateway::server::PartnerServerSettings doorSettings;
    gateway::server::DoorRefusals refusals;
    void TearDown() override;

    [[nodiscard]] ProbeSettings court() const;
    [[nodiscard]] ProbeSettings bare() const;

    DoorPki& pki = DoorPki::instance();
    gateway::base::SystemClock clock;
    std::atomic<int> calls{0};
    std::unique_ptr<PartnerServer> server;
};

inline std::string get(const std::string& path) {
    return "GET " + path + " HTTP/1.1\r\nHost: gateway\r\n\r\n";
}
inline std::string post(const std::string& path, const std::string& body) {
    return "POST " + path + " HTTP/1.1\r\nHost: gateway\r\nContent-Type: text/plain\r\n" +
           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

}  // namespace thahc::test
