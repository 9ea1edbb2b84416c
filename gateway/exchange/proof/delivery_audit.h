#pragma once
// Holds the outbox against what recorded acts imply, for rebuild.

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "gateway/store/ledger.h"

namespace gateway::exchange {

/// First the outbox is listed (24 bytes an item), then each act says what it implies, then finish()
/// names what no act has implied. Whatever is recorded meanwhile disturbs nothing. Not thread-safe.
///
/// The directory of the day of an act is not at hand: an agency that had ended by then was told
/// through its successor, whom we take at the outbox's word. A missing delivery is therefore
/// excused if its act has told somebody else and its recipient was never told anything later.
/// Excused is also what a receipt of the case names as withheld from that recipient.
class DeliveryAudit {
  public:
    /// What receipts of a case say was not delivered for want of a right.
    struct Withheld {
        std::set<std::pair<std::string, std::string>> named;  ///< recipient and type of message
        bool more = false;                                    ///< others, not named
    };
    using Differ = std::function<void(std::string)>;
    DeliveryAudit(store::Outbox& outbox, Differ differ);

    /// Everything that one act tells in its case. Not compared: the addressee within a notice
    /// (kept as its author wrote it), and how far the delivery has got.
    void expect(const std::vector<store::OutboxItem>& implied, const Withheld& withheld);
    /// Exactly one of two, whichever is there (to the sender of a message that waited in vain).
    void expectEither(const store::OutboxItem& one, const store::OutboxItem& other,
                      const Withheld& withheld);
    /// A document of the axis: its deliveries are letters of this source, at least one if
    /// `atLeastOne`. Their text and the list of addressees are not compared: they stand in the
    /// sender's format only.
    void expectLetters(const std::string& agency, const std::string& messageId, bool atLeastOne);
    /// What this source has told cannot be computed: its deliveries are not judged.
    void excuse(const std::string& agency, const std::string& messageId);
    void finish();

  private:
    struct Listed {
        std::size_t source = 0;
        std::int64_t sequence = 0;
        bool claimed = false;
    };
    using Range = std::pair<std::vector<Listed>::iterator, std::vector<Listed>::iterator>;
    void list();
    [[nodiscard]] Range listedOf(const std::string& agency, const std::string& messageId);
    [[nodiscard]] bool claim(const store::OutboxItem& implied);
    [[nodiscard]] bool claimSuccessor(const store::OutboxItem& implied);
    [[nodiscard]] bool mayHaveEnded(const store::OutboxItem& implied);
    [[nodiscard]] std::optional<store::OutboxItem> at(std::int64_t sequence);
    void compare(const store::OutboxItem& implied, const store::OutboxItem& stored);

    store::Outbox& outbox_;
    Differ differ_;
    std::vector<Listed> listed_;                    ///< by source, then sequence
    std::map<std::string, std::int64_t> lastTold_;  ///< by recipient
    std::int64_t listedUpTo_ = 0;
};

}  // namespace gateway::exchange
