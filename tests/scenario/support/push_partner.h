#pragma once
// A partner's server that takes deliveries and answers as the test wants.

#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "tests/scenario/support/agency.h"
#include "tests/support/odd_server.h"

namespace gateway::scenario {

/// One attempt as it arrived, or the question what became of one.
struct Attempt {
    std::string item, body;
    bool question = false;  ///< then without a body
};

/// Serves one attempt or question a connection. `answer` gets it and its number from 0 (questions
/// are counted apart), and the open connection; what it has answered well it says by returning
/// true.
class PushPartner {
  public:
    using Answer =
        std::function<bool(const Attempt&, std::size_t number, thahc::test::OddPeer& peer)>;
    /// `port` 0 = any free one. The world must have issued the certificate "partner-tls".
    PushPartner(const World& world, Answer answer, std::uint16_t port = 0);

    [[nodiscard]] std::string url() const;
    /// Where it is asked, with the place for the item.
    [[nodiscard]] std::string statusUrl() const { return url() + "/{item}"; }
    [[nodiscard]] std::uint16_t port() const { return server_->port(); }
    [[nodiscard]] std::vector<Attempt> attempts() const;
    [[nodiscard]] std::vector<Attempt> questions() const;
    /// Those of both that were answered well.
    [[nodiscard]] std::vector<Attempt> good() const;

  private:
    void serve(thahc::test::OddPeer& peer);

    Answer answer_;
    mutable std::mutex mutex_;
    std::vector<Attempt> attempts_, questions_, good_;
    std::unique_ptr<thahc::test::OddServer> server_;
};

/// A whole HTTP response with that body.
[[nodiscard]] std::string httpAnswer(int status, const std::string& mediaType,
                                     const std::string& body);
/// The agency's signed acceptance (or refusal) of an attempt, as an HTTP response.
[[nodiscard]] std::string wordOf(const Agency& agency, const Attempt& attempt,
                                 const std::string& refusedBecause = {});

}  // namespace gateway::scenario
