#pragma once
// How much one message may say beside its files: what is kept of it is written, read, compared and
// sent on many times.

#include <optional>

#include "gateway/base/limits.h"
#include "gateway/base/problem.h"
#include "gateway/document/tree.h"

namespace gateway::exchange {

/// The first of these that a mapped message breaks, CONTENT_TOO_LARGE with its path in ours: items
/// of any list (Limits::contentItems), of attachments (base::kMostAttachments), and text without
/// the content of files (Limits::contentBytes).
[[nodiscard]] std::optional<base::Problem> beyondBounds(const document::Node& ours,
                                                        const base::Limits& limits);

}  // namespace gateway::exchange
