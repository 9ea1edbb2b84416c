#pragma once
// What the store keeps of official documents, held against the log.

#include <functional>
#include <map>
#include <set>
#include <string>

#include "gateway/exchange/proof/receipt_audit.h"
#include "gateway/model/cases/event.h"
#include "gateway/store/ledger.h"

namespace gateway::exchange {

/// Takes messages in the order of the log, then compares: what each document is called, its digest,
/// who has it, what has ended it, how often it was changed. Of messages from before the log said so
/// it judges only what their receipts name. Keeps the names of documents, and of each a digest.
class DocumentAudit {
  public:
    using Differ = std::function<void(std::string)>;
    explicit DocumentAudit(Differ differ) : differ_(std::move(differ)) {}

    /// A message that brought a document. `words`: of its receipt, if that is believed.
    void received(const store::MessageRecord& message, const model::Event& event,
                  const ReceiptWords* words);
    /// One that brought a document again: its receipt names the message that brought it first.
    void repeated(const store::MessageRecord& message, const ReceiptWords& words);
    void finish(store::Cases& cases);

  private:
    using Name = std::pair<std::string, std::string>;  ///< agency, and what that calls it
    void stand(const store::MessageRecord& message, const model::DocumentRecord& record);
    void compare(const Name& name, const store::KnownDocument& kept);

    Differ differ_;
    std::set<std::string> receipts_;                 ///< of messages that brought one
    std::map<Name, store::KnownDocument> standing_;  ///< by the log
    std::set<std::string>
        before_;  ///< receipts of messages of whose documents the log says nothing
};

}  // namespace gateway::exchange
