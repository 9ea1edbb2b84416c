#pragma once
// Invented rows for the store's tests, complete enough that every column is seen.

#include <string>
#include <string_view>

#include "gateway/store/ledger.h"

namespace gateway::contract {

inline const base::Timestamp kNoon{std::chrono::milliseconds{1'795'237'200'123}};

/// A message of that agency; digests follow from the id and the body.
[[nodiscard]] store::MessageRecord message(std::string_view agency, std::string_view id,
                                           std::string_view body = "<BanAn/>");

/// A case in its first version, in An Giang, seen by its court and an obligated committee.
[[nodiscard]] store::CaseRecord caseFile(std::string_view caseId);

/// An acceptance that opens a case under one alias.
[[nodiscard]] store::Acceptance opening(std::string_view caseId, std::string_view messageId,
                                        std::string_view number = "05/2026/HC-ST");

/// An acceptance that takes a known case from `version` to the next.
[[nodiscard]] store::Acceptance following(std::string_view caseId, std::string_view messageId,
                                          std::int64_t version);

[[nodiscard]] store::OutboxItem item(std::string_view itemId, std::string_view recipient,
                                     std::string_view caseId);

[[nodiscard]] store::CaseAlias alias(std::string_view number);

template <class T>
[[nodiscard]] bool is(const store::AcceptOutcome& outcome) {
    return std::holds_alternative<T>(outcome);
}

/// As look-ups give it.
[[nodiscard]] store::MessageRecord withoutBody(store::MessageRecord message);
/// Every member but the position.
void expectSame(const store::MessageRecord& actual, const store::MessageRecord& expected);

}  // namespace gateway::contract
