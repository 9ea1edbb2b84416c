#pragma once
// The composition: the only place that sees every room. Builds in level order, by reference.

#include <chrono>
#include <memory>
#include <string>

#include "gateway/app/settings/config.h"

namespace gateway::app {

/// One running gateway. Construct (opens the store, loads all data, binds the door), start, then
/// stop; once. Members are destroyed in the reverse order of the rooms.
class GatewayProcess {
  public:
    /// Throws base::Fault for anything that would make it unfit to serve; InputError if that is in
    /// the settings or in the files that they name.
    explicit GatewayProcess(Config config);
    ~GatewayProcess();
    GatewayProcess(const GatewayProcess&) = delete;
    GatewayProcess& operator=(const GatewayProcess&) = delete;

    void start();
    /// Takes new certificates, agencies, mappings, rights as one snapshot; connections stay. If
    /// anything is wrong with them, or the act cannot be recorded, the old ones stay in service and
    /// the reason is logged. One thread at a time.
    void reload(const std::string& operatorName);
    /// Ends within Limits::shutdownTimeout plus one delivery attempt, without losing a message.
    void stop();

    /// What comes round by the hour: to be called often, by the thread that waits for the end.
    /// Returns at once if nothing is due. Throws nothing.
    void keepUp();

    /// Turns true when the disk or the database has failed: the process must end and be started
    /// again, which recovers (promise P6).
    [[nodiscard]] bool broken() const noexcept;
    /// Whether the operators' door, asked as any operator asks, answers within that time; logged
    /// if not. For a watchdog: a process that nobody can look into any more is to be ended.
    [[nodiscard]] bool answers(std::chrono::milliseconds patience) const;
    [[nodiscard]] std::uint16_t port() const noexcept;

  private:
    void tickCases(std::chrono::steady_clock::time_point now);
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace gateway::app
