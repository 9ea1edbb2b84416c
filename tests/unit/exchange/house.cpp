#include "tests/unit/exchange/house.h"

#include "gateway/app/client/own_identity.h"
#include "gateway/app/process/snapshot_loader.h"
#include "gateway/document/json.h"
#include "gateway/model/messages/case_number.h"

namespace gateway::exchange::fixture {
namespace {

const Identity kIdentity{"thahc", "test"};

app::Config configOf(const scenario::World& from) {
    app::Config config;
    config.identity = kIdentity;
    config.mappings = THAHC_SOURCE_DIR "/mappings";
    config.connectors = THAHC_SOURCE_DIR "/connectors";
    config.registrations = from.folder() / "registrations";
    config.revocationLists = config.registrations / "pki" / "crl";
    config.revocationAnchors = {from.authority()};
    config.sealCertificate = from.certificate("gateway-seal");
    config.sealKey = from.key("gateway-seal");
    return config;
}

// Loading takes a good part of a second; what tests change, they change in a copy.
SnapshotPtr commonSnapshot() {
    // The code lists ask it what day it is for as long as they live.
    static const base::SystemClock clock;
    static const SnapshotPtr snapshot =
        app::loadSnapshot(configOf(world()), clock, app::loadSeal(configOf(world()), clock));
    return snapshot;
}

base::Limits bent(const std::function<void(base::Limits&)>& bend) {
    base::Limits limits;
    if (bend) bend(limits);
    return limits;
}

}  // namespace

scenario::World& world() {
    static const auto common = [] {
        auto made = std::make_unique<scenario::World>();
        for (const auto& code :
             {scenario::kCourt, scenario::kOtherCourt, scenario::kEnforcement, scenario::kProcuracy,
              scenario::kCommittee, std::string("E01"), std::string("G15.90")}) {
            scenario::Enrolment enrolment;
            enrolment.agency = code;
            made->enrol(enrolment);
        }
        made->issue("stranger-seal", trust::DemoKind::Seal);
        return made;
    }();
    return *common;
}

House::House(const std::function<void(base::Limits&)>& bend) :
    court(world(), scenario::kCourt),
    otherCourt(world(), scenario::kOtherCourt),
    enforcement(world(), scenario::kEnforcement),
    procuracy(world(), scenario::kProcuracy),
    committee(world(), scenario::kCommittee),
    limits(bent(bend)),
    ledger(store.ledger()),
    snapshots(commonSnapshot()),
    intake(kIdentity, ledger, store.cases(), bell, clock, limits),
    inquiry(kIdentity, ledger, store.cases(), clock, limits),
    rendering(kIdentity, ledger, store.cases(), store.outbox(), memory),
    verdict(kIdentity, limits),
    mailbox(rendering, verdict, ledger, store.outbox(), bell, clock, limits),
    ends(kIdentity, snapshots, ledger, store.cases(), store.outbox(), bell, clock),
    dispatcher(kIdentity, snapshots, rendering, verdict, transport, store.outbox(), ends, bell,
               clock, limits),
    acts(kIdentity, snapshots, ledger, store.outbox(), ends, bell, clock) {}

Inbound House::inbound(const std::string& agency, const Signed& message) const {
    Inbound inbound;
    inbound.body = message.body;
    inbound.mediaType = message.mediaType;
    inbound.detachedHeader = message.detachedHeader;
    inbound.snapshot = snapshots.current();
    inbound.channel = inbound.snapshot->registry->channelById("ch-" + agency);
    inbound.receivedAt = clock.now();
    return inbound;
}

scenario::Reply House::read(const Answer& answer) const {
    scenario::Reply reply;
    reply.status = answer.status;
    reply.mediaType = answer.mediaType;
    reply.body = answer.bytes;
    reply.sealed = scenario::sealIsGood(answer.bytes, snapshots.current()->seal->certificate(),
                                        &reply.content);
    if (!reply.sealed)
        if (auto tree = document::readJson(answer.bytes)) reply.content = std::move(tree->root);
    return reply;
}

std::string House::signerOfReceipt(const std::string& itemId) {
    const auto item = store.outbox().find(itemId).value();
    const auto snapshot = snapshots.current();
    const auto verified = snapshot->verifier.verify(
        {item.partnerReceipt, item.partnerReceiptMediaType, item.partnerReceiptHeader},
        *snapshot->registry->channelById("ch-" + item.recipient), item.closedAt.value());
    return verified ? verified->signerAgency : std::string(entryOf(verified.error().code).name);
}

scenario::Reply House::send(const scenario::Agency& agency, const Signed& message, bool dryRun) {
    auto in = inbound(agency.code(), message);
    in.dryRun = dryRun;
    return read(intake.accept(in));
}

scenario::Reply House::send(const scenario::Agency& agency, model::Payload payload) {
    return send(agency, agency.json(message(agency, std::move(payload))));
}

scenario::Reply House::ask(const scenario::Agency& agency, const Signed& question, bool dryRun) {
    auto in = inbound(agency.code(), question);
    in.dryRun = dryRun;
    return read(inquiry.ask(in));
}

scenario::Reply House::ask(const scenario::Agency& agency, model::Payload payload) {
    return ask(agency, agency.json(message(agency, std::move(payload))));
}

model::Message House::message(const scenario::Agency& agency, model::Payload payload) const {
    auto made = agency.message(std::move(payload));
    made.envelope.created = clock.now();
    return made;
}

model::DeclaredAct House::noticeOf(const std::string& number,
                                   const std::string& noticeNumber) const {
    auto notice = scenario::noticeOf(number, noticeNumber);
    scenario::say(notice, "issuedOn", base::vietnamDate(clock.now()));
    return notice;
}

model::DeclaredAct House::noticeSeen(const std::string& number,
                                     const std::string& noticeNumber) const {
    auto seen = scenario::noticeSeen(number, noticeNumber);
    scenario::say(seen, "receivedOn", base::vietnamDate(clock.now()));
    return seen;
}

void House::bringToNotice(const std::string& number, model::Category category) {
    ASSERT_EQ(send(court, scenario::transferOf(number, category)).status, 200);
    ASSERT_EQ(send(enforcement, scenario::registrationOf(number, "12/2026")).status, 200);
    ASSERT_EQ(send(enforcement, noticeOf(number, "TB-1")).status, 200);
}

store::CaseRecord House::caseNumbered(const std::string& number) {
    return store.cases()
        .findByAlias(
            {scenario::kCourt, model::normaliseCaseNumber(number).normalised, "2026-03-02"})
        .value();
}

std::vector<std::string> toldTo(House& house, const std::string& agency) {
    std::vector<std::string> types;
    for (const auto& item : house.store.outbox().mailbox(agency, 100))
        types.push_back(item.messageType);
    return types;
}

void House::change(const std::string& agency, const std::function<void(trust::Partner&)>& bend) {
    auto next = *snapshots.current();
    auto data = next.registry->data();
    for (auto& partner : data.partners)
        if (partner.agency == agency) bend(partner);
    next.registry = std::make_shared<const trust::Registry>(std::move(data));
    next.verifier = trust::Verifier(next.registry, next.revocation, limits);
    snapshots.replace(std::make_shared<const Snapshot>(std::move(next)));
}

}  // namespace gateway::exchange::fixture
