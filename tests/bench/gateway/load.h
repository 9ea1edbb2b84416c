#pragma once
// Messages made and signed before anything is timed.

#include <string>
#include <vector>

#include "tests/scenario/support/agency.h"

namespace gateway::bench {

enum class Form { Xml, Json };

/// What one measurement sends.
struct Kind {
    Form form{};
    bool rsa = false;           ///< signed with RSA-2048, else with ECDSA P-256
    std::size_t kibibytes = 4;  ///< of the message before it is signed
    [[nodiscard]] std::string name() const;
};

/// One message in both shapes: as the model has it and as it goes over the wire.
struct Prepared {
    model::Message message;
    scenario::Signed sent;
    std::string request;  ///< the whole HTTP request
};

/// The HTTP request that posts it.
[[nodiscard]] std::string requestOf(const std::string& path, const scenario::Signed& message);

/// Transfers of rulings that nobody has sent before: numbers go on over all calls. Up to 32 KiB
/// the operative part grows, beyond it a file is attached. One thread at a time.
class Load {
  public:
    explicit Load(const scenario::World& world);
    [[nodiscard]] std::vector<Prepared> make(const Kind& kind, std::size_t count);

  private:
    [[nodiscard]] model::Message transfer(const Kind& kind, const scenario::Agency& court);
    scenario::Agency p256_, rsa_;
    std::size_t numbers_ = 0;
};

/// Registers the two courts and those who are told of their rulings.
void enrol(scenario::World& world);

}  // namespace gateway::bench
