#pragma once
// All publications in force, at hand: however many ask, the store is asked now and then.

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "gateway/base/clock.h"
#include "gateway/exchange/records/publication.h"
#include "gateway/store/ledger.h"

namespace gateway::exchange {

/// As of one look at the store. Immutable.
struct PublicationList {
    std::vector<PublishedItem> items;  ///< the last published first, then by id
    /// Ids of what is no longer public, and the day from which nobody is told that it was.
    std::map<std::string, base::Date> over;
    base::Timestamp changedAt{};  ///< when this process has first seen it so
};

/// Thread-safe. A case that cannot be read is left out, and logged: what may not be shown any more
/// must not stand there because of a fault. The store and the clock must outlive it.
class PublicationBoard {
  public:
    PublicationBoard(store::Cases& cases, const base::Clock& clock) :
        cases_(cases), clock_(clock) {}

    /// At most kPublicationPace old; while the store is busy, as long as kPublicationPatience.
    /// Null: it could not be read for longer, or not yet.
    [[nodiscard]] std::shared_ptr<const PublicationList> list();

  private:
    struct Known {
        std::int64_t version = 0;
        Publications publications;
        base::Date lastAct{};
    };
    void look();
    [[nodiscard]] std::optional<Known> read(const std::string& caseId) const;
    void refresh();

    store::Cases& cases_;
    const base::Clock& clock_;
    std::mutex looking_;
    std::map<std::string, Known> known_;  ///< by case; this and the next under looking_
    bool changed_ = false;                ///< since list_ was made: a look may fail half-way
    std::mutex mutex_;
    std::shared_ptr<const PublicationList> list_;
    std::optional<std::chrono::steady_clock::time_point> tried_, lookedAt_;
};

}  // namespace gateway::exchange
