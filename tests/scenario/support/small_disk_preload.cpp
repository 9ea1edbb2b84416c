// Preloaded into a process of ours: a disk of its own for the store alone, as large as the file
// $THAHC_SMALL_DISK is long, so that a test makes it larger or smaller while the process runs. What
// does not fit fails with ENOSPC.

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <string>

namespace {

constexpr std::uint64_t kBlock = 4096;

std::uint64_t sizeOf(const std::string& file, struct stat* found) {
    return ::stat(file.c_str(), found) == 0 ? static_cast<std::uint64_t>(found->st_size) : 0;
}

struct Disk {
    std::uint64_t bytes = 0, used = 0;
    bool holds = false;  ///< the file that is asked for lies on it
};

// Of the file `fd`, if one is given.
Disk disk(int fd) {
    static const char* const store = std::getenv("THAHC_SMALL_DISK_STORE");
    static const char* const size = std::getenv("THAHC_SMALL_DISK");
    Disk found;
    if (store == nullptr || size == nullptr) return found;
    struct stat asked {};
    const bool isAsked = fd >= 0 && ::fstat(fd, &asked) == 0;
    struct stat each {};
    found.bytes = sizeOf(size, &each);
    for (const char* suffix : {"", "-wal", "-shm", ".reserve"}) {
        each = {};
        found.used += sizeOf(std::string(store) + suffix, &each);
        if (isAsked && each.st_ino != 0 && each.st_ino == asked.st_ino &&
            each.st_dev == asked.st_dev)
            found.holds = true;
    }
    return found;
}

bool fits(int fd, std::uint64_t end) {
    const auto here = disk(fd);
    struct stat now {};
    if (!here.holds || ::fstat(fd, &now) != 0) return true;
    const auto size = static_cast<std::uint64_t>(now.st_size);
    return end <= size || here.used + (end - size) <= here.bytes;
}

template <class Function>
Function real(const char* name) {
    return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

}  // namespace

extern "C" {

ssize_t pwrite64(int fd, const void* bytes, size_t count, off64_t offset) {
    static const auto next = real<decltype(&pwrite64)>("pwrite64");
    if (!fits(fd, static_cast<std::uint64_t>(offset) + count)) {
        errno = ENOSPC;
        return -1;
    }
    return next(fd, bytes, count, offset);
}

int posix_fallocate(int fd, off_t offset, off_t length) {
    static const auto next = real<decltype(&posix_fallocate)>("posix_fallocate");
    return fits(fd, static_cast<std::uint64_t>(offset + length)) ? next(fd, offset, length)
                                                                 : ENOSPC;
}

int statvfs(const char* path, struct statvfs* found) {
    static const auto next = real<decltype(&statvfs)>("statvfs");
    const int code = next(path, found);
    const auto here = disk(-1);
    if (code != 0 || here.bytes == 0) return code;
    found->f_frsize = kBlock;
    found->f_blocks = here.bytes / kBlock;
    found->f_bavail = here.used < here.bytes ? (here.bytes - here.used) / kBlock : 0;
    return code;
}

}  // extern "C"
