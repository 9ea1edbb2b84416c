#pragma once
// The agencies that take deliveries at an address of their own: one HTTPS server for all of them.

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>

#include "connectors/simulator/stage/office.h"
#include "gateway/server/partners/partner_server.h"

namespace gateway::simulator {

/// Answers every delivery with the recipient's signed word, the same item with the same word, also
/// when it is only asked what became of it.
class PushReceiver {
  public:
    PushReceiver(const RunDirectory& directory, const base::Clock& clock);

    [[nodiscard]] std::uint16_t port() const noexcept { return server_->port(); }
    /// Before start(), for each agency that takes pushes; `office` outlives us.
    void add(Office& office) { offices_[office.code()] = &office; }
    void start() { server_->start(); }

    /// What has come for `agency` and was not taken yet; waits up to `patience` until there are,
    /// notices of terms not counted, at
    /// least `expected`.
    std::vector<Delivery> take(const std::string& agency, std::size_t expected,
                               std::chrono::seconds patience);

  private:
    [[nodiscard]] server::Response handle(const server::Request& request);
    [[nodiscard]] server::Response receive(Office& office, const std::string& item,
                                           const server::Request& request);
    [[nodiscard]] server::Response tell(const std::string& item, const server::Request& request);

    std::map<std::string, Office*> offices_;
    document::Digest gatewayCertificate_;
    std::mutex mutex_;
    std::condition_variable came_;
    std::map<std::string, std::vector<Delivery>> inbox_;  ///< by agency
    std::map<std::string, SignedText> words_;             ///< by item and digest
    std::unique_ptr<server::PartnerServer> server_;
};

}  // namespace gateway::simulator
