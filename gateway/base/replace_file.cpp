#include "gateway/base/replace_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <system_error>

#include "gateway/base/fault.h"

namespace gateway::base {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const fs::path& file, int error) {
    throw Fault(file.string() + ": " + std::generic_category().message(error));
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
