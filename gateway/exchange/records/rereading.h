#pragma once
// What another version of a mapping makes of a message that was kept.

#include <optional>
#include <string>
#include <vector>

#include "gateway/exchange/desk/identity.h"
#include "gateway/exchange/desk/snapshot.h"
#include "gateway/model/names.h"
#include "gateway/store/records.h"

namespace gateway::exchange {

enum class RereadVerdict {
    Same,
    Differs,       ///< other fields than before
    Refused,       ///< was taken, would be refused
    Accepted,      ///< was refused, would be read
    StillRefused,  ///< was refused, would be refused
    Incomparable,  ///< it would be read, but the files by which it was are gone
    NotKept,       ///< its bytes are elsewhere, or without what was signed beside them
};

/// One field of the case model, by its path in canonical JSON.
struct ReadDifference {
    std::string path;
    std::optional<std::string> was, becomes;  ///< long texts are cut
};

struct Reread {
    RereadVerdict verdict{};
    const mapping::Plan* by = nullptr;        ///< of the snapshot
    std::string wasId, wasSha256;             ///< the mapping by which it was read
    std::vector<ReadDifference> differences;  ///< in order of path
    std::vector<base::Problem> problems;      ///< why it would be refused, at the sender's places
};

/// Reads kept messages up to, but not including, their case: signature, channel and law of then
/// stay judged. Thread-safe; `snapshot` outlives it.
class Rereading {
  public:
    Rereading(const Snapshot& snapshot, Identity identity) :
        snapshot_(snapshot), identity_(std::move(identity)) {}

    /// By the mapping of that name: a version that it names, else the one that would have read a
    /// message of that day. Without a name by the id by which it was read. Nothing: it was read by
    /// another mapping, or by none.
    [[nodiscard]] std::optional<Reread> message(const store::MessageRecord& kept,
                                                const std::string& name) const;
    /// What was refused for its content; without a name by all mappings of its sender.
    [[nodiscard]] std::optional<Reread> refusal(const store::RefusalRecord& kept,
                                                const std::string& name) const;

    /// How it was read, node by node: by the very files that read it, if they are still there, or
    /// by the mapping of that name. Nothing: no mapping read it, or its bytes are elsewhere.
    struct InFull {
        const mapping::Plan* by = nullptr;
        base::Result<mapping::MappedTree, std::vector<base::Problem>> read;
        std::string text;  ///< what was signed, as the mapping met it
    };
    [[nodiscard]] std::optional<InFull> inFull(const store::MessageRecord& kept,
                                               const std::string& name) const;
    /// How what was refused is read: by the first of its sender's mappings that takes it, or by the
    /// one of that name. Nothing: none does, its sender is not known, or its bytes have given way.
    [[nodiscard]] std::optional<InFull> inFull(const store::RefusalRecord& kept,
                                               const std::string& name) const;

  private:
    struct Opened;
    struct OpenedRefusal;
    [[nodiscard]] base::Result<OpenedRefusal> open(const store::RefusalRecord& kept,
                                                   const std::string& name) const;
    [[nodiscard]] InFull toldInFull(const mapping::Plan& plan, Opened opened, std::string text,
                                    bool wrapped) const;
    using Read = base::Result<mapping::MappedTree, std::vector<base::Problem>>;
    [[nodiscard]] base::Result<Opened> open(const store::MessageRecord& kept) const;
    [[nodiscard]] mapping::ExchangeValues valuesOf(const std::string& agency,
                                                   const std::string& channel,
                                                   base::Timestamp receivedAt) const;
    [[nodiscard]] Read read(const mapping::Plan& plan, const Opened& opened,
                            mapping::Detail detail = mapping::Detail::NotUsed) const;
    [[nodiscard]] const mapping::Plan* readBy(const store::MessageRecord& kept) const;
    const Snapshot& snapshot_;
    Identity identity_;
};

}  // namespace gateway::exchange

namespace gateway::model {
template <>
struct Names<exchange::RereadVerdict> {
    static constexpr std::pair<exchange::RereadVerdict, std::string_view> table[] = {
        {exchange::RereadVerdict::Same, "same"},
        {exchange::RereadVerdict::Differs, "differs"},
        {exchange::RereadVerdict::Refused, "refused"},
        {exchange::RereadVerdict::Accepted, "accepted"},
        {exchange::RereadVerdict::StillRefused, "still-refused"},
        {exchange::RereadVerdict::Incomparable, "incomparable"},
        {exchange::RereadVerdict::NotKept, "not-kept"}};
};
}  // namespace gateway::model
