#include "gateway/trust/partners/registry.h"

#include "gateway/base/fault.h"

namespace gateway::trust {
namespace {

void mustBeNew(bool inserted, std::string_view what, std::string_view which) {
    if (!inserted)
        throw base::Fault(std::string(what) + " registered twice: " + std::string(which));
}

}  // namespace

bool Validity::covers(base::Timestamp at) const noexcept {
    return (!from || *from <= at) && (!until || at < *until);
}

const Carriage* Channel::carriageOf(std::string_view agency, base::Timestamp at) const noexcept {
    for (const Carriage& carriage : carries)
        if (carriage.agency == agency && carriage.validity.covers(at)) return &carriage;
    return nullptr;
}

Registry::Registry(Data data) : data_(std::move(data)) {
    for (std::size_t i = 0; i < data_.channels.size(); ++i) {
        const Channel& channel = data_.channels[i];
        GW_CHECK(channel.certificate != nullptr);
        mustBeNew(channelIndex_.emplace(channel.certificate->fingerprint(), i).second,
                  "channel certificate", channel.certificate->fingerprint().hex());
        mustBeNew(channelIdIndex_.emplace(channel.id, i).second, "channel", channel.id);
    }
    for (std::size_t i = 0; i < data_.signers.size(); ++i) {
        const SignerRecord& signer = data_.signers[i];
        GW_CHECK(signer.certificate != nullptr);
        mustBeNew(signerIndex_.emplace(signer.certificate->fingerprint(), i).second,
                  "signer certificate", signer.certificate->fingerprint().hex());
        signersOfAgency_.emplace(signer.agency, i);
    }
    for (std::size_t i = 0; i < data_.partners.size(); ++i)
        mustBeNew(partnerIndex_.emplace(data_.partners[i].agency, i).second, "agency",
                  data_.partners[i].agency);
}

const Channel* Registry::channelByFingerprint(const document::Digest& sha256) const noexcept {
    const auto found = channelIndex_.find(sha256);
    return found == channelIndex_.end() ? nullptr : &data_.channels[found->second];
}

const Channel* Registry::channelById(std::string_view id) const noexcept {
    const auto found = channelIdIndex_.find(id);
    return found == channelIdIndex_.end() ? nullptr : &data_.channels[found->second];
}

const SignerRecord* Registry::signerByFingerprint(const document::Digest& sha256) const noexcept {
    const auto found = signerIndex_.find(sha256);
    return found == signerIndex_.end() ? nullptr : &data_.signers[found->second];
}

std::vector<const SignerRecord*> Registry::signersOf(std::string_view agency) const {
    std::vector<const SignerRecord*> signers;
    const auto [first, last] = signersOfAgency_.equal_range(agency);
    for (auto entry = first; entry != last; ++entry)
        signers.push_back(&data_.signers[entry->second]);
    return signers;
}

const Partner* Registry::partner(std::string_view agency) const noexcept {
    const auto found = partnerIndex_.find(agency);
    return found == partnerIndex_.end() ? nullptr : &data_.partners[found->second];
}

}  // namespace gateway::trust
