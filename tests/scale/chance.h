#pragma once
// Chance that can be repeated: the same seed gives the same country on every machine.

#include <cstdint>
#include <string>
#include <vector>

namespace gateway::scale {

/// splitmix64 (Steele, Lea, Flood 2014). One thread. Not for secrets.
class Chance {
  public:
    explicit Chance(std::uint64_t seed) : state_(seed) {}
    [[nodiscard]] std::uint64_t next() noexcept {
        state_ += 0x9E3779B97F4A7C15ULL;
        auto z = state_;
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31U);
    }
    /// From `least` to `most`, both included.
    [[nodiscard]] int between(int least, int most) noexcept {
        return least + static_cast<int>(next() % static_cast<std::uint64_t>(most - least + 1));
    }
    /// So often in a hundred.
    [[nodiscard]] bool in(int percent) noexcept { return between(1, 100) <= percent; }
    template <class T>
    [[nodiscard]] const T& of(const std::vector<T>& all) noexcept {
        return all[next() % all.size()];
    }

  private:
    std::uint64_t state_;
};

}  // namespace gateway::scale
