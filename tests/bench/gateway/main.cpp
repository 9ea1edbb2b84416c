// Signed in -> verified -> durable -> signed receipt out, over mutual TLS against the real
// process, beside the ceiling of the same machine in the same minute.

#include <charconv>
#include <chrono>
#include <cstdio>
#include <stdexcept>
#include <string_view>

#include "tests/bench/gateway/ceiling.h"
#include "tests/bench/gateway/client.h"
#include "tests/bench/gateway/many_cases.h"

namespace gateway::bench {
namespace {

struct Cell {
    Kind kind;
    std::size_t connections;
    std::size_t messages;
    double ratioWanted = 0;  ///< of the ceiling; 0: no ceiling is measured
};

constexpr double kStartBudget = 1.0, kIdleBudget = 40, kConnectionBudget = 0.12, kP99Budget = 50;

const char* judged(bool within) { return within ? "within" : "OVER"; }

void printRow(const char* what, std::size_t connections, const Kind& kind, const Figures& f) {
    std::printf("%-8s %s %3zu x %2zu KiB  %7.0f/s  p50 %7.2f  p99 %7.2f ms  CPU gateway %5.0f",
                what, kind.name().c_str(), connections, kind.kibibytes, f.rate(), f.percentile(0.5),
                f.percentile(0.99), f.gatewayCpu);
    if (f.clientCpu > 0) std::printf("  client %4.0f", f.clientCpu);
    std::printf(" us\n");
}

void printRatio(const Cell& cell, const Figures& served, const CeilingFigures& best) {
    const double byRate = served.rate() / best.figures.rate();
    // What two busy cores would give: tells the two apart from whatever else the machine does.
    const double byCpu = best.figures.gatewayCpu / (served.gatewayCpu + served.clientCpu);
    std::printf("         ratio %.2f by rate, %.2f by CPU; budget %.2f: %s\n", byRate, byCpu,
                cell.ratioWanted, judged(byRate >= cell.ratioWanted));
    const auto& s = best.stages;
    std::printf(
        "         CPU us: verify %.0f, mapping %.0f, decide %.0f, seal %.0f, store %.0f, "
        "HTTP + TLS + dispatch %.0f\n",
        s.verify, s.mapping, s.judge, s.seal, s.store,
        served.gatewayCpu - best.figures.gatewayCpu - s.mapping);
}

void measure(scenario::World& world, Load& load, const Cell& cell) {
    const auto messages = load.make(cell.kind, cell.messages);
    const auto served = send(world, messages, cell.connections);
    printRow("gateway", cell.connections, cell.kind, served);
    if (cell.connections == 16 && cell.kind.kibibytes == 4 && !cell.kind.rsa)
        std::printf("         p99 %.1f ms; budget %.0f: %s\n", served.percentile(0.99), kP99Budget,
                    judged(served.percentile(0.99) <= kP99Budget));
    if (cell.ratioWanted > 0) {
        const auto store = world.folder() / ("ceiling-" + messages.front().message.envelope.id);
        Ceiling ceiling(world.folder() / "gateway.properties", store);
        const auto best = ceiling.run(messages, cell.connections);
        printRow("ceiling", cell.connections, cell.kind, best.figures);
        printRatio(cell, served, best);
    }
    std::fflush(stdout);
}

std::vector<Cell> cells(std::size_t factor) {
    std::vector<Cell> all;
    for (const Form form : {Form::Xml, Form::Json}) {
        const double budget = form == Form::Xml ? 0.65 : 0.6;
        all.push_back({{form, false, 4}, 1, 400 * factor, 0});
        all.push_back({{form, false, 4}, 16, 1500 * factor, 0});
        all.push_back({{form, false, 4}, 64, 3000 * factor, budget});
        all.push_back({{form, true, 4}, 64, 1500 * factor, budget});
        all.push_back({{form, false, 64}, 16, 300 * factor, 0});
    }
    return all;
}

void startAndMemory(scenario::World& world) {
    const auto start = std::chrono::steady_clock::now();
    if (!world.start()) throw std::runtime_error("the gateway does not start: " + world.log());
    const double ready =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    std::printf("start to ready %.2f s; budget %.1f: %s\n", ready, kStartBudget,
                judged(ready <= kStartBudget));
    const double idle = residentOf(world.process().pid());
    std::printf("idle RSS %.1f MB; budget %.0f: %s\n", idle, kIdleBudget,
                judged(idle <= kIdleBudget));
    const double each = memoryOfIdle(world, 100);
    std::printf("each idle connection %.3f MB; budget %.2f: %s\n", each, kConnectionBudget,
                judged(each <= kConnectionBudget));
}

int run(int count, char** values) {
    const std::string_view wish = count > 1 ? values[1] : "";
    std::size_t cases = 0;
    if (wish == "--cases" && count == 3) {
        const std::string_view number = values[2];
        std::from_chars(number.data(), number.data() + number.size(), cases);
    }
    if (cases < 1000 && (count > 2 || (!wish.empty() && wish != "--long" && wish != "--only-64"))) {
        std::fprintf(stderr, "usage: thahc-bench [--long | --only-64 | --cases NUMBER]\n");
        return 64;
    }
    scenario::World world;
    enrol(world);
    world.set("limits.messagesPerMinutePerAgency", "100000000");
    world.set("limits.requestsPerMinutePerChannel", "100000000");
    startAndMemory(world);
    if (cases > 0) {
        measureQuestions(world, cases);
        return 0;
    }
    Load load(world);
    // The first messages find cold caches; they count for nothing.
    for (const Form form : {Form::Xml, Form::Json})
        static_cast<void>(send(world, load.make({form, false, 4}, 200), 16));
    for (const auto& cell : cells(wish == "--long" ? 5 : 1))
        if (wish != "--only-64" || (cell.ratioWanted > 0 && !cell.kind.rsa))
            measure(world, load, cell);
    std::printf("RSS after the load %.1f MB; refolding: %s\n", residentOf(world.process().pid()),
                world.rebuild().substr(0, 300).c_str());
    return 0;
}

}  // namespace
}  // namespace gateway::bench

int main(int count, char** values) {
    try {
        return gateway::bench::run(count, values);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "thahc-bench: %s\n", error.what());
        return 1;
    }
}
