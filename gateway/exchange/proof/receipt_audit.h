#pragma once
// Reads a stored receipt again and holds it against its row, for rebuild.

#include <optional>
#include <string>
#include <vector>

#include "gateway/store/records.h"
#include "gateway/trust/certificates/certificate.h"

namespace gateway::exchange {

/// Our seal certificates, as far as they are at hand.
struct KnownSeals {
    std::vector<trust::CertificatePtr> certificates;  ///< seals, or authorities that issued them
    /// A receipt that none of them stands behind is a difference. False: such a receipt (an earlier
    /// seal's) is believed as far as it can be read, and counted.
    bool complete = false;
};

/// What a receipt says beyond its row.
struct ReceiptWords {
    std::string gateway, environment, verdict;
    std::vector<std::string> notes;
};

struct ReceiptJudgement {
    std::vector<std::string> findings;  ///< what is wrong, in words, one for each
    std::optional<ReceiptWords> words;  ///< when it can be read; an operator's act has none
    bool vouched = false;               ///< a known seal stands behind it
    std::string archiveMade;            ///< by an operator's act that says so
};

/// Thread-safe.
class ReceiptAudit {
  public:
    explicit ReceiptAudit(KnownSeals seals) : seals_(std::move(seals)) {}

    /// No findings when the receipt can be read, states what the row states, and its seal holds.
    /// Checked: the seal by a known certificate or, for
    /// XML, by the one that the receipt carries; of an unknown seal's JWS (it carries none) the
    /// fields alone. An operator's act is its own receipt.
    /// Of a receipt that is not vouched for though seals are known, the notes are not believed:
    /// they could excuse what somebody took away.
    [[nodiscard]] ReceiptJudgement judge(const store::MessageRecord& message) const;

  private:
    KnownSeals seals_;
};

}  // namespace gateway::exchange
