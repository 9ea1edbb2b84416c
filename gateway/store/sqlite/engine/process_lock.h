#pragma once
// One process at a time: a second gateway would take the first one's sending for a crash.

#include <filesystem>

namespace gateway::store::sqlite {

/// Holds an advisory lock (flock) on the database file itself while it lives, so that no other name
/// of it (symbolic or hard link, bind mount) gets past; the kernel frees it when the process ends,
/// however that happens. The file must be there. Must outlive every connection to it: closing the
/// file would free SQLite's own locks. Throws StoreFault if another process has it, or if the file
/// has a second hard link: SQLite's log lies beside one name only.
class ProcessLock {
  public:
    explicit ProcessLock(const std::filesystem::path& file);
    ~ProcessLock();
    ProcessLock(const ProcessLock&) = delete;
    ProcessLock& operator=(const ProcessLock&) = delete;

  private:
    int descriptor_;
};

}  // namespace gateway::store::sqlite
