#include "gateway/exchange/plausibility.h"

namespace gateway::exchange {
namespace {

using enum model::MessageType;

// Administrative cases are heard by courts since 01/07/1996; officials' documents of the State go
// back to 1945. Whoever is a party was born, and sums have fewer than 16 digits.
constexpr std::string_view kFirstRuling = "1996-07-01";
constexpr std::string_view kFirstDocument = "1945-09-02";
constexpr std::string_view kFirstBirth = "1880";
constexpr std::string_view kLargestSum = "999999999999999";
constexpr std::string_view kMany = "1000000";
constexpr std::string_view kLargestFile = "2147483648";

constexpr FieldBounds kBounds[] = {
    {JudgmentTransfer, "ruling/reference/issuedOn", kFirstRuling, "@latest"},
    // A court may say in advance on which day a ruling takes effect.
    {JudgmentTransfer, "ruling/effectiveOn", "ruling/reference/issuedOn", "@latest+366"},
    {JudgmentTransfer, "ruling/deliveredToObligatedOn", "ruling/reference/issuedOn", "@latest"},
    {JudgmentTransfer, "ruling/parties[]/birthYear", kFirstBirth, "@latest"},
    {JudgmentTransfer, "ruling/obligations[]/no", "1", kMany},
    {JudgmentTransfer, "ruling/obligations[]/amountVnd", "0", kLargestSum},
    {JudgmentTransfer, "ruling/attachments[]/sizeBytes", "0", kLargestFile},

    {TransferAcknowledgement, "case/ruling/issuedOn", kFirstRuling, "@latest"},
    {TransferAcknowledgement, "receivedOn", "@ruling", "@latest"},
    {TransferAcknowledgement, "registeredOn", "receivedOn", "@latest"},

    {VoluntaryNotice, "case/ruling/issuedOn", kFirstRuling, "@latest"},
    {VoluntaryNotice, "issuedOn", "@registered", "@latest"},
    {VoluntaryNotice, "obligations[]", "1", kMany},
    {VoluntaryNotice, "attachments[]/sizeBytes", "0", kLargestFile},

    {NoticeAcknowledgement, "case/ruling/issuedOn", kFirstRuling, "@latest"},
    {NoticeAcknowledgement, "receivedOn", "@notice", "@latest"},
    {NoticeAcknowledgement, "judgmentReceivedOn", "@ruling", "@latest"},

    {StatusReport, "case/ruling/issuedOn", kFirstRuling, "@latest"},
    {StatusReport, "reportedOn", "@ruling", "@latest"},
    {StatusReport, "items[]/obligation", "1", kMany},
    {StatusReport, "attachments[]/sizeBytes", "0", kLargestFile},

    {CompletionReport, "case/ruling/issuedOn", kFirstRuling, "@latest"},
    {CompletionReport, "reportedOn", "@ruling", "@latest"},
    {CompletionReport, "items[]/obligation", "1", kMany},
    {CompletionReport, "items[]/completedOn", "@ruling", "reportedOn"},
    {CompletionReport, "items[]/minutes/madeOn", "@ruling", "reportedOn"},
    {CompletionReport, "attachments[]/sizeBytes", "0", kLargestFile},

    {DocumentTransfer, "promulgatedOn", kFirstDocument, "@latest"},
    {DocumentTransfer, "dueOn", "promulgatedOn", "@latest+36600"},
    {DocumentTransfer, "attachments[]/sizeBytes", "0", kLargestFile},

    {MonitoringQuery, "select/ruling/issuedOn", kFirstRuling, "@latest"},
    {MonitoringQuery, "select/issuedFrom", "", ""},
    {MonitoringQuery, "select/issuedUntil", "select/issuedFrom", ""},
    {MonitoringQuery, "pageSize", "1", kMany},
    {StatisticsQuery, "select/ruling/issuedOn", kFirstRuling, "@latest"},
    {StatisticsQuery, "select/issuedFrom", "", ""},
    {StatisticsQuery, "select/issuedUntil", "select/issuedFrom", ""},
};

}  // namespace

std::span<const FieldBounds> fieldBounds() noexcept { return kBounds; }

}  // namespace gateway::exchange
