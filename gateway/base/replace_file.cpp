#include "gateway/base/replace_file.h"

#include <fcntl.h>
#include <pwd.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <string>
#include <system_error>

#include "gateway/base/fault.h"

namespace gateway::base {
namespace {

namespace fs = std::filesystem;

// Files that root has put there for a service are the usual reason: say whose they must be.
std::string remedyFor(const fs::path& file, int error) {
    if (error != EACCES && error != EPERM) return {};
    std::array<char, 4096> space{};
    struct passwd entry {};
    struct passwd* found = nullptr;
    static_cast<void>(::getpwuid_r(::geteuid(), &entry, space.data(), space.size(), &found));
    const auto account = found ? std::string(found->pw_name) : std::to_string(::geteuid());
    return " for the account " + account + ": give it the folder (chown " + account + " " +
           file.parent_path().string() + ")";
}

[[noreturn]] void fail(const fs::path& file, int error) {
    throw Fault(file.string() + ": " + std::generic_category().message(error) +
                remedyFor(file, error));
}

// Zero, or the error.
int writeAll(int descriptor, std::string_view contents) {
    while (!contents.empty()) {
        const ssize_t written = ::write(descriptor, contents.data(), contents.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return errno;
        contents.remove_prefix(static_cast<std::size_t>(written));
    }
    return ::fsync(descriptor) == 0 ? 0 : errno;
}

void syncFolder(const fs::path& folder) {
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) fail(folder, errno);
    const int error = ::fsync(descriptor) == 0 ? 0 : errno;
    ::close(descriptor);
    if (error != 0) fail(folder, error);
}

}  // namespace

void replaceFile(const fs::path& file, std::string_view contents) {
    const fs::path fresh = file.string() + ".new";
    const int descriptor = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (descriptor < 0) fail(fresh, errno);
    int error = writeAll(descriptor, contents);
    if (::close(descriptor) != 0 && error == 0) error = errno;
    if (error == 0 && std::rename(fresh.c_str(), file.c_str()) != 0) error = errno;
    if (error != 0) {
        ::unlink(fresh.c_str());
        fail(file, error);
    }
    syncFolder(file.has_parent_path() ? file.parent_path() : fs::path("."));
}

}  // namespace gateway::base
