#include "gateway/exchange/answers/publication_board.h"

#include <algorithm>
#include <tuple>

#include "gateway/base/limits.h"
#include "gateway/base/log.h"
#include "gateway/exchange/records/case_records.h"

namespace gateway::exchange {
namespace {

bool comesBefore(const PublishedItem& a, const PublishedItem& b) {
    return std::tie(b.publishedOn, a.id) < std::tie(a.publishedOn, b.id);
}

}  // namespace

std::optional<PublicationBoard::Known> PublicationBoard::read(const std::string& caseId) const {
    try {
        const auto record = cases_.find(caseId);
        if (!record) return std::nullopt;
        const auto file = caseFileOf(*record);
        Known known{file.version, publicationsOf(file), {}};
        for (const auto& act : file.acts) known.lastAct = std::max(known.lastAct, act.on);
        for (const auto& id : known.publications.withheld)
            base::logEvent(base::LogLevel::Error, "publication.withheld",
                           {{"case", caseId}, {"publication", id}});
        return known;
    } catch (const store::StoreBusy&) {
        throw;
    } catch (const store::StoreTooCostly&) {
        throw;
    } catch (const store::StoreFault&) {
        throw;
    } catch (const base::Fault& fault) {
        base::logEvent(base::LogLevel::Error, "publication.unread",
                       {{"case", caseId}, {"reason", fault.what()}});
        return std::nullopt;
    }
}

// Reads those cases only that have changed since.
void PublicationBoard::refresh() {
    std::map<std::string, std::int64_t> now;
    cases_.forEachPublished([&now](const store::PublishedCase& one) {
        now[one.caseId] = one.version;
        return true;
    });
    if (std::erase_if(known_, [&](const auto& entry) { return !now.contains(entry.first); }) > 0)
        changed_ = true;
    for (const auto& [caseId, version] : now) {
        const auto found = known_.find(caseId);
        if (found != known_.end() && found->second.version == version) continue;
        changed_ = true;
        // An unreadable one is tried again when it changes, and shows nothing until then.
        known_[caseId] = read(caseId).value_or(Known{version, {}, {}});
        known_[caseId].version = version;
    }
}

void PublicationBoard::look() {
    refresh();
    const std::lock_guard lock(mutex_);
    lookedAt_ = clock_.steady();
    if (list_ && !changed_) return;
    auto list = std::make_shared<PublicationList>();
    for (const auto& [caseId, known] : known_) {
        const auto& items = known.publications.inForce;
        list->items.insert(list->items.end(), items.begin(), items.end());
        for (const auto& id : known.publications.over)
            list->over[id] =
                base::Date(std::chrono::sys_days(known.lastAct) + base::kPublicationRemembered);
    }
    std::ranges::sort(list->items, comesBefore);
    // A case may go on without anything that the public would see.
    const bool same = list_ && list_->items == list->items && list_->over == list->over;
    list->changedAt = same ? list_->changedAt : clock_.now();
    list_ = std::move(list);
    changed_ = false;
}

std::shared_ptr<const PublicationList> PublicationBoard::list() {
    const auto now = clock_.steady();
    const auto isDue = [&] { return !tried_ || now - *tried_ >= base::kPublicationPace; };
    bool first = false, due = false;
    {
        const std::lock_guard lock(mutex_);
        first = !list_;
        due = isDue();
    }
    // One looks; the others have what there is, if there is something.
    std::unique_lock looking(looking_, std::defer_lock);
    if (due && (first ? (looking.lock(), true) : looking.try_lock())) {
        bool still = false;
        {
            const std::lock_guard lock(mutex_);
            still = isDue();
            if (still) tried_ = now;
        }
        try {
            if (still) look();
        } catch (const base::Fault& fault) {
            base::logEvent(base::LogLevel::Warning, "publication.look_failed",
                           {{"reason", fault.what()}});
        }
    }
    const std::lock_guard lock(mutex_);
    if (!lookedAt_ || now - *lookedAt_ > base::kPublicationPatience) return nullptr;
    return list_;
}

}  // namespace gateway::exchange
