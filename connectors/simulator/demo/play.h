#pragma once
// The stage: all offices, the facts, and how far each case has come.

#include <map>
#include <memory>

#include "connectors/simulator/demo/facts.h"
#include "connectors/simulator/stage/office.h"
#include "connectors/simulator/stage/push_receiver.h"

namespace gateway::simulator {

/// What has come true of one ruling, as its parties have seen it in verified messages.
struct Progress {
    std::string caseId, receiptId;
    bool enteredEarly = false;   ///< registered from paper before the court sent it
    std::string registerNumber;  ///< as the court was told
    std::string stage;           ///< as the procuracy was told in the end
    std::size_t noticesSent = 0;
    std::size_t noticesAcknowledged = 0;  ///< as the enforcement authority was told
    std::size_t reportsSent = 0;
    std::size_t reportsAtEnforcement = 0;
    std::map<std::string, std::size_t> reportsAtCourts, reportsAtProcuracies;
};

struct Play {
    World& world;
    const Cast& cast;
    const std::vector<RulingFact>& facts;
    PushReceiver& receiver;
    std::map<std::string, std::unique_ptr<Office>> offices;
    std::map<std::string, Progress> progress;  ///< by RulingFact::id

    [[nodiscard]] Office& office(const std::string& code) { return *offices.at(code); }
    [[nodiscard]] base::Date today() const { return base::vietnamDate(world.clock.now()); }
    /// The fact that a ruling's reference names; nullptr if none.
    [[nodiscard]] const RulingFact* factOf(const model::RulingReference& reference) const;
    [[nodiscard]] const RulingFact* factOf(const model::CaseReference& reference) const;
    /// Everything that has come for an agency, by mailbox or by push (then at least `expected`).
    /// Notices of terms, and acts for which nobody here waits, are told and left out.
    [[nodiscard]] std::vector<Delivery> incoming(Office& office, std::size_t expected);
    [[nodiscard]] std::vector<Delivery> withoutNotices(const Office& office,
                                                       std::vector<Delivery> all);
    /// "D01.21 Tòa án nhân dân tỉnh Gia Lai [XML, ECDSA]".
    [[nodiscard]] std::string label(const Office& office) const;
    /// An entry in the register of today.
    [[nodiscard]] model::DeclaredAct registerEntry(const RulingFact& fact,
                                                   const std::string& number, const char* form,
                                                   const char* officer) const;
    /// Verdict and receipt, with the foreign tool's word, below the line that said what was sent.
    void tellReceipt(const Answer& answer);
    /// A refusal as the sender's clerk reads it: what, where, what to do.
    void tellRefusal(const Answer& answer);
};

/// The act of that type that a message says; nullptr if it is another.
[[nodiscard]] const model::DeclaredAct* heard(const model::Message& message, std::string_view type);
/// A member of what was said; empty if it was not.
[[nodiscard]] std::string textIn(const model::DeclaredAct& act, std::string_view member);

// The acts, in their order.
void transferRulings(Play& play);
void registerAndNotify(Play& play);
void answerNotices(Play& play);
void readResults(Play& play);
void askQuestions(Play& play);
/// `packages`: a directory of *.edxml; `ours`: then every one of them must be accepted.
void sendDocuments(Play& play, const std::filesystem::path& packages, bool ours);

}  // namespace gateway::simulator
