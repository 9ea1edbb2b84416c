#pragma once
// The port through which old bytes leave the store. Rows, receipts and digests stay for ever.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/clock.h"

namespace gateway::store {

/// What may leave: the body of a message that nothing waits for any more, a file that no delivery
/// will need, the rendered bytes of a closed delivery, refused bytes; and lines of the audit of
/// reads, which leave with their rows: up to kReadsAtOnce to a piece, a JSON object a line.
/// Numbers in the store.
enum class ArchivedKind : std::uint8_t { Message, File, Delivery, Refusal, Reads };
inline constexpr std::size_t kReadsAtOnce = 1'000;

/// One row's bytes, and what a reader must know of them without the store.
struct ArchivePiece {
    ArchivedKind kind{};
    std::int64_t row = 0;
    std::string key;          ///< for purge()
    std::string agency;       ///< author, recipient of a delivery, signer of what was refused
    std::string id;           ///< of the message, the item, the refusal; of reads: first-last line
    std::string receiptId{};  ///< of a message
    std::string mediaType{}, detachedHeader{};
    std::string sha256;  ///< of the bytes, as recorded when they came
    base::Timestamp at{};
    std::string bytes;
};

/// An archive that is complete and durable on its own disk.
struct ArchiveRecord {
    std::string archiveId, folder, manifestSha256;
    base::Timestamp madeAt{};
};

/// Where the bytes of something went.
struct ArchivedBytes {
    ArchivedKind kind{};
    std::string sha256;
    ArchiveRecord archive;
};

/// Thread-safe. Throws as the other ports do.
class Archive {
  public:
    virtual ~Archive() = default;
    /// What is older than `before` and may leave, behind `afterRow`, in order of rows: until
    /// `mostBytes` are read (one more piece at least). Empty: there is no more of that kind.
    [[nodiscard]] virtual std::vector<ArchivePiece> page(ArchivedKind kind, base::Timestamp before,
                                                         std::int64_t afterRow,
                                                         std::size_t mostBytes) = 0;
    /// Takes their bytes out of the store and notes where they are; what has come into use again
    /// since its page was read stays. How many went. One transaction: keep it small.
    virtual std::size_t purge(const ArchiveRecord& archive, ArchivedKind kind,
                              const std::vector<std::string>& keys, base::Timestamp before) = 0;
    /// Gives some of the free pages back to the file system; false when there are none, or the file
    /// was made before it could do so (then they are used for what comes).
    virtual bool returnSpace() = 0;
    /// By message id, receipt id, item id, refusal id or digest; first-last line of reads.
    [[nodiscard]] virtual std::vector<ArchivedBytes> whereIs(std::string_view id) = 0;
};

}  // namespace gateway::store
