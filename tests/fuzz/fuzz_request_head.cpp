// The guard takes any bytes; what it passes, POCO reads without complaint and with the meaning
// that the guard saw, however the bytes arrived.

#include <Poco/Exception.h>
#include <Poco/Net/HTTPRequest.h>

#include <cstdint>
#include <cstdlib>
#include <sstream>
#include <string_view>

#include "gateway/server/wire/head_guard.h"
#include "gateway/server/wire/http.h"

using namespace gateway::server;

namespace {

void demand(bool holds) {
    if (!holds) std::abort();
}

void readByPoco(const std::string& head, const Head& judged) {
    std::istringstream in(head);
    Poco::Net::HTTPRequest request;
    request.setFieldLimit(0);
    try {
        request.read(in);
    } catch (const Poco::Exception&) {
        std::abort();
    }
    demand(in.peek() == std::istringstream::traits_type::eof() || in.get() == '\r');
    demand(request.getMethod() == "GET" || request.getMethod() == "POST");
    demand(request.getVersion() == "HTTP/1.1");
    demand(head.starts_with(request.getMethod() + " " + request.getURI() + " HTTP/1.1\r\n"));
    demand(!request.getHost().empty());
    demand(!request.getChunkedTransferEncoding());
    if (request.hasContentLength())
        demand(request.getContentLength64() == static_cast<Poco::Int64>(judged.contentLength));
    else
        demand(judged.contentLength == 0);
    const auto mark = request.getURI().find('?');
    if (mark != std::string::npos) (void)parseQuery(request.getURI().substr(mark + 1));
    (void)mediaTypeOf(request.getContentType());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const HeadBounds bounds{2048, 16, 100'000};
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const HeadEnd whole = findHeadEnd(bytes, 0, bounds);

    HeadEnd step;
    std::size_t seen = 0;
    for (std::size_t end = 1; end <= size && step.scan == HeadScan::Incomplete; ++end) {
        step = findHeadEnd(bytes.substr(0, end), seen, bounds);
        seen = end;
    }
    // A complete head is the same head in whatever pieces it came.
    if (whole.scan == HeadScan::Complete)
        demand(step.scan == HeadScan::Complete && step.length == whole.length);
    if (step.scan == HeadScan::Complete)
        demand(whole.scan == HeadScan::Complete && step.length == whole.length);

    const std::string head(bytes.substr(0, whole.scan == HeadScan::Complete ? whole.length : size));
    const auto judged = judgeHead(head, bounds);
    if (whole.scan != HeadScan::Complete) demand(!judged.ok());
    if (judged.ok()) readByPoco(head, *judged);
    return 0;
}
