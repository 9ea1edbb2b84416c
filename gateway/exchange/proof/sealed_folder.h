#pragma once
// A folder of files on its way to a disk, complete or not there at all: a list that sha256sum
// reads, and a manifest under our seal that names the list.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "gateway/trust/signer.h"

namespace gateway::exchange {

/// Written as FOLDER.partial and named when everything in it is durable and read back. One thread.
/// Throws base::Fault: the disk says no, or gives other bytes than it took; what was written is
/// removed then.
class SealedFolder {
  public:
    /// `to` must be there; nothing by the name may.
    SealedFolder(const std::filesystem::path& to, const std::string& name);
    ~SealedFolder();
    SealedFolder(const SealedFolder&) = delete;
    SealedFolder& operator=(const SealedFolder&) = delete;

    /// A file below it; false: one of that name is there already and stays. `sha256`: of the bytes.
    bool put(const std::string& path, std::string_view bytes, const std::string& sha256);
    /// The same, its digest taken here.
    bool put(const std::string& path, std::string_view bytes);
    [[nodiscard]] std::int64_t bytes() const noexcept { return bytes_; }
    [[nodiscard]] const std::filesystem::path& folder() const noexcept { return folder_; }

    /// Makes the manifest's JSON out of the digest of the list.
    using Manifest = std::function<std::string(const std::string& sumsSha256)>;
    /// Seals and names it; the digest of the sealed manifest. The folder stays when this dies.
    [[nodiscard]] std::string finish(const trust::Seal& seal, const Manifest& manifest,
                                     std::string_view type);

  private:
    void write(const std::filesystem::path& path, std::string_view bytes) const;
    void readBack() const;

    std::filesystem::path folder_, partial_;
    std::map<std::string, std::string> sums_;  ///< digest by path
    std::int64_t bytes_ = 0;
    bool finished_ = false;
};

}  // namespace gateway::exchange
