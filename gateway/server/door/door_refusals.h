#pragma once
// Who was turned away at the partners' door, with what certificate and why: for operators.

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/clock.h"
#include "gateway/server/wire/peer_certificate.h"

namespace gateway::server {

/// One source that was refused for one reason, however often.
struct DoorRefusal {
    std::string reason;   ///< nameOf(HandshakeRefusal), or the code of the answer
    std::string detail;   ///< the words of OpenSSL, if any
    std::string address;  ///< the last one
    std::optional<PeerCertificate> certificate;
    base::Timestamp first{}, last{};
    std::uint64_t count = 0;
};

/// At most base::kDoorRefusals sources: a certificate, or where none was shown an address block.
/// When there are more, the block with the most entries loses the one unseen for the longest, so
/// that a flood from one place covers up nobody else. In memory, since the start. Thread-safe.
class DoorRefusals {
  public:
    /// Texts are cut to bounded lengths. Throws only for want of memory.
    void note(std::string_view reason, std::string_view detail, const std::string& address,
              const std::optional<PeerCertificate>& certificate, base::Timestamp now);
    /// The latest first.
    [[nodiscard]] std::vector<DoorRefusal> list() const;

  private:
    struct Entry {
        std::string block;
        DoorRefusal refusal;
    };
    void makeRoom();
    mutable std::mutex mutex_;
    std::vector<Entry> entries_;
};

}  // namespace gateway::server
