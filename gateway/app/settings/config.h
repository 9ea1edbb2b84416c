#pragma once
// The settings of one gateway, typed and validated before anything starts.

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "gateway/app/settings/failure.h"
#include "gateway/base/limits.h"
#include "gateway/base/log.h"
#include "gateway/exchange/delivery/delivery_terms.h"
#include "gateway/exchange/desk/identity.h"

namespace gateway::app {

/// A setting that is unknown, missing or not of its kind; the text names key and origin.
class ConfigError : public InputError {
  public:
    using InputError::InputError;
};

/// A plain value. Relative paths are relative to the file they were read from.
struct Config {
    exchange::Identity identity;
    std::string listenAddress = "127.0.0.1";
    std::uint16_t listenPort = 8443;
    std::filesystem::path tlsCertificate, tlsKey;
    std::vector<std::filesystem::path> tlsClientAnchors;
    /// What we show to partners whom we push to; the door's pair when not set.
    std::filesystem::path pushCertificate, pushKey;
    std::filesystem::path sealCertificate, sealKey;
    /// Our former and coming seal certificates, for /v1/keys: a directory of PEM files.
    std::filesystem::path sealOthers;
    std::filesystem::path storeFile;
    std::filesystem::path storeIdentity;  ///< the file that says which store is ours
    std::filesystem::path storeBackups;   ///< where backups belong
    std::filesystem::path operatorSocket;
    std::string operatorGroup;
    /// For whoever may look and not touch; none when empty.
    std::filesystem::path monitorSocket;
    std::string monitorGroup;
    std::string metricsAddress = "127.0.0.1";
    std::uint16_t metricsPort = 0;  ///< 0 = not on TCP
    /// The public's door, where it is opened: an IP address and a port, 0 = any free one.
    std::string publicAddress;  ///< empty: there is none
    std::uint16_t publicPort = 0;
    /// What it shows; the partners' door's pair when not set.
    std::filesystem::path publicCertificate, publicKey;
    std::filesystem::path mappings, connectors, registrations;
    std::filesystem::path localData;  ///< mappings/ and connectors/ of this place; empty = none
    std::filesystem::path revocationLists;
    std::vector<std::filesystem::path> revocationAnchors;
    std::uint16_t dispatchWorkers = 8;
    exchange::DeliveryTerms deliveryTerms;
    /// Where a clock that may be pushed keeps its offset; empty: the machine's own clock.
    std::filesystem::path pushedClock;
    base::LogLevel logLevel = base::LogLevel::Info;
    base::Limits limits;
};

/// One effective setting and where it came from, for check-config.
struct Setting {
    std::string value;
    std::string origin;  ///< "default", a file, "environment", "command line"
};
using Settings = std::map<std::string, Setting>;

/// Layers: defaults in code < properties file < environment (THAHC_LISTEN_PORT for listen.port)
/// < command line (key=value). Throws ConfigError for unknown keys in any layer.
[[nodiscard]] Settings layerSettings(const std::filesystem::path& file,
                                     const std::vector<std::string>& overrides);

/// The typed settings; throws ConfigError. `file` is what relative paths are relative to.
[[nodiscard]] Config configFrom(const Settings& settings, const std::filesystem::path& file);

}  // namespace gateway::app
