#include "gateway/store/sqlite/process_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "gateway/store/records.h"

namespace gateway::store::sqlite {

ProcessLock::ProcessLock(const std::filesystem::path& file) :
    descriptor_(::open((file.string() + ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
    const auto refusedBySystem = [&file](int error) {
        return StoreFault(file.string() + ".lock: " + std::generic_category().message(error));
    };
    if (descriptor_ < 0) {
        throw refusedBySystem(errno);
    }
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
        const int error = errno;
        ::close(descriptor_);
        if (error != EWOULDBLOCK) {
            throw refusedBySystem(error);
        }
        throw StoreFault(file.string() + " is in use by another process");
    }
}

ProcessLock::~ProcessLock() { ::close(descriptor_); }

}  // namespace gateway::store::sqlite
