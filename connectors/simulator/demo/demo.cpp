#include "connectors/simulator/demo/demo.h"

#include "connectors/simulator/demo/play.h"
#include "connectors/simulator/demo/reckoning.h"
#include "connectors/simulator/demo/tour.h"
#include "connectors/simulator/stage/gateway_child.h"
#include "connectors/simulator/stage/interruption.h"

namespace gateway::simulator {
namespace {

constexpr std::chrono::hours kBefore{1};
constexpr std::chrono::days kLife{397};

// Everybody whom the rulings concern.
CastCodes concerned(const std::vector<RulingFact>& facts, const model::AgencyDirectory& directory,
                    base::Date today) {
    CastCodes codes;
    for (const auto& fact : facts) {
        codes.courts.insert(fact.sender);
        if (const auto* court = directory.holderOn(fact.ruling.firstInstanceCourt, today))
            codes.courts.insert(court->code);
        codes.enforcement.insert(fact.enforcement);
        codes.procuracies.insert(fact.procuracy);
        for (const auto& notice : fact.notices) codes.committees.insert(notice.addressee);
    }
    return codes;
}

void openingWords(Play& play, const GatewayChild& gateway, const DemoOptions& options) {
    auto& account = play.world.account;
    account.chapter("Trục kết nối theo dõi thi hành án hành chính",
                    "The gateway for monitoring administrative judgments");
    account.tell("Chương trình/program: " + options.gatewayBinary.string());
    account.tell("Địa chỉ/address: " + play.world.address() + " (" + play.world.gateway + ")");
    account.tell("Công khai/public: https://127.0.0.1:" + std::to_string(gateway.publicPort()) +
                 "/v1/publications.html");
    account.expect(gateway.publicPort() != 0, "cổng công khai/the public's door");
    account.tell("Thư mục/directory: " + play.world.directory.root().string());
    account.tell("Tham gia/players: " + std::to_string(play.cast.members.size()) +
                 " cơ quan/agencies, " + std::to_string(play.cast.lines.size()) +
                 " kênh/channels; mọi cơ quan đều có con dấu riêng/each with its own seal");
    account.expect(gateway.ask("/healthz", {}).has_value(), "/healthz");
}

void playAll(Play& play, GatewayChild& gateway, const DemoOptions& options) {
    openingWords(play, gateway, options);
    transferRulings(play);
    registerAndNotify(play);
    answerNotices(play);
    readResults(play);
    askQuestions(play);
    const bool ours = options.edxml.empty();
    sendDocuments(
        play,
        ours ? options.sourceRoot / "connectors" / "simulator" / "data" / "edxml" : options.edxml,
        ours);
    Tour(play, options.gatewayBinary, "901").walk();
    reckon(play, gateway);
    if (options.once) return;
    // With a ruling of its own, so that the visitor's first command is not a repetition.
    Tour(play, options.gatewayBinary, "902").show();
    awaitInterruption([&] { return gateway.running(); });
}

}  // namespace

bool runDemo(const DemoOptions& options) {
    const base::SystemClock clock;
    const RunDirectory directory(options.directory, options.sourceRoot);
    auto reference = loadReference(options.sourceRoot);
    const auto facts =
        loadFacts(options.sourceRoot / "connectors" / "simulator" / "data" / "rulings.json");
    const auto today = base::vietnamDate(clock.now());
    const auto& agencies = reference.agencies->directory();
    const auto cast = castFor(concerned(facts, agencies, today), agencies, today);
    directory.makeKeys(cast, {clock.now() - kBefore, clock.now() + kLife});
    PushReceiver receiver(directory, clock);
    directory.writeRegistrations(cast, *reference.mappings, receiver.port());
    directory.writeSettings();

    World world(directory, std::move(reference), cast, clock);
    Play play{world, cast, facts, receiver, {}, {}};
    for (const auto& [code, member] : cast.members) {
        play.offices[code] = std::make_unique<Office>(world, member);
        if (member.push) receiver.add(play.office(code));
    }
    receiver.start();
    GatewayChild gateway(options.gatewayBinary, directory);
    world.open(gateway.port());
    playAll(play, gateway, options);
    world.account.expect(gateway.stop() == 0, "trục dừng đúng cách/the gateway ends in order");
    return world.account.broken().empty();
}

}  // namespace gateway::simulator
