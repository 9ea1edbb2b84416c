#pragma once
// What became of an accepted message, as its receipt says it.

#include "gateway/model/names.h"

namespace gateway::exchange {

/// The texts are frozen with the receipt's format.
enum class Verdict { Accepted, Linked, Parked, WouldAccept };

}  // namespace gateway::exchange

template <>
struct gateway::model::Names<gateway::exchange::Verdict> {
    using E = gateway::exchange::Verdict;
    static constexpr std::pair<E, std::string_view> table[] = {{E::Accepted, "accepted"},
                                                               {E::Linked, "linked"},
                                                               {E::Parked, "parked"},
                                                               {E::WouldAccept, "would-accept"}};
};
