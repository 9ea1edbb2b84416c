#include "gateway/server/http_connection.h"

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

std::string headOf(const Response& response, const std::string& correlation, bool close) {
    Poco::Net::HTTPResponse head;
    head.setVersion(Poco::Net::HTTPMessage::HTTP_1_1);
    head.setStatusAndReason(static_cast<Poco::Net::HTTPResponse::HTTPStatus>(response.status));
    head.setDate(Poco::Timestamp());
    head.setKeepAlive(!close);
    if (!response.contentType.empty()) head.setContentType(response.contentType);
    if (response.status != Poco::Net::HTTPResponse::HTTP_NO_CONTENT)
        head.setContentLength64(static_cast<Poco::Int64>(response.body.size()));
    head.set("Cache-Control", "no-store");
    head.set("X-Correlation-Id", correlation);
    for (const auto& [name, value] : response.headers) {
        demandPlain(name);
        demandPlain(value);
        head.set(name, value);
    }
    demandPlain(response.contentType);
    std::ostringstream out;
    head.write(out);
    return out.str();
}

}  // namespace

HttpConnection::HttpConnection(TimedSocket& socket, const HttpService& service,
                               ConnectionPeer peer) :
    socket_(socket), service_(service), peer_(std::move(peer)), guarded_(socket, service.limits) {}

void HttpConnection::run() {
    std::chrono::milliseconds idle = service_.limits.requestTimeout;
    for (std::size_t served = 1; !service_.stop.stopping(); ++served) {
        const bool last = served >= service_.limits.requestsPerConnection;
        if (!serveOne(idle, last)) break;
        idle = service_.limits.keepAliveTimeout;
    }
    socket_.finish();
}

void HttpConnection::refuse(const Problem& problem) {
    const std::string correlation = newCorrelation();
    [[maybe_unused]] const bool sent =
        send(problemResponse(problem, correlation), correlation, true);
    socket_.finish();
}

bool HttpConnection::serveOne(std::chrono::milliseconds idle, bool last) {
    GuardedSocket::NextHead next = guarded_.nextHead(idle);
    if (next.kind == GuardedSocket::NextHead::Kind::Gone) return false;
    if (next.kind == GuardedSocket::NextHead::Kind::Refused) return answerRefusal(next), false;
    const InFlight inFlight(service_.counters.requestsNow);

    if (next.head.expectsContinue && next.head.contentLength > 0) {
        const Deadline deadline = std::chrono::steady_clock::now() + service_.limits.requestTimeout;
        constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
        if (socket_.write(kContinue, deadline).status != IoStatus::Ok) return false;
    }
    GuardedSocket::Body body = guarded_.readBody(next.head.contentLength);
    if (body.kind == GuardedSocket::Body::Kind::Gone) return false;
    if (body.kind == GuardedSocket::Body::Kind::Incomplete) {
        next.problem = body.problem;
        return answerRefusal(next), false;
    }

    Request request;
    request.body = std::move(body.bytes);
    request.receivedAt = service_.clock.now();
    request.correlation = newCorrelation();
    request.peerFingerprint = peer_.fingerprint;
    request.localPeer = peer_.local;
    request.remoteAddress = peer_.remoteAddress;
    request.stopping = service_.stop.token();
    const Response response = handle(request, next.raw);
    const bool close = last || response.close || next.head.wantsClose || service_.stop.stopping();
    return send(response, request.correlation, close) && !close;
}

void HttpConnection::answerRefusal(const GuardedSocket::NextHead& next) {
    ++service_.counters.requestsRefused;
    const std::string correlation = newCorrelation();
    const std::string source = peer_.fingerprint ? peer_.fingerprint->hex() : peer_.remoteAddress;
    service_.refusals.log(source, service_.clock.now(), base::LogLevel::Info, "request_refused",
                          {{"code", std::string(base::entryOf(next.problem.code).name)},
                           {"address", peer_.remoteAddress},
                           {"correlation", correlation}});
    [[maybe_unused]] const bool sent = send(problemResponse(next.problem, correlation), correlation,
                                            true, next.raw.starts_with("HEAD "));
}

Response HttpConnection::handle(Request& request, const std::string& rawHead) {
    std::string what = "exception of a foreign type";
    try {
        const auto filled = fill(request, rawHead);
        if (!filled.ok()) {
            ++service_.counters.requestsRefused;
            return problemResponse(filled.error(), request.correlation);
        }
        ++service_.counters.requests;
        return service_.handler(request);
    } catch (const Poco::Exception& e) {
        what = e.displayText();
    } catch (const std::exception& e) {
        what = e.what();
    } catch (...) {
        // Whatever it was, the partner gets an answer and the operator a line.
    }
    ++service_.counters.handlerFaults;
    base::logEvent(base::LogLevel::Error, "handler_fault",
                   {{"path", request.path}, {"correlation", request.correlation}, {"what", what}});
    return problemResponse(Problem(ErrorCode::INTERNAL_FAULT), request.correlation);
}

bool HttpConnection::send(const Response& response, const std::string& correlation, bool close,
                          bool bodiless) {
    std::string bytes;
    try {
        bytes = headOf(response, correlation, close);
        if (!bodiless && response.status != 204) bytes += response.body;
    } catch (const std::exception& e) {
        ++service_.counters.handlerFaults;
        base::logEvent(base::LogLevel::Error, "response_fault",
                       {{"correlation", correlation}, {"what", e.what()}});
        const Response fault = problemResponse(Problem(ErrorCode::INTERNAL_FAULT), correlation);
        bytes = headOf(fault, correlation, true) + fault.body;
        close = true;
    }
    const std::chrono::milliseconds transfer(bytes.size() * 1000 / service_.limits.slowestBodyRate);
    const Deadline deadline =
        std::chrono::steady_clock::now() + service_.limits.requestTimeout + transfer;
    return socket_.write(bytes, deadline).status == IoStatus::Ok && !close;
}

std::string HttpConnection::newCorrelation() const {
    return base::newId("req", service_.clock.now());
}

}  // namespace gateway::server
