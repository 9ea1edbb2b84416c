#pragma once
// Counted figures in a file of their own, beside the store: to write them costs no message
// anything, and whoever loses the file has lost nothing but time.

#include <filesystem>
#include <mutex>

#include "gateway/store/figure_counts.h"
#include "gateway/store/sqlite/engine/connection.h"

namespace gateway::store::sqlite {

/// As FigureCounts promises. One process at a time writes it. Throws StoreFault for a file that is
/// none of ours and when the disk does not let us.
class SqliteFigureCounts final : public FigureCounts {
  public:
    /// Opens or makes it (mode 0600). One of another version is emptied.
    explicit SqliteFigureCounts(const std::filesystem::path& file);

    CountedState state() override;
    void clear(const CountedState& state) override;
    void replace(const std::vector<std::string>& cases, const std::vector<CountedRuling>& rows,
                 const CountedState& state) override;
    std::vector<CountedGroup> groups(const CountedSelection& selection) override;
    std::vector<std::string> unkept(const CountedSelection& selection) override;
    std::vector<CountedRuling> rulings(const CountedSelection& selection) override;
    std::vector<std::string> casesSince(std::int64_t period) override;

    /// How SQLite would answer groups() or unkept(), for tests.
    [[nodiscard]] std::string planOf(const CountedSelection& selection);

  private:
    template <class Work>
    auto guarded(const Work& work);
    template <class Work>
    void inTransaction(const Work& work);
    void putState(const CountedState& state);
    [[nodiscard]] std::int64_t shapeOf(const std::string& cells);

    std::mutex mutex_;
    Connection connection_;
};

}  // namespace gateway::store::sqlite
