#pragma once
// A partner that sends everything it may send, as fast as it can, in an order of chance.

#include <array>
#include <atomic>
#include <cstdint>
#include <mutex>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "tests/scenario/support/correspondence.h"

namespace gateway::scenario {

/// What one request of the flood is.
enum class Wave : std::uint8_t { Letter, Question, Fetch, DryRun, Broken, BrokenQuestion };
inline constexpr std::size_t kWaves = 6;

struct FloodSettings {
    std::vector<std::string> recipients;  ///< of its letters
    std::vector<Wave> waves;              ///< by chance one of these
    std::size_t mostFileBytes = 200'000;  ///< of the one file of each letter
    std::uint32_t seed = 1;
};

/// Remembers every letter and the receipt that came for it. Thread-safe but for start() and stop().
class Flood {
  public:
    Flood(const Agency& agency, FloodSettings settings) :
        agency_(agency), settings_(std::move(settings)) {}

    void start(std::uint32_t threads);
    void stop();
    /// Acknowledged letters must bring the same receipt again, byte for byte; "" or what was wrong.
    [[nodiscard]] std::string settle() const;

    [[nodiscard]] std::size_t sent(Wave wave) const { return sent_[index(wave)]; }
    [[nodiscard]] std::size_t taken(Wave wave) const { return taken_[index(wave)]; }
    [[nodiscard]] std::size_t refusedForSpace() const { return noSpace_; }
    /// Answers that are neither what was wanted nor "later" (429, 503 with nothing recorded).
    [[nodiscard]] std::set<std::string> strange() const;

  private:
    static std::size_t index(Wave wave) { return static_cast<std::size_t>(wave); }
    void play(std::uint32_t seed);
    [[nodiscard]] model::DocumentTransfer letter(std::mt19937& chance) const;
    [[nodiscard]] Reply send(Wave wave, std::mt19937& chance);
    [[nodiscard]] Reply fetch() const;
    void take(Wave wave, const Reply& reply);

    const Agency& agency_;
    const FloodSettings settings_;
    std::atomic<bool> stopping_{false};
    std::array<std::atomic<std::size_t>, kWaves> sent_{}, taken_{};
    std::atomic<std::size_t> noSpace_{0};
    mutable std::mutex mutex_;
    std::vector<Letter> letters_;
    std::set<std::string> strange_;
    std::vector<std::thread> threads_;
};

/// A letter of the document axis with these files; it names no case.
[[nodiscard]] model::DocumentTransfer letterFrom(const std::string& sender,
                                                 const std::vector<model::Attachment>& files);

}  // namespace gateway::scenario
