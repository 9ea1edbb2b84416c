#pragma once
// The commands of thahc-gateway: each takes its words and gives an exit code.

#include <string>
#include <vector>

namespace gateway::app {

using Words = std::vector<std::string>;

/// Each may throw CommandFailure (wrong use, unusable files, nobody answers) and base::Fault; main
/// turns them into exit codes and, with --json, into the one document that docs/cli.md promises.
/// Results go to standard output.
int checkConfigCommand(const Words& words);
int checkMappingCommand(const Words& words);
int explainCommand(const Words& words);
int newMappingCommand(const Words& words);
int testMappingsCommand(const Words& words);
int workbenchCommand(const Words& words);
int agenciesCommand(const Words& words);
int lawCommand(const Words& words);
int tryLifeCommand(const Words& words);
int figuresCommand(const Words& words);
int registersCommand(const Words& words);
int caseFileCommand(const Words& words);
int mattersCommand(const Words& words);
int evidencePackCommand(const Words& words);
int verifyCommand(const Words& words);
int clientCommand(const Words& words);
int agencyCommand(const Words& words);
int operatorCommand(const std::string& command, const Words& words);
int deadLetterCommand(const Words& words);
int resendCommand(const Words& words);
int waitingCommand(const Words& words);
int doorCommand(const Words& words);
int mappingCommand(const Words& words);
int reprocessCommand(const Words& words);
int messagesCommand(const Words& words);
int auditCommand(const Words& words);
int demoPkiCommand(const Words& words);
int storeCommand(const Words& words);
int restoreCommand(const Words& words);

/// Runs the gateway until it is told to stop; under POCO's ServerApplication.
int serveCommand(const std::string& program, const Words& words);

}  // namespace gateway::app
