#pragma once
// The commands of thahc-gateway: each takes its words and gives an exit code.

#include <string>
#include <vector>

namespace gateway::app {

using Words = std::vector<std::string>;

/// Each may throw UsageError (wrong command line), ConfigError and base::Fault; main turns them
/// into exit codes. Results go to standard output, with --json as documented in docs/cli.md.
int checkConfigCommand(const Words& words);
int checkMappingCommand(const Words& words);
int verifyCommand(const Words& words);
int clientCommand(const Words& words);
int agencyCommand(const Words& words);
int operatorCommand(const std::string& command, const Words& words);
int demoPkiCommand(const Words& words);

/// Runs the gateway until it is told to stop; under POCO's ServerApplication.
int serveCommand(int argc, char** argv);

}  // namespace gateway::app
