// Official documents: letters outside a case, and what they do to earlier ones.

#include <algorithm>
#include <iterator>

#include "gateway/base/encoding.h"
#include "gateway/exchange/acts/case_acts.h"
#include "gateway/exchange/acts/document_names.h"
#include "gateway/exchange/acts/earlier_documents.h"

namespace gateway::exchange {

using base::ErrorCode;
using base::Problem;
using model::EventType;

namespace {

// Those of the agencies whom a document reaches, each once; of others a note is left.
class Reached {
  public:
    Reached(const Snapshot& snapshot, base::Date today, std::vector<std::string>& notes) :
        snapshot_(snapshot), today_(today), notes_(notes) {}

    // A letter may name an office twice, by its old code and by its new one.
    void take(const model::Agency* agency, const std::string& calledOtherwise) {
        const bool connected = agency && snapshot_.registry->partner(agency->code);
        auto& found = connected ? codes_ : notes_;
        auto word = connected ? agency->code : std::string(kNotConnected) + calledOtherwise;
        if (std::ranges::find(found, word) == found.end()) found.push_back(std::move(word));
    }
    // What is no code is the sender's free text: its place is named instead.
    void takeNamed(const model::Correspondent& recipient, std::size_t position) {
        take(snapshot_.reference->directory().find(recipient.code, today_),
             model::isAgencyCodeSpelling(recipient.code) ? recipient.code
                                                         : "#" + std::to_string(position));
    }
    void takeTold(const std::string& code) {
        take(snapshot_.reference->directory().holderOn(code, today_), code);
    }
    [[nodiscard]] const std::vector<std::string>& codes() const { return codes_; }

  private:
    const Snapshot& snapshot_;
    base::Date today_;
    std::vector<std::string>& notes_;
    std::vector<std::string> codes_;
};

}  // namespace

// What one recipient's copy will weigh: content, files by base64 (those that were sent earlier and
// are named by digest as well), and the author's own bytes beside them.
std::size_t CaseActs::copyWeight(const std::string& author, std::size_t content,
                                 const std::vector<model::Attachment>& files) const {
    std::size_t bytes = content;
    for (const auto& file : files) {
        const auto kept = cases_.attachmentSize(author, file.sha256);
        bytes += base::base64Length(static_cast<std::size_t>(kept.value_or(file.sizeBytes)));
    }
    return bytes + base::base64Length(std::min(bytes, base::kLargestOriginal));
}

base::Result<Decision> CaseActs::document(const Snapshot& snapshot, const model::Act& act,
                                          const model::DocumentTransfer& message) {
    const auto today = base::vietnamDate(act.recordedAt);
    const auto& directory = snapshot.reference->directory();
    // A code that is none (blanks, another case, letters that look alike, our own address) would
    // travel on under our seal and be read as somebody's.
    if (!model::isAgencyCodeSpelling(message.sender.code))
        return Problem(ErrorCode::MAPPING_VALUE, "documentTransfer/sender/code", {})
            .with("value", message.sender.code)
            .inWords("expected", {"phải là mã định danh cơ quan theo Quyết định 20/2020/QĐ-TTg "
                                  "(hoặc QCVN 102:2016/BTTTT), ví dụ H53.11",
                                  "it must be an agency code after Decision 20/2020/QD-TTg (or "
                                  "QCVN 102:2016/BTTTT), such as H53.11"});
    // Offices below an agency have codes that no directory knows; another agency's name is another
    // matter.
    const auto* author = directory.find(message.sender.code);
    if (author && !directory.closure(act.actor, today).contains(author->code))
        return Problem(ErrorCode::FORBIDDEN_SENDER, "documentTransfer/sender/code", {})
            .with("value", message.sender.code)
            .with("agency", act.actor);
    Decision decision;
    if (auto known = sentBefore(cases_, act, message, decision)) return *std::move(known);
    const auto earlier = EarlierDocuments::find(directory, cases_, act, message);
    if (!earlier) return earlier.error();
    decision.events.push_back(model::eventBy(act, EventType::DocumentReceived, {}));
    std::vector<std::string> unreached;
    Reached reached(snapshot, today, unreached);
    for (std::size_t i = 0; i < message.recipients.size(); ++i)
        reached.takeNamed(message.recipients[i], i + 1);
    // Who has the earlier one must hear what becomes of it, whomever this one names.
    for (const auto& code : earlier->concerned()) reached.takeTold(code);
    const auto& recipients = reached.codes();
    if (recipients.size() > 1) {
        const auto one = notifications_.forDocument(act, message, {recipients.front()});
        const auto most = limits_.letterCopiesBytes /
                          copyWeight(act.actor, one.front().content.size(), message.attachments);
        if (recipients.size() > most)
            return Problem(ErrorCode::CONTENT_TOO_LARGE, "documentTransfer/recipients", {})
                .with("limit", std::to_string(most));
    }
    earlier->record(recipients, decision);
    std::ranges::move(unreached, std::back_inserter(decision.notes));
    addTo(decision, permitted(snapshot.reference->rights(), {},
                              notifications_.forDocument(act, message, recipients)));
    return decision;
}

}  // namespace gateway::exchange
