#pragma once
// How much room is left where the store lies, and what may still be written.

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

#include "gateway/base/limits.h"

namespace gateway::store::sqlite {

/// From Short on no new message is taken; from Critical on nothing is rendered either. Receipts for
/// deliveries, audits of reads and operators' acts are written as long as there is a byte.
enum class SpaceState : std::uint8_t { Ample, Low, Short, Critical };

struct SpaceReading {
    std::uint64_t freeBytes = 0;  ///< for us, not for root
    std::uint64_t diskBytes = 0;
};

/// What the file system of a folder says; nothing if it cannot be asked.
using SpaceProbe = std::function<std::optional<SpaceReading>(const std::filesystem::path& folder)>;
[[nodiscard]] std::optional<SpaceReading> askFileSystem(const std::filesystem::path& folder);

/// Looks every base::kSpacePace, and whenever much was written, on its own thread (a hung disk must
/// not hang whoever wants to know) and tells changes in the log. Keeps
/// `limits.freeSpaceReserveBytes` in a file beside the store, made while space is ample: giving it
/// up is what lets a full disk be opened and mended. Thread-safe. Does not promise that nobody else
/// fills the disk between two looks.
class SpaceWatch {
  public:
    SpaceWatch(const std::filesystem::path& store, const base::Limits& limits, SpaceProbe probe);
    ~SpaceWatch();
    SpaceWatch(const SpaceWatch&) = delete;
    SpaceWatch& operator=(const SpaceWatch&) = delete;

    [[nodiscard]] SpaceState state() const noexcept { return state_; }
    [[nodiscard]] SpaceReading reading() const noexcept { return {free_, disk_}; }
    /// Looks once, now.
    void look();
    /// So many bytes more are in the store's files: a sixteenth of the watermark, and the thread
    /// looks at once, so that no burst passes it between two looks.
    void wrote(std::uint64_t bytes) noexcept;
    /// Something did not fit. True: the reserve was there and is given up, so try again.
    [[nodiscard]] bool giveUpReserve() noexcept;

  private:
    void loop();
    [[nodiscard]] SpaceState judge(std::uint64_t freeBytes) const noexcept;
    void tell(SpaceState before, SpaceState now) const;
    void keepReserve() noexcept;

    const std::filesystem::path folder_, reserve_;
    const base::Limits limits_;
    const SpaceProbe probe_;
    std::atomic<SpaceState> state_{SpaceState::Ample};
    std::atomic<std::uint64_t> free_{0}, disk_{0};
    std::mutex looking_;
    bool untold_ = true;  ///< that the file system cannot be asked
    std::mutex mutex_;
    std::condition_variable wake_;
    bool stopping_ = false, muchWritten_ = false;
    std::atomic<std::uint64_t> unseen_{0};  ///< bytes written since the thread was called
    std::thread thread_;
};

}  // namespace gateway::store::sqlite
