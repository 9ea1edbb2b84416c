#pragma once
// Ctrl-C and SIGTERM: kept back while a step is under way, heeded between two.

#include <functional>
#include <stdexcept>

namespace gateway::simulator {

/// Thrown between two steps when somebody wants us to end.
class Interrupted : public std::runtime_error {
  public:
    Interrupted() : std::runtime_error("interrupted") {}
};

/// For the whole process; to be called before any thread is started.
void holdInterruptions();
/// Throws Interrupted if one has come.
void heedInterruption();
/// Waits for one, looking whether `stillWorthwhile` every half second.
void awaitInterruption(const std::function<bool()>& stillWorthwhile);

}  // namespace gateway::simulator
