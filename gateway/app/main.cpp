// thahc-gateway: one program with commands; see commands.h and docs/cli.md.

#include <signal.h>

#include <algorithm>
#include <iostream>

#include "gateway/app/settings/command_help.h"
#include "gateway/app/settings/commands.h"
#include "gateway/app/settings/exit_codes.h"
#include "gateway/app/settings/failure.h"
#include "gateway/base/printable.h"
#include "gateway/document/json.h"
#include "gateway/store/records.h"

namespace {

using namespace gateway::app;

// Before any thread exists, so that only serve's own loop ever takes these signals.
void blockSignals() {
    sigset_t signals;
    sigemptyset(&signals);
    for (const int signal : {SIGHUP, SIGTERM, SIGINT}) sigaddset(&signals, signal);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    signal(SIGPIPE, SIG_IGN);
}

int printVersion() {
    std::cout << "thahc-gateway " << THAHC_VERSION << '\n';
    return kExitOk;
}

// Before anything else of it is read; behind "--" it is a word like any other.
bool asksForHelp(const Words& words) {
    const auto end = std::ranges::find(words, "--");
    return std::find(words.begin(), end, "--help") != end;
}

int dispatch(const std::string& command, const Words& words) {
    if (command == "--version") return printVersion();
    const auto* const help = helpOf(command);
    if (help == nullptr) throw UsageError("unknown command " + command);
    if (asksForHelp(words)) return std::cout << helpText(*help), kExitOk;
    if (command == "check-config") return checkConfigCommand(words);
    if (command == "check-mapping") return checkMappingCommand(words);
    if (command == "explain") return explainCommand(words);
    if (command == "test-mappings") return testMappingsCommand(words);
    if (command == "workbench") return workbenchCommand(words);
    if (command == "new-mapping") return newMappingCommand(words);
    if (command == "agencies") return agenciesCommand(words);
    if (command == "law") return lawCommand(words);
    if (command == "try-life") return tryLifeCommand(words);
    if (command == "figures") return figuresCommand(words);
    if (command == "registers") return registersCommand(words);
    if (command == "case-file") return caseFileCommand(words);
    if (command == "matters") return mattersCommand(words);
    if (command == "evidence-pack") return evidencePackCommand(words);
    if (command == "verify") return verifyCommand(words);
    if (command == "client") return clientCommand(words);
    if (command == "agency") return agencyCommand(words);
    if (command == "door") return doorCommand(words);
    if (command == "mapping") return mappingCommand(words);
    if (command == "reprocess") return reprocessCommand(words);
    if (command == "waiting") return waitingCommand(words);
    if (command == "messages") return messagesCommand(words);
    if (command == "audit") return auditCommand(words);
    if (command == "store") return storeCommand(words);
    if (command == "restore") return restoreCommand(words);
    if (command == "demo-pki") return demoPkiCommand(words);
    for (const char* known : {"status", "storage", "resend", "undo-transfer", "dead-letters",
                              "backup", "archive", "archived", "rebuild", "reload", "clock"})
        if (command == known) return operatorCommand(command, words);
    throw UsageError("unknown command " + command);
}

// With --json standard output holds one document whatever happens; those who look only at the
// command's verdict find it there too.
void printProblem(const std::string& command, const std::string& problem) {
    using gateway::document::booleanNode;
    auto root = gateway::document::objectNode();
    const bool mapping = command == "check-mapping";
    if (command == "check-config" || command == "verify")
        root.children.push_back(booleanNode("good", false));
    if (mapping) root.children.push_back(booleanNode("accepted", false));
    root.children.push_back(gateway::document::stringNode("problem", problem));
    if (mapping) root.children.push_back(gateway::document::arrayNode("problems"));
    std::cout << gateway::document::writeJson(root) << '\n';
}

// What ended a command: its code, and what is told of it.
struct End {
    int code;
    std::string problem;
};

End run(const std::string& program, const std::string& command, const Words& words) {
    try {
        if (command != "serve" || asksForHelp(words)) return {dispatch(command, words), {}};
        blockSignals();
        return {serveCommand(program, words), {}};
    } catch (const UsageError& error) {
        const auto* const help = helpOf(command);
        std::cerr << (help != nullptr ? helpText(*help) : overview());
        return {error.code(), error.what()};
    } catch (const CommandFailure& failure) {
        return {failure.code(), failure.what()};
    } catch (const gateway::store::StoreFault& fault) {
        return {kExitStoreBroken, fault.what()};
    } catch (const std::exception& error) {
        return {kExitFault, error.what()};
    }
}

}  // namespace

int main(int argc, char** argv) {
    // Whatever a command prints, the words of others in it stay words.
    const gateway::base::PrintableStream out(std::cout), errors(std::cerr);
    if (argc < 2) return std::cerr << overview(), kExitUsage;
    std::string command = argv[1];
    Words words(argv + 2, argv + argc);
    if (command == "help" && words.size() == 1) {
        command = words.front();
        words = {"--help"};
    }
    if (command == "--help" || command == "help") return std::cout << overview(), kExitOk;
    const auto end = run(argv[0], command, words);
    if (!end.problem.empty()) {
        std::cerr << "thahc-gateway: " << end.problem << '\n';
        if (std::ranges::find(words, "--json") != words.end()) printProblem(command, end.problem);
    }
    return end.code;
}
