#include "gateway/exchange/tables/table_answer.h"

#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "gateway/exchange/desk/bounded_words.h"
#include "gateway/mapping/binding.h"
#include "gateway/trust/jws.h"

namespace gateway::exchange {

using document::addNumber;
using document::addText;
using document::Node;

namespace {

// What somebody should know who has not looked at the whole workbook.
void addNotes(Node& body, const document::Table& table) {
    std::vector<std::string> words;
    for (const auto& sheet : table.otherSheets) words.push_back("sheet-not-read:" + sheet);
    for (const auto row : table.hiddenRows) words.push_back("row-hidden:" + std::to_string(row));
    for (const auto column : table.hiddenColumns)
        words.push_back("column-hidden:" + document::columnLetters(column));
    if (words.empty()) return;
    auto notes = document::arrayNode("notes");
    for (auto& word : boundedWords(std::move(words), base::kReceiptNotes))
        notes.children.push_back(document::stringNode({}, std::move(word)));
    body.children.push_back(std::move(notes));
}

}  // namespace

Node& TableAnswer::rowNode(std::uint32_t row) {
    rows_.children.push_back(document::objectNode());
    addNumber(rows_.children.back(), "row", row);
    return rows_.children.back();
}

void TableAnswer::accepted(std::uint32_t row, const std::string& sealedReceipt) {
    ++accepted_;
    const auto jws = trust::Jws::parseCompact(sealedReceipt);
    GW_CHECK(jws.ok());  // ours, and a table's family is JSON
    auto payload = document::readJson(jws->payload(), document::kOwnBounds);
    GW_CHECK(payload.ok());
    auto* receipt = payload->root.child("receipt");
    GW_CHECK(receipt != nullptr);
    rowNode(row).children.push_back(std::move(*receipt));
}

void TableAnswer::refused(std::uint32_t row, const Refused& refused) {
    ++refused_;
    auto& node = rowNode(row);
    addText(node, "messageId", refused.messageId);
    auto reasons = document::arrayNode("reasons");
    for (const auto& problem : refused.problems) {
        auto reason = reasonOf(problem, true);
        const auto place = mapping::placeWords(problem.position, table_.table);
        reason.vi = "Tại " + place.vi + ": " + reason.vi;
        reason.en = "In " + place.en + ": " + reason.en;
        reasons.children.push_back(mapping::toNode(reason));
    }
    node.children.push_back(std::move(reasons));
}

Answer TableAnswer::seal(const Inbound& inbound, const Identity& identity,
                         base::Timestamp decidedAt) const {
    const auto& verified = table_.verified;
    Node body = document::objectNode("table");
    addNumber(body, "version", 1);
    addText(body, "gateway", identity.gateway);
    addText(body, "environment", identity.environment);
    addText(body, "channel", inbound.channel->id);
    addText(body, "signerAgency", verified.signerAgency);
    addText(body, "signerCertificateSha256", verified.signerCertificate->fingerprint().hex());
    addText(body, "messageId", verified.claims->id);
    addText(body, "messageType", table_.plan->messageType());
    addText(body, "bodySha256", document::sha256(inbound.body).hex());
    addNumber(body, "bodyLength", static_cast<std::int64_t>(inbound.body.size()));
    addText(body, "receivedAt", base::formatTimestamp(inbound.receivedAt));
    addText(body, "decidedAt", base::formatTimestamp(decidedAt));
    addText(body, "mappingId", table_.plan->id());
    addText(body, "mappingSha256", table_.plan->digest().hex());
    if (inbound.dryRun) addFlag(body, "dryRun", true);
    addNumber(body, "accepted", static_cast<std::int64_t>(accepted_));
    addNumber(body, "refused", static_cast<std::int64_t>(refused_));
    addNotes(body, table_.table);
    body.children.push_back(rows_);
    addText(body, "gatewayCertificateSha256",
            inbound.snapshot->seal->certificate()->fingerprint().hex());
    Node root = document::objectNode();
    root.children.push_back(std::move(body));
    Answer answer{accepted_ > 0 ? 200 : 422, "application/jose",
                  inbound.snapshot->seal->own().jws(document::writeJson(root), "thahc-table+json")};
    if (accepted_ == 0) answer.refused = base::ErrorClass::KnownSigner;
    return answer;
}

}  // namespace gateway::exchange
