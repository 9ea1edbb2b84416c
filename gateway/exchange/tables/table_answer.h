#pragma once
// The one sealed answer to a signed table: what became of each of its rows.

#include <cstdint>
#include <string>

#include "gateway/exchange/desk/refusal_desk.h"
#include "gateway/exchange/tables/table_reception.h"

namespace gateway::exchange {

/// Collects the verdicts in the order of rows. One thread; `table` must outlive it.
class TableAnswer {
  public:
    explicit TableAnswer(const ReceivedTable& table) : table_(table) {}

    /// The sealed receipt of a row's message, given now or before.
    void accepted(std::uint32_t row, const std::string& sealedReceipt);
    void refused(std::uint32_t row, const Refused& refused);

    [[nodiscard]] std::size_t acceptedRows() const noexcept { return accepted_; }
    [[nodiscard]] std::size_t refusedRows() const noexcept { return refused_; }
    /// 200 if any row was accepted, else 422. typ: thahc-table+json, one member `table`.
    [[nodiscard]] Answer seal(const Inbound& inbound, const Identity& identity,
                              base::Timestamp decidedAt) const;

  private:
    document::Node& rowNode(std::uint32_t row);

    const ReceivedTable& table_;
    document::Node rows_ = document::arrayNode("rows");
    std::size_t accepted_ = 0, refused_ = 0;
};

}  // namespace gateway::exchange
