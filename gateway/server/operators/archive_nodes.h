#pragma once
// What operators are told of archives, as JSON.

#include <vector>

#include "gateway/document/tree.h"
#include "gateway/exchange/proof/archiving.h"

namespace gateway::server {

[[nodiscard]] document::Node archiveNode(const exchange::ArchiveReport& report);
[[nodiscard]] document::Node archivedNode(const std::vector<store::ArchivedBytes>& found);

}  // namespace gateway::server
