#pragma once
// A signed spreadsheet: one request, many messages. Its signature is judged once, each row alone.

#include <vector>

#include "gateway/exchange/desk/reception.h"
#include "gateway/mapping/tables.h"

namespace gateway::exchange {

/// A table whose signer is known, before its rows are read.
struct ReceivedTable {
    trust::Verified verified;
    const mapping::Plan* plan = nullptr;  ///< of the request's snapshot
    document::Table table;
    std::string fileSha256;
};

/// Whether a body of that type is a table.
[[nodiscard]] bool isTable(std::string_view mediaType) noexcept;

/// What is kept as the media type of a row's message beside the whole file: "text/csv; row=7".
[[nodiscard]] std::string rowMediaType(std::string_view mediaType, std::uint32_t row);
/// Whether a kept message is one row of a file that says more than it: nobody but its author may
/// be given the file.
[[nodiscard]] bool isRow(std::string_view keptMediaType) noexcept;

/// What reading a body as a table takes beside its copies; nothing for what is none.
[[nodiscard]] std::size_t tableWeightOf(std::string_view body, std::string_view mediaType,
                                        const base::Limits& limits);

/// Thread-safe, stateless.
class TableReception {
  public:
    TableReception(const Reception& reception, Identity identity, const base::Limits& limits) :
        reception_(reception), identity_(std::move(identity)), limits_(limits) {}

    /// Signature, channel, rates, memory; then the first mapping of the sender whose columns these
    /// are.
    [[nodiscard]] base::Result<ReceivedTable, Refused> receive(const Inbound& inbound) const;

    /// One row, read and judged as Reception::receive() does a message; it counts as one. Without
    /// an id of its own it is called by file and row (rowId). Places are those in the table.
    [[nodiscard]] base::Result<Received, Refused> receiveRow(const Inbound& inbound,
                                                             const ReceivedTable& table,
                                                             const document::Node& row) const;

    /// The same file always gives a row the same id.
    [[nodiscard]] static std::string rowId(const std::string& fileSha256, std::uint32_t row);

  private:
    [[nodiscard]] std::optional<Refused> weigh(const Inbound& inbound,
                                               const trust::Verified& verified) const;
    [[nodiscard]] base::Result<ReceivedTable, Refused> readTable(const Inbound& inbound,
                                                                 trust::Verified verified) const;
    [[nodiscard]] std::vector<base::Problem> judgeFile(const Inbound& inbound,
                                                       const ReceivedTable& table) const;
    const Reception& reception_;
    Identity identity_;
    base::Limits limits_;
};

/// Problems within a row get their places in the table.
void placeInTable(Refused& refused, const document::Table& table, std::uint32_t row);

}  // namespace gateway::exchange
