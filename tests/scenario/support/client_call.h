#pragma once
// thahc-gateway client, with everything that one agency has.

#include <string>
#include <vector>

#include "gateway/document/tree.h"
#include "tests/scenario/support/world.h"

namespace gateway::scenario {

/// What a command said with --json, and its exit code.
struct Said {
    int code = 0;
    std::string output;
    document::Node content;
    [[nodiscard]] std::string at(const std::string& path) const;
};

/// Any command; its output is read as JSON where it is some.
[[nodiscard]] Said commandSaid(const std::vector<std::string>& words);

/// `client WORDS` for that agency, to this world's gateway or to `url`; `last` is "--json" or
/// nothing.
[[nodiscard]] Said clientSaid(const World& world, const std::string& agency,
                              std::vector<std::string> words, const std::string& url = {},
                              const std::string& last = "--json");

}  // namespace gateway::scenario
