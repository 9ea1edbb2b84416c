#pragma once
// What others make us hold, weighed while it is made (promises P6, P7): bodies being read, trees,
// mapped documents, renderings, answers that a slow reader has not taken yet.

#include <compare>
#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gateway/base/problem.h"

namespace gateway::base {

/// In whose name memory is held: the channel that brought it, and once the signer is known its
/// agency; a recipient for what is rendered for it.
struct MemoryHolder {
    enum class Kind { Channel, Agency };
    Kind kind = Kind::Channel;
    std::string id;
    friend auto operator<=>(const MemoryHolder&, const MemoryHolder&) = default;
};

/// One account for the process, in bytes, with a share for each holder. A holder may take more
/// while what it then holds is within its share and no more than what would still be free: so one
/// holder, or several together, never leave nothing for another.
///
/// An estimate, charged in steps of some KiB, not an allocator: whoever makes something grow takes
/// a Hold first and keeps it as long as the thing. What it stands for in resident memory is the
/// charger's to know. Thread-safe, without waiting: what does not fit is refused at once.
class MemoryAccount {
    struct State;

  public:
    struct Bounds {
        std::size_t total = 0;
        std::size_t share = 0;  ///< of one holder
    };
    enum class Verdict { Held, ShareFull, AccountFull };

    /// So many bytes in one holder's name, from none up; given back by its destructor. Movable,
    /// used by one thread at a time; may outlive the account. A moved-from or default Hold stands
    /// for no account: it holds nothing and grants everything.
    class Hold {
      public:
        Hold() = default;
        Hold(Hold&& other) noexcept;
        Hold& operator=(Hold&& other) noexcept;
        Hold(const Hold&) = delete;
        Hold& operator=(const Hold&) = delete;
        ~Hold();

        /// Takes so many more. Refused, nothing changes.
        [[nodiscard]] Verdict grow(std::size_t bytes);
        /// Gives so many back, at most all.
        void shrink(std::size_t bytes) noexcept;
        /// Puts all of it into another holder's name. Refused, it stays where it is.
        [[nodiscard]] Verdict transfer(const MemoryHolder& to);
        [[nodiscard]] std::size_t bytes() const noexcept { return bytes_; }

      private:
        friend class MemoryAccount;
        Hold(std::shared_ptr<State> state, MemoryHolder holder);
        std::shared_ptr<State> state_;
        MemoryHolder holder_;
        std::size_t bytes_ = 0;
    };

    /// A share beyond the total stands for the total.
    explicit MemoryAccount(Bounds bounds);

    /// An empty hold.
    [[nodiscard]] Hold open(MemoryHolder holder) const;

    /// The most that one holder may ever have.
    [[nodiscard]] std::size_t share() const noexcept;
    [[nodiscard]] std::size_t held() const;
    /// The most that was held at once since the account was made.
    [[nodiscard]] std::size_t peak() const;
    /// Times that something was refused.
    [[nodiscard]] std::size_t refusals() const;
    /// Who holds how much, the largest first.
    [[nodiscard]] std::vector<std::pair<MemoryHolder, std::size_t>> holders() const;
    /// Once after much was held that no longer is: the time to give free memory back to the system
    /// (releaseFreeMemory). Small ups and downs never ask for it.
    [[nodiscard]] bool releaseDue();

  private:
    std::shared_ptr<State> state_;
};

/// The refusal for what did not fit, nothing for Held: RATE_LIMITED (429) where the holder's own
/// share is full, OVERLOADED (503) where others' are; both are answered with Retry-After.
[[nodiscard]] std::optional<Problem> problemOf(MemoryAccount::Verdict verdict);

/// Gives what the allocator keeps free back to the system; costs some milliseconds.
void releaseFreeMemory() noexcept;

}  // namespace gateway::base
