#pragma once
// The files of a small gateway, one court registered, read without any process.

#include <memory>
#include <string>
#include <vector>

#include "gateway/app/client/own_identity.h"
#include "gateway/app/process/gateway_metrics.h"
#include "gateway/app/process/snapshot_loader.h"
#include "tests/scenario/support/facts.h"
#include "tests/scenario/support/world.h"

namespace gateway::app {

class Office {
  public:
    Office() {
        scenario::Enrolment enrolment;
        enrolment.agency = scenario::kCourt;
        world_.enrol(enrolment);
        config_.identity = {"thahc", "test"};
        config_.mappings = THAHC_SOURCE_DIR "/mappings";
        config_.connectors = THAHC_SOURCE_DIR "/connectors";
        config_.registrations = registrations();
        config_.revocationLists = registrations() / "pki" / "crl";
        config_.revocationAnchors = {world_.authority()};
        config_.tlsCertificate = world_.certificate("gateway-tls");
        config_.tlsKey = world_.key("gateway-tls");
        config_.tlsClientAnchors = {world_.authority()};
        config_.pushCertificate = world_.certificate("gateway-push");
        config_.pushKey = world_.key("gateway-push");
        config_.sealCertificate = world_.certificate("gateway-seal");
        config_.sealKey = world_.key("gateway-seal");
    }
    [[nodiscard]] std::filesystem::path registrations() const {
        return world_.folder() / "registrations";
    }
    [[nodiscard]] base::Timestamp now() const { return clock_.now(); }
    [[nodiscard]] trust::CertificatePtr seal() const {
        return world_.load(config_.sealCertificate);
    }
    [[nodiscard]] trust::CertificatePtr door() const { return world_.load(config_.tlsCertificate); }

    /// What runs when everything is as it should be.
    [[nodiscard]] GatewayState state() const {
        GatewayState state;
        state.gateway = scenario::kAddress;
        state.snapshot = loadSnapshot(config_, clock_, loadSeal(config_, clock_));
        state.now = state.snapshot->seal->certificate()->notBefore() + std::chrono::hours(25);
        state.own = std::make_shared<const OwnCertificates>(
            loadOwnCertificates(config_, state.snapshot->seal->certificate(), state.now));
        state.areaFaults = std::make_shared<const std::vector<AreaFault>>();
        return state;
    }
    [[nodiscard]] scenario::World& world() { return world_; }
    [[nodiscard]] Config& config() { return config_; }
    [[nodiscard]] const base::Clock& clock() const { return clock_; }

  private:
    scenario::World world_;
    Config config_;
    base::SystemClock clock_;
};

}  // namespace gateway::app
