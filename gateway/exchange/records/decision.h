#pragma once
// What one understood message does: events, the case after it, who must be told. Not yet durable.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/exchange/desk/verdict.h"
#include "gateway/model/cases/case_file.h"
#include "gateway/store/records.h"

namespace gateway::exchange {

/// Notes of a receipt on what was not delivered: the recipient's code follows, and for one that
/// may not receive it the type of message (protocol.md).
inline constexpr std::string_view kNotConnected = "recipient-not-connected:";
inline constexpr std::string_view kNotPermitted = "delivery-not-permitted:";
/// On a document: the receipt of the message that brought it first follows, or of the one by which
/// it stands no more.
inline constexpr std::string_view kReceivedBefore = "document-received-before:";
inline constexpr std::string_view kStandsNoMore = "document-stands-no-more:";
/// What it does to an earlier one, whose receipt follows: document-withdrawal:RECEIPT.
inline constexpr std::string_view kDoneToDocument = "document-";
/// On an act that was taken although somebody should look: the mark of its declaration follows.
inline const std::string kMarked = "mark:";
/// What an act left out and its sender has said before: in which message, and each place.
inline const std::string kUnchangedFrom = "unchanged-from:", kUnchanged = "unchanged:";

/// The outcome of roads 7 of the design for one message. A plain value.
struct Decision {
    Verdict verdict = Verdict::Accepted;
    std::string caseId;
    std::vector<model::Event> events;
    std::optional<model::CaseFile> caseAfter;
    std::int64_t expectedVersion = 0;
    std::vector<store::CaseAlias> newAliases;
    std::vector<store::OutboxItem> outbox;
    /// As in store::Acceptance.
    std::optional<store::CaseAlias> parkUnder, looksUnder;
    std::string parkBeside;
    std::int64_t besideVersion = 0;
    std::vector<std::int64_t> unparkPositions, stillParked;
    std::optional<store::DocumentName> document;
    std::vector<store::Acceptance> following;
    std::vector<std::string> notes;
};

}  // namespace gateway::exchange
