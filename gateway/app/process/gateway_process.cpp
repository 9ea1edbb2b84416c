#include "gateway/app/process/gateway_process.h"

#include <atomic>

#include "gateway/app/client/own_identity.h"
#include "gateway/app/process/backups.h"
#include "gateway/app/process/gateway_metrics.h"
#include "gateway/app/process/known_store.h"
#include "gateway/app/process/mapping_change.h"
#include "gateway/app/process/own_certificates.h"
#include "gateway/app/process/public_door.h"
#include "gateway/app/process/push_transport.h"
#include "gateway/app/process/registration_change.h"
#include "gateway/app/process/revocation_marks.h"
#include "gateway/app/process/snapshot_areas.h"
#include "gateway/exchange/acts/case_clock.h"
#include "gateway/exchange/acts/parking_term.h"
#include "gateway/exchange/acts/period_clock.h"
#include "gateway/exchange/acts/transfer_undo.h"
#include "gateway/exchange/delivery/dispatcher.h"
#include "gateway/exchange/proof/log_check.h"
#include "gateway/server/operators/metrics_server.h"
#include "gateway/server/operators/operator_api.h"
#include "gateway/server/operators/operator_client.h"
#include "gateway/server/operators/operator_server.h"
#include "gateway/server/operators/pushed_clock.h"
#include "gateway/server/partners/partner_api.h"
#include "gateway/server/partners/partner_server.h"
#include "gateway/store/sqlite/ports/sqlite_store.h"

namespace gateway::app {
namespace {

using base::LogLevel;

// So many writes queued: the background check can wait.
constexpr std::size_t kOthersWait = 8;

// Every earlier receipt bears the seal that is about to leave.
void demandKept(const Config& config, const exchange::EvidenceSeal& before,
                const exchange::EvidenceSeal& after) {
    if (config.sealOthers.empty()) return;
    const auto fingerprint = before.certificate()->fingerprint();
    for (const auto& kept : ownSeals(config, after.certificate()))
        if (kept->fingerprint() == fingerprint) return;
    throw InputError(
        "copy the certificate of the seal in service until now into seal.others first");
}

}  // namespace

/// Declared in level order; destroyed the other way round.
struct GatewayProcess::Parts {
    explicit Parts(Config settings);

    Config config;
    server::PushedClock clock;
    std::atomic<bool> storeBroken{false};
    std::unique_ptr<store::sqlite::SqliteStore> store;
    SnapshotAreas areas;  ///< under `reloading`
    exchange::Snapshots snapshots;
    std::atomic<std::shared_ptr<const std::vector<AreaFault>>> areaFaults;
    std::atomic<std::shared_ptr<const OwnCertificates>> own;
    exchange::Bell bell;
    base::MemoryAccount memory{{config.limits.memoryBytes, config.limits.memoryBytesPerHolder}};
    exchange::Intake intake;
    exchange::Inquiry inquiry;
    exchange::Rendering rendering;
    exchange::DeliveryVerdict deliveryVerdict;
    exchange::Mailbox mailbox;
    PushTransport transport;
    exchange::DeliveryEnds deliveryEnds;
    exchange::Dispatcher dispatcher;
    exchange::OperatorActs acts;
    exchange::Archiving archiving;
    exchange::TransferUndo transferUndo;
    exchange::ParkingTerm parkingTerm;
    exchange::CaseClock caseClock;
    exchange::PeriodClock periodClock;
    exchange::LogCheck logCheck;
    RegistrationChange registrationChange;
    MappingChange mappingChange;
    server::Metrics metrics;
    server::DoorRefusals doorRefusals;
    server::PartnerApi partnerApi;
    server::PartnerServer partnerServer;
    server::OperatorApi operatorApi;
    server::OperatorServer operatorServer;
    std::unique_ptr<server::OperatorServer> monitorServer;  ///< these two only if they are wanted
    std::unique_ptr<server::MetricsServer> metricsServer;
    std::unique_ptr<PublicDoor> publicDoor;
    std::chrono::steady_clock::time_point nextParkingRound{}, nextClockRound{};
    std::mutex ticking;  ///< the serve loop's round, and a clock that is pushed
    std::mutex reloading;
    std::mutex registering;  ///< a change, its reload and its undoing are one act

    std::shared_ptr<const OwnCertificates> ownCertificates(const exchange::Snapshot& with) const;
    /// What is good is in force afterwards; each answers why the rest stayed as it was. All is
    /// also what we show of ourselves, which is exchanged as a whole or not at all.
    std::optional<std::string> reloadAll();
    std::optional<std::string> reloadData();
    void takeData();
    void takeOwn();
    std::optional<std::string> told(std::optional<AreaFault> ours);
    base::Result<base::Done, std::string> changeRegistration(const std::string& act,
                                                             const document::Node& details);
    base::Result<base::Done, std::string> revoke(const document::Node& details);
    exchange::KnownSeals seals() const;
    bool sound() const;    ///< false: end and start again
    bool healthy() const;  ///< and nothing hangs
    std::optional<std::string> tryCertificate(const std::vector<trust::CertificatePtr>& shown,
                                              trust::CertificateUse use, base::Timestamp at) const;
    server::PartnerServices partnerServices();
    GatewayState state() const;
    std::optional<std::string> pushClock(base::Timestamp to);
    GatewayFigures figures();
    server::OperatorServices operatorServices();
};

GatewayProcess::Parts::Parts(Config settings) :
    config(std::move(settings)),
    clock(config.pushedClock),
    store(openKnownStore(config, clock)),
    areas(config, clock, keptIn(config)),
    snapshots(fromInput([this] { return areas.load(loadSeal(config, clock)); })),
    areaFaults(std::make_shared<const std::vector<AreaFault>>(areas.faults())),
    own(ownCertificates(*snapshots.current())),
    intake(config.identity, store->ledger(), store->cases(), bell, clock, config.limits),
    inquiry(config.identity, store->ledger(), store->cases(), clock, config.limits),
    rendering(config.identity, store->ledger(), store->cases(), store->outbox(), memory),
    deliveryVerdict(config.identity, config.limits),
    mailbox(rendering, deliveryVerdict, store->ledger(), store->outbox(), bell, clock,
            config.limits),
    transport(pushIdentity(config), config.limits),
    deliveryEnds(config.identity, snapshots, store->ledger(), store->cases(), store->outbox(), bell,
                 clock),
    dispatcher(config.identity, snapshots, rendering, deliveryVerdict, transport, store->outbox(),
               deliveryEnds, bell, clock, config.limits, config.deliveryTerms),
    acts(config.identity, snapshots, store->ledger(), store->outbox(), deliveryEnds, bell, clock),
    archiving(config.identity, config.storeFile, store->identity(), snapshots, store->archive(),
              acts, clock, config.limits.messageAge),
    transferUndo(config.identity, snapshots, store->ledger(), store->cases(), bell, clock),
    parkingTerm(config.identity, snapshots, store->ledger(), store->cases(), bell, clock,
                config.limits),
    caseClock(config.identity, snapshots, store->ledger(), store->cases(), bell, clock),
    periodClock(config.identity, snapshots, store->ledger(), store->cases(), bell, clock),
    logCheck(store->cases(), store->outbox(), store->damage(), clock,
             {config.limits.checkPerSecond, [this] { return seals(); },
              [this] { return store->figures().queued > kOthersWait; }}),
    registrationChange(config, [this](const auto& shown, auto use,
                                      auto at) { return tryCertificate(shown, use, at); }),
    mappingChange(config, clock, snapshots, keptIn(config), [this] { reloadData(); }),
    partnerApi(partnerServices(), [this] { storeBroken.store(true); }),
    partnerServer(
        {config.listenAddress, config.listenPort, config.limits,
         [this](const document::Digest& fingerprint) { return partnerApi.knows(fingerprint); },
         [this](const server::Request& r, std::size_t length) {
             return partnerApi.judge(r, length);
         },
         &doorRefusals},
        doorTls(config), [this](const server::Request& r) { return partnerApi.handle(r); }, clock),
    operatorApi(operatorServices()),
    operatorServer(
        operatorDoor(config), [this](const server::Request& r) { return operatorApi.handle(r); },
        clock) {
    if (const auto cases = exchange::refold(store->ledger(), store->cases()))
        base::logEvent(LogLevel::Info, "store.refolded", {{"cases", std::to_string(cases)}});
    metrics.beforeScrape([this] { publishFigures(metrics, figures()); });
    if (!config.monitorSocket.empty())
        monitorServer = std::make_unique<server::OperatorServer>(
            monitorDoor(config), [this](const server::Request& r) { return operatorApi.look(r); },
            clock);
    if (config.metricsPort != 0)
        metricsServer = std::make_unique<server::MetricsServer>(
            server::MetricsServerSettings{config.metricsAddress, config.metricsPort, config.limits},
            [this] { return metrics.text(); }, clock);
    if (!config.publicAddress.empty())
        publicDoor = std::make_unique<PublicDoor>(config, store->cases(), clock);
}

server::PartnerServices GatewayProcess::Parts::partnerServices() {
    return {snapshots,
            intake,
            inquiry,
            mailbox,
            store->ledger(),
            clock,
            config.limits,
            config.identity,
            [this] { return own.load()->sealKeysJson; },
            metrics,
            doorRefusals,
            memory,
            [this] { return store->isShort(); }};
}

std::shared_ptr<const OwnCertificates> GatewayProcess::Parts::ownCertificates(
    const exchange::Snapshot& with) const {
    return std::make_shared<const OwnCertificates>(
        loadOwnCertificates(config, with.seal->certificate(), clock.now()));
}

GatewayState GatewayProcess::Parts::state() const {
    return {config.identity.address(), snapshots.current(), own.load(), clock.now(),
            areaFaults.load()};
}

GatewayFigures GatewayProcess::Parts::figures() {
    GatewayFigures figures{state(),
                           partnerServer.statistics(),
                           operatorServer.statistics(),
                           store->figures(),
                           std::nullopt,
                           std::nullopt,
                           {},
                           healthy(),
                           memory.held(),
                           memory.refusals(),
                           logCheck.figures()};
    if (publicDoor) figures.publicDoor = publicDoor->statistics();
    if (store->stuck()) return figures;  // to ask the store would be to hang as well
    try {
        figures.outbox = store->outbox().counts();
        figures.parked = store->cases().parkedCount({});
        figures.storage = store->ledger().storage();
        figures.restoredOpen = store->restoredOpen();
    } catch (const base::Fault& fault) {
        // A busy or broken store is when the other figures are wanted most.
        base::logEvent(LogLevel::Warning, "metrics.outbox_unread", {{"reason", fault.what()}});
    }
    return figures;
}

server::OperatorServices GatewayProcess::Parts::operatorServices() {
    return {
        snapshots,
        acts,
        store->outbox(),
        store->cases(),
        store->ledger(),
        clock,
        [this] { return store->view(); },
        [this] { return healthy(); },
        [this] { return reloadAll(); },
        [this] { return metrics.text(); },
        [this] { return statusNode(metrics, state()); },
        [this](const std::string& path) { makeBackup(config, *store, path); },
        [this](const auto& act, const auto& details) { return changeRegistration(act, details); },
        [this] { return seals(); },
        doorRefusals,
        config.limits.revocationGrace,
        [this] { return storageNode(store->figures(), store->ledger().storage(), config.limits); },
        &archiving,
        &transferUndo,
        [this](base::Timestamp to) { return pushClock(to); },
        [this](const auto& act, const auto& name) { return mappingChange.carryOut(act, name); }};
}

// What is due by then is recorded before the operator hears of it, as if the time had passed.
std::optional<std::string> GatewayProcess::Parts::pushClock(base::Timestamp to) {
    if (auto refused = clock.push(to)) return refused;
    const std::lock_guard lock(ticking);
    while (periodClock.tick() || caseClock.tick()) {
    }
    return std::nullopt;
}

base::Result<base::Done, std::string> GatewayProcess::Parts::changeRegistration(
    const std::string& act, const document::Node& details) {
    const std::lock_guard lock(registering);
    if (act == "revoke") return revoke(details);
    auto changed = registrationChange.apply(act, details, clock.now());
    if (!changed) return changed;
    // A certificate of ours that is just being changed must not stand in its way, nor must files
    // of others.
    static_cast<void>(reloadData());
    std::string reason;
    for (const auto& fault : *areaFaults.load())
        if (fault.area == Area::Registrations &&
            (fault.file.empty() || fault.file == registrationChange.changedFile()))
            reason = fault.reason;
    if (reason.empty()) return changed;
    try {
        registrationChange.undo();
    } catch (const base::Fault& fault) {
        return "the changed registration does not load (" + reason +
               ") and could not be put back: " + fault.what();
    }
    static_cast<void>(reloadData());
    return "the changed registration does not load: " + reason;
}

// The judges of the door itself: its handshake, for a channel, and the lists.
std::optional<std::string> GatewayProcess::Parts::tryCertificate(
    const std::vector<trust::CertificatePtr>& shown, trust::CertificateUse use,
    base::Timestamp at) const {
    const auto status = snapshots.current()->revocation->statusOf(*shown.front(), at,
                                                                  config.limits.revocationGrace);
    if (status.standing == trust::Standing::Revoked) return "its authority has revoked it";
    if (use != trust::CertificateUse::Channel) return std::nullopt;
    std::vector<std::string> der;
    for (const auto& each : shown) der.push_back(each->der());
    auto word = partnerServer.tls()->whyTurnedAway(der, at);
    if (word)
        *word = "the door would turn it away: " + *word +
                " (its authority belongs into tls.clientAnchors; authorities between, which the "
                "partner sends along, stand behind it in the file)";
    return word;
}

// In the agency's file if that can be; beside it, where nothing can stand in the way, if not.
base::Result<base::Done, std::string> GatewayProcess::Parts::revoke(const document::Node& details) {
    const auto text = [&](const char* name) {
        const auto* node = details.child(name);
        return node ? node->value : std::string();
    };
    const auto inForce = [&](bool revoked) {
        return isRegistered(snapshots.current()->registry->data(), text("agency"), text("sha256"),
                            revoked);
    };
    std::string reason;
    try {
        const auto changed = registrationChange.apply("revoke", details, clock.now());
        if (!changed) reason = changed.error();
    } catch (const std::exception& fault) {
        reason = fault.what();
    }
    static_cast<void>(reloadData());
    if (inForce(true)) return base::Done{};
    if (!inForce(false))
        return reason.empty() ? "written, but the registration is not in force; see status"
                              : reason;
    try {
        RevocationMarks(config.registrations, keptIn(config)).add(text("sha256"), clock.now());
    } catch (const base::Fault& fault) {
        return "not revoked: " + reason + "; " + fault.what();
    }
    static_cast<void>(reloadData());
    if (inForce(true)) return base::Done{};
    return "not revoked: " + reason;
}

// Where there is a folder for them, it holds every seal that we ever had.
exchange::KnownSeals GatewayProcess::Parts::seals() const {
    return {ownSeals(config, snapshots.current()->seal->certificate()), !config.sealOthers.empty()};
}

bool GatewayProcess::Parts::sound() const {
    return !storeBroken.load() && store->healthy() && dispatcher.healthy();
}

// A disk that hangs may come back: no reason to end, but none to say that all is well.
bool GatewayProcess::Parts::healthy() const { return sound() && !store->stuck(); }

void GatewayProcess::Parts::takeData() { snapshots.replace(areas.load(snapshots.current()->seal)); }

void GatewayProcess::Parts::takeOwn() {
    const auto now = snapshots.current();
    auto seal = loadSeal(config, clock, now->seal);
    demandKept(config, *now->seal, *seal);
    auto next = std::make_shared<exchange::Snapshot>(*now);
    next->seal = std::move(seal);
    auto tls = doorTls(config);
    auto push = pushIdentity(config);
    auto open = publicDoor ? publicTls(config) : server::TlsContextPtr();
    auto shown = ownCertificates(*next);
    snapshots.replace(std::move(next));
    partnerServer.replaceTls(std::move(tls));
    if (publicDoor) publicDoor->replaceTls(std::move(open));
    transport.replaceIdentity(std::move(push));
    own.store(std::move(shown));
}

std::optional<std::string> GatewayProcess::Parts::told(std::optional<AreaFault> ours) {
    auto faults = areas.faults();
    if (ours) faults.push_back(*std::move(ours));
    std::string reasons;
    for (const auto& fault : faults)
        reasons +=
            (reasons.empty() ? "" : " | ") + std::string(nameOf(fault.area)) + ": " + fault.reason;
    areaFaults.store(std::make_shared<const std::vector<AreaFault>>(std::move(faults)));
    bell.ring();
    if (reasons.empty()) {
        base::logEvent(LogLevel::Info, "gateway.reloaded", {});
        return std::nullopt;
    }
    base::logEvent(LogLevel::Error, "gateway.reload_refused", {{"reason", reasons}});
    return reasons;
}

std::optional<std::string> GatewayProcess::Parts::reloadData() {
    const std::lock_guard lock(reloading);
    std::optional<AreaFault> ours;
    for (const auto& fault : *areaFaults.load())
        if (fault.area == Area::Own) ours = fault;
    takeData();
    return told(std::move(ours));
}

// The data first: what revokes must not wait for a certificate of ours.
std::optional<std::string> GatewayProcess::Parts::reloadAll() {
    const std::lock_guard lock(reloading);
    takeData();
    try {
        takeOwn();
    } catch (const std::exception& error) {
        return told(
            AreaFault{Area::Own, "",
                      std::string(error.what()) + "; our seal and certificates stay as they were"});
    }
    return told(std::nullopt);
}

GatewayProcess::GatewayProcess(Config config) :
    parts_(std::make_unique<Parts>(std::move(config))) {}

GatewayProcess::~GatewayProcess() = default;

void GatewayProcess::start() {
    sweepBackups(parts_->config);
    parts_->dispatcher.start(parts_->config.dispatchWorkers);
    parts_->logCheck.start();
    parts_->operatorServer.start();
    if (parts_->monitorServer) parts_->monitorServer->start();
    if (parts_->metricsServer) parts_->metricsServer->start();
    parts_->partnerServer.start();
    if (parts_->publicDoor) parts_->publicDoor->start();
    base::logEvent(LogLevel::Info, "gateway.ready",
                   {{"address", parts_->config.listenAddress + ":" + std::to_string(port())},
                    {"gateway", parts_->config.identity.address()}});
}

void GatewayProcess::reload(const std::string& operatorName) {
    auto details = document::objectNode();
    details.children.push_back(document::stringNode("by", "SIGHUP"));
    try {
        parts_->acts.record(operatorName, "reload", std::move(details));
        static_cast<void>(parts_->reloadAll());
    } catch (const std::exception& fault) {
        // A broken store shows in broken(); what cannot be recorded is not done.
        base::logEvent(LogLevel::Error, "gateway.reload_refused", {{"reason", fault.what()}});
    }
}

void GatewayProcess::stop() {
    // The door first: nothing new comes in while what is in flight ends.
    parts_->partnerServer.stop(parts_->config.limits.shutdownTimeout);
    if (parts_->publicDoor) parts_->publicDoor->stop(parts_->config.limits.shutdownTimeout);
    parts_->dispatcher.stop();
    parts_->logCheck.stop();
    const auto patience = parts_->config.limits.shutdownTimeout;
    if (parts_->metricsServer) parts_->metricsServer->stop(patience);
    if (parts_->monitorServer) parts_->monitorServer->stop(patience);
    parts_->operatorServer.stop(patience);
}

void GatewayProcess::keepUp() {
    const auto now = std::chrono::steady_clock::now();
    tickCases(now);
    if (now < parts_->nextParkingRound) return;
    parts_->nextParkingRound = now + base::kParkingRound;
    try {
        if (parts_->parkingTerm.endOverdue() == base::kParkingEndedAtOnce)
            parts_->nextParkingRound = now;
    } catch (const std::exception& fault) {
        // A busy store has other work; a broken one shows in broken().
        base::logEvent(LogLevel::Warning, "parking.round_failed", {{"reason", fault.what()}});
    }
}

void GatewayProcess::tickCases(std::chrono::steady_clock::time_point now) {
    if (now < parts_->nextClockRound) return;
    parts_->nextClockRound = now + base::kClockRound;
    try {
        const std::lock_guard lock(parts_->ticking);
        const bool more = parts_->periodClock.tick();
        if (parts_->caseClock.tick() || more) parts_->nextClockRound = now;
    } catch (const std::exception& fault) {
        base::logEvent(LogLevel::Warning, "clock.round_failed", {{"reason", fault.what()}});
    }
}

bool GatewayProcess::broken() const noexcept { return !parts_->sound(); }

bool GatewayProcess::answers(std::chrono::milliseconds patience) const {
    if (server::callOperator(parts_->config.operatorSocket, "/healthz", std::nullopt, patience))
        return true;
    base::logEvent(LogLevel::Error, "gateway.operators_door_silent",
                   {{"socket", parts_->config.operatorSocket.string()}});
    return false;
}

std::uint16_t GatewayProcess::port() const noexcept { return parts_->partnerServer.port(); }

}  // namespace gateway::app
