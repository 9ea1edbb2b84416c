#include "gateway/store/sqlite/engine/process_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "gateway/store/records.h"

namespace gateway::store::sqlite {

ProcessLock::ProcessLock(const std::filesystem::path& file) :
    descriptor_(::open(file.c_str(), O_RDWR | O_CLOEXEC)) {
    const auto refusedBySystem = [&file](int error) {
        return StoreFault(file.string() + ": " + std::generic_category().message(error));
    };
    if (descriptor_ < 0) {
        throw refusedBySystem(errno);
    }
    struct stat status {};
    const bool locked = ::flock(descriptor_, LOCK_EX | LOCK_NB) == 0;
    const int error = locked ? 0 : errno;
    if (!locked || ::fstat(descriptor_, &status) != 0 || status.st_nlink != 1) {
        ::close(descriptor_);
        if (locked) {
            throw StoreFault(file.string() + " has a second hard link; remove one of the names");
        }
        if (error != EWOULDBLOCK) {
            throw refusedBySystem(error);
        }
        throw StoreFault(file.string() + " is in use by another process");
    }
}

ProcessLock::~ProcessLock() { ::close(descriptor_); }

}  // namespace gateway::store::sqlite
