#pragma once
// Everything that is data and may change without a stop, held together as one consistent state.

#include <atomic>
#include <memory>

#include "gateway/exchange/desk/evidence.h"
#include "gateway/exchange/reference/reference_data.h"
#include "gateway/mapping/mappings.h"
#include "gateway/trust/certificates/revocation.h"
#include "gateway/trust/partners/registry.h"
#include "gateway/trust/verifier.h"

namespace gateway::exchange {

/// Immutable. A request takes one at its start and sees nothing else until its end.
struct Snapshot {
    std::shared_ptr<const trust::Registry> registry;
    std::shared_ptr<const trust::RevocationLists> revocation;
    std::shared_ptr<const mapping::Mappings> mappings;
    std::shared_ptr<const ReferenceData> reference;
    trust::Verifier verifier;
    SealPtr seal;  ///< ours
    /// Over directory, rights and code lists: the rules digest of receipts.
    document::Digest rules{};
};

using SnapshotPtr = std::shared_ptr<const Snapshot>;

/// Holds the current snapshot; reload replaces it as a whole. Thread-safe.
class Snapshots {
  public:
    explicit Snapshots(SnapshotPtr first) : current_(std::move(first)) {}
    [[nodiscard]] SnapshotPtr current() const { return current_.load(); }
    void replace(SnapshotPtr next) { current_.store(std::move(next)); }

  private:
    std::atomic<SnapshotPtr> current_;
};

}  // namespace gateway::exchange
