#include "gateway/store/sqlite/process_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "gateway/base/fault.h"

namespace gateway::store::sqlite {

ProcessLock::ProcessLock(const std::filesystem::path& file) :
    descriptor_(::open((file.string() + ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
    if (descriptor_ < 0) {
        throw base::Fault(file.string() + ".lock: " + std::generic_category().message(errno));
    }
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
        ::close(descriptor_);
        throw base::Fault(file.string() + " is in use by another process");
    }
}

ProcessLock::~ProcessLock() { ::close(descriptor_); }

}  // namespace gateway::store::sqlite
