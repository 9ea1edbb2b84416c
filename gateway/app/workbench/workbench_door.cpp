#include "gateway/app/workbench/workbench_door.h"

namespace gateway::app {
namespace {

using server::Request;
using server::Response;

Response turnedAway(const std::string& vi, const std::string& en) {
    return {403, "text/plain; charset=utf-8", {}, vi + "\n" + en + "\n", true};
}

bool isJsonPost(const Request& request) {
    return request.method == "POST" && request.mediaType == "application/json";
}

}  // namespace

bool WorkbenchDoor::isOwnHost(std::string_view host) const {
    return host == "127.0.0.1:" + port_ || host == "localhost:" + port_;
}

std::string WorkbenchDoor::address() const { return "http://127.0.0.1:" + port_ + "/#" + key_; }

server::HeadVerdict WorkbenchDoor::judge(const Request& request) const {
    const auto* host = request.header("Host");
    const auto* origin = request.header("Origin");
    const auto* site = request.header("Sec-Fetch-Site");
    const auto* key = request.header(kKeyHeader);
    const bool foreign = host == nullptr || !isOwnHost(*host) ||
                         (origin != nullptr && *origin != "http://" + *host) ||
                         (site != nullptr && *site != "same-origin" && *site != "none");
    server::HeadVerdict verdict;
    if (foreign)
        verdict.refusal =
            turnedAway("Yêu cầu đến từ một trang khác.", "The request comes from another page.");
    else if (request.path.starts_with("/api/") && (key == nullptr || *key != key_))
        verdict.refusal = turnedAway("Mở trang bằng đúng địa chỉ mà lệnh đã in ra.",
                                     "Open the page by the very address that was printed.");
    else if (request.method != "GET" && !isJsonPost(request))
        verdict.refusal = turnedAway("Chỉ nhận JSON.", "Only JSON is taken.");
    return verdict;
}

server::DoorManners WorkbenchDoor::manners() {
    return {false,
            "GET, POST",
            {{"Content-Security-Policy",
              "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
              "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
              "require-trusted-types-for 'script'; trusted-types 'none'"},
             {"X-Content-Type-Options", "nosniff"},
             {"Referrer-Policy", "no-referrer"},
             {"Cross-Origin-Opener-Policy", "same-origin"},
             {"Cross-Origin-Resource-Policy", "same-origin"}}};
}

}  // namespace gateway::app
