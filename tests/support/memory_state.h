#pragma once
// What MemoryStore's three ports share; only they include this.

#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "gateway/store/ledger.h"

namespace gateway::support {

using AliasKey = std::tuple<std::string, std::string, std::string>;

inline AliasKey keyOf(const store::CaseAlias& alias) {
    return {alias.court, alias.number, alias.date};
}

struct HeldRefusal {
    store::RefusalRecord record;
    std::string holder;  ///< empty: it has given way
};

struct MemoryState {
    std::mutex mutex;
    std::vector<store::MessageRecord> messages;  ///< position = index + 1
    std::map<std::pair<std::string, std::string>, std::size_t> byKey;
    std::map<std::string, store::CaseRecord, std::less<>> cases;
    std::vector<std::string> opened;  ///< ids of cases, as they came
    void put(store::CaseRecord record) {
        if (!cases.contains(record.caseId)) opened.push_back(record.caseId);
        cases[record.caseId] = std::move(record);
    }
    std::map<AliasKey, std::string> aliases;
    std::map<std::pair<std::string, std::string>, store::KnownDocument> documents;  ///< by agency
    std::map<std::int64_t, store::CaseAlias> parked;
    std::set<std::pair<std::string, std::string>> published;  ///< cases and portals
    std::vector<store::OutboxItem> outbox;                    ///< sequence = index + 1
    std::set<std::string> told;                               ///< dead letters whose authors know
    std::map<std::string, std::vector<store::OutboxNote>> notes;  ///< by item
    /// By agency and digest: each has only what it has sent.
    std::map<std::pair<std::string, std::string>, std::string> attachments;
    std::set<std::pair<std::string, std::string>> queries;
    std::vector<store::ReadAudit> reads;
    std::vector<HeldRefusal> refusals;                 ///< number = index + 1
    std::map<std::string, std::int64_t> refusalsGone;  ///< by holder; those rows are left empty
};

std::unique_ptr<store::Cases> makeMemoryCases(MemoryState& state);
std::unique_ptr<store::Outbox> makeMemoryOutbox(MemoryState& state);

}  // namespace gateway::support
