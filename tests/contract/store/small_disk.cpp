#include "tests/contract/store/small_disk.h"

#include <sqlite3.h>

#include <array>
#include <atomic>
#include <cstdlib>
#include <mutex>
#include <utility>

namespace gateway::contract {
namespace {

std::filesystem::path theFolder;
std::atomic<std::uint64_t> theBytes{0};
sqlite3_vfs* theUnix = nullptr;
sqlite3_vfs theVfs;
// What is locked (the database) and what is not (the log) have methods of their own.
struct Methods {
    sqlite3_io_methods weighed;
    const sqlite3_io_methods* unweighed = nullptr;
};
std::mutex theMutex;
std::array<Methods, 8> theMethods;

const sqlite3_io_methods& unweighed(const sqlite3_file* file) {
    for (const auto& methods : theMethods)
        if (&methods.weighed == file->pMethods) return *methods.unweighed;
    std::abort();
}

std::uint64_t usedBytes() {
    std::uint64_t used = 0;
    std::error_code gone;
    for (const auto& entry : std::filesystem::directory_iterator(theFolder)) {
        const auto size = entry.file_size(gone);
        if (!gone) used += size;
    }
    return used;
}

bool fits(std::uint64_t growth) { return usedBytes() + growth <= theBytes; }

int writeWeighed(sqlite3_file* file, const void* bytes, int amount, sqlite3_int64 offset) {
    sqlite3_int64 size = 0;
    unweighed(file).xFileSize(file, &size);
    const auto end = offset + amount;
    if (end > size && !fits(static_cast<std::uint64_t>(end - size))) return SQLITE_FULL;
    return unweighed(file).xWrite(file, bytes, amount, offset);
}

int mapWeighed(sqlite3_file* file, int page, int pageSize, int extend, void volatile** mapped) {
    const int code = unweighed(file).xShmMap(file, page, pageSize, 0, mapped);
    if (code != SQLITE_OK || *mapped != nullptr || extend == 0) return code;
    if (!fits(static_cast<std::uint64_t>(pageSize))) return SQLITE_IOERR_SHMSIZE;
    return unweighed(file).xShmMap(file, page, pageSize, extend, mapped);
}

int openWeighed(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* outFlags) {
    const int code = theUnix->xOpen(theUnix, name, file, flags, outFlags);
    if (code != SQLITE_OK || file->pMethods == nullptr) return code;
    const std::lock_guard lock(theMutex);
    for (auto& methods : theMethods) {
        if (methods.unweighed != nullptr && methods.unweighed != file->pMethods) continue;
        if (methods.unweighed == nullptr) {
            methods.weighed = *file->pMethods;
            methods.weighed.xWrite = writeWeighed;
            if (methods.weighed.xShmMap != nullptr) methods.weighed.xShmMap = mapWeighed;
            methods.unweighed = file->pMethods;
        }
        file->pMethods = &methods.weighed;
        return code;
    }
    std::abort();
}

}  // namespace

SmallDisk::SmallDisk(std::filesystem::path folder, std::uint64_t bytes) {
    theFolder = std::move(folder);
    theBytes = bytes;
    theUnix = sqlite3_vfs_find(nullptr);
    theVfs = *theUnix;
    theVfs.pNext = nullptr;
    theVfs.zName = "small-disk";
    theVfs.xOpen = openWeighed;
    sqlite3_vfs_register(&theVfs, 1);
}

SmallDisk::~SmallDisk() {
    sqlite3_vfs_unregister(&theVfs);
    sqlite3_vfs_register(theUnix, 1);
}

void SmallDisk::resize(std::uint64_t bytes) { theBytes = bytes; }

void SmallDisk::fill() { theBytes = usedBytes(); }

std::uint64_t SmallDisk::freeBytes() const {
    const auto used = usedBytes();
    return used < theBytes ? theBytes - used : 0;
}

store::sqlite::SpaceProbe SmallDisk::probe() const {
    return [this](const std::filesystem::path&) {
        return std::optional(store::sqlite::SpaceReading{freeBytes(), theBytes});
    };
}

}  // namespace gateway::contract
