#pragma once
// What is wrong with a directory, all of it at once, and what somebody should look at.

#include <string>
#include <vector>

#include "gateway/model/agencies/agency.h"
#include "gateway/model/agencies/territory.h"

namespace gateway::model {

/// A sentence with its place, "agencies/courts.xml:12".
struct DirectoryFinding {
    std::string origin;
    std::string what;
};

/// Why no directory can be made of these: doubled codes, unknown references, impossible
/// successions, cyclic superiors, overlapping names, two enforcement authorities or procuracies
/// competent for one province on one day, two provinces of one statistical code on one day. Pure.
[[nodiscard]] std::vector<DirectoryFinding> directoryFaults(const std::vector<Agency>& agencies,
                                                            const Territories& territories);

/// What a directory may have and yet hardly means: days without an official name, an end without
/// anybody who follows, one name for two on one day, a province without one of its four bodies.
/// For a directory without faults. Pure.
[[nodiscard]] std::vector<DirectoryFinding> directoryNotes(const std::vector<Agency>& agencies,
                                                           const Territories& territories);

}  // namespace gateway::model
