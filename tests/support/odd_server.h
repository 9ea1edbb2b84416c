#pragma once
// A TLS server that answers as a test wants it to: late, half, never, wrong.

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <thread>

#include "tests/support/test_pki.h"

namespace thahc::test {

/// One connection as the script sees it.
class OddPeer {
  public:
    virtual ~OddPeer() = default;
    /// One request with its Content-Length body; empty when the client went away.
    [[nodiscard]] virtual std::string request() = 0;
    virtual bool send(std::string_view bytes) = 0;
    /// Ends without TLS's close_notify, as a crash does.
    virtual void cut() = 0;
    /// Blocks until the client ends the connection (at most ten seconds).
    virtual void awaitEnd() = 0;
};

/// Listens on 127.0.0.1 with mutual TLS; the script runs once per connection, one at a time.
class OddServer {
  public:
    using Script = std::function<void(OddPeer&)>;
    /// `port` 0 = any free one.
    OddServer(const Issued& identity, const Issued& clientAnchor, Script script,
              std::uint16_t port = 0);
    ~OddServer();
    OddServer(const OddServer&) = delete;
    OddServer& operator=(const OddServer&) = delete;
    [[nodiscard]] std::uint16_t port() const noexcept;
    [[nodiscard]] int connections() const noexcept;
    /// Blocks until so many connections have been closed by us (at most ten seconds).
    [[nodiscard]] bool awaitClosed(int connections);

  private:
    struct Native;
    std::unique_ptr<Native> native_;
};

}  // namespace thahc::test
