#pragma once
// Where one attack is played: a fresh gateway with a province of agencies, on the loopback.

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/scenario/support/town.h"

namespace gateway::siege {

/// A setting that an attack needs to be over in a bounded time, "limits.x" and its value.
using Settings = std::vector<std::pair<std::string, std::string>>;

/// One gateway process with its store; killed and removed at the end.
class Scene {
  public:
    /// Throws Fault when the gateway does not come up.
    explicit Scene(const Settings& settings);

    [[nodiscard]] scenario::World& world() { return world_; }
    [[nodiscard]] const scenario::Agencies& agencies() const { return *agencies_; }
    /// A raw connection with a certificate of ours by its name, from a loopback address.
    [[nodiscard]] thahc::test::ProbeSettings wire(const std::string& certificate,
                                                  const std::string& from = {}) const;
    /// The same without TLS.
    [[nodiscard]] thahc::test::ProbeSettings plain(const std::string& from) const;

    /// Called by the attack when it presses as hard as it will: the honest partner begins.
    void pressed() { pressed_ = true; }
    [[nodiscard]] bool isPressed() const { return pressed_; }

    /// What the gateway did to the attacker that it should not even do to him.
    void complain(const std::string& what) { complaints_.push_back(what); }
    /// When the attack has ended.
    [[nodiscard]] const std::vector<std::string>& complaints() const { return complaints_; }

    [[nodiscard]] double mostMemoryMiB() const;  ///< of the gateway, since its start
    [[nodiscard]] double diskMiB() const;        ///< of its folder, without the log

  private:
    scenario::World world_;
    std::optional<scenario::Agencies> agencies_;
    std::atomic<bool> pressed_{false};
    std::vector<std::string> complaints_;
};

/// Connections that an attack keeps open.
using Probes = std::vector<std::unique_ptr<thahc::test::TlsProbe>>;

/// The certificate, chained to the anchor, that no channel has.
inline constexpr const char* kStranger = "stranger-channel";

}  // namespace gateway::siege
