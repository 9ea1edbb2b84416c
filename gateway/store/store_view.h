#pragma once
// The store as it was at one moment, for what must see one truth while others write.

#include <cstdint>
#include <functional>

#include "gateway/store/ledger.h"

namespace gateway::store {

/// A file that an earlier program has written and none of ours has opened since.
class OlderStore final : public StoreFault {
  public:
    using StoreFault::StoreFault;
};

/// One read transaction while it lives: the write-ahead log grows meanwhile, so it must end. Rows
/// are given as they are, unchecked. Reads only: what would write throws Fault. One thread.
class StoreView {
  public:
    virtual ~StoreView() = default;
    [[nodiscard]] virtual Cases& cases() = 0;
    [[nodiscard]] virtual Outbox& outbox() = 0;
    [[nodiscard]] virtual LogSearch& search() = 0;
    /// Refusals whose bytes are kept, in the order of recording; until `visit` says false.
    virtual void forEachRefusal(const std::function<bool(const RefusalRecord&)>& visit) = 0;
    /// Of the last message and item that are seen; 0 without any.
    [[nodiscard]] virtual std::int64_t lastPosition() = 0;
    [[nodiscard]] virtual std::int64_t lastSequence() = 0;
};

}  // namespace gateway::store
