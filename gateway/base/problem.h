#pragma once
// What is wrong with a partner's input, where, and with which words to tell them.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/base/error_catalogue.h"

namespace gateway::base {

/// A place in the bytes a partner sent. Lines and columns count from 1; 0 means unknown.
/// Columns count bytes, not characters.
struct Position {
    std::uint32_t line = 0;
    std::uint32_t column = 0;
    friend bool operator==(const Position&, const Position&) = default;
};

/// The same said in both languages, so that neither stands inside the other's sentence.
struct Words {
    std::string vi, en;
    friend bool operator==(const Words&, const Words&) = default;
};

/// One reason for a refusal. A plain value: copy it, put it in a Result, render it later.
///
/// `path` and `parameters` may quote the partner's content, so a refusal of class U (no known
/// signer) must not print them: render() leaves them out when told to.
struct Problem {
    ErrorCode code{};
    std::string path;  ///< in the sender's own document, e.g. /BanAn/SoBanAn or /envelope/id
    Position position;
    /// Named values for the braces in the catalogue's sentences.
    std::vector<std::pair<std::string, std::string>> parameters;

    Problem() = default;
    explicit Problem(ErrorCode c) : code(c) {}
    Problem(ErrorCode c, std::string where, Position at) :
        code(c), path(std::move(where)), position(at) {}

    /// Adds one named value and returns the problem itself, for building in one expression.
    Problem&& with(std::string name, std::string value) && {
        parameters.emplace_back(std::move(name), std::move(value));
        return std::move(*this);
    }
    /// The same for words of ours: {name} gives each language its own, kept as name.vi, name.en.
    Problem&& inWords(const std::string& name, Words words) && {
        parameters.emplace_back(name + ".vi", std::move(words.vi));
        parameters.emplace_back(name + ".en", std::move(words.en));
        return std::move(*this);
    }
};

/// The sentences of one problem, in both languages, placeholders filled in.
struct ProblemText {
    std::string vi, en, remedyVi, remedyEn;
};

/// Fills the catalogue's sentences. With `echoContent` false every placeholder becomes "…", so
/// nothing of an unknown signer's content is repeated. Parameters longer than 200 bytes, words of
/// ours longer than 600, are cut at a character boundary.
ProblemText render(const Problem& problem, bool echoContent = true);

/// The text, or its beginning and "…" if it is longer; cut at a character boundary.
std::string shortened(std::string_view text, std::size_t longest);

}  // namespace gateway::base
