#include "gateway/store/sqlite/engine/file_watch.h"

#include <sys/stat.h>

#include <optional>
#include <utility>

#include "gateway/base/log.h"
#include "gateway/store/sqlite/engine/sqlite_error.h"

namespace gateway::store::sqlite {
namespace {

using base::LogLevel;

// How long a commit that is under way, and then a copy of the log, is waited for.
constexpr std::chrono::seconds kCommitPatience{10};
constexpr std::chrono::milliseconds kPace{10};

struct Identity {
    std::uint64_t device = 0, inode = 0;
    friend bool operator==(const Identity&, const Identity&) = default;
};

std::optional<Identity> identityOf(const std::filesystem::path& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) return std::nullopt;
    return Identity{status.st_dev, status.st_ino};
}

// Beside a copy that is under way another one is turned away as busy, whatever it would wait.
void moveAll(Connection& connection) {
    const auto until = std::chrono::steady_clock::now() + kCommitPatience;
    for (;;) {
        try {
            return connection.checkpointAll();
        } catch (const SqliteError& error) {
            if (!error.busy() || std::chrono::steady_clock::now() > until) throw;
        }
        std::this_thread::sleep_for(kPace);
    }
}

}  // namespace

FileWatch::FileWatch(std::filesystem::path file, std::unique_ptr<Connection> saving, Writer& writer,
                     Health& health, const base::Limits& limits) :
    file_(std::move(file)),
    saving_(std::move(saving)),
    writer_(writer),
    health_(health),
    limits_(limits) {
    static_cast<void>(saving_->value("SELECT count(*) FROM store_identity"));
    for (const char* suffix : {"", "-wal", "-shm"}) {
        auto path = file_;
        path += suffix;
        if (const auto found = identityOf(path))
            watched_.push_back({std::move(path), found->device, found->inode});
    }
    thread_ = std::thread([this] { loop(); });
}

FileWatch::~FileWatch() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    thread_.join();
    if (!health_.ok()) saving_->keepLogOnClose();
}

void FileWatch::loop() {
    std::unique_lock lock(mutex_);
    while (!wake_.wait_for(lock, base::kFilePace, [this] { return stopping_; })) {
        lock.unlock();
        // Asks no disk: a look at the files may never come back from one that hangs.
        tellWhetherStuck();
        if (health_.ok()) look();
        lock.lock();
    }
}

void FileWatch::tellWhetherStuck() {
    const auto age = writer_.oldestWaiting();
    const bool stuck = age > limits_.storeStuckAfter;
    if (stuck == std::exchange(stuckTold_, stuck)) return;
    base::logEvent(stuck ? LogLevel::Error : LogLevel::Warning,
                   stuck ? "store.stuck" : "store.goes_on",
                   {{"oldest_write_ms", std::to_string(age.count())},
                    {"remedy", stuck ? "the disk does not answer: see the kernel's log" : ""}});
}

void FileWatch::look() {
    for (const auto& one : watched_) {
        const auto found = identityOf(one.path);
        if (found == Identity{one.device, one.inode}) continue;
        health_.fail(one.path.string() + (found ? " is another file" : " is gone") +
                     " while it is in use; what was acknowledged is moved into the database. If "
                     "that was renamed, give it its name back before the next start");
        save();
        return;
    }
}

void FileWatch::save() {
    const auto until = std::chrono::steady_clock::now() + kCommitPatience;
    // Nothing new begins: the store has failed. What had begun may still be told durable.
    while (writer_.oldestWaiting().count() > 0 && std::chrono::steady_clock::now() < until)
        std::this_thread::sleep_for(kPace);
    try {
        moveAll(*saving_);
        base::logEvent(LogLevel::Error, "store.moved_out_of_lost_log", {{"file", file_.string()}});
    } catch (const std::exception& error) {
        base::logEvent(LogLevel::Error, "store.lost_log",
                       {{"file", file_.string()},
                        {"reason", error.what()},
                        {"remedy",
                         "acknowledged messages may be missing: ask partners for theirs "
                         "by their receipts"}});
    }
}

}  // namespace gateway::store::sqlite
