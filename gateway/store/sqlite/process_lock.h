#pragma once
// One process at a time: a second gateway would take the first one's sending for a crash.

#include <filesystem>

namespace gateway::store::sqlite {

/// Holds an advisory lock (flock) on FILE.lock while it lives; the kernel frees it when the process
/// ends, however that happens. Throws StoreFault if another process has it.
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
