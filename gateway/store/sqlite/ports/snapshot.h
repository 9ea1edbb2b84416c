#pragma once
// A view of one moment on a connection of its own.

#include <filesystem>
#include <functional>
#include <memory>

#include "gateway/store/sqlite/engine/connection.h"
#include "gateway/store/store_view.h"

namespace gateway::store::sqlite {

/// How large the write-ahead log may become while a view of a live store lasts.
inline constexpr std::int64_t kMostLogPages = 512 * 1024;

/// Sees `file` as it is now, also while another process writes to it; of the newest schema only
/// (OlderStore). `logPages` is asked between reads: beyond kMostLogPages the next one throws
/// StoreBusy, lest the disk fill up.
[[nodiscard]] std::unique_ptr<StoreView> viewOf(const std::filesystem::path& file,
                                                std::function<std::int64_t()> logPages = {});

}  // namespace gateway::store::sqlite
