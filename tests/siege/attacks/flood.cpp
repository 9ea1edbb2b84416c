#include "tests/scenario/support/flood.h"

#include "tests/siege/attacks.h"

namespace gateway::siege {
namespace {

using scenario::Wave;

constexpr std::uint32_t kThreads = 6;
constexpr std::uint32_t kSeed = 20261128;
constexpr timespec kTenth{0, 100'000'000};

void flood(Scene& scene, const std::stop_token& stop, std::vector<Wave> waves,
           std::size_t mostFileBytes) {
    scenario::Flood partner(
        scene.agencies().otherCourt,
        {{scenario::kEnforcement, scenario::kProcuracy}, std::move(waves), mostFileBytes, kSeed});
    partner.start(kThreads);
    while (!stop.stop_requested()) {
        ::nanosleep(&kTenth, nullptr);
        if (partner.sent(Wave::Letter) > kThreads) scene.pressed();
    }
    partner.stop();
    for (const auto& line : partner.strange()) scene.complain(line);
    if (const auto wrong = partner.settle(); !wrong.empty()) scene.complain(wrong);
}

}  // namespace

void letters(Scene& scene, const std::stop_token& stop) {
    flood(scene, stop, {Wave::Letter}, 1'000'000);
}

void everything(Scene& scene, const std::stop_token& stop) {
    flood(scene, stop,
          {Wave::Letter, Wave::Question, Wave::Fetch, Wave::DryRun, Wave::Broken,
           Wave::BrokenQuestion},
          200'000);
}

}  // namespace gateway::siege
