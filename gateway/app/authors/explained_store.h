#pragma once
// The store and the data of a gateway, as explaining reads them.

#include <memory>

#include "gateway/app/settings/arguments.h"
#include "gateway/app/settings/config.h"
#include "gateway/exchange/desk/snapshot.h"
#include "gateway/store/store_view.h"

namespace gateway::app {

/// What `--config` names, and `--store` in its place. Reads only; the gateway may be at work.
class ExplainedStore {
  public:
    /// Throws CommandFailure.
    explicit ExplainedStore(const Arguments& arguments);

    [[nodiscard]] store::StoreView& view() const { return *view_; }
    [[nodiscard]] const Config& config() const { return config_; }
    /// Loaded when it is asked for: what is not found needs none. Throws InputError.
    [[nodiscard]] std::shared_ptr<const exchange::Snapshot> snapshot() const;

  private:
    Config config_;
    std::unique_ptr<store::StoreView> view_;
};

}  // namespace gateway::app
