#include "gateway/exchange/proof/rebuild.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "gateway/base/time_format.h"
#include "gateway/exchange/acts/parking_term.h"
#include "gateway/exchange/casework/notifications.h"
#include "gateway/exchange/desk/bounded_words.h"
#include "gateway/exchange/proof/delivery_audit.h"
#include "gateway/exchange/proof/document_audit.h"
#include "gateway/exchange/records/case_records.h"
#include "gateway/exchange/records/decision.h"
#include "gateway/exchange/records/own_message.h"
#include "gateway/exchange/records/recorded_events.h"
#include "gateway/exchange/reference/number_key.h"
#include "gateway/store/entry_hash.h"

namespace gateway::exchange {
namespace {

using model::CaseFile;
using model::Event;
using model::EventType;

constexpr std::size_t kMostDifferences = 100;
const DeliveryAudit::Withheld kNothingWithheld;

std::string nameOf(const store::MessageRecord& message) {
    return "message " + message.agency + " " + message.messageId;
}

std::string textOf(const store::CaseAlias& alias) {
    return alias.court + " " + alias.number + " " + alias.date;
}

bool tellsOfUntold(const std::string& note) {
    return note.starts_with(kNotConnected) || note.starts_with(kNotPermitted) ||
           note.starts_with(kUnnamedWords);
}

class Rebuild {
  public:
    Rebuild(store::Cases& cases, store::Outbox& outbox, const KnownSeals& seals) :
        cases_(cases),
        receipts_(seals),
        deliveries_(outbox, [this](std::string what) { differ(std::move(what)); }),
        documents_([this](std::string what) { differ(std::move(what)); }) {}

    RebuildReport run() {
        cases_.forEachMessage(0, [this](const auto& message) { return take(message), true; });
        cases_.forEachCase([this](const auto& kept) {
            ++report_.cases;
            if (named_.erase(kept.caseId) == 0)
                differ("case " + kept.caseId + ": no message in the log names it");
            return judge(kept.caseId), true;
        });
        for (const auto& missing : named_) judge(missing);
        cases_.forEachAlias([this](const auto& named) { return judge(named), true; });
        judgePublished();
        judgeParked();
        deliveries_.finish();
        documents_.finish(cases_);
        judgeArchives();
        if (more_ > 0) report_.differences.push_back("and " + std::to_string(more_) + " more");
        return std::move(report_);
    }

  private:
    struct Waiting {
        std::int64_t position = 0;
        std::string agency;
        store::CaseAlias under;  ///< without the court
    };

    void differ(std::string what) {
        if (report_.differences.size() < kMostDifferences)
            report_.differences.push_back(std::move(what));
        else
            ++more_;
    }

    std::optional<std::vector<Event>> eventsIn(const store::MessageRecord& message) {
        try {
            auto events = eventsOf(message);
            if (!events.empty()) return events;
        } catch (const base::Fault&) {
        }
        return std::nullopt;
    }

    void take(const store::MessageRecord& message) {
        ++report_.messages;
        if (message.position != last_ + 1)
            differ("log: nothing between position " + std::to_string(last_) + " and " +
                   std::to_string(message.position));
        last_ = message.position;
        if (!message.archivedIn.empty()) {
            ++report_.archived;
            archives_.emplace(message.archivedIn, nameOf(message));
        }
        if (!store::entryHolds(message)) differ(nameOf(message) + ": entry hash does not hold");
        const auto judged = receipts_.judge(message);
        const auto& words = judged.words;
        for (const auto& finding : judged.findings) differ(nameOf(message) + ": " + finding);
        if (!judged.vouched) ++report_.unvouched;
        if (!judged.archiveMade.empty()) made_.insert(judged.archiveMade);
        if (!message.caseId.empty()) named_.insert(message.caseId);
        const auto events = eventsIn(message);
        if (!events) {
            deliveries_.excuse(message.agency, message.messageId);
            return differ(nameOf(message) + ": no readable events");
        }
        if (words) takeWords(message, *words, *events);
        for (const auto& event : *events) followParking(message, event);
        // What belongs to a case is expected with the case's state of then.
        for (const auto& event : *events) {
            if (event.delivery && event.caseId.empty()) expectEnd(nullptr, event);
            if (event.decided && event.caseId.empty()) expectDeliveries({}, event);
        }
        expectParkingTerm(message, *events);
        const auto& first = events->front();
        if (first.type == EventType::DocumentReceived) {
            documents_.received(message, first, words ? &*words : nullptr);
            deliveries_.expectLetters(message.agency, message.messageId,
                                      words && std::ranges::none_of(words->notes, tellsOfUntold));
        }
        if (first.type == EventType::TransferLinked && first.caseId.empty() && words)
            documents_.repeated(message, *words);
    }

    void takeWords(const store::MessageRecord& message, const ReceiptWords& words,
                   const std::vector<Event>& events) {
        if (words.verdict != model::nameOf(verdictFor(events)))
            differ(nameOf(message) + ": receipt states another verdict");
        if (!identity_) identity_ = Identity{words.gateway, words.environment};
        if (words.gateway != identity_->gateway || words.environment != identity_->environment)
            differ(nameOf(message) + ": receipt states another gateway or environment");
        for (const auto& note : words.notes) {
            if (!tellsOfUntold(note)) continue;
            auto& withheld = withheld_[message.caseId];
            if (note.starts_with(kUnnamedWords)) withheld.more = true;
            if (!note.starts_with(kNotPermitted)) continue;
            const auto named = note.substr(kNotPermitted.size());
            const auto colon = named.find(':');
            if (colon != std::string::npos)
                withheld.named.emplace(named.substr(0, colon), named.substr(colon + 1));
        }
    }

    // An act of ours that belongs to no case: the waiting of somebody's message has ended.
    void expectParkingTerm(const store::MessageRecord& message, const std::vector<Event>& events) {
        if (message.messageType != kOperatorAct) return;
        for (const auto& event : events) {
            if (event.type != EventType::ParkingEnded || !event.caseId.empty()) continue;
            if (!identity_)
                deliveries_.excuse(event.actor, event.messageId);
            else if (events.front().note == kParkingTermEnded)
                deliveries_.expect(
                    {Notifications(*identity_).parkingRefused(model::AgencyDirectory(), event)},
                    kNothingWithheld);
        }
    }

    // A parked message has left when another message's events speak of it.
    void followParking(const store::MessageRecord& message, const Event& event) {
        if (event.actor != message.agency || event.messageId != message.messageId)
            waiting_.erase({event.actor, event.messageId});
        if (event.type != EventType::Parked) return;
        const auto reference = referenceOf(event);
        Waiting entry{message.position, message.agency, {}};
        if (reference && reference->ruling)
            entry.under = {{},
                           numberKey(reference->ruling->number, reference->ruling->issuedOn),
                           base::formatDate(reference->ruling->issuedOn)};
        waiting_[{message.agency, message.messageId}] = std::move(entry);
    }

    // The fold of its messages, or nothing if they cannot be folded.
    std::optional<CaseFile> folded(const std::string& caseId) {
        CaseFile file;
        std::int64_t version = 0;
        bool whole = true;
        for (const auto& message : cases_.messagesOf(caseId)) {
            const auto events = eventsIn(message);
            if (message.caseVersion != ++version) {
                differ("case " + caseId + ": " + nameOf(message) + " was recorded as version " +
                       std::to_string(message.caseVersion) + ", found as " +
                       std::to_string(version));
                version = message.caseVersion;
                whole = false;
            }
            whole = whole && events;
            for (const auto& event : events.value_or(std::vector<Event>())) {
                whole = whole && foldable(file, event);
                if (!whole) {
                    deliveries_.excuse(event.actor, event.messageId);
                    continue;
                }
                fold(file, event);
                // What opens a case is told before the case has a version.
                file.version = version == 1 ? 0 : version;
                expectDeliveries(file, event);
            }
        }
        file.version = version;
        if (whole && version > 0) return file;
        differ("case " + caseId + ": its messages cannot be folded");
        return std::nullopt;
    }

    void expectDeliveries(const CaseFile& file, const Event& event) {
        if (!identity_) return deliveries_.excuse(event.actor, event.messageId);
        const Notifications notifications(*identity_);
        const auto held = withheld_.find(file.caseId);
        const auto& withheld = held == withheld_.end() ? kNothingWithheld : held->second;
        if (event.delivery) {
            expectEnd(&file, event);
        } else if (event.type == EventType::TransferUndone) {
            std::vector<store::OutboxItem> letters;
            for (const auto& told : event.undo->told)
                letters.push_back(notifications.transferUndone(told, file, event));
            deliveries_.expect(letters, kNothingWithheld);
        } else if (event.type == EventType::ParkingEnded)
            deliveries_.expectEither(
                notifications.parkingEnded(model::AgencyDirectory(), file, event),
                notifications.parkingRefused(model::AgencyDirectory(), event), withheld);
        else if (event.decided)
            deliveries_.expect(notifications.forDecided(file, event), kNothingWithheld);
        else
            deliveries_.expect(notifications.forOld(model::AgencyDirectory(), file, event),
                               withheld);
    }

    // The record says who was told; how, its rights of that day have decided.
    void expectEnd(const CaseFile* file, const Event& event) {
        if (!identity_) return deliveries_.excuse(event.actor, event.messageId);
        const auto& told = event.delivery->told;
        if (told.empty()) return;
        const Notifications notifications(*identity_);
        const auto letter = notifications.deliveryEndedLetter(told, event);
        deliveries_.expectEither(
            file && !file->matter ? notifications.deliveryEnded(told, *file, event) : letter,
            letter, kNothingWithheld);
    }

    void judge(const std::string& caseId) {
        const std::string name = "case " + caseId;
        const auto kept = cases_.find(caseId);
        if (!kept) differ(name + ": the log names it, but it has no row");
        const auto file = folded(caseId);
        if (!file) return;
        const auto wanted = recordOf(*file);
        if (kept) compare(*kept, wanted);
        compareTerms(caseId, wanted.terms);
        if (file->matter) return;
        for (const auto& portal : wanted.portals) published_.emplace(caseId, portal);
        const store::CaseAlias alias{wanted.court, wanted.number, wanted.issuedOn};
        const auto called = cases_.findByAlias(alias);
        const bool leadsHere = called && called->caseId == caseId;
        // The name of a struck transfer is free for the ruling's own court.
        if (file->undoneOn) {
            if (leadsHere) differ(name + ": its transfer was undone, its name still leads to it");
        } else if (!leadsHere)
            differ(name + ": its name " + textOf(alias) + " leads " +
                   (called ? "to case " + called->caseId : "nowhere"));
    }

    void compare(const store::CaseRecord& kept, const store::CaseRecord& wanted) {
        const std::string name = "case " + kept.caseId + ": ";
        const auto same = [&](const char* member, const std::string& is, const std::string& want) {
            if (is != want) differ(name + member + " is '" + is + "', by the log '" + want + "'");
        };
        same("subject", kept.subject, wanted.subject);
        same("version", std::to_string(kept.version), std::to_string(wanted.version));
        same("stage", kept.stage, wanted.stage);
        same("province", kept.province, wanted.province);
        same("number", kept.number, wanted.number);
        same("court", kept.court, wanted.court);
        same("first_instance_court", kept.firstInstanceCourt, wanted.firstInstanceCourt);
        same("issued_on", kept.issuedOn, wanted.issuedOn);
        same("next_day", kept.nextDay, wanted.nextDay);
        same("first_due", kept.firstDue, wanted.firstDue);
        same("registered", kept.registered, wanted.registered);
        if (kept.snapshot != wanted.snapshot) differ(name + "snapshot differs from its events");
        const auto report = [&](const auto& these, const auto& those, const char* how) {
            for (const auto& entry : these)
                if (std::ranges::find(those, entry) == those.end())
                    differ(name + "agency " + entry.agency + " as " + entry.role + how);
        };
        report(wanted.agencies, kept.agencies, " is missing");
        report(kept.agencies, wanted.agencies, " is not by the log");
    }

    void compareTerms(const std::string& caseId, std::vector<store::TermRow> wanted) {
        const auto kept = cases_.termsOf(caseId);
        for (const auto& row : kept)
            if (std::erase(wanted, row) == 0)
                differ("case " + caseId + ": term " + row.at.rule + " of " + row.at.owner +
                       " is listed, which is not so by the log");
        for (const auto& row : wanted)
            differ("case " + caseId + ": term " + row.at.rule + " of " + row.at.owner +
                   " is not listed as the log has it");
    }

    void judge(const store::NamedCase& named) {
        const auto kept = cases_.find(named.caseId);
        const auto& alias = named.alias;
        if (!kept || kept->court != alias.court || kept->number != alias.number ||
            kept->issuedOn != alias.date)
            differ("name " + textOf(alias) + ": leads to case " + named.caseId +
                   ", which is not called so");
    }

    void judgePublished() {
        cases_.forEachPublished([this](const store::PublishedCase& row) {
            if (published_.erase({row.caseId, row.portal}) == 0)
                differ("case " + row.caseId + ": is listed as published at " + row.portal +
                       ", which is not by the log");
            return true;
        });
        for (const auto& [caseId, portal] : published_)
            differ("case " + caseId + ": was published at " + portal + ", but is not listed so");
    }

    void judgeParked() {
        report_.parked = static_cast<std::int64_t>(waiting_.size());
        std::map<std::int64_t, std::pair<std::string, const Waiting*>> byPosition;
        for (const auto& [key, entry] : waiting_)
            byPosition[entry.position] = {"parked message " + key.first + " " + key.second, &entry};
        cases_.forEachParked([&](const store::ParkedMessage& row) {
            const auto found = byPosition.find(row.position);
            if (found == byPosition.end()) {
                differ("parked row of position " + std::to_string(row.position) +
                       ": by the log nothing waits there");
                return true;
            }
            const auto& [name, entry] = found->second;
            if (row.under.number != entry->under.number || row.under.date != entry->under.date ||
                row.agency != entry->agency)
                differ(name + ": waits for " + row.agency + " under " + textOf(row.under) +
                       ", which is not what it says");
            // Who has no part in the case waits beside it.
            const auto known = cases_.findByAlias(row.under);
            if (known && std::ranges::any_of(known->agencies, [&](const auto& one) {
                    return one.agency == row.agency;
                }))
                differ(name + ": its ruling is known already");
            byPosition.erase(found);
            return true;
        });
        for (const auto& [position, missing] : byPosition)
            differ(missing.first + ": by the log it still waits, but it is not parked");
    }

    // Bytes may be missing only where an act of ours says that they were written elsewhere first.
    void judgeArchives() {
        for (const auto& [archive, name] : archives_)
            if (!made_.contains(archive))
                differ(name + ": is said to be in archive " + archive +
                       ", but no act in the log has made it");
    }

    store::Cases& cases_;
    ReceiptAudit receipts_;
    RebuildReport report_;
    DeliveryAudit deliveries_;
    DocumentAudit documents_;
    std::size_t more_ = 0;
    std::int64_t last_ = 0;
    std::optional<Identity> identity_;
    std::set<std::string> named_;
    std::set<std::pair<std::string, std::string>> published_;  ///< cases and portals
    std::map<std::string, std::string> archives_;  ///< those that messages name, and the first one
    std::set<std::string> made_;                   ///< archives, by the acts in the log
    std::map<std::string, DeliveryAudit::Withheld> withheld_;  ///< by case
    std::map<std::pair<std::string, std::string>, Waiting> waiting_;
};

}  // namespace

RebuildReport rebuild(store::Cases& cases, store::Outbox& outbox, const KnownSeals& seals) {
    return Rebuild(cases, outbox, seals).run();
}

}  // namespace gateway::exchange
