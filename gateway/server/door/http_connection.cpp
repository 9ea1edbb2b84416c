#include "gateway/server/door/http_connection.h"

#include <Poco/Exception.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Timestamp.h>

#include <algorithm>
#include <sstream>

#include "gateway/base/fault.h"
#include "gateway/base/ids.h"
#include "gateway/base/log.h"

namespace gateway::server {
namespace {

using base::ErrorCode;
using base::Problem;

constexpr std::size_t kUnweighedAnswer = 64 * 1024;
constexpr std::size_t kSentWithHead = 8 * 1024;

/// Counts a request while its handler runs.
class InFlight {
  public:
    explicit InFlight(DoorCounters::Count& count) : count_(count) { ++count_; }
    ~InFlight() { --count_; }
    InFlight(const InFlight&) = delete;
    InFlight& operator=(const InFlight&) = delete;

  private:
    DoorCounters::Count& count_;
};

/// Method, target and fields, read by POCO from bytes that the guard has passed.
base::Result<base::Done> fill(Request& request, const std::string& rawHead) {
    std::istringstream in(rawHead);
    Poco::Net::HTTPRequest parsed;
    parsed.setFieldLimit(0);  // the guard has counted
    parsed.read(in);
    request.method = parsed.getMethod();
    const std::string& target = parsed.getURI();
    const auto mark = target.find('?');
    request.path = target.substr(0, mark);
    for (const auto& field : parsed) {
        auto [place, fresh] = request.headers.emplace(field.first, field.second);
        if (!fresh) place->second += ", " + field.second;
    }
    if (const std::string* type = request.header("Content-Type"))
        request.mediaType = mediaTypeOf(*type);
    if (mark == std::string::npos) return base::Done{};
    auto query = parseQuery(std::string_view(target).substr(mark + 1));
    if (!query.ok()) return query.error();
    request.query = std::move(*query);
    return base::Done{};
}

void demandPlain(std::string_view field) {
    const bool plain = std::ranges::all_of(
        field, [](char c) { return static_cast<unsigned char>(c) >= 0x20U && c != 0x7F; });
    if (!plain) throw base::Fault("a handler set a header field with control characters");
}

std::string headOf(const Response& response, const std::string& correlation,
                   const std::string& keepAlive, const DoorManners* manners) {
    Poco::Net::HTTPResponse head;
    head.setVersion(Poco::Net::HTTPMessage::HTTP_1_1);
    head.setStatusAndReason(static_cast<Poco::Net::HTTPResponse::HTTPStatus>(response.status));
    head.setDate(Poco::Timestamp());
    head.setKeepAlive(!keepAlive.empty());
    if (!keepAlive.empty()) head.set("Keep-Alive", keepAlive);
    if (!response.contentType.empty()) head.setContentType(response.contentType);
    if (response.status != Poco::Net::HTTPResponse::HTTP_NO_CONTENT &&
        response.status != Poco::Net::HTTPResponse::HTTP_NOT_MODIFIED)
        head.setContentLength64(static_cast<Poco::Int64>(response.body.size()));
    head.set("Cache-Control", "no-store");
    head.set("X-Correlation-Id", correlation);
    for (const auto& [name, value] : response.headers) {
        demandPlain(name);
        demandPlain(value);
        head.set(name, value);
    }
    demandPlain(response.contentType);
    if (manners) {
        for (const auto& [name, value] : manners->headers) head.set(name, value);
        if (response.status == Poco::Net::HTTPResponse::HTTP_METHOD_NOT_ALLOWED)
            head.set("Allow", manners->allow);
    }
    std::ostringstream out;
    head.write(out);
    return out.str();
}

}  // namespace

HttpConnection::HttpConnection(TimedSocket& socket, const HttpService& service,
                               ConnectionPeer peer) :
    socket_(socket),
    service_(service),
    peer_(std::move(peer)),
    guarded_(socket, service.limits, service.manners && service.manners->head) {}

void HttpConnection::run() {
    std::chrono::milliseconds idle = service_.limits.requestTimeout;
    std::size_t left = peer_.stranger ? 1 : service_.limits.requestsPerConnection;
    while (left > 0 && !service_.stop.stopping() && serveOne(idle, --left))
        idle = service_.limits.keepAliveTimeout;
    if (owed_ && !peer_.stranger)
        socket_.finish(base::kLingerTime);
    else
        socket_.finish(base::kStrangersLingerTime);
}

void HttpConnection::refuse(const Problem& problem) {
    const std::string correlation = newCorrelation();
    [[maybe_unused]] const bool sent = send(problemResponse(problem, correlation), correlation, 0);
    socket_.finish(base::kStrangersLingerTime);
}

// `left` = requests that may follow on this connection.
bool HttpConnection::serveOne(std::chrono::milliseconds idle, std::size_t left) {
    if (peer_.presence) peer_.presence->idle();
    const bool came = guarded_.awaitHead(idle);
    // Whoever has just given way is heard once more, if it has spoken in the same moment.
    if (peer_.presence && !peer_.presence->busy()) left = 0;
    if (!came) return false;
    const GuardedSocket::NextHead next = guarded_.nextHead();
    if (next.kind == GuardedSocket::NextHead::Kind::Gone) return false;
    if (next.kind == GuardedSocket::NextHead::Kind::Refused) return answerRefusal(next), false;
    const InFlight inFlight(service_.counters.requestsNow);
    if (next.head.wantsClose) left = 0;

    std::optional<Response> refusal;
    Request request = requestOf(next.raw, refusal);
    if (!refusal && service_.judge) {
        HeadVerdict verdict;
        const auto judged = guarded(request, [&] {
            verdict = service_.judge(request, next.head.contentLength);
            return verdict.refusal ? *verdict.refusal : Response{};
        });
        if (verdict.refusal || judged.status >= 400) refusal = judged;
        request.pass = std::move(verdict.pass);
    }
    if (refusal) return answerUnread(*refusal, request, next.head, left);
    if (!readBody(request, next)) return false;
    ++service_.counters.requests;
    Response response = guarded(request, [&] { return service_.handler(request); });
    if (request.pass) {
        request.pass->giveBack(request.body.size());
        // Small answers are receipts and refusals, which nobody shall have to ask for twice.
        if (response.body.size() > kUnweighedAnswer)
            if (const auto problem = request.pass->hold(response.body.size()))
                response = problemResponse(*problem, request.correlation);
    }
    if (response.close || service_.stop.stopping()) left = 0;
    // The answer is what is held now.
    request.body = std::string();
    return send(response, request.correlation, left, request.method == "HEAD");
}

Request HttpConnection::requestOf(const std::string& rawHead,
                                  std::optional<Response>& refusal) const {
    Request request;
    request.receivedAt = service_.clock.now();
    request.correlation = newCorrelation();
    if (peer_.certificate) request.peerFingerprint = peer_.certificate->fingerprint;
    request.peerCertificate = peer_.certificate;
    request.localPeer = peer_.local;
    request.remoteAddress = peer_.remoteAddress;
    request.stopping = service_.stop.token();
    const auto read = guarded(request, [&] {
        const auto filled = fill(request, rawHead);
        if (filled.ok()) return Response{};
        ++service_.counters.requestsRefused;
        return problemResponse(filled.error(), request.correlation);
    });
    if (read.status >= 400) refusal = read;
    return request;
}

// A small body is read over; beside a large one the answer goes out at once, and the connection
// ends. So does that of a client which waits for our leave to send.
bool HttpConnection::answerUnread(const Response& response, const Request& request,
                                  const Head& head, std::size_t left) {
    const bool small = head.contentLength <= base::kDiscardedBody && !head.expectsContinue;
    owed_ = head.contentLength > 0;
    if (response.close || (owed_ && !small)) left = 0;
    if (owed_ && left > 0) {
        if (guarded_.readBody(head.contentLength).kind != GuardedSocket::Body::Kind::Whole)
            left = 0;
        else
            owed_ = false;
    }
    return send(response, request.correlation, left, request.method == "HEAD");
}

bool HttpConnection::readBody(Request& request, const GuardedSocket::NextHead& next) {
    if (next.head.expectsContinue && next.head.contentLength > 0) {
        const Deadline deadline = std::chrono::steady_clock::now() + service_.limits.requestTimeout;
        constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
        if (socket_.write(kContinue, deadline).status != IoStatus::Ok) return false;
    }
    GuardedSocket::Room room;
    if (request.pass) room = [&](std::size_t bytes) { return request.pass->hold(bytes); };
    GuardedSocket::Body body = guarded_.readBody(next.head.contentLength, room);
    if (body.kind == GuardedSocket::Body::Kind::Gone) return false;
    if (body.kind != GuardedSocket::Body::Kind::Whole) {
        // What it held goes back before we are patient with whoever still sends.
        request.pass.reset();
        GuardedSocket::NextHead refused = next;
        refused.problem = std::move(body.problem);
        answerRefusal(refused);
        return false;
    }
    request.body = std::move(body.bytes);
    request.receivedAt = service_.clock.now();
    return true;
}

std::string HttpConnection::sourceName() const {
    return peer_.certificate ? peer_.certificate->fingerprint.hex() : peer_.remoteAddress;
}

void HttpConnection::answerRefusal(const GuardedSocket::NextHead& next) {
    ++service_.counters.requestsRefused;
    owed_ = true;
    const std::string correlation = newCorrelation();
    service_.refusals.log(sourceName(), service_.clock.now(), base::LogLevel::Info,
                          "request_refused",
                          {{"code", std::string(base::entryOf(next.problem.code).name)},
                           {"address", peer_.remoteAddress},
                           {"fingerprint", peer_.certificate ? sourceName() : std::string()},
                           {"correlation", correlation}});
    [[maybe_unused]] const bool sent = send(problemResponse(next.problem, correlation), correlation,
                                            0, next.raw.starts_with("HEAD "));
}

// Whatever is thrown, the partner gets an answer and the operator a line.
Response HttpConnection::guarded(const Request& request,
                                 const std::function<Response()>& make) const {
    std::string what = "exception of a foreign type";
    try {
        return make();
    } catch (const Poco::Exception& e) {
        what = e.displayText();
    } catch (const std::exception& e) {
        what = e.what();
    } catch (...) {
        // It has no words.
    }
    ++service_.counters.handlerFaults;
    base::logEvent(base::LogLevel::Error, "handler_fault",
                   {{"path", request.path}, {"correlation", request.correlation}, {"what", what}});
    return problemResponse(Problem(ErrorCode::INTERNAL_FAULT), request.correlation);
}

bool HttpConnection::send(const Response& response, const std::string& correlation,
                          std::size_t left, bool bodiless) {
    std::string keepAlive;
    if (left > 0)
        keepAlive = "timeout=" +
                    std::to_string(std::chrono::duration_cast<std::chrono::seconds>(
                                       service_.limits.keepAliveTimeout)
                                       .count()) +
                    ", max=" + std::to_string(left);
    std::string start;
    std::string_view rest;
    try {
        start = headOf(response, correlation, keepAlive, service_.manners);
        if (!bodiless && response.status != 204 && response.status != 304) {
            // One record for head and small body; a large body is not copied.
            start += response.body.substr(0, kSentWithHead);
            rest = std::string_view(response.body);
            rest.remove_prefix(std::min(rest.size(), kSentWithHead));
        }
    } catch (const std::exception& e) {
        ++service_.counters.handlerFaults;
        base::logEvent(base::LogLevel::Error, "response_fault",
                       {{"correlation", correlation}, {"what", e.what()}});
        const Response fault = problemResponse(Problem(ErrorCode::INTERNAL_FAULT), correlation);
        start = headOf(fault, correlation, "", service_.manners) + fault.body;
        left = 0;
    }
    Pace pace(service_.limits.requestTimeout, service_.limits.slowestBodyRate);
    if (socket_.write(start, pace).status != IoStatus::Ok) return false;
    return socket_.write(rest, pace).status == IoStatus::Ok && left > 0;
}

std::string HttpConnection::newCorrelation() const {
    return base::newId("req", service_.clock.now());
}

}  // namespace gateway::server
