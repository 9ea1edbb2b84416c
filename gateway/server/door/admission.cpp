#include "gateway/server/door/admission.h"

#include <sys/socket.h>

#include <algorithm>

namespace gateway::server {
namespace {

template <class Map, class Key>
void leave(Map& map, const Key& key) {
    const auto found = map.find(key);
    if (found != map.end() && --found->second == 0) map.erase(found);
}

template <class Map, class Key>
std::size_t countOf(const Map& map, const Key& key) {
    const auto found = map.find(key);
    return found == map.end() ? 0 : found->second;
}

}  // namespace

Admission::Ticket::Ticket(Admission& admission, std::string address,
                          const document::Digest& channel, int fd) :
    admission_(admission), address_(std::move(address)), channel_(channel), fd_(fd) {
    const std::lock_guard lock(admission_.mutex_);
    verdict_ = admission_.judge(*this);
    if (verdict_ == Verdict::Admitted) admission_.count(*this);
}

Admission::Ticket::~Ticket() {
    const std::lock_guard lock(admission_.mutex_);
    if (idle_) std::erase_if(admission_.idle_, [this](const auto& e) { return e.second == this; });
    if (counted_) admission_.uncount(*this);
}

void Admission::Ticket::idle() {
    const std::lock_guard lock(admission_.mutex_);
    if (!counted_ || idle_) return;
    idle_ = true;
    admission_.idle_.emplace(++admission_.turn_, this);
}

bool Admission::Ticket::busy() {
    const std::lock_guard lock(admission_.mutex_);
    if (idle_) std::erase_if(admission_.idle_, [this](const auto& e) { return e.second == this; });
    idle_ = false;
    return counted_;
}

Admission::Verdict Admission::judge(const Ticket& ticket) {
    const std::size_t held = countOf(byChannel_, ticket.channel_);
    if (countOf(byAddress_, ticket.address_) >= limits_.connectionsPerAddress)
        return Verdict::TooManyFromAddress;
    if (held >= limits_.connectionsPerChannel) return Verdict::TooManyOfChannel;
    const std::size_t free = limits_.connections - std::min(total_, limits_.connections);
    if (held < free || makeRoomFor(held)) return Verdict::Admitted;
    return free == 0 ? Verdict::TooMany : Verdict::TooManyOfChannel;
}

// A request that has just arrived on it is served all the same: what lies in the socket can still
// be read after the shutdown.
bool Admission::makeRoomFor(std::size_t held) {
    auto chosen = idle_.end();
    std::size_t most = held + 1;
    for (auto it = idle_.begin(); it != idle_.end(); ++it)
        if (const auto of = countOf(byChannel_, it->second->channel_); of > most) {
            most = of;
            chosen = it;
        }
    if (chosen == idle_.end()) return false;
    Ticket& ticket = *chosen->second;
    idle_.erase(chosen);
    ticket.idle_ = false;
    uncount(ticket);
    ::shutdown(ticket.fd_, SHUT_RD);
    return true;
}

void Admission::count(Ticket& ticket) {
    ++byAddress_[ticket.address_];
    ++byChannel_[ticket.channel_];
    ++total_;
    ticket.counted_ = true;
}

void Admission::uncount(Ticket& ticket) {
    leave(byChannel_, ticket.channel_);
    leave(byAddress_, ticket.address_);
    --total_;
    ticket.counted_ = false;
}

}  // namespace gateway::server
