#pragma once
// Whether the files that are written are still those that the next start will open.

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "gateway/base/limits.h"
#include "gateway/store/sqlite/engine/connection.h"
#include "gateway/store/sqlite/engine/health.h"
#include "gateway/store/sqlite/engine/writer.h"

namespace gateway::store::sqlite {

/// Looks every base::kFilePace, on its own thread, at the database and the files beside it. One
/// that is gone or another one: what is acknowledged would be lost with the process, so the store
/// fails (no more acknowledgements), everything that was committed is moved into the database while
/// it can still be reached, and the reason says what to do. Also tells in the log when a commit has
/// been under way for longer than limits.storeStuckAfter: a disk that hangs.
/// What is committed between the loss and the look is moved as well. Not promised: a database
/// file that is deleted, not renamed, has no name to come back by.
class FileWatch {
  public:
    /// `saving`: a connection of its own, on which something was read already, lest it open
    /// whatever lies there later.
    FileWatch(std::filesystem::path file, std::unique_ptr<Connection> saving, Writer& writer,
              Health& health, const base::Limits& limits);
    ~FileWatch();
    FileWatch(const FileWatch&) = delete;
    FileWatch& operator=(const FileWatch&) = delete;

  private:
    struct Watched {
        std::filesystem::path path;
        std::uint64_t device = 0, inode = 0;
    };
    void loop();
    void look();
    void tellWhetherStuck();
    void save();

    const std::filesystem::path file_;
    std::unique_ptr<Connection> saving_;
    Writer& writer_;
    Health& health_;
    const base::Limits limits_;
    std::vector<Watched> watched_;
    bool stuckTold_ = false;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace gateway::store::sqlite
