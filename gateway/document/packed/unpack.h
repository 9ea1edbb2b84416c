#pragma once
// ZIP archives held in memory: what partners pack, bounded before and while it is unpacked.

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/result.h"

struct zip;

namespace gateway::document {

/// Why something packed is not taken. A closed set, so that each caller chooses its own code.
enum class PackFault {
    Damaged,     ///< no ZIP archive, cut off, or its check sum disagrees
    Encrypted,   ///< needs a password
    NoSuchFile,  ///< the file asked for is not in it
    NotOneFile,  ///< none or several where one is meant
    TwoOfAName,  ///< readers would disagree on which of the two counts
    TooMany,     ///< more files than allowed
    TooLarge,    ///< more bytes than allowed, by what the archive says or by what came out of it
};

/// In words for whoever has packed it.
[[nodiscard]] base::Words wordsOf(PackFault fault);

/// What unpacking may cost. Bytes are counted over the whole archive.
struct PackBounds {
    std::size_t files = 1'000;
    std::size_t bytes = std::size_t{32} * 1024 * 1024;
    /// Unpacked by packed bytes of one file; small files are let off.
    std::size_t ratio = 200;
};

/// An archive that was opened; `bytes` must outlive it. Movable; one thread at a time.
class PackedFiles {
  public:
    [[nodiscard]] static base::Result<PackedFiles, PackFault> open(std::string_view bytes,
                                                                   const PackBounds& bounds = {});
    PackedFiles(PackedFiles&&) noexcept;
    PackedFiles& operator=(PackedFiles&&) noexcept;
    ~PackedFiles();

    /// In the archive's order; folders are no files.
    [[nodiscard]] const std::vector<std::string>& names() const noexcept { return names_; }
    /// What all of it unpacks to; no file gives more than its part of that.
    [[nodiscard]] std::size_t unpackedBytes() const noexcept { return unpacked_; }
    [[nodiscard]] base::Result<std::string, PackFault> read(const std::string& name);

  private:
    struct Close {
        void operator()(zip* archive) const noexcept;
    };
    explicit PackedFiles(zip* archive) : archive_(archive) {}
    std::unique_ptr<zip, Close> archive_;
    std::vector<std::string> names_;
    std::size_t unpacked_ = 0;
};

/// The one file of an archive. Thread-safe.
[[nodiscard]] base::Result<std::string, PackFault> unpackSingle(std::string_view bytes,
                                                                const PackBounds& bounds = {});
/// An archive of one file: the same name and content always give the same bytes. Thread-safe.
[[nodiscard]] std::string packSingle(const std::string& name, std::string_view content);

}  // namespace gateway::document
