#pragma once
// Everything a gateway needs to start, made in one directory: keys, registrations, settings.

#include <cstdint>
#include <filesystem>
#include <string>

#include "connectors/simulator/stage/cast.h"
#include "gateway/mapping/mappings.h"

namespace gateway::simulator {

inline constexpr const char* kGatewayId = "thahc-moj";
inline constexpr const char* kEnvironment = "demo";

/// Paths below one directory; holds no state of its own.
class RunDirectory {
  public:
    /// Makes it anew. What an earlier demonstration left is removed; a directory that holds
    /// anything else is left alone and throws base::Fault.
    RunDirectory(const std::filesystem::path& directory, std::filesystem::path sourceRoot);

    /// Keys and certificates for the gateway and everybody in the cast.
    void makeKeys(const Cast& cast, const trust::DemoTerm& term) const;
    /// One registration for each agency; pushes go to 127.0.0.1:`receiverPort`.
    void writeRegistrations(const Cast& cast, const mapping::Mappings& mappings,
                            std::uint16_t receiverPort) const;
    /// `more`: lines of settings beside the usual ones.
    void writeSettings(const std::string& more = {}) const;

    [[nodiscard]] const std::filesystem::path& root() const noexcept { return root_; }
    [[nodiscard]] const std::filesystem::path& source() const noexcept { return source_; }
    [[nodiscard]] std::filesystem::path settings() const { return root_ / "gateway.properties"; }
    [[nodiscard]] std::filesystem::path socket() const { return root_ / "operator.sock"; }
    [[nodiscard]] std::filesystem::path pki() const { return root_ / "pki"; }
    [[nodiscard]] std::filesystem::path authority() const { return pki() / "ca.pem"; }
    [[nodiscard]] std::filesystem::path certificate(const std::string& name) const {
        return pki() / (name + ".pem");
    }
    [[nodiscard]] std::filesystem::path key(const std::string& name) const {
        return pki() / (name + ".key");
    }
    [[nodiscard]] std::filesystem::path mappings() const { return source_ / "mappings"; }

  private:
    std::filesystem::path root_, source_;
};

/// Names of certificates below pki/.
inline constexpr const char* kDoor = "gateway-door";
inline constexpr const char* kPusher = "gateway-push";
inline constexpr const char* kGatewaySeal = "gateway-seal";
inline constexpr const char* kReceiver = "receiver";
[[nodiscard]] inline std::string sealName(const std::string& agency) { return "seal-" + agency; }
[[nodiscard]] inline std::string lineName(const std::string& line) { return "channel-" + line; }

}  // namespace gateway::simulator
