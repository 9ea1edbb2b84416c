#include "gateway/base/fault.h"

namespace gateway::base {

void checkFailed(const char* expression, const char* file, int line) {
    throw Fault(std::string("broken assumption: ") + expression + " at " + file + ":" +
                std::to_string(line));
}

}  // namespace gateway::base
