#include "connectors/simulator/year/year_play.h"

#include "connectors/simulator/stage/evidence_reader.h"
#include "connectors/simulator/stage/interruption.h"
#include "gateway/base/time_format.h"
#include "gateway/mapping/binding.h"

namespace gateway::simulator {
namespace {

constexpr std::chrono::hours kMorning{8};

std::string typeOf(const model::Message& message) {
    const auto* act = std::get_if<model::DeclaredAct>(&message.payload);
    return act ? act->type : std::string(nameOf(message.envelope.type));
}

}  // namespace

YearPlay::YearPlay(World& stage, const Cast& cast, const std::vector<Life>& all,
                   GatewayChild& gateway, server::PushedClock& clock) :
    world(stage), lives(all), cast_(cast), gateway_(gateway), clock_(clock) {
    for (const auto& [code, member] : cast.members)
        offices_[code] = std::make_unique<Office>(world, member);
}

// The gateway first: nobody's message may come from its future.
void YearPlay::turnTo(base::Date day) {
    heedInterruption();
    const auto morning = base::vietnamMidnight(day) + kMorning;
    if (morning <= clock_.now()) return;
    const auto done =
        gateway_.ask("/v1/clock", "{\"to\":\"" + base::formatTimestamp(morning) + "\"}");
    world.account.expect(done.has_value(), "đồng hồ/clock " + base::formatDate(day));
    const auto refused = clock_.push(morning);
    if (refused) throw base::Fault("the players' clock: " + *refused);
}

Answer YearPlay::say(const std::string& agency, const std::string& type, document::Node content,
                     const std::optional<model::RulingReference>& about, const std::string& what) {
    model::DeclaredAct act;
    act.type = type;
    act.caseReference.ruling = about;
    act.content = std::move(content);
    auto answer = offices_.at(agency)->send(std::move(act), type);
    world.account.expect(answer.hasVerdict("accepted"),
                         what + " " + type + ": " + describe(answer));
    return answer;
}

void YearPlay::play(const Life& life, const LifeAct& act) {
    const auto& agency = life.agency(act.sender);
    const auto what = life.id + " " + act.id;
    if (act.type == "JudgmentTransfer") {
        const auto answer =
            offices_.at(agency)->send(model::JudgmentTransfer{life.ruling}, act.type);
        world.account.expect(answer.hasVerdict("accepted"),
                             what + " " + act.type + ": " + describe(answer));
    } else {
        auto content = act.content;
        if (&act == &life.acts.front()) {  // nobody knows its ruling yet
            auto ruling = mapping::toNode(life.ruling);
            ruling.name = "ruling";
            content.children.push_back(std::move(ruling));
        }
        static_cast<void>(say(agency, act.type, std::move(content), life.ruling.reference, what));
    }
    world.account.tell(base::formatDayMonthYear(act.on) + "  " + padded(life.id, 24) +
                       padded(act.type, 26) + world.name(agency));
}

void YearPlay::playLives(base::Date day) {
    for (const auto& life : lives)
        for (const auto& act : life.acts)
            if (act.on == day) play(life, act);
}

Told YearPlay::readMail() {
    Told told;
    for (const auto& [code, office] : offices_)
        for (const auto& delivery : office->fetchAll()) ++told[code][typeOf(delivery.message)];
    return told;
}

void YearPlay::checkEnds() {
    for (const auto& life : lives) {
        model::MonitoringQuery query;
        query.select.ruling = life.ruling.reference;
        const auto message = offices_.at(life.agency("procuracy-first"))->ask(query, "year-end");
        const auto* answer = message ? std::get_if<model::QueryAnswer>(&message->payload) : nullptr;
        if (!world.account.expect(answer && answer->cases.size() == 1, life.id + " QueryAnswer"))
            continue;
        std::vector<std::string> stages;
        for (const auto& obligation : answer->cases.front().obligations)
            stages.emplace_back(nameOf(obligation.stage));
        std::string shown;
        for (const auto& stage : stages) shown += stage + " ";
        world.account.expect(stages == life.finally, life.id + " cuối năm/in the end: " + shown);
        world.account.tell(padded(life.id, 24) + padded(life.ruling.reference.number, 18) +
                           padded(shown, 16) + life.title);
    }
}

}  // namespace gateway::simulator
