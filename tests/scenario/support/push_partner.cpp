#include "tests/scenario/support/push_partner.h"

namespace gateway::scenario {
namespace {

std::string headerOf(const std::string& request, const std::string& name) {
    const auto at = request.find("\r\n" + name + ": ");
    if (at == std::string::npos) return {};
    const auto start = at + name.size() + 4;
    return request.substr(start, request.find("\r\n", start) - start);
}

// Of the path in the request line.
std::string lastPartOf(const std::string& request) {
    const auto end = request.find(" HTTP/");
    const auto start = request.rfind('/', end) + 1;
    return request.substr(start, end - start);
}

}  // namespace

PushPartner::PushPartner(const World& world, Answer answer, std::uint16_t port) :
    answer_(std::move(answer)) {
    const thahc::test::Issued identity{world.certificate("partner-tls"), world.key("partner-tls"),
                                       "", ""};
    const thahc::test::Issued anchor{world.authority(), {}, "", ""};
    server_ = std::make_unique<thahc::test::OddServer>(
        identity, anchor, [this](thahc::test::OddPeer& peer) { serve(peer); }, port);
}

std::string PushPartner::url() const {
    return "https://127.0.0.1:" + std::to_string(port()) + "/nhan";
}

std::vector<Attempt> PushPartner::attempts() const {
    const std::lock_guard lock(mutex_);
    return attempts_;
}

std::vector<Attempt> PushPartner::questions() const {
    const std::lock_guard lock(mutex_);
    return questions_;
}

std::vector<Attempt> PushPartner::good() const {
    const std::lock_guard lock(mutex_);
    return good_;
}

void PushPartner::serve(thahc::test::OddPeer& peer) {
    const auto request = peer.request();
    if (request.empty()) return;
    Attempt attempt;
    attempt.question = request.starts_with("GET ");
    attempt.item = attempt.question ? lastPartOf(request) : headerOf(request, "X-Item-Id");
    attempt.body = request.substr(request.find("\r\n\r\n") + 4);
    std::size_t number = 0;
    {
        const std::lock_guard lock(mutex_);
        auto& known = attempt.question ? questions_ : attempts_;
        number = known.size();
        known.push_back(attempt);
    }
    const bool good = answer_(attempt, number, peer);
    const std::lock_guard lock(mutex_);
    if (good) good_.push_back(attempt);
}

std::string httpAnswer(int status, const std::string& mediaType, const std::string& body) {
    return "HTTP/1.1 " + std::to_string(status) + " X\r\nContent-Type: " + mediaType +
           "\r\nContent-Length: " + std::to_string(body.size()) + "\r\nConnection: close\r\n\r\n" +
           body;
}

std::string wordOf(const Agency& agency, const Attempt& attempt,
                   const std::string& refusedBecause) {
    const auto word = agency.word(attempt.item, attempt.body, refusedBecause);
    return httpAnswer(200, word.mediaType, word.body);
}

}  // namespace gateway::scenario
