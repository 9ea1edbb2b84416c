#pragma once
// Which mapping writes what for whom, and the sealed result.

#include <optional>
#include <string>
#include <string_view>

#include "gateway/document/tree.h"
#include "gateway/exchange/desk/evidence.h"
#include "gateway/exchange/desk/snapshot.h"
#include "gateway/model/messages/message.h"

namespace gateway::exchange {

/// How one partner is written to for one type of message: a mapping, or the canonical form of an
/// act that is data. Belongs to the snapshot.
class OutwardForm {
  public:
    explicit OutwardForm(const mapping::Plan& plan) : plan_(&plan) {}
    /// `act`: null for one that the law no longer has, of which something is still to be told.
    OutwardForm(std::string type, const law::ActDeclaration* act, document::Form form) :
        type_(std::move(type)), act_(act), form_(form) {}

    [[nodiscard]] std::string id() const;
    [[nodiscard]] document::Form theirs() const { return plan_ ? plan_->theirs() : form_; }
    /// Null: the canonical form.
    [[nodiscard]] const mapping::Plan* plan() const noexcept { return plan_; }
    /// As mapping::Plan. The canonical form leaves nothing out.
    [[nodiscard]] std::string write(const document::Node& ours,
                                    const mapping::ExchangeValues& values) const;
    void tryWriting(const document::Node& ours, const mapping::ExchangeValues& values) const;
    [[nodiscard]] std::vector<std::string> leftOut(const document::Node& ours,
                                                   const mapping::ExchangeValues& values) const;
    friend auto operator<=>(const OutwardForm&, const OutwardForm&) = default;

  private:
    const mapping::Plan* plan_ = nullptr;
    std::string type_;
    const law::ActDeclaration* act_ = nullptr;
    document::Form form_ = document::Form::Json;
};

/// What `partner` wants for a type on a day: its own choice for that type, else
/// its choice for any ("court-json/*": the mapping of that folder that is called like the type,
/// else the first by its id that writes it), else the canonical form of its family
/// ("case-model-json/judgment-transfer"). No such form, or one that cannot write, is a Fault:
/// an operator's alarm, never a partner's mistake.
[[nodiscard]] OutwardForm outwardForm(const Snapshot& snapshot, const trust::Partner& partner,
                                      const std::string& typeName, base::Date day);

/// outwardForm(), for what `ours` says: where it cannot say a document that acts on an earlier one
/// (a withdrawal in a dialect that has none), the canonical form; who has the earlier one must hear
/// of it, and its author cannot say it otherwise.
[[nodiscard]] OutwardForm sayableForm(const Snapshot& snapshot, const trust::Partner& partner,
                                      const std::string& typeName, base::Date day,
                                      const document::Node& ours,
                                      const mapping::ExchangeValues& values);

/// What the exchange itself gives to a mapping that writes for `recipient`, with the settings of
/// its registration.
[[nodiscard]] mapping::ExchangeValues outwardValues(const Snapshot& snapshot,
                                                    const std::string& recipient,
                                                    const Identity& identity);
/// Adds what a mapping may ask as `$partner/NAME`; nothing of an agency that is not registered.
void addSettings(const trust::Registry& registry, const std::string& agency,
                 mapping::ExchangeValues& values);

/// Writes `ours` (canonical shape) in the partner's format and seals it as translator.
[[nodiscard]] Sealed writeSealed(const OutwardForm& form, const document::Node& ours,
                                 const std::string& recipient, const Identity& identity,
                                 const Snapshot& snapshot, std::string_view jwsType);

/// Which of the two canonical forms of an act that is data a registration calls so
/// ("case-model-xml/compel-order"); none needs a mapping.
[[nodiscard]] std::optional<document::Form> canonicalForm(std::string_view id,
                                                          std::string_view typeName);

/// "JudgmentTransfer" -> "judgment-transfer", as in the directories of mappings/.
[[nodiscard]] std::string kebab(std::string_view typeName);

}  // namespace gateway::exchange
