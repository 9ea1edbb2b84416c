#pragma once
// What the machine could do at best: the same signed messages, threads and transaction as the
// gateway, without HTTP, TLS and mapping.

#include <memory>

#include "gateway/app/settings/config.h"
#include "tests/bench/gateway/figures.h"
#include "tests/bench/gateway/load.h"

namespace gateway::bench {

/// CPU of the stages of one message, in microseconds.
struct Stages {
    double verify = 0, judge = 0, seal = 0;
    double store = 0;    ///< everything that is not one of the others
    double mapping = 0;  ///< not part of the ceiling: reading and binding, on one thread
};

struct CeilingFigures {
    Figures figures;
    Stages stages;
};

/// Verifier, decision, seal and durable acceptance in this process, with a store of its own that
/// has the settings of the gateway's.
class Ceiling {
  public:
    /// `settings` is the file the gateway runs with; `storeFile` must not exist.
    Ceiling(const std::filesystem::path& settings, const std::filesystem::path& storeFile);
    ~Ceiling();
    Ceiling(const Ceiling&) = delete;
    Ceiling& operator=(const Ceiling&) = delete;

    /// Throws if a message is not accepted.
    [[nodiscard]] CeilingFigures run(const std::vector<Prepared>& load, std::size_t threads);

  private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace gateway::bench
