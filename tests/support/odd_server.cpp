#include "tests/support/odd_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <mutex>

namespace thahc::test {
namespace {

class TlsPeer : public OddPeer {
  public:
    TlsPeer(SSL* ssl, int fd) : ssl_(ssl), fd_(fd) {}

    std::string request() override {
        std::size_t end = 0;
        while ((end = buffer_.find("\r\n\r\n")) == std::string::npos)
            if (!more()) return {};
        const auto length = buffer_.find("Content-Length: ");
        const std::size_t body =
            length == std::string::npos || length > end
                ? 0
                : static_cast<std::size_t>(std::atol(buffer_.c_str() + length + 16));
        while (buffer_.size() < end + 4 + body)
            if (!more()) return {};
        std::string whole = buffer_.substr(0, end + 4 + body);
        buffer_.erase(0, whole.size());
        return whole;
    }
    bool send(std::string_view bytes) override {
        return SSL_write(ssl_, bytes.data(), static_cast<int>(bytes.size())) > 0;
    }
    void cut() override {
        SSL_set_quiet_shutdown(ssl_, 1);
        ::shutdown(fd_, SHUT_RDWR);
    }
    void awaitEnd() override {
        while (more()) buffer_.clear();
    }

  private:
    bool more() {
        std::array<char, 16384> chunk{};
        const int got = SSL_read(ssl_, chunk.data(), static_cast<int>(chunk.size()));
        ERR_clear_error();
        if (got > 0) buffer_.append(chunk.data(), static_cast<std::size_t>(got));
        return got > 0;
    }
    SSL* ssl_;
    int fd_;
    std::string buffer_;
};

}  // namespace

struct OddServer::Native {
    int listening = -1;
    std::uint16_t port = 0;
    SSL_CTX* context = nullptr;
    Script script;
    std::atomic<int> connections{0};
    std::atomic<bool> ending{false};
    std::mutex mutex;
    std::condition_variable changed;
    int closed = 0;    // guarded by mutex
    int current = -1;  // guarded by mutex: the connection being served
    std::jthread thread;

    void become(int fd) {
        const std::lock_guard lock(mutex);
        current = fd;
        if (ending && fd >= 0) ::shutdown(fd, SHUT_RDWR);
    }
    void serve(int fd) {
        ++connections;
        become(fd);
        const timeval patience{10, 0};
        ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        SSL* ssl = SSL_new(context);
        SSL_set_fd(ssl, fd);
        if (SSL_accept(ssl) == 1) {
            TlsPeer peer(ssl, fd);
            script(peer);
            SSL_shutdown(ssl);
        }
        ERR_clear_error();
        SSL_free(ssl);
        become(-1);
        ::close(fd);
        const std::lock_guard lock(mutex);
        ++closed;
        changed.notify_all();
    }
    void run() {
        for (;;) {
            const int fd = ::accept(listening, nullptr, nullptr);
            if (fd < 0 || ending) {
                if (fd >= 0) ::close(fd);
                return;
            }
            serve(fd);
        }
    }
};

OddServer::OddServer(const Issued& identity, const Issued& clientAnchor, Script script,
                     std::uint16_t port) :
    native_(std::make_unique<Native>()) {
    ::signal(SIGPIPE, SIG_IGN);
    native_->script = std::move(script);
    native_->context = SSL_CTX_new(TLS_server_method());
    SSL_CTX_use_certificate_file(native_->context, identity.certificateFile.c_str(),
                                 SSL_FILETYPE_PEM);
    SSL_CTX_use_PrivateKey_file(native_->context, identity.keyFile.c_str(), SSL_FILETYPE_PEM);
    SSL_CTX_load_verify_locations(native_->context, clientAnchor.certificateFile.c_str(), nullptr);
    SSL_CTX_set_verify(native_->context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT,
                       nullptr);
    native_->listening = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    const int again = 1;
    ::setsockopt(native_->listening, SOL_SOCKET, SO_REUSEADDR, &again, sizeof again);
    socklen_t length = sizeof address;
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    ::bind(native_->listening, generic, length);
    ::listen(native_->listening, 16);
    ::getsockname(native_->listening, generic, &length);
    native_->port = ntohs(address.sin_port);
    native_->thread = std::jthread([native = native_.get()] { native->run(); });
}

OddServer::~OddServer() {
    {
        const std::lock_guard lock(native_->mutex);
        native_->ending = true;
        if (native_->current >= 0) ::shutdown(native_->current, SHUT_RDWR);
    }
    ::shutdown(native_->listening, SHUT_RDWR);
    native_->thread.join();
    ::close(native_->listening);
    SSL_CTX_free(native_->context);
}

std::uint16_t OddServer::port() const noexcept { return native_->port; }

int OddServer::connections() const noexcept { return native_->connections; }

bool OddServer::awaitClosed(int connections) {
    std::unique_lock lock(native_->mutex);
    return native_->changed.wait_for(lock, std::chrono::seconds(10),
                                     [&] { return native_->closed >= connections; });
}

}  // namespace thahc::test
