#include "gateway/server/admission.h"

namespace gateway::server {
namespace {

template <class Map, class Key>
void leave(Map& map, const Key& key) {
    const auto found = map.find(key);
    if (found != map.end() && --found->second == 0) map.erase(found);
}

}  // namespace

Admission::Ticket::Ticket(Admission& admission, std::string address) :
    admission_(admission), address_(std::move(address)) {
    const std::lock_guard lock(admission_.mutex_);
    const auto from = admission_.byAddress_.find(address_);
    const std::size_t already = from == admission_.byAddress_.end() ? 0 : from->second;
    if (already >= admission_.limits_.connectionsPerAddress)
        verdict_ = Verdict::TooManyFromAddress;
    else if (admission_.total_ >= admission_.limits_.connections)
        verdict_ = Verdict::TooMany;
    if (verdict_ != Verdict::Admitted) return;
    ++admission_.byAddress_[address_];
    ++admission_.total_;
    counted_ = true;
}

Admission::Ticket::~Ticket() {
    const std::lock_guard lock(admission_.mutex_);
    if (joined_) leave(admission_.byChannel_, channel_);
    if (!counted_) return;
    leave(admission_.byAddress_, address_);
    --admission_.total_;
}

bool Admission::Ticket::joinChannel(const document::Digest& fingerprint) {
    const std::lock_guard lock(admission_.mutex_);
    std::size_t& count = admission_.byChannel_[fingerprint];
    if (count >= admission_.limits_.connectionsPerChannel) return false;
    ++count;
    channel_ = fingerprint;
    joined_ = true;
    return true;
}

}  // namespace gateway::server
