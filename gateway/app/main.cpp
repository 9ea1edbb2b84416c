// thahc-gateway: one program with commands; see commands.h and docs/cli.md.

#include <signal.h>

#include <iostream>

#include "gateway/app/arguments.h"
#include "gateway/app/commands.h"
#include "gateway/app/config.h"
#include "gateway/app/exit_codes.h"
#include "gateway/store/records.h"

namespace {

using namespace gateway::app;

constexpr const char* kUsage =
    "usage: thahc-gateway COMMAND ...\n"
    "  serve --config FILE [--set key=value ...]    run the gateway\n"
    "  check-config --config FILE [--json]          settings with their origin, and all data\n"
    "  check-mapping FILE [--sample F] [--json]     a mapping, and what it makes of a sample\n"
    "  verify FILE ... --trust PEM [--time T]       a message, receipt or refusal, offline\n"
    "  client send|query|mailbox|status|ping ...    speak to a gateway as an agency\n"
    "  agency list|add-channel|add-signer|revoke    registrations (operator)\n"
    "  status | resend ITEM | dead-letters | backup FILE | rebuild | reload   (operator)\n"
    "  demo-pki DIR ...                             certificates for a demonstration\n";

// Before any thread exists, so that only serve's own loop ever takes these signals.
void blockSignals() {
    sigset_t signals;
    sigemptyset(&signals);
    for (const int signal : {SIGHUP, SIGTERM, SIGINT}) sigaddset(&signals, signal);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    signal(SIGPIPE, SIG_IGN);
}

int dispatch(const std::string& command, const Words& words) {
    if (command == "check-config") return checkConfigCommand(words);
    if (command == "check-mapping") return checkMappingCommand(words);
    if (command == "verify") return verifyCommand(words);
    if (command == "client") return clientCommand(words);
    if (command == "agency") return agencyCommand(words);
    if (command == "demo-pki") return demoPkiCommand(words);
    for (const char* known : {"status", "resend", "dead-letters", "backup", "rebuild", "reload"})
        if (command == known) return operatorCommand(command, words);
    throw UsageError("unknown command " + command);
}

int fail(const char* what, int code) {
    std::cerr << "thahc-gateway: " << what << '\n';
    return code;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) return std::cerr << kUsage, kExitUsage;
    const std::string command = argv[1];
    if (command == "--help" || command == "help") return std::cout << kUsage, kExitOk;
    try {
        if (command == "serve") {
            blockSignals();
            argv[1] = argv[0];
            return serveCommand(argc - 1, argv + 1);
        }
        return dispatch(command, Words(argv + 2, argv + argc));
    } catch (const UsageError& error) {
        std::cerr << kUsage;
        return fail(error.what(), kExitUsage);
    } catch (const ConfigError& error) {
        return fail(error.what(), kExitBadData);
    } catch (const gateway::store::StoreFault& fault) {
        return fail(fault.what(), kExitStoreBroken);
    } catch (const std::exception& error) {
        return fail(error.what(), kExitFault);
    }
}
