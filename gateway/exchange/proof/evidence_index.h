#pragma once
// What stands in an evidence pack, for people, for programs and for verify.sh.

#include "gateway/exchange/proof/evidence_pack.h"

namespace gateway::exchange {

[[nodiscard]] std::string evidenceJson(const EvidencePack& pack, const EvidenceQuestion& question);
[[nodiscard]] std::string evidenceCsv(const EvidencePack& pack);
[[nodiscard]] std::string evidenceHtml(const EvidencePack& pack, const EvidenceQuestion& question);
/// A line a piece that is there, its fields parted by "|", an absent one "-".
[[nodiscard]] std::string evidenceLines(const EvidencePack& pack);

}  // namespace gateway::exchange
