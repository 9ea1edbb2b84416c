#include "tests/scale/country.h"

#include "gateway/app/client/own_identity.h"
#include "gateway/app/process/snapshot_loader.h"

namespace gateway::scale {
namespace {

using model::AgencyKind;
using model::AgencyLevel;

exchange::SnapshotPtr shipped(const scenario::World& world, const exchange::Identity& identity,
                              const base::Clock& clock) {
    app::Config config;
    config.identity = identity;
    config.mappings = THAHC_SOURCE_DIR "/mappings";
    config.connectors = THAHC_SOURCE_DIR "/connectors";
    config.registrations = world.folder() / "registrations";
    config.revocationLists = config.registrations / "pki" / "crl";
    config.revocationAnchors = {world.authority()};
    config.sealCertificate = world.certificate("gateway-seal");
    config.sealKey = world.key("gateway-seal");
    const auto loaded = app::loadSnapshot(config, clock, app::loadSeal(config, clock));
    // Everybody is connected and takes the canonical formats.
    trust::Registry::Data data;
    for (const auto& agency : loaded->reference->directory().all()) {
        trust::Partner partner;
        partner.agency = agency.code;
        partner.formatsIn = {"case-model-json/*"};
        data.partners.push_back(std::move(partner));
    }
    auto whole = *loaded;
    whole.registry = std::make_shared<const trust::Registry>(std::move(data));
    return std::make_shared<const exchange::Snapshot>(std::move(whole));
}

}  // namespace

Country::Country() {
    scenario::Enrolment one;
    one.agency = "D01.21";
    world_.enrol(one);
    snapshot_ = shipped(world_, identity_, clock_);
    snapshots_ = std::make_unique<exchange::Snapshots>(snapshot_);
}

std::vector<const model::Agency*> Country::those(AgencyKind kind, base::Date day) const {
    std::vector<const model::Agency*> found;
    for (const auto& agency : reference().directory().all())
        if (agency.kind == kind && agency.period.covers(day)) found.push_back(&agency);
    return found;
}

Seat Country::seat(base::Date day, Chance& chance) const {
    const auto& directory = reference().directory();
    std::vector<const model::Agency*> first, above;
    for (const auto* court : those(AgencyKind::Court, day)) {
        const bool high = court->level == AgencyLevel::High || court->code.starts_with("D01.P");
        if (high) above.push_back(court);
        if (court->level == AgencyLevel::Province || court->level == AgencyLevel::Region)
            first.push_back(court);
    }
    Seat seat;
    const auto* court = chance.of(first);
    seat.court = seat.firstInstanceCourt = court->code;
    seat.instance = model::Instance::First;
    if (court->level == AgencyLevel::Province && chance.in(25)) {
        seat.court = chance.of(above)->code;
        seat.instance = model::Instance::Appeal;
    }
    const auto province = directory.provinceOn(court->code, day);
    std::vector<std::string> committees;
    for (const auto* committee : those(AgencyKind::PeoplesCommittee, day))
        if (directory.provinceOn(committee->code, day) == province)
            committees.push_back(committee->code);
    if (!committees.empty()) seat.committee = chance.of(committees);
    return seat;
}

}  // namespace gateway::scale
