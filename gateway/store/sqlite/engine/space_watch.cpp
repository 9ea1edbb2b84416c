#include "gateway/store/sqlite/engine/space_watch.h"

#include <fcntl.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <utility>

#include "gateway/base/log.h"

namespace gateway::store::sqlite {
namespace {

using base::LogLevel;

std::filesystem::path beside(const std::filesystem::path& store) {
    auto path = store;
    path += ".reserve";
    return path;
}

const char* wordFor(SpaceState state) {
    switch (state) {
        case SpaceState::Ample: return "store.space_ample";
        case SpaceState::Low: return "store.space_low";
        case SpaceState::Short: return "store.space_short";
        case SpaceState::Critical: break;
    }
    return "store.space_critical";
}

}  // namespace

std::optional<SpaceReading> askFileSystem(const std::filesystem::path& folder) {
    struct statvfs found {};
    if (::statvfs(folder.c_str(), &found) != 0) return std::nullopt;
    return SpaceReading{std::uint64_t{found.f_bavail} * found.f_frsize,
                        std::uint64_t{found.f_blocks} * found.f_frsize};
}

SpaceWatch::SpaceWatch(const std::filesystem::path& store, const base::Limits& limits,
                       SpaceProbe probe) :
    folder_(std::filesystem::absolute(store).parent_path()),
    reserve_(beside(store)),
    limits_(limits),
    probe_(std::move(probe)) {
    look();
    // The log of an earlier life may be as large as this, and must go into the database now.
    if (state_ == SpaceState::Critical && free_ < limits_.freeSpaceReserveBytes)
        static_cast<void>(giveUpReserve());
    thread_ = std::thread([this] { loop(); });
}

SpaceWatch::~SpaceWatch() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    thread_.join();
}

void SpaceWatch::loop() {
    std::unique_lock lock(mutex_);
    for (;;) {
        wake_.wait_for(lock, base::kSpacePace, [this] { return stopping_ || muchWritten_; });
        if (stopping_) return;
        muchWritten_ = false;
        lock.unlock();
        look();
        lock.lock();
    }
}

void SpaceWatch::wrote(std::uint64_t bytes) noexcept {
    if (unseen_.fetch_add(bytes) + bytes < limits_.freeSpaceRefuseBytes / 16) return;
    unseen_ = 0;
    {
        const std::lock_guard lock(mutex_);
        muchWritten_ = true;
    }
    wake_.notify_all();
}

void SpaceWatch::look() {
    const std::lock_guard lock(looking_);
    const auto reading = probe_(folder_);
    if (!reading) {
        if (std::exchange(untold_, false))
            base::logEvent(LogLevel::Error, "store.space_unknown", {{"folder", folder_.string()}});
        return;
    }
    untold_ = true;
    free_ = reading->freeBytes;
    disk_ = reading->diskBytes;
    const auto now = judge(reading->freeBytes);
    const auto before = state_.exchange(now);
    if (before != now) tell(before, now);
    // The room that it left when it was given up is no new room.
    if (now == SpaceState::Ample &&
        reading->freeBytes > limits_.freeSpaceWarnBytes + 2 * limits_.freeSpaceReserveBytes)
        keepReserve();
}

// Once there is too little, a little more is wanted, lest it goes to and fro.
SpaceState SpaceWatch::judge(std::uint64_t freeBytes) const noexcept {
    const auto below = [&](std::uint64_t bound, SpaceState state) {
        return freeBytes < bound || (state_ >= state && freeBytes < bound + bound / 16);
    };
    if (below(limits_.freeSpaceRefuseBytes / 2, SpaceState::Critical)) return SpaceState::Critical;
    if (below(limits_.freeSpaceRefuseBytes, SpaceState::Short)) return SpaceState::Short;
    if (below(limits_.freeSpaceWarnBytes, SpaceState::Low)) return SpaceState::Low;
    return SpaceState::Ample;
}

void SpaceWatch::tell(SpaceState before, SpaceState now) const {
    const bool better = now < before;
    base::logEvent(better                   ? LogLevel::Info
                   : now == SpaceState::Low ? LogLevel::Warning
                                            : LogLevel::Error,
                   wordFor(now),
                   {{"folder", folder_.string()},
                    {"free", std::to_string(free_)},
                    {"disk", std::to_string(disk_)},
                    {"new_messages", now < SpaceState::Short ? "taken" : "refused"}});
}

bool SpaceWatch::giveUpReserve() noexcept {
    if (::unlink(reserve_.c_str()) != 0) return false;
    base::logEvent(LogLevel::Error, "store.reserve_given_up",
                   {{"file", reserve_.string()},
                    {"remedy", "make room: the next full disk finds no reserve"}});
    return true;
}

// Without it everything works but for a full disk: a failure is no reason to stop.
void SpaceWatch::keepReserve() noexcept {
    if (limits_.freeSpaceReserveBytes == 0 || ::access(reserve_.c_str(), F_OK) == 0) return;
    const int file = ::open(reserve_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) return;
    const auto bytes = static_cast<off_t>(limits_.freeSpaceReserveBytes);
    if (::posix_fallocate(file, 0, bytes) != 0) ::unlink(reserve_.c_str());
    ::close(file);
}

}  // namespace gateway::store::sqlite
