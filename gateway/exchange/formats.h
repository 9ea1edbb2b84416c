#pragma once
// Which mapping writes what for whom, and the sealed result.

#include <string>

#include "gateway/document/tree.h"
#include "gateway/exchange/evidence.h"
#include "gateway/exchange/snapshot.h"
#include "gateway/model/message.h"

namespace gateway::exchange {

/// The mapping by which `partner` wants messages of a type: its own choice for that type, else
/// its choice for any ("court-json/*"), else the canonical one of its family
/// ("case-model-json/judgment-transfer"). No such mapping, or one that cannot write, is a Fault:
/// an operator's alarm, never a partner's mistake.
[[nodiscard]] const mapping::Plan& outwardPlan(const Snapshot& snapshot,
                                               const trust::Partner& partner,
                                               model::MessageType type);

/// What the exchange itself gives to a mapping that writes for `recipient`.
[[nodiscard]] mapping::ExchangeValues outwardValues(const std::string& recipient,
                                                    const Identity& identity);

/// Writes `ours` (canonical shape) in the partner's format and seals it as translator.
[[nodiscard]] Sealed writeSealed(const mapping::Plan& plan, const document::Node& ours,
                                 const std::string& recipient, const Identity& identity,
                                 const trust::Seal& seal, std::string_view jwsType);

/// "JudgmentTransfer" -> "judgment-transfer", as in the directories of mappings/.
[[nodiscard]] std::string kebab(std::string_view typeName);

}  // namespace gateway::exchange
