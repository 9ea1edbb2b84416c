#include "connectors/simulator/year/year.h"

#include <algorithm>
#include <fstream>

#include "connectors/simulator/year/reconciliation.h"
#include "gateway/base/fault.h"
#include "gateway/base/time_format.h"

namespace gateway::simulator {
namespace {

constexpr std::chrono::days kAround{40};
constexpr const char* kGatewaysClock = "gateway-clock";

// The statistics year of the first act (TTLT 12/2021 Đ.6).
base::Date beginOf(const std::vector<Life>& lives) {
    auto first = lives.front().acts.front().on;
    for (const auto& life : lives)
        for (const auto& act : life.acts) first = std::min(first, act.on);
    const auto year =
        first.month() < std::chrono::October ? first.year() - std::chrono::years(1) : first.year();
    return year / std::chrono::October / 1;
}

CastCodes concerned(const std::vector<Life>& lives, const model::AgencyDirectory& directory) {
    CastCodes codes;
    for (const auto& life : lives)
        for (const auto& [role, code] : life.agencies) {
            const auto* agency = directory.find(code);
            if (!agency) throw base::Fault(life.id + ": no agency " + code);
            switch (agency->kind) {
                case model::AgencyKind::Court: codes.courts.insert(code); break;
                case model::AgencyKind::Enforcement: codes.enforcement.insert(code); break;
                case model::AgencyKind::Procuracy: codes.procuracies.insert(code); break;
                default: codes.committees.insert(code);
            }
        }
    return codes;
}

// Clocks of gateway and players stand at the beginning before anything starts.
std::filesystem::path clockAt(const RunDirectory& directory, const char* name,
                              base::Timestamp begin) {
    const auto file = directory.root() / name;
    const auto offset = begin - base::SystemClock().now();
    std::ofstream(file) << offset.count() << "\n";
    return file;
}

void playYear(YearPlay& play, const Reckoner& reckoner, base::Date begin) {
    auto& account = play.world.account;
    account.chapter("Năm thống kê từ " + base::formatDayMonthYear(begin),
                    "The statistics year, from day to day");
    Reconciliation sheets(play, reckoner, begin);
    for (auto day = begin; day <= sheets.lastDay(); day = base::dayAfter(day)) {
        play.turnTo(day);
        play.playLives(day);
        sheets.onDay(day);
        if (base::dayAfter(day).day() == std::chrono::day(1)) {
            std::size_t items = 0;
            for (const auto& [code, types] : play.readMail())
                for (const auto& [type, count] : types) items += count;
            account.tell("   " + base::formatDayMonthYear(day) +
                         " thư đã nhận/letters read: " + std::to_string(items));
        }
    }
    account.chapter("Cuối năm", "The end of the year");
    play.checkEnds();
    sheets.checkSigned();
}

}  // namespace

bool runYear(const YearOptions& options) {
    const auto lives = loadLives(options.sourceRoot / "connectors" / "simulator" / "data" / "year");
    const auto begin = beginOf(lives);
    const auto start = base::vietnamMidnight(begin) + std::chrono::hours(1);
    const RunDirectory directory(options.directory, options.sourceRoot);
    server::PushedClock clock(clockAt(directory, "players-clock", start));
    auto reference = loadReference(options.sourceRoot);
    const auto& agencies = reference.agencies->directory();
    const auto cast = castFor(concerned(lives, agencies), agencies, begin);
    // Good on every day of the play, and on the machine's own.
    directory.makeKeys(
        cast, {start - kAround,
               std::max(start + std::chrono::years(1), base::SystemClock().now()) + kAround});
    directory.writeRegistrations(cast, *reference.mappings, 0);
    directory.writeSettings(
        "gateway.pushedClock = " + clockAt(directory, kGatewaysClock, start).string() + "\n");
    World world(directory, std::move(reference), cast, clock);
    GatewayChild gateway(options.gatewayBinary, directory);
    world.open(gateway.port());
    YearPlay play(world, cast, lives, gateway, clock);
    playYear(play, Reckoner(options.gatewayBinary, directory.mappings(), directory.root()), begin);
    world.account.expect(gateway.stop() == 0, "trục dừng đúng cách/the gateway ends in order");
    return world.account.close();
}

}  // namespace gateway::simulator
