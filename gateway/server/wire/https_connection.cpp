#include "gateway/server/wire/https_connection.h"

#include <Poco/Exception.h>
#include <Poco/Net/DNS.h>
#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/HostEntry.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Net/StreamSocket.h>
#include <Poco/Net/StreamSocketImpl.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <vector>

#include "gateway/server/wire/tls_handshake.h"

namespace gateway::server {
namespace {

constexpr std::size_t kAnswerHeadBytes = 64 * 1024;

/// Stands between POCO's HTTP session and the TLS socket: each wait ends at the exchange's
/// deadline, and what went over the line is known afterwards.
class DeadlineSocketImpl : public Poco::Net::StreamSocketImpl {
  public:
    explicit DeadlineSocketImpl(const Poco::Net::SecureStreamSocket& tls) : timed_(tls, nullptr) {
        reset(tls.impl()->sockfd());  // or POCO takes the socket for unconnected
    }

    void begin(Deadline deadline, std::size_t mayReceive) {
        deadline_ = deadline;
        mayReceive_ = mayReceive;
        sent_ = received_ = 0;
        last_ = IoStatus::Ok;
    }
    [[nodiscard]] std::size_t sent() const noexcept { return sent_; }
    [[nodiscard]] std::size_t received() const noexcept { return received_; }
    [[nodiscard]] IoStatus last() const noexcept { return last_; }
    [[nodiscard]] bool tooLong() const noexcept { return received_ >= mayReceive_; }
    [[nodiscard]] bool hasNews() const noexcept { return timed_.hasNews(); }
    [[nodiscard]] const std::string& failure() const noexcept { return timed_.failure(); }

    int sendBytes(const void* buffer, int length, int) override {
        const std::string_view bytes(static_cast<const char*>(buffer),
                                     static_cast<std::size_t>(length));
        const IoCount count = timed_.write(bytes, deadline_);
        // A record that failed half-way may have reached the other side: it counts as sent.
        sent_ += count.status == IoStatus::Ok ? count.bytes : bytes.size();
        demand(count.status);
        return length;
    }
    int receiveBytes(void* buffer, int length, int) override {
        if (tooLong()) demand(IoStatus::Failed);
        const std::size_t size =
            std::min(static_cast<std::size_t>(length), mayReceive_ - received_);
        const IoCount count = timed_.read(static_cast<char*>(buffer), size, deadline_);
        if (count.status == IoStatus::Closed) {
            last_ = IoStatus::Closed;
            return 0;
        }
        demand(count.status);
        received_ += count.bytes;
        return static_cast<int>(count.bytes);
    }
    // The session asks for these on its own; the deadline already rules.
    void setReceiveTimeout(const Poco::Timespan&) override {}
    void setSendTimeout(const Poco::Timespan&) override {}
    void shutdown() override { timed_.finish(); }
    void close() override {}
    bool secure() const override { return true; }

  protected:
    ~DeadlineSocketImpl() override { reset(); }  // the TLS socket owns the descriptor

  private:
    void demand(IoStatus status) {
        if (status == IoStatus::Ok) return;
        last_ = status;
        if (status == IoStatus::TimedOut) throw Poco::TimeoutException();
        throw Poco::Net::ConnectionAbortedException();
    }

    TimedSocket timed_;
    Deadline deadline_;
    std::size_t mayReceive_ = 0, sent_ = 0, received_ = 0;
    IoStatus last_ = IoStatus::Ok;
};

/// POCO would silently connect anew, without TLS, when a kept connection turns out to be dead.
class OneConnectionSession : public Poco::Net::HTTPClientSession {
  public:
    explicit OneConnectionSession(const Poco::Net::StreamSocket& socket) :
        Poco::Net::HTTPClientSession(socket) {
        setKeepAlive(true);
    }
    [[nodiscard]] bool hasLeftovers() const { return buffered() > 0; }

  protected:
    void connect(const Poco::Net::SocketAddress&) override {
        throw Poco::Net::ConnectionAbortedException();
    }
};

base::Result<Poco::Net::StreamSocket, std::string> connectTcp(
    const Poco::Net::SocketAddress& address, Deadline deadline) {
    Poco::Net::StreamSocket socket;
    socket.connectNB(address);
    const IoStatus ready = waitFor(socket.impl()->sockfd(), POLLOUT, deadline, nullptr, false);
    if (ready == IoStatus::TimedOut) return std::string("connecting timed out");
    if (socket.impl()->socketError() != 0) return std::string("connection refused");
    socket.setNoDelay(true);
    return socket;
}

bool isIpAddress(const std::string& host) {
    Poco::Net::IPAddress ignored;
    return Poco::Net::IPAddress::tryParse(host, ignored);
}

// DNS::resolve() would ask for the name of an address, and fail where it has none.
std::vector<Poco::Net::IPAddress> addressesOf(const std::string& host) {
    Poco::Net::IPAddress address;
    if (Poco::Net::IPAddress::tryParse(host, address)) return {address};
    return Poco::Net::DNS::hostByName(host).addresses();
}

std::string reasonOf(IoStatus status) {
    switch (status) {
        case IoStatus::TimedOut: return "no answer in time";
        case IoStatus::Closed: return "connection closed without a whole answer";
        default: return "connection lost";
    }
}

Poco::Net::HTTPRequest requestFor(const HttpsTarget& target, const OutgoingCall& call) {
    Poco::Net::HTTPRequest request(call.method, call.pathAndQuery,
                                   Poco::Net::HTTPMessage::HTTP_1_1);
    const bool v6 = target.host.find(':') != std::string::npos;
    const std::string host = v6 ? "[" + target.host + "]" : target.host;
    request.set("Host", target.port == 443 ? host : host + ":" + std::to_string(target.port));
    request.setKeepAlive(true);
    if (!call.contentType.empty()) request.setContentType(call.contentType);
    if (call.method == "POST")
        request.setContentLength64(static_cast<Poco::Int64>(call.body.size()));
    for (const auto& [name, value] : call.headers) request.set(name, value);
    return request;
}

/// Reads on to the end or to one byte beyond the bound.
std::string readUpTo(std::istream& in, std::size_t bound) {
    std::string bytes;
    std::array<char, 8192> chunk{};
    while (bytes.size() <= bound && in) {
        in.read(chunk.data(),
                static_cast<std::streamsize>(std::min(chunk.size(), bound + 1 - bytes.size())));
        bytes.append(chunk.data(), static_cast<std::size_t>(in.gcount()));
    }
    return bytes;
}

}  // namespace

struct HttpsConnection::Native {
    Native(const Poco::Net::SecureStreamSocket& t, DeadlineSocketImpl* i) :
        tls(t), impl(i), session(Poco::Net::StreamSocket(i)) {}
    Poco::Net::SecureStreamSocket tls;
    DeadlineSocketImpl* impl;  // owned by the session's socket
    OneConnectionSession session;
    bool reusable = false;
    bool used = false;
};

HttpsConnection::HttpsConnection(std::unique_ptr<Native> native) : native_(std::move(native)) {}

HttpsConnection::~HttpsConnection() = default;

HttpsConnection::Opened HttpsConnection::open(const HttpsTarget& target,
                                              const TlsContextPtr& context, Deadline deadline) {
    try {
        std::string reason = "no address";
        for (const auto& address : addressesOf(target.host)) {
            auto tcp = connectTcp({address, target.port}, deadline);
            if (!tcp.ok()) {
                reason = tcp.error();
                continue;
            }
            auto tls = attachTls(*tcp, *context, isIpAddress(target.host) ? "" : target.host);
            if (const auto failure = shakeHands(tls, deadline, nullptr))
                return "TLS: " + failure->detail;
            if (!peerIsHost(tls, target.host))
                return "TLS: the server's certificate does not name " + target.host;
            auto* const impl = new DeadlineSocketImpl(tls);
            return std::unique_ptr<HttpsConnection>(
                new HttpsConnection(std::make_unique<Native>(tls, impl)));
        }
        return reason;
    } catch (const Poco::Exception& e) {
        return e.displayText();
    }
}

CallOutcome HttpsConnection::exchange(const HttpsTarget& target, const OutgoingCall& call,
                                      Deadline deadline) {
    CallOutcome outcome;
    DeadlineSocketImpl& line = *native_->impl;
    const bool fresh = !native_->used;
    native_->used = true;
    native_->reusable = false;
    line.begin(deadline, kAnswerHeadBytes + call.answerBytes);
    bool whole = false;
    std::string what;
    try {
        Poco::Net::HTTPRequest request = requestFor(target, call);
        std::ostream& out = native_->session.sendRequest(request);
        out.write(call.body.data(), static_cast<std::streamsize>(call.body.size()));
        out.flush();
        Poco::Net::HTTPResponse answer;
        std::istream& in = native_->session.receiveResponse(answer);
        outcome.body = readUpTo(in, call.answerBytes);
        outcome.status = answer.getStatus();
        for (const auto& [name, value] : answer) outcome.headers.emplace(name, value);
        // POCO takes the end of the stream for the end of a body. Only a stated length that is
        // met, a last chunk before the end, or TLS's own orderly end makes it whole.
        if (outcome.body.size() <= call.answerBytes && line.last() != IoStatus::Failed &&
            line.last() != IoStatus::TimedOut) {
            if (answer.hasContentLength())
                whole =
                    answer.getContentLength64() == static_cast<Poco::Int64>(outcome.body.size());
            else if (answer.getChunkedTransferEncoding())
                whole = line.last() == IoStatus::Ok;
            else
                whole = line.last() == IoStatus::Closed || outcome.status == 204;
        }
        native_->reusable = whole && line.last() == IoStatus::Ok && answer.getKeepAlive() &&
                            !native_->session.hasLeftovers();
    } catch (const Poco::Exception& e) {
        what = e.displayText();
    }
    if (whole) {
        outcome.kind = CallOutcome::Kind::Answered;
        return outcome;
    }
    // With TLS 1.3 a server refuses our certificate after our side of the handshake is done; it
    // has then read nothing of the request.
    const bool refused = fresh && line.received() == 0 && refusesOurCertificate(line.failure());
    CallOutcome nothing;
    nothing.kind =
        line.sent() == 0 || refused ? CallOutcome::Kind::NotSent : CallOutcome::Kind::MaybeSent;
    if (refused)
        nothing.reason = "TLS: the server refused our certificate: " + line.failure();
    else if (line.tooLong() || outcome.body.size() > call.answerBytes)
        nothing.reason = "the answer is too long";
    else
        nothing.reason = reasonOf(line.last());
    return nothing;
}

bool HttpsConnection::reusable() const {
    // News on an idle connection can only be its end.
    return native_->reusable && !native_->impl->hasNews();
}

}  // namespace gateway::server
