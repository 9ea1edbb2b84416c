#pragma once
// A gateway as an agency's staff or script sees it: signed calls, verified answers.

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gateway/server/wire/https_client.h"
#include "gateway/trust/certificates/certificate.h"
#include "gateway/trust/signer.h"

namespace gateway::app {

/// Where the gateway is and who we are to it.
struct AgencyAccess {
    std::string url;                                  ///< https://host:port
    std::filesystem::path certificate, key;           ///< the channel
    std::vector<trust::CertificatePtr> anchors;       ///< CAs of the gateway's TLS certificate
    std::vector<trust::CertificatePtr> gatewaySeals;  ///< to verify answers; empty: not verified
};

/// An answer with what a person wants to know of it.
struct CheckedAnswer {
    server::CallOutcome call;
    bool verified = false;  ///< sealed by one of gatewaySeals
    std::string payload;    ///< signed content as pretty JSON, when it could be read
};

/// Blocking; one thread at a time. Never throws for what the gateway does; throws InputError when
/// the channel's files cannot be used.
class AgencyClient {
  public:
    explicit AgencyClient(AgencyAccess access);

    [[nodiscard]] CheckedAnswer post(const std::string& path, const std::string& mediaType,
                                     const std::string& body,
                                     const std::string& detachedHeader = {});
    [[nodiscard]] CheckedAnswer get(const std::string& pathAndQuery,
                                    std::chrono::seconds patience = std::chrono::seconds(20));

  private:
    [[nodiscard]] CheckedAnswer check(server::CallOutcome outcome) const;
    AgencyAccess access_;
    server::HttpsTarget target_;
    server::HttpsClient client_;
};

/// One message ready to send.
struct SignedMessage {
    std::string mediaType, body, detachedHeader;
};

/// Signs what needs signing: XML gets an enveloped signature, JSON becomes a JWS compact, other
/// bytes a detached JWS with these claims. What is signed already passes as it is. With a seal,
/// throws InputError for what the gateway could not read (where and why, in both languages) and for
/// what would go out unsigned.
struct DetachedDetails {
    std::string audience, type, id, contentType;
};
[[nodiscard]] SignedMessage signForSending(const std::string& bytes, const trust::Seal* seal,
                                           const std::optional<DetachedDetails>& detached,
                                           base::Timestamp now);

}  // namespace gateway::app
