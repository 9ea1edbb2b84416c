#pragma once
// Who may knock and who may sign: registered channels and signers, as one immutable snapshot.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/clock.h"
#include "gateway/document/digest.h"
#include "gateway/trust/certificates/certificate.h"

namespace gateway::trust {

/// From (included) to until (excluded), in instants; an absent end means open.
struct Validity {
    std::optional<base::Timestamp> from, until;
    [[nodiscard]] bool covers(base::Timestamp at) const noexcept;
};

/// For which agency a channel may carry messages, and whether it may read for it.
struct Carriage {
    std::string agency;
    Validity validity;
    bool mayRead = false;
};

/// A TLS certificate that may knock at the partners' door.
struct Channel {
    std::string id;  ///< stands in receipts
    std::string ownerAgency;
    CertificatePtr certificate;
    Validity validity;
    std::optional<base::Timestamp> revokedAt;
    std::vector<Carriage> carries;  ///< includes the owner, when it may

    [[nodiscard]] const Carriage* carriageOf(std::string_view agency,
                                             base::Timestamp at) const noexcept;
};

/// A seal certificate that may sign for an agency.
struct SignerRecord {
    std::string agency;
    CertificatePtr certificate;
    Validity validity;
    std::optional<base::Timestamp> revokedAt;
};

/// What stands for the item's id in Partner::pushStatusUrl.
inline constexpr std::string_view kItemPlace = "{item}";

/// One agency's registration: how it is reached and which formats it uses.
struct Partner {
    std::string agency;
    std::vector<std::string> formatsIn;             ///< mapping ids it may send
    std::map<std::string, std::string> formatsOut;  ///< message type ("*" = any) -> mapping id
    std::map<std::string, std::string> settings;    ///< that its mappings may ask for, by name
    std::string preferredFamily = "json";           ///< "xml" | "json": form of unsolicited seals
    std::optional<std::string> pushUrl;             ///< https only; absent = mailbox
    bool pushIdempotent = true;
    /// Where to ask what became of a push; https only, holds kItemPlace once.
    std::optional<std::string> pushStatusUrl;
    std::vector<CertificatePtr> pushServerAnchors;  ///< CAs its server certificate must chain to
};

/// An immutable snapshot of registrations; build a new one to change anything.
/// Thread-safe because it never changes.
class Registry {
  public:
    struct Data {
        std::vector<Channel> channels;
        std::vector<SignerRecord> signers;
        std::vector<Partner> partners;
    };
    /// Two channels or two signers of one fingerprint, two channels of one id and two partners of
    /// one agency throw Fault.
    explicit Registry(Data data);

    [[nodiscard]] const Channel* channelByFingerprint(
        const document::Digest& sha256) const noexcept;
    [[nodiscard]] const Channel* channelById(std::string_view id) const noexcept;
    [[nodiscard]] const SignerRecord* signerByFingerprint(
        const document::Digest& sha256) const noexcept;
    [[nodiscard]] std::vector<const SignerRecord*> signersOf(std::string_view agency) const;
    [[nodiscard]] const Partner* partner(std::string_view agency) const noexcept;
    [[nodiscard]] const Data& data() const noexcept { return data_; }

  private:
    Data data_;
    std::map<document::Digest, std::size_t> channelIndex_, signerIndex_;
    std::map<std::string, std::size_t, std::less<>> channelIdIndex_, partnerIndex_;
    std::multimap<std::string, std::size_t, std::less<>> signersOfAgency_;
};

}  // namespace gateway::trust
