#include "tests/bench/gateway/client.h"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <mutex>
#include <stdexcept>
#include <thread>

namespace gateway::bench {
namespace {

using Clock = std::chrono::steady_clock;
using Milliseconds = std::chrono::duration<double, std::milli>;

thahc::test::ProbeSettings wireOf(const scenario::World& world, const std::string& agency) {
    return scenario::Agency(world, agency).wire();
}

// The channel of the first court carries both courts' messages, so one client is enough.
struct Sender {
    const std::vector<Prepared>& load;
    std::atomic<std::size_t> next{0};
    std::mutex mutex;
    std::vector<double> milliseconds;
    std::string failure;

    void fail(const std::string& what) {
        const std::lock_guard lock(mutex);
        if (failure.empty()) failure = what;
        next.store(load.size());
    }

    void work(thahc::test::TlsProbe& probe) {
        std::vector<double> own;
        for (std::size_t i = next++; i < load.size(); i = next++) {
            const auto start = Clock::now();
            if (!probe.send(load[i].request)) return fail("the connection ended");
            const auto answer = probe.receive();
            own.push_back(Milliseconds(Clock::now() - start).count());
            if (answer.status != 200)
                return fail("status " + std::to_string(answer.status) + ": " +
                            answer.body.substr(0, 2000));
        }
        const std::lock_guard lock(mutex);
        milliseconds.insert(milliseconds.end(), own.begin(), own.end());
    }
};

}  // namespace

Figures send(scenario::World& world, const std::vector<Prepared>& load, std::size_t connections,
             const std::string& agency) {
    std::vector<std::unique_ptr<thahc::test::TlsProbe>> probes;
    const auto settings = wireOf(world, agency);
    for (std::size_t i = 0; i < connections; ++i) {
        probes.push_back(std::make_unique<thahc::test::TlsProbe>(settings));
        if (!probes.back()->connected()) throw std::runtime_error("cannot connect");
    }
    Sender sender{load, {}, {}, {}, {}};
    const double gatewayBefore = cpuOf(world.process().pid());
    const double clientBefore = cpuOf(::getpid());
    const auto start = Clock::now();
    {
        std::vector<std::jthread> threads;
        for (const auto& probe : probes)
            threads.emplace_back([&sender, &probe] { sender.work(*probe); });
    }
    Figures figures;
    figures.seconds = std::chrono::duration<double>(Clock::now() - start).count();
    if (!sender.failure.empty()) throw std::runtime_error(sender.failure);
    figures.messages = load.size();
    const auto count = static_cast<double>(load.size());
    figures.gatewayCpu = (cpuOf(world.process().pid()) - gatewayBefore) / count;
    figures.clientCpu = (cpuOf(::getpid()) - clientBefore) / count;
    figures.milliseconds = std::move(sender.milliseconds);
    std::ranges::sort(figures.milliseconds);
    return figures;
}

double memoryOfIdle(scenario::World& world, std::size_t connections) {
    const double before = residentOf(world.process().pid());
    std::vector<std::unique_ptr<thahc::test::TlsProbe>> probes;
    const auto settings = wireOf(world, scenario::kCourt);
    for (std::size_t i = 0; i < connections; ++i) {
        probes.push_back(std::make_unique<thahc::test::TlsProbe>(settings));
        // One small answer proves that the gateway has done its side of the handshake.
        probes.back()->send("GET /v1/whoami HTTP/1.1\r\nHost: localhost\r\n\r\n");
        if (probes.back()->receive().status != 200) throw std::runtime_error("no whoami");
    }
    return (residentOf(world.process().pid()) - before) / static_cast<double>(connections);
}

}  // namespace gateway::bench
