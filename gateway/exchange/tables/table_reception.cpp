#include "gateway/exchange/tables/table_reception.h"

#include <algorithm>

#include "gateway/exchange/desk/reading_weight.h"

#include "gateway/exchange/desk/reading_weight.h"

namespace gateway::exchange {
namespace {

using base::ErrorCode;
using base::Problem;

constexpr std::string_view kRow = "; row=";

// What a table looks like for which there is no format: its columns.
std::string looksOf(const document::Table& table) {
    constexpr std::size_t kLongest = 150;
    std::string looks;
    for (const auto& column : table.columns)
        looks.append(looks.empty() ? "" : "; ").append(column.name);
    return base::shortened(looks, kLongest);
}

document::TableBounds boundsOf(const base::Limits& limits) {
    document::TableBounds bounds;
    bounds.rows = limits.contentItems;
    bounds.nodes = limits.treeNodes;
    return bounds;
}

Refused refusedBy(const trust::Verified& verified, std::vector<Problem> problems) {
    Refused refused;
    refused.signerAgency = verified.signerAgency;
    refused.signerSha256 = verified.signerCertificate->fingerprint().hex();
    if (verified.claims) {
        refused.messageId = verified.claims->id;
        refused.messageType = verified.claims->type;
    }
    refused.problems = std::move(problems);
    return refused;
}

}  // namespace

bool isTable(std::string_view mediaType) noexcept {
    return mediaType == "text/csv" || mediaType.ends_with(".spreadsheetml.sheet");
}

std::size_t tableWeightOf(std::string_view body, std::string_view mediaType,
                          const base::Limits& limits) {
    if (!isTable(mediaType)) return 0;
    const auto form =
        mediaType == "text/csv" ? document::TableForm::Csv : document::TableForm::Xlsx;
    return tableWeight(body, form, boundsOf(limits));
}

std::string rowMediaType(std::string_view mediaType, std::uint32_t row) {
    return std::string(mediaType).append(kRow) + std::to_string(row);
}

bool isRow(std::string_view keptMediaType) noexcept {
    return keptMediaType.find(kRow) != std::string_view::npos;
}

std::string TableReception::rowId(const std::string& fileSha256, std::uint32_t row) {
    return "table-" + fileSha256 + "-" + std::to_string(row);
}

void placeInTable(Refused& refused, const document::Table& table, std::uint32_t row) {
    for (auto& problem : refused.problems)
        problem = mapping::placedInTable(std::move(problem), table, row);
}

base::Result<ReceivedTable, Refused> TableReception::receive(const Inbound& inbound) const {
    auto verified = reception_.admit(inbound, Reception::Purpose::Message);
    if (!verified) return std::move(verified).error();
    if (auto full = weigh(inbound, *verified)) return *std::move(full);
    auto table = readTable(inbound, std::move(verified).value());
    if (!table) return table;
    if (auto problems = judgeFile(inbound, *table); !problems.empty())
        return refusedBy(table->verified, std::move(problems));
    return table;
}

// What is packed in a body is not seen from outside; its signer is known before it is unpacked.
std::optional<Refused> TableReception::weigh(const Inbound& inbound,
                                             const trust::Verified& verified) const {
    if (!inbound.memory) return std::nullopt;
    const auto& file = verified.content.content().table;
    GW_CHECK(file.has_value());
    auto full = base::problemOf(
        inbound.memory->grow(tableWeight(file->bytes, file->form, boundsOf(limits_))));
    if (!full) return std::nullopt;
    auto refused = refusedBy(verified, {*std::move(full)});
    refused.retryAfter = kMemoryPause;
    return refused;
}

base::Result<ReceivedTable, Refused> TableReception::readTable(const Inbound& inbound,
                                                               trust::Verified verified) const {
    const auto& snapshot = *inbound.snapshot;
    const auto& file = verified.content.content().table;
    GW_CHECK(file.has_value());
    const auto* partner = snapshot.registry->partner(verified.signerAgency);
    const auto plans = partner ? snapshot.mappings->ofTables(partner->formatsIn,
                                                             base::vietnamDate(inbound.receivedAt))
                               : std::vector<const mapping::Plan*>{};
    // Where the table stands is said by each mapping; the first reason is that of the first.
    std::optional<Problem> reason;
    for (const auto* plan : plans) {
        auto table =
            document::readTable(file->bytes, file->form, *plan->table(), boundsOf(limits_));
        if (table && mapping::acceptsTable(*plan, *table)) {
            auto sha256 = verified.content.digest().hex();
            return ReceivedTable{std::move(verified), plan, std::move(table).value(),
                                 std::move(sha256)};
        }
        if (!reason)
            reason = table ? Problem(ErrorCode::MAPPING_NO_FORMAT).with("root", looksOf(*table))
                           : std::move(table).error();
    }
    return refusedBy(
        verified,
        {reason.value_or(Problem(ErrorCode::MAPPING_NO_FORMAT).with("root", inbound.mediaType))});
}

std::vector<Problem> TableReception::judgeFile(const Inbound& inbound,
                                               const ReceivedTable& table) const {
    std::vector<Problem> problems;
    const auto& claims = table.verified.claims;
    GW_CHECK(claims.has_value());
    if (claims->audience != identity_.address())
        problems.push_back(Problem(ErrorCode::ADDRESSEE_OTHER)
                               .with("value", claims->audience)
                               .with("gateway", identity_.address()));
    if (claims->type != table.plan->messageType())
        problems.push_back(Problem(ErrorCode::CLAIM_CONTRADICTED)
                               .with("claim", "typ")
                               .with("signed", claims->type)
                               .with("value", table.plan->messageType()));
    if (table.plan->withoutAddressee() &&
        inbound.channel->ownerAgency != table.verified.signerAgency)
        problems.push_back(Problem(ErrorCode::FORBIDDEN_CHANNEL)
                               .with("channel", inbound.channel->id)
                               .with("agency", table.verified.signerAgency));
    // The file is kept with each row, as what its author has signed.
    const auto rows = std::max<std::size_t>(table.table.rows().size(), 1);
    if (inbound.body.size() > limits_.letterCopiesBytes / rows)
        problems.push_back(Problem(ErrorCode::CONTENT_TOO_LARGE, "/rows", {})
                               .with("limit", std::to_string(limits_.letterCopiesBytes / rows)));
    if (table.table.rows().empty())
        problems.push_back(Problem(ErrorCode::MAPPING_REQUIRED, "/rows", {}));
    return problems;
}

base::Result<Received, Refused> TableReception::receiveRow(const Inbound& inbound,
                                                           const ReceivedTable& table,
                                                           const document::Node& row) const {
    const auto& file = table.verified;
    const auto number = row.position.line;
    const auto id = rowId(table.fileSha256, number);
    const auto refused = [&](std::vector<Problem> problems) {
        auto made = refusedBy(file, std::move(problems));
        made.messageId = id;
        return made;
    };
    if (inbound.rates)
        if (const auto pause = inbound.rates->refuseTurn(file.signerAgency)) {
            auto made = refused({Problem(ErrorCode::RATE_LIMITED)});
            made.retryAfter = *pause;
            return made;
        }
    if (auto faults = mapping::cellFaultsOf(table.table, number); !faults.empty())
        return refused(std::move(faults));
    auto values = reception_.valuesOf(inbound, file);
    values["messageId"] = id;
    trust::Verified verified{
        file.signerAgency, file.signerCertificate,
        file.revocation,   file.form,
        std::nullopt,      file.content.part(mapping::rowContent(row), mapping::rowDigest(row))};
    auto received = reception_.read(inbound, std::move(verified), *table.plan, values);
    if (received) return received;
    auto error = std::move(received).error();
    if (error.messageId.empty()) error.messageId = id;
    placeInTable(error, table.table, number);
    return error;
}

}  // namespace gateway::exchange
