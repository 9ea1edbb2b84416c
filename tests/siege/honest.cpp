#include "tests/siege/honest.h"

#include <algorithm>
#include <functional>

namespace gateway::siege {
namespace {

using Clock = std::chrono::steady_clock;

std::string said(const std::string& what, int status, const std::string& body) {
    return what + ": " + std::to_string(status) + " " + body.substr(0, 200);
}

}  // namespace

Service serve(Scene& scene, std::chrono::seconds span) {
    const auto& court = scene.agencies().court;
    Service service;
    std::vector<double> times;
    const auto measured = [&](const std::function<std::string()>& ask) {
        const auto began = Clock::now();
        const auto failure = ask();
        times.push_back(std::chrono::duration<double, std::milli>(Clock::now() - began).count());
        ++service.requests;
        if (failure.empty()) return;
        if (service.failed++ == 0) service.firstFailure = failure;
    };
    const auto get = [&](const char* path) {
        return [&court, path] {
            const auto reply = court.get(path);
            return reply.status == 200 ? "" : said(path, reply.status, reply.body);
        };
    };
    for (const auto end = Clock::now() + span; Clock::now() < end;) {
        measured([&court] {
            const auto reply = court.send(model::Ping{"vẫn phục vụ"});
            return reply.verdict() == "accepted" ? "" : said("message", reply.status, reply.body);
        });
        measured(get("/v1/whoami"));
        measured(get("/v1/mailbox"));
        measured([&court] {
            const auto answer = thahc::test::ask(
                court.wire(), "GET /v1/keys HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            return answer.status == 200 ? "" : said("keys", answer.status, answer.body);
        });
    }
    std::ranges::sort(times);
    if (!times.empty()) service.p99Ms = times[(times.size() * 99) / 100];
    return service;
}

}  // namespace gateway::siege
