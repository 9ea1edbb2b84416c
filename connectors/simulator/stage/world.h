#pragma once
// What all players share: the gateway's address and seal, the formats, the account.

#include <map>
#include <memory>

#include "connectors/simulator/stage/account.h"
#include "connectors/simulator/stage/foreign_tools.h"
#include "connectors/simulator/stage/run_directory.h"
#include "gateway/exchange/reference/reference_data.h"
#include "gateway/mapping/mappings.h"
#include "gateway/server/wire/https_client.h"
#include "gateway/trust/verifier.h"

namespace gateway::simulator {

/// Agencies and formats as partners know them: the same files that the gateway reads.
struct Reference {
    std::shared_ptr<const exchange::ReferenceData> agencies;
    std::shared_ptr<const mapping::Mappings> mappings;
};
[[nodiscard]] Reference loadReference(const std::filesystem::path& sourceRoot);

/// Lives as long as everybody in it.
class World {
  public:
    World(const RunDirectory& directory, Reference reference, const Cast& cast,
          const base::Clock& clock);

    /// Where the gateway listens; known once it runs.
    void open(std::uint16_t port);

    /// A signed message of the gateway, verified against the seal that we were given; thread-safe.
    [[nodiscard]] base::Result<trust::Verified> verify(const std::string& bytes,
                                                       const std::string& mediaType) const;
    [[nodiscard]] server::HttpsClient& line(const std::string& id) { return *lines_.at(id); }
    [[nodiscard]] const server::HttpsTarget& target() const noexcept { return target_; }
    [[nodiscard]] std::string address() const { return "https://127.0.0.1:" + port_; }
    [[nodiscard]] std::string name(const std::string& agency) const;

    RunDirectory directory;
    Reference reference;
    const base::Clock& clock;
    Account account;
    ForeignTools tools;
    /// How we name the gateway in messages.
    const std::string gateway;

  private:
    std::map<std::string, std::unique_ptr<server::HttpsClient>> lines_;
    server::HttpsTarget target_;
    std::string port_;
    trust::Channel gatewayChannel_;
    std::unique_ptr<trust::Verifier> verifier_;
};

}  // namespace gateway::simulator
