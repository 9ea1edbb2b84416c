// thahc-siege [--seconds N] [ATTACK ...]: each attack on a gateway of its own, beside an honest
// partner that must not notice. Prints the account; 1 if an honest request failed.

#include <algorithm>
#include <exception>
#include <iostream>
#include <thread>

#include "tests/siege/attacks.h"
#include "tests/siege/report.h"

namespace gateway::siege {
namespace {

constexpr scenario::Patience kUntilPressed{60'000};

Row besiege(const Attack& attack, std::chrono::seconds span) {
    Scene scene(attack.quota.key ? Settings{{attack.quota.key, attack.quota.value}} : Settings{});
    Row row;
    row.attack = attack.words;
    row.atRest = serve(scene, span);
    const double before = scene.diskMiB();
    std::jthread attacker([&](const std::stop_token& stop) { attack.run(scene, stop); });
    if (!scenario::eventually([&] { return scene.isPressed(); }, kUntilPressed))
        std::cerr << attack.name << ": does not get to press\n";
    row.underAttack = serve(scene, span);
    attacker.request_stop();
    attacker.join();
    row.memoryMiB = scene.mostMemoryMiB();
    row.diskMiB = scene.diskMiB() - before;
    if (attack.quota.key && row.diskMiB > attack.quota.mostDiskMiB)
        scene.complain("the disk has grown beyond the quota");
    for (const auto& complaint : scene.complaints()) {
        ++row.underAttack.failed;
        std::cerr << attack.name << ": " << complaint << '\n';
    }
    if (!scene.world().running()) {
        ++row.underAttack.failed;
        std::cerr << attack.name << ": the gateway has ended\n" << scene.world().log();
    } else if (const auto found = scene.world().rebuild(); found != "clean") {
        ++row.underAttack.failed;
        std::cerr << attack.name << ": " << found << '\n';
    }
    if (!row.underAttack.firstFailure.empty())
        std::cerr << attack.name << ": " << row.underAttack.firstFailure << '\n';
    return row;
}

int siege(const std::vector<std::string>& words) {
    std::chrono::seconds span{8};
    std::vector<std::string> wanted;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i] == "--seconds" && i + 1 < words.size())
            span = std::chrono::seconds(std::stoi(words[++i]));
        else
            wanted.push_back(words[i]);
    }
    for (const auto& name : wanted)
        if (std::ranges::none_of(kAttacks, [&](const Attack& a) { return a.name == name; })) {
            std::cerr << "no such attack: " << name << "; there are:\n";
            for (const auto& attack : kAttacks) std::cerr << "  " << attack.name << '\n';
            return 2;
        }
    bool held = true;
    printHead(std::cout);
    for (const auto& attack : kAttacks) {
        if (!wanted.empty() && std::ranges::find(wanted, attack.name) == wanted.end()) continue;
        const Row row = besiege(attack, span);
        printRow(std::cout, row);
        held = held && row.underAttack.failed == 0 && row.atRest.failed == 0;
    }
    return held ? 0 : 1;
}

}  // namespace
}  // namespace gateway::siege

int main(int argc, char** argv) {
    try {
        return gateway::siege::siege({argv + 1, argv + argc});
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        return 70;
    }
}
