#pragma once
// Which acts are legal in which stage: the first life of a case (domain: RECEIVED to COMPLETED).
// Law: NĐ 71/2016 Đ.10.2, 12.3, 14.1, 14.2, 17-19; Luật TTHC Đ.311, 312.

#include "gateway/base/result.h"
#include "gateway/model/case_file.h"

namespace gateway::model {

/// Who acts, when and by which signed message; copied into the events.
struct Act {
    std::string actor;
    std::string messageId;
    std::string contentSha256;
    base::Timestamp recordedAt{};
};

/// The event of a transferred ruling; `ruling` must already be normalised and without attachment
/// contents. Always legal: whether the case exists already is the caller's question.
[[nodiscard]] Event transferEvent(const Act& act, Ruling ruling, Routing routing,
                                  std::string caseId);

/// What an act does to the case, or why it may not be done now: CONFLICT_STATE naming the legal
/// acts, MAPPING_VALUE for an obligation or notice that does not exist, MINUTES_REQUIRED.
/// Pure. Rights (may this agency do it?) are judged elsewhere, by mayAct().
[[nodiscard]] base::Result<Event> decide(const CaseFile& file, const Act& act,
                                         const TransferAcknowledgement& message);
[[nodiscard]] base::Result<Event> decide(const CaseFile& file, const Act& act,
                                         const VoluntaryNotice& message);
[[nodiscard]] base::Result<Event> decide(const CaseFile& file, const Act& act,
                                         const NoticeAcknowledgement& message);
[[nodiscard]] base::Result<Event> decide(const CaseFile& file, const Act& act,
                                         const StatusReport& message);
[[nodiscard]] base::Result<Event> decide(const CaseFile& file, const Act& act,
                                         const CompletionReport& message);

/// Names of the message types that some agency could send now, for the sender of an illegal one.
[[nodiscard]] std::string legalActs(const CaseFile& file);

}  // namespace gateway::model
