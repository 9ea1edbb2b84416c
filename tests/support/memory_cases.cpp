#include <algorithm>

#include "tests/support/memory_state.h"

namespace gateway::support {
namespace {

using namespace gateway::store;

bool has(const CaseRecord& record, const CaseAgency& agency) {
    return std::find(record.agencies.begin(), record.agencies.end(), agency) !=
           record.agencies.end();
}

bool visible(const CaseRecord& record, const CaseFilter& filter) {
    if (filter.visibleTo.empty() && filter.visibleProvinces.empty()) {
        return true;
    }
    const auto& provinces = filter.visibleProvinces;
    return std::any_of(filter.visibleTo.begin(), filter.visibleTo.end(),
                       [&](const CaseAgency& agency) { return has(record, agency); }) ||
           std::find(provinces.begin(), provinces.end(), record.province) != provinces.end();
}

bool matches(const CaseRecord& record, const CaseFilter& f) {
    const auto wanted = [](const std::string& want, const std::string& is) {
        return want.empty() || want == is;
    };
    return (f.subject == kAnySubject || f.subject == record.subject) &&
           wanted(f.caseId, record.caseId) &&
           (wanted(f.court, record.court) || f.court == record.firstInstanceCourt) &&
           wanted(f.province, record.province) &&
           (f.committee.empty() || has(record, {f.committee, "obligated"})) &&
           (f.issuedFrom.empty() || f.issuedFrom <= record.issuedOn) &&
           (f.issuedUntil.empty() || record.issuedOn <= f.issuedUntil) &&
           (f.owedUntil.empty() || (!record.firstDue.empty() && record.firstDue <= f.owedUntil)) &&
           wanted(f.stage, record.stage) && wanted(f.number, record.number) && visible(record, f);
}

// Looks at every row: slow, and plain enough to hold the SQL against.
bool sees(const CaseRecord& record, const TermRow& row, const TermFilter& filter) {
    const auto in = [](const std::vector<std::string>& values, const std::string& value) {
        return std::find(values.begin(), values.end(), value) != values.end();
    };
    if (filter.everything || in(filter.own, row.at.owner) ||
        in(filter.visibleProvinces, record.province))
        return true;
    return std::any_of(filter.visibleTo.begin(), filter.visibleTo.end(), [&](const auto& one) {
        if (one.role == "obligated") return one.agency == row.at.owner;
        if (one.role == "court") return one.agency == record.court;
        if (one.role == "first-instance-court") return one.agency == record.firstInstanceCourt;
        return has(record, one);
    });
}

bool matches(const CaseRecord& record, const TermRow& row, const TermFilter& f) {
    const auto wanted = [](const std::string& want, const std::string& is) {
        return want.empty() || want == is;
    };
    const auto in = [](const std::vector<std::string>& values, const std::string& value) {
        return std::find(values.begin(), values.end(), value) != values.end();
    };
    const bool listed =
        f.list == TermsOf::Owed ? !row.answered : row.answered || (row.passed && row.breach);
    return listed && sees(record, row, f) && wanted(f.caseId, row.at.caseId) &&
           (f.owners.empty() || in(f.owners, row.at.owner)) && !in(f.exceptOwners, row.at.owner) &&
           (wanted(f.court, record.court) || f.court == record.firstInstanceCourt) &&
           wanted(f.province, record.province) && wanted(f.owes, row.owes) &&
           wanted(f.officer, row.officer) && wanted(f.rule, row.at.rule) &&
           (f.dueFrom.empty() || f.dueFrom <= row.at.due) &&
           (f.dueUntil.empty() || row.at.due <= f.dueUntil);
}

class MemoryCases final : public Cases {
  public:
    explicit MemoryCases(MemoryState& state) : state_(state) {}

    std::optional<CaseRecord> find(std::string_view caseId) override {
        const std::lock_guard lock(state_.mutex);
        const auto found = state_.cases.find(caseId);
        return found == state_.cases.end() ? std::nullopt : std::optional(found->second);
    }

    std::optional<CaseRecord> findByAlias(const CaseAlias& alias) override {
        const std::lock_guard lock(state_.mutex);
        const auto found = state_.aliases.find(keyOf(alias));
        return found == state_.aliases.end() ? std::nullopt
                                             : std::optional(state_.cases.at(found->second));
    }

    bool isRegisteredElsewhere(std::string_view registered, std::string_view caseId) override {
        const std::lock_guard lock(state_.mutex);
        return std::ranges::any_of(state_.cases, [&](const auto& one) {
            return !registered.empty() && one.second.registered == registered &&
                   one.first != caseId;
        });
    }

    std::optional<KnownDocument> findDocument(std::string_view agency,
                                              std::string_view name) override {
        const std::lock_guard lock(state_.mutex);
        const auto found = state_.documents.find({std::string(agency), std::string(name)});
        return found == state_.documents.end() ? std::nullopt : std::optional(found->second);
    }

    std::vector<CaseRecord> select(const CaseFilter& filter, std::string_view afterCaseId,
                                   std::size_t limit) override {
        const std::lock_guard lock(state_.mutex);
        std::vector<CaseRecord> found;
        const auto& opened = state_.opened;
        const auto last = std::find(opened.begin(), opened.end(), afterCaseId);
        for (auto id = last == opened.end() ? opened.begin() : last + 1;
             id != opened.end() && found.size() < limit; ++id) {
            const auto& record = state_.cases.at(*id);
            if (matches(record, filter) && isCalled(*id, filter)) {
                found.push_back(record);
                found.back().agencies.clear();
            }
        }
        return found;
    }

    std::vector<StatisticsCount> count(const CaseFilter& filter) override {
        const std::lock_guard lock(state_.mutex);
        std::map<std::pair<std::string, std::string>, std::int64_t> sums;
        for (const auto& [id, record] : state_.cases) {
            if (matches(record, filter) && isCalled(id, filter)) {
                ++sums[{record.province, record.stage}];
            }
        }
        std::vector<StatisticsCount> counts;
        for (const auto& [key, sum] : sums) {
            counts.push_back({key.first, key.second, sum});
        }
        return counts;
    }

    std::vector<MessageRecord> messagesOf(std::string_view caseId) override {
        const std::lock_guard lock(state_.mutex);
        std::vector<MessageRecord> found;
        for (const MessageRecord& message : state_.messages) {
            if (!caseId.empty() && message.caseId == caseId) {
                found.push_back(message);
                found.back().body.clear();
                found.back().receipt.clear();
            }
        }
        return found;
    }

    Histories historiesOf(const std::vector<std::string>& caseIds, std::size_t mostBytes,
                          std::string_view) override {
        Histories found;
        std::size_t bytes = 0;
        for (const std::string& caseId : caseIds) {
            const auto messages = messagesOf(caseId);
            for (const MessageRecord& message : messages) bytes += message.events.size();
            if (bytes > mostBytes) break;
            found.messages.insert(found.messages.end(), messages.begin(), messages.end());
            ++found.whole;
        }
        return found;
    }

    std::vector<std::string> dueByClock(std::string_view day, std::size_t skip,
                                        std::size_t limit) override {
        const std::lock_guard lock(state_.mutex);
        std::vector<std::pair<std::string, std::string>> due;
        for (const auto& [id, record] : state_.cases)
            if (!record.nextDay.empty() && record.nextDay <= day)
                due.emplace_back(record.nextDay, id);
        std::sort(due.begin(), due.end());
        std::vector<std::string> ids;
        for (std::size_t i = skip; i < due.size() && ids.size() < limit; ++i)
            ids.push_back(due[i].second);
        return ids;
    }
    // Nothing was written here before terms were part of a case.
    std::vector<std::string> toBeRefolded(std::size_t) override { return {}; }

    std::vector<MessageRecord> parkedFor(const CaseAlias& alias) override {
        const std::lock_guard lock(state_.mutex);
        std::vector<MessageRecord> found;
        for (const auto& [position, under] : state_.parked) {
            if (under == alias) {
                found.push_back(state_.messages[static_cast<std::size_t>(position - 1)]);
                found.back().body.clear();
                found.back().receipt.clear();
            }
        }
        return found;
    }

    std::size_t parkedCount(std::string_view agency) override {
        const std::lock_guard lock(state_.mutex);
        std::size_t count = 0;
        for (const auto& [position, under] : state_.parked) {
            const auto index = static_cast<std::size_t>(position - 1);
            count += agency.empty() || state_.messages[index].agency == agency ? 1U : 0U;
        }
        return count;
    }

    // Visitors run without the lock, on a copy, because they may ask the store again.
    void forEachMessage(std::int64_t afterPosition,
                        const std::function<bool(const MessageRecord&)>& visit) override {
        std::vector<MessageRecord> copy;
        {
            const std::lock_guard lock(state_.mutex);
            copy = state_.messages;
        }
        for (const MessageRecord& message : copy) {
            if (message.position > afterPosition && !visit(message)) {
                return;
            }
        }
    }

    void forEachCase(const std::function<bool(const CaseRecord&)>& visit) override {
        CaseFilter every;
        every.subject = kAnySubject;
        for (CaseRecord& record : select(every, "", static_cast<std::size_t>(-1))) {
            if (!visit(record)) {
                return;
            }
        }
    }

    void forEachAlias(const std::function<bool(const NamedCase&)>& visit) override {
        std::map<AliasKey, std::string> copy;
        {
            const std::lock_guard lock(state_.mutex);
            copy = state_.aliases;
        }
        for (const auto& [key, caseId] : copy) {
            if (!visit({{std::get<0>(key), std::get<1>(key), std::get<2>(key)}, caseId})) {
                return;
            }
        }
    }

    void forEachParked(const std::function<bool(const ParkedMessage&)>& visit) override {
        std::vector<ParkedMessage> copy;
        {
            const std::lock_guard lock(state_.mutex);
            for (const auto& [position, under] : state_.parked) {
                const auto index = static_cast<std::size_t>(position - 1);
                copy.push_back({position, state_.messages[index].agency, under});
            }
        }
        for (const ParkedMessage& parked : copy) {
            if (!visit(parked)) {
                return;
            }
        }
    }

    void forEachDocument(const DocumentVisit& visit) override {
        decltype(state_.documents) copy;
        {
            const std::lock_guard lock(state_.mutex);
            copy = state_.documents;
        }
        for (const auto& [key, document] : copy)
            if (!visit(key.first, key.second, document)) return;
    }

    void forEachPublished(const std::function<bool(const PublishedCase&)>& visit) override {
        std::vector<PublishedCase> copy;
        {
            const std::lock_guard lock(state_.mutex);
            for (const auto& pair : state_.published) {
                copy.push_back({pair.first, pair.second, state_.cases.at(pair.first).version});
            }
        }
        for (const PublishedCase& published : copy) {
            if (!visit(published)) {
                return;
            }
        }
    }

    std::vector<TermRow> termPage(const TermFilter& filter, const std::optional<TermPlace>& after,
                                  std::size_t limit) override {
        auto rows = termsBy(filter);
        std::erase_if(rows, [&after](const TermRow& row) {
            return after &&
                   std::pair(row.at.due, row.at.number) <= std::pair(after->due, after->number);
        });
        std::sort(rows.begin(), rows.end(),
                  [](const TermRow& a, const TermRow& b) { return a.at < b.at; });
        if (rows.size() > limit) rows.resize(limit);
        return rows;
    }

    std::int64_t termCount(const TermFilter& filter) override {
        return static_cast<std::int64_t>(termsBy(filter).size());
    }

    std::vector<TermRow> termsOf(std::string_view caseId) override {
        const std::lock_guard lock(state_.mutex);
        const auto found = state_.cases.find(caseId);
        return found == state_.cases.end() ? std::vector<TermRow>() : found->second.terms;
    }

    std::optional<std::int64_t> attachmentSize(std::string_view agency,
                                               std::string_view sha256) override {
        const auto bytes = attachment(agency, sha256);
        return bytes ? std::optional(static_cast<std::int64_t>(bytes->size())) : std::nullopt;
    }

    std::optional<std::string> attachment(std::string_view agency,
                                          std::string_view sha256) override {
        const std::lock_guard lock(state_.mutex);
        const auto found = state_.attachments.find({std::string(agency), std::string(sha256)});
        return found == state_.attachments.end() ? std::nullopt : std::optional(found->second);
    }

  private:
    std::vector<TermRow> termsBy(const TermFilter& filter) {
        const std::lock_guard lock(state_.mutex);
        std::vector<TermRow> rows;
        std::int64_t number = 0;
        for (const auto& [id, record] : state_.cases)
            for (const auto& row : record.terms) {
                ++number;
                if (!matches(record, row, filter)) continue;
                rows.push_back(row);
                rows.back().at.number = number;
            }
        return rows;
    }

    [[nodiscard]] bool isCalled(const std::string& caseId, const CaseFilter& filter) const {
        if (!filter.ruling) {
            return true;
        }
        const auto found = state_.aliases.find(keyOf(*filter.ruling));
        return found != state_.aliases.end() && found->second == caseId;
    }

    MemoryState& state_;
};

}  // namespace

std::unique_ptr<Cases> makeMemoryCases(MemoryState& state) {
    return std::make_unique<MemoryCases>(state);
}

}  // namespace gateway::support
