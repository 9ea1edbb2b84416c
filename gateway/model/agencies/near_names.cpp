#include "gateway/model/agencies/near_names.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "gateway/document/lookalikes.h"

namespace gateway::model {
namespace {

constexpr std::size_t kPiece = 3;  // letters
constexpr double kAlike = 0.5;

// Three letters at a time of the bare letters: one wrong letter spoils three pieces only.
std::set<std::string> piecesOf(std::string_view text) {
    const auto bare = document::bareLetters(text);
    std::set<std::string> pieces;
    for (std::size_t i = 0; i + kPiece <= bare.size(); ++i) pieces.insert(bare.substr(i, kPiece));
    return pieces;
}

}  // namespace

void NearNames::add(std::string_view name, std::size_t id) {
    for (const auto& piece : piecesOf(name)) byPiece_[piece].push_back(ids_.size());
    ids_.push_back(id);
}

std::vector<std::size_t> NearNames::nearest(std::string_view text, std::size_t most) const {
    const auto pieces = piecesOf(text);
    // "uyban" says little, "angiang" much.
    const auto weight = [this](std::size_t bearers) {
        return std::log1p(static_cast<double>(ids_.size()) / static_cast<double>(bearers));
    };
    double whole = 0;
    std::map<std::size_t, double> shared;
    for (const auto& piece : pieces) {
        const auto found = byPiece_.find(piece);
        whole += weight(found == byPiece_.end() ? 1 : found->second.size());
        if (found == byPiece_.end()) continue;
        for (const auto name : found->second) shared[name] += weight(found->second.size());
    }
    std::vector<std::pair<double, std::size_t>> alike;
    for (const auto& [name, score] : shared)
        if (score >= whole * kAlike) alike.emplace_back(-score, name);
    std::ranges::sort(alike);
    std::vector<std::size_t> ids;
    for (const auto& [score, name] : alike) {
        if (ids.size() == most) break;
        if (std::ranges::find(ids, ids_[name]) == ids.end()) ids.push_back(ids_[name]);
    }
    return ids;
}

}  // namespace gateway::model
