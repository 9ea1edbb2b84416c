#pragma once
// What a rule says of values that are absent, empty or null.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gateway::mapping {

/// Which way a message goes: theirs is read into ours, or ours is written as theirs.
enum class Flow : std::uint8_t { In, Out };

/// Something stated for each direction.
struct PerFlow {
    bool in = false, out = false;
    [[nodiscard]] bool operator()(Flow flow) const noexcept { return flow == Flow::In ? in : out; }
};

/// What an empty or blank text, an empty element, a JSON null or a nil element is.
enum class Empty : std::uint8_t { Refused, IsAbsent, IsValue };
/// What is written of theirs where ours has nothing.
enum class WriteAbsent : std::uint8_t { Nothing, Empty, Null };

struct Presence {
    PerFlow required;
    Empty empty = Empty::Refused;
    WriteAbsent writeAbsent = WriteAbsent::Nothing;
    std::vector<std::string> nullWords;  ///< texts of theirs that mean absent
    [[nodiscard]] bool isWordForNothing(std::string_view theirs) const;
};

}  // namespace gateway::mapping
