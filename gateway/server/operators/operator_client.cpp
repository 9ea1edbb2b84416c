#include "gateway/server/operators/operator_client.h"

#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/SocketAddress.h>
#include <Poco/Net/StreamSocket.h>
#include <Poco/StreamCopier.h>
#include <Poco/Timespan.h>

#include <istream>
#include <ostream>

namespace gateway::server {

std::optional<OperatorAnswer> callOperator(const std::filesystem::path& socket,
                                           const std::string& path,
                                           const std::optional<std::string>& body,
                                           std::chrono::milliseconds timeout) {
    using namespace Poco::Net;
    try {
        StreamSocket stream;
        stream.connect(SocketAddress(SocketAddress::UNIX_LOCAL, socket.string()));
        const Poco::Timespan limit(timeout.count() * Poco::Timespan::MILLISECONDS);
        HTTPClientSession session(stream);
        session.setTimeout(limit);
        HTTPRequest request(body ? HTTPRequest::HTTP_POST : HTTPRequest::HTTP_GET, path,
                            HTTPMessage::HTTP_1_1);
        request.setHost("localhost");
        request.setKeepAlive(false);
        if (body) {
            request.setContentType("application/json");
            request.setContentLength64(static_cast<Poco::Int64>(body->size()));
        }
        auto& out = session.sendRequest(request);
        if (body) out << *body;
        out.flush();
        HTTPResponse response;
        auto& in = session.receiveResponse(response);
        OperatorAnswer answer;
        Poco::StreamCopier::copyToString(in, answer.body);
        if (response.hasContentLength() &&
            static_cast<Poco::Int64>(answer.body.size()) != response.getContentLength64())
            return std::nullopt;
        answer.status = response.getStatus();
        answer.contentType = response.getContentType();
        return answer;
    } catch (const Poco::Exception&) {
        return std::nullopt;
    }
}

}  // namespace gateway::server
