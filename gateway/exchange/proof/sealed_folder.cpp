#include "gateway/exchange/proof/sealed_folder.h"

#include <fcntl.h>
#include <unistd.h>

#include <fstream>
#include <system_error>

#include "gateway/base/fault.h"
#include "gateway/document/digest.h"

namespace gateway::exchange {
namespace {

[[noreturn]] void fail(const std::filesystem::path& path) {
    throw base::Fault(path.string() + ": " + std::generic_category().message(errno));
}

void sync(const std::filesystem::path& folder, bool wholeDisk) {
    const int file = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool synced = file >= 0 && (wholeDisk ? ::syncfs(file) : ::fsync(file)) == 0;
    const int error = errno;
    if (file >= 0) ::close(file);
    errno = error;
    if (!synced) fail(folder);
}

}  // namespace

SealedFolder::SealedFolder(const std::filesystem::path& to, const std::string& name) :
    folder_(to / name) {
    partial_ = folder_;
    partial_ += ".partial";
    std::error_code failed;
    if (!std::filesystem::is_directory(to, failed))
        throw base::Fault(to.string() + " is no folder");
    if (std::filesystem::exists(folder_, failed)) {
        errno = EEXIST;
        fail(folder_);
    }
    if (!std::filesystem::create_directory(partial_, failed)) {
        errno = failed ? failed.value() : EEXIST;
        fail(partial_);
    }
    std::filesystem::permissions(partial_, std::filesystem::perms::owner_all, failed);
    if (failed) fail(partial_);
}

SealedFolder::~SealedFolder() {
    std::error_code ignored;
    if (!finished_) std::filesystem::remove_all(partial_, ignored);
}

void SealedFolder::write(const std::filesystem::path& path, std::string_view bytes) const {
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) fail(path);
    while (!bytes.empty()) {
        const auto written = ::write(file, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) {
            const int error = errno;
            ::close(file);
            errno = error;
            fail(path);
        }
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    if (::close(file) != 0) fail(path);
}

bool SealedFolder::put(const std::string& path, std::string_view bytes, const std::string& sha256) {
    if (!sums_.emplace(path, sha256).second) return false;
    std::error_code ignored;  // write() tells what is wrong
    std::filesystem::create_directories((partial_ / path).parent_path(), ignored);
    write(partial_ / path, bytes);
    bytes_ += static_cast<std::int64_t>(bytes.size());
    return true;
}

bool SealedFolder::put(const std::string& path, std::string_view bytes) {
    return put(path, bytes, document::sha256(bytes).hex());
}

void SealedFolder::readBack() const {
    for (const auto& [path, sha256] : sums_) {
        std::ifstream file(partial_ / path, std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(file), {}};
        if (!file || document::sha256(bytes).hex() != sha256)
            throw base::Fault((partial_ / path).string() + " is not what was written");
    }
}

std::string SealedFolder::finish(const trust::Seal& seal, const Manifest& manifest,
                                 std::string_view type) {
    std::string list;
    for (const auto& [path, sha256] : sums_) list += sha256 + "  " + path + "\n";
    write(partial_ / "SHA256SUMS", list);
    const auto sealed = seal.jws(manifest(document::sha256(list).hex()), type);
    write(partial_ / "manifest.jose", sealed);
    sync(partial_, true);
    readBack();
    std::error_code failed;
    std::filesystem::rename(partial_, folder_, failed);
    if (failed) {
        errno = failed.value();
        fail(folder_);
    }
    finished_ = true;
    sync(folder_.parent_path(), false);
    return document::sha256(sealed).hex();
}

}  // namespace gateway::exchange
