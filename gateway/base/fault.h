#pragma once
// Faults are our own or the machine's troubles; a partner's bad input is never one of them.

#include <stdexcept>
#include <string>

namespace gateway::base {

/// The environment is broken (disk, key, configuration) or we made a mistake.
/// Thrown across rooms and caught in three places only: the HTTP boundary, a worker's loop, main.
/// Never thrown because of what a partner sent: that is a Problem in a Result.
class Fault : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// Thrown by GW_CHECK; names the broken assumption and where it stands.
[[noreturn]] void checkFailed(const char* expression, const char* file, int line);

}  // namespace gateway::base

/// An assertion that stays on in release builds. For programmer errors only.
#define GW_CHECK(expression)             \
    ((expression) ? static_cast<void>(0) \
                  : ::gateway::base::checkFailed(#expression, __FILE__, __LINE__))
