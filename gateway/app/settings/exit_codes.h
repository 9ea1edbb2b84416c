#pragma once
// What the process tells the shell: one code per class of outcome (docs/cli.md).

namespace gateway::app {

enum ExitCode : int {
    kExitOk = 0,
    kExitRefused = 1,         ///< a signed refusal, a bad signature, a difference found
    kExitUsage = 2,           ///< the command line is wrong
    kExitBadData = 3,         ///< settings, mapping or data files are wrong
    kExitUnreachable = 4,     ///< no connection; for operators also no answer
    kExitOutcomeUnknown = 5,  ///< sent, but no whole answer: send the very same again
    kExitNotFound = 6,
    kExitTransport = 7,     ///< an unsigned transport problem (class T)
    kExitFault = 70,        ///< our own fault
    kExitStoreBroken = 75,  ///< the store failed: start again to recover
};

}  // namespace gateway::app
