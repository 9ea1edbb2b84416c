// thahc-gateway: one program with commands; see commands.h and docs/cli.md.

#include <signal.h>

#include <algorithm>
#include <iostream>

#include "gateway/app/settings/commands.h"
#include "gateway/app/settings/exit_codes.h"
#include "gateway/app/settings/failure.h"
#include "gateway/base/printable.h"
#include "gateway/document/json.h"
#include "gateway/store/records.h"

namespace {

using namespace gateway::app;

constexpr const char* kUsage =
    "usage: thahc-gateway COMMAND ...\n"
    "  serve --config FILE [--set key=value ...]    run the gateway\n"
    "  store create|adopt --config FILE             the store, once, before the first serve\n"
    "  restore BACKUP --config FILE [--unclean]     judge a backup and put it in place (stopped)\n"
    "  check-config --config FILE [--json]          settings with their origin, and all data\n"
    "  check-mapping FILE [--sample F] [--coverage] a mapping, what it makes of a sample, what it "
    "leaves\n"
    "  explain FILE|NAME [--html OUT] ...            how a message was read, rule by rule\n"
    "  new-mapping --from SAMPLE [--schema F] ...   a first draft of a mapping, from a sample\n"
    "  test-mappings [FORMAT ...]                   every mapping with the samples beside it\n"
    "  workbench [--mapping F] [--sample F] [--port N]  write a mapping in the browser\n"
    "  agencies check | agencies find TEXT [--on DAY]   the directory: its faults, who is who\n"
    "  try-life FILE [--as-of DAY] [--json]         a case by the law alone, act by act\n"
    "  law [--schema json|xsd [--act TYPE]]         the law's files as a page, or a schema of "
    "acts\n"
    "  law --preview DIR [--store FILE] [--json]    what files would change, before they do\n"
    "  figures --lives DIR --year YEAR ...          the law's statistics (json, xlsx, pdf)\n"
    "  registers --store FILE --office CODE --year YEAR --form 01|19 ...   registers to print\n"
    "  case-file --store FILE --case ID --out FILE.pdf      a case as one indexed PDF\n"
    "  matters --store FILE [--subject S] [--office CODE] [--open|--closed] [--overdue] ...\n"
    "  matters --store FILE --file ID [--messages DIR]      petitions, guidance, inspections\n"
    "  evidence-pack --config FILE --territory T --from D --to D --out DIR   for an inspection\n"
    "  verify FILE ... --trust PEM [--time T]       a message, receipt or refusal, offline\n"
    "  client send|query|mailbox|status|ping ...    speak to a gateway as an agency\n"
    "  agency list|add-channel|add-signer|revoke    registrations (operator)\n"
    "  mapping list|check|activate ID@VERSION|rollback ID  versions in service (operator)\n"
    "  reprocess --config F [--mapping ID[@VERSION]] ...  kept messages by another version\n"
    "  undo-transfer CASE --reason TEXT   (operator: strike a transfer that should not have been)\n"
    "  status | backup FILE | rebuild | reload      (operator)\n"
    "  dead-letters [list|show|note|close ITEM ...] deliveries that failed (operator)\n"
    "  waiting [--recipient CODE]                   who has not got what yet (operator)\n"
    "  resend ITEM | --all --recipient CODE ...     send them again (operator)\n"
    "  storage                                      free space, and whose bytes fill the rest\n"
    "  archive --before DATE --to DIR | archived ID  old bytes out of the store (operator)\n"
    "  clock [--to DATE]                            of a rehearsal: push it forward (operator)\n"
    "  door refusals                                who was turned away and why (operator)\n"
    "  messages find ...                            what was said or refused (operator)\n"
    "  audit reads ...                              who has read and fetched what (operator)\n"
    "  demo-pki DIR ...                             certificates for a demonstration\n"
    "  --version                                    which program this is\n";

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

int dispatch(const std::string& command, const Words& words) {
    if (command == "--version") return printVersion();
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
        if (command != "serve") return {dispatch(command, words), {}};
        blockSignals();
        return {serveCommand(program, words), {}};
    } catch (const UsageError& error) {
        std::cerr << kUsage;
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
    if (argc < 2) return std::cerr << kUsage, kExitUsage;
    const std::string command = argv[1];
    if (command == "--help" || command == "help") return std::cout << kUsage, kExitOk;
    const Words words(argv + 2, argv + argc);
    const auto end = run(argv[0], command, words);
    if (!end.problem.empty()) {
        std::cerr << "thahc-gateway: " << end.problem << '\n';
        if (std::ranges::find(words, "--json") != words.end()) printProblem(command, end.problem);
    }
    return end.code;
}
