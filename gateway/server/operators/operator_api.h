#pragma once
// The operators' API on the Unix socket: health, metrics, searches, dead letters, backup, rebuild,
// registrations, versions of mappings. The command line is its client; nothing else opens the live
// store for writing.

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

#include "gateway/base/result.h"
#include "gateway/document/tree.h"
#include "gateway/exchange/acts/transfer_undo.h"
#include "gateway/exchange/delivery/operator_acts.h"
#include "gateway/exchange/desk/snapshot.h"
#include "gateway/exchange/proof/archiving.h"
#include "gateway/exchange/proof/rebuild.h"
#include "gateway/server/door/door_refusals.h"
#include "gateway/server/operators/dead_letter_api.h"
#include "gateway/server/operators/search_api.h"
#include "gateway/server/wire/http.h"
#include "gateway/store/store_view.h"

namespace gateway::server {

/// What the API serves; all outlive it. The functions come from the composition.
struct OperatorServices {
    const exchange::Snapshots& snapshots;
    exchange::OperatorActs& acts;
    store::Outbox& outbox;
    store::Cases& cases;
    store::LogSearch& log;
    const base::Clock& clock;
    std::function<std::unique_ptr<store::StoreView>()> view;  ///< of this moment, for rebuild
    std::function<bool()> healthy;
    std::function<std::optional<std::string>()> reload;   ///< why it was refused, if it was
    std::function<std::string()> metrics;                 ///< Prometheus text
    std::function<document::Node()> status;               ///< a JSON object
    std::function<void(const std::string& path)> backup;  ///< throws base::Fault
    /// Changes one registration file and reloads; the problem names what is wrong with it.
    std::function<base::Result<base::Done, std::string>(const std::string& act,
                                                        const document::Node& details)>
        changeRegistration;
    std::function<exchange::KnownSeals()> seals;  ///< ours, for rebuild
    const DoorRefusals& refusals;                 ///< of the partners' door
    std::chrono::seconds revocationGrace;         ///< past a list's nextUpdate
    /// A JSON object: free space, and whose bytes fill the rest.
    std::function<document::Node()> storage = [] { return document::objectNode(); };
    exchange::Archiving* archiving = nullptr;
    exchange::TransferUndo* transferUndo = nullptr;
    /// Pushes the clock and records what is due by then; why not, where it is not to be pushed.
    std::function<std::optional<std::string>(base::Timestamp)> pushClock = nullptr;
    /// check, activate, rollback: what came of it, or why nothing was changed.
    std::function<base::Result<document::Node, std::string>(const std::string& act,
                                                            const std::string& name)>
        changeMapping = nullptr;
};

/// A rebuild's report as a JSON object, the same on the socket and on the command line.
[[nodiscard]] document::Node rebuildNode(const exchange::RebuildReport& report);

/// "name/uid" as the system knows the user of that number; thread-safe.
[[nodiscard]] std::string userNamed(std::uint32_t uid);

/// Thread-safe. Every act is recorded with the peer's user (as the kernel names it) before it
/// takes effect; where the log has no room for that, nothing is done. Errors are problem+json.
class OperatorApi {
  public:
    explicit OperatorApi(OperatorServices services) :
        services_(std::move(services)),
        deadLetters_(services_.acts, services_.outbox),
        search_(services_.log, services_.snapshots) {}
    [[nodiscard]] Response handle(const Request& request);
    /// The same for whoever may look and not touch: health, metrics and status, all else is not
    /// found. Nothing is recorded.
    [[nodiscard]] Response look(const Request& request) const;

  private:
    [[nodiscard]] Response route(const Request& request);
    [[nodiscard]] std::optional<Response> looked(const std::string& path) const;
    [[nodiscard]] Response doorRefusals() const;
    [[nodiscard]] Response health() const;
    [[nodiscard]] Response agencies() const;
    [[nodiscard]] Response undoTransfer(const Request& request) const;
    [[nodiscard]] Response backup(const Request& request);
    [[nodiscard]] Response archive(const Request& request);
    [[nodiscard]] Response archived(const Request& request) const;
    [[nodiscard]] Response rebuild(const Request& request);
    [[nodiscard]] Response reload(const Request& request);
    [[nodiscard]] Response registration(const Request& request);
    [[nodiscard]] Response mappings() const;
    [[nodiscard]] Response changeMapping(const Request& request);
    [[nodiscard]] Response noteReading(const Request& request);
    [[nodiscard]] Response clock() const;
    [[nodiscard]] Response pushClock(const Request& request);

    OperatorServices services_;
    DeadLetterApi deadLetters_;
    SearchApi search_;
};

}  // namespace gateway::server
