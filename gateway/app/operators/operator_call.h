#pragma once
// How the operators' commands speak to the running gateway.

#include <initializer_list>
#include <optional>
#include <string>
#include <utility>

#include "gateway/app/settings/arguments.h"
#include "gateway/server/operators/operator_client.h"

namespace gateway::app {

/// GET without a body, POST with one, at the socket that `arguments` names; its answer. Throws
/// CommandFailure when nobody answers.
[[nodiscard]] server::OperatorAnswer askOperator(const Arguments& arguments,
                                                 const std::string& path,
                                                 const std::optional<std::string>& body);
/// The same, and prints it.
int callOperator(const Arguments& arguments, const std::string& path,
                 const std::optional<std::string>& body);

/// An answer's JSON on standard output, as one line or for people; a refusal of the socket is told
/// like every other problem of a command.
void printAnswer(const std::string& body, bool json);

[[nodiscard]] int exitCodeOf(const server::OperatorAnswer& answer);

/// A JSON object of texts.
[[nodiscard]] std::string textBody(
    std::initializer_list<std::pair<const char*, std::string>> members);

}  // namespace gateway::app
