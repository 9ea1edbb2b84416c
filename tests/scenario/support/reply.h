#pragma once
// An answer of the gateway as its partner reads it.

#include <string>
#include <string_view>

#include "gateway/document/tree.h"
#include "gateway/server/wire/https_client.h"

namespace gateway::scenario {

/// The value at "refusal/reasons/0/code". A name is found with a small or a capital first letter,
/// so that the same path reads a receipt in JSON and in XML; a number counts children. "" if there
/// is nothing.
[[nodiscard]] std::string valueAt(const document::Node& root, std::string_view path);
[[nodiscard]] const document::Node* nodeAt(const document::Node& root, std::string_view path);

struct Reply {
    server::CallOutcome::Kind kind{};
    int status = 0;
    std::string mediaType, body;
    bool sealed = false;     ///< the gateway's seal on it is good
    document::Node content;  ///< what was sealed; or the plain JSON of the answer
    server::Headers headers;

    [[nodiscard]] bool answered() const { return kind == server::CallOutcome::Kind::Answered; }
    [[nodiscard]] std::string at(std::string_view path) const { return valueAt(content, path); }
    [[nodiscard]] std::string verdict() const { return at("receipt/verdict"); }
    /// The code of the first reason of a refusal, or of a problem.
    [[nodiscard]] std::string code() const {
        const auto refused = at("refusal/reasons/0/code");
        return refused.empty() ? at("code") : refused;
    }
};

}  // namespace gateway::scenario
