// thahc-simulator: plays courts, procuracies, committees and enforcement authorities against a
// real gateway. Exit codes: 0 all came true, 1 something did not, 2 wrong use, 70 a fault.

#include <iostream>

#include "connectors/simulator/demo/demo.h"
#include "connectors/simulator/stage/interruption.h"
#include "connectors/simulator/year/year.h"
#include "gateway/base/fault.h"
#include "gateway/base/printable.h"

namespace {

constexpr const char* kUsage =
    "thahc-simulator demo --gateway-binary FILE [--dir DIR] [--root SOURCE_ROOT] [--once]\n"
    "                     [--edxml DIR]\n"
    "thahc-simulator year --gateway-binary FILE [--dir DIR] [--root SOURCE_ROOT]\n"
    "  demo      one day of everybody; year: a statistics year from day to day\n"
    "  --dir     where keys, registrations, store and evidence go (run/demo); made anew\n"
    "  --root    where mappings/ and connectors/ lie (.)\n"
    "  --once    end after the account\n"
    "  --edxml   packages of the national axis to send instead of the project's own\n";

struct Words {
    std::string play;
    gateway::simulator::DemoOptions options;
};

// False if the command line is wrong.
bool parse(int argc, char** argv, Words& words) {
    if (argc < 2) return false;
    words.play = argv[1];
    if (words.play != "demo" && words.play != "year") return false;
    auto& options = words.options;
    options.directory = "run/" + words.play;
    options.sourceRoot = ".";
    for (int i = 2; i < argc; ++i) {
        const std::string word = argv[i];
        if (word == "--once") {
            options.once = true;
            continue;
        }
        if (i + 1 == argc) return false;
        const std::filesystem::path value = std::filesystem::absolute(argv[++i]);
        if (word == "--gateway-binary")
            options.gatewayBinary = value;
        else if (word == "--dir")
            options.directory = value;
        else if (word == "--root")
            options.sourceRoot = value;
        else if (word == "--edxml" && words.play == "demo")
            options.edxml = value;
        else
            return false;
    }
    options.sourceRoot = std::filesystem::absolute(options.sourceRoot).lexically_normal();
    return !options.gatewayBinary.empty();
}

bool play(const Words& words) {
    const auto& options = words.options;
    if (words.play == "demo") return gateway::simulator::runDemo(options);
    return gateway::simulator::runYear(
        {options.gatewayBinary, options.directory, options.sourceRoot});
}

}  // namespace

int main(int argc, char** argv) {
    const gateway::base::PrintableStream out(std::cout), errors(std::cerr);
    Words words;
    if (!parse(argc, argv, words)) {
        std::cerr << kUsage;
        return 2;
    }
    gateway::simulator::holdInterruptions();
    try {
        return play(words) ? 0 : 1;
    } catch (const gateway::simulator::Interrupted&) {
        std::cerr << "thahc-simulator: interrupted\n";
        return 1;
    } catch (const std::exception& error) {
        std::cerr << "thahc-simulator: " << error.what() << '\n';
        return 70;
    }
}
