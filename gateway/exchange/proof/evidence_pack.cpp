#include "gateway/exchange/proof/evidence_pack.h"

#include <algorithm>
#include <fstream>
#include <optional>

#include "gateway/base/time_format.h"
#include "gateway/document/digest.h"
#include "gateway/document/json.h"
#include "gateway/exchange/proof/evidence_index.h"
#include "gateway/exchange/proof/sealed_folder.h"
#include "gateway/exchange/records/case_records.h"
#include "gateway/trust/offline_verification.h"

namespace gateway::exchange {
namespace {

constexpr const char* kUnknownSigner = "no known certificate has signed it";

std::string numbered(std::int64_t number) {
    auto text = std::to_string(number);
    return std::string(text.size() < 9 ? 9 - text.size() : 0, '0') + text;
}

std::string endingOf(const std::string& mediaType) {
    if (mediaType.find("xml") != std::string::npos) return ".xml";
    if (mediaType.find("jose") != std::string::npos) return ".jose";
    return mediaType.find("json") != std::string::npos ? ".json" : ".bin";
}

/// Collects the pieces of one pack and writes them as they come.
class Packing {
  public:
    Packing(store::StoreView& view, const EvidenceQuestion& question,
            const EvidenceSources& sources, SealedFolder& folder) :
        view_(view),
        question_(question),
        sources_(sources),
        folder_(folder),
        begin_(base::vietnamMidnight(question.from)),
        end_(base::vietnamMidnight(base::dayAfter(question.to))) {}

    EvidencePack pack() {
        findCases();
        addMessages();
        addDeliveries();
        pack_.cases = rulings_.size();
        return std::move(pack_);
    }

  private:
    struct Key {
        std::string agency, id;
        auto operator<=>(const Key&) const = default;
    };

    [[nodiscard]] bool inPeriod(base::Timestamp at) const { return begin_ <= at && at < end_; }

    // What waited for its ruling bears no case of its own: the case knows whose act it was.
    void findCases() {
        view_.cases().forEachCase([&](const store::CaseRecord& record) {
            if (!question_.provinces.contains(record.province)) return true;
            const auto file = caseFileOf(record);
            rulings_[record.caseId] =
                file.matter ? file.matter->vi
                            : file.ruling.reference.number + " ngày " +
                                  base::formatDayMonthYear(file.ruling.reference.issuedOn);
            for (const auto& act : file.acts) acts_[{act.agency, act.id}] = record.caseId;
            return true;
        });
    }

    [[nodiscard]] std::string caseOf(const store::MessageRecord& message) const {
        if (rulings_.contains(message.caseId)) return message.caseId;
        const auto found = acts_.find({message.agency, message.messageId});
        return message.caseId.empty() && found != acts_.end() ? found->second : std::string();
    }

    void addMessages() {
        view_.cases().forEachMessage(0, [&](const store::MessageRecord& message) {
            const auto caseId = caseOf(message);
            if (caseId.empty() || !inPeriod(message.receivedAt)) return true;
            EvidencePiece piece;
            piece.kind = PieceKind::Message;
            piece.agency = message.agency;
            piece.id = message.messageId;
            piece.type = message.messageType;
            piece.caseId = caseId;
            piece.at = message.receivedAt;
            piece.mediaType = message.mediaType;
            piece.sha256 = message.bodySha256;
            piece.path = "messages/" + numbered(message.position) + endingOf(message.mediaType);
            add(piece, message.body, message.detachedHeader, message.archivedIn);
            // What the clock has said is under our seal itself, and has no other receipt.
            if (message.receipt == message.body) return true;
            EvidencePiece receipt = piece;
            receipt.kind = PieceKind::Receipt;
            receipt.id = message.receiptId;
            receipt.at = message.decidedAt;
            receipt.mediaType = message.receiptMediaType;
            receipt.sha256 = document::sha256(message.receipt).hex();
            receipt.names = message.bodySha256;
            receipt.path =
                "receipts/" + numbered(message.position) + endingOf(message.receiptMediaType);
            add(std::move(receipt), message.receipt, {}, {});
            return true;
        });
    }

    void addDeliveries() {
        std::vector<std::string> ids;
        view_.outbox().forEachItem(0, [&](const store::OutboxItem& item) {
            if (rulings_.contains(item.caseId) && inPeriod(item.createdAt))
                ids.push_back(item.itemId);
            return true;
        });
        for (const auto& id : ids)
            if (const auto item = view_.outbox().find(id)) addDelivery(*item);
    }

    void addDelivery(const store::OutboxItem& item) {
        EvidencePiece piece;
        piece.kind = PieceKind::Delivery;
        piece.agency = item.recipient;
        piece.id = item.itemId;
        piece.type = item.messageType;
        piece.caseId = item.caseId;
        piece.at = item.createdAt;
        piece.mediaType = item.renderedMediaType;
        piece.sha256 = item.renderedSha256;
        piece.path = "deliveries/" + numbered(item.sequence) + endingOf(item.renderedMediaType);
        // What has no bytes yet was never said to anybody.
        if (!item.renderedSha256.empty())
            add(piece, item.renderedBytes, item.renderedHeader, item.archivedIn);
        if (item.partnerReceipt.empty()) return;
        piece.kind = PieceKind::Answer;
        piece.at = item.closedAt.value_or(item.createdAt);
        piece.mediaType = item.partnerReceiptMediaType;
        piece.sha256 = document::sha256(item.partnerReceipt).hex();
        piece.path = "answers/" + numbered(item.sequence) + endingOf(item.partnerReceiptMediaType);
        add(std::move(piece), item.partnerReceipt, item.partnerReceiptHeader, {});
    }

    void add(EvidencePiece piece, std::string bytes, const std::string& header,
             const std::string& archivedIn) {
        piece.ruling = rulings_[piece.caseId];
        if (bytes.empty() && !archivedIn.empty()) bytes = fromArchive(archivedIn, piece.sha256);
        if (bytes.empty() || document::sha256(bytes).hex() != piece.sha256) {
            piece.missing = archivedIn.empty() ? "its bytes are not those of its digest"
                                               : "in the archive " + archivedIn;
            pack_.pieces.push_back(std::move(piece));
            return;
        }
        judge(piece, bytes, header);
        if (piece.missing.empty()) {
            static_cast<void>(folder_.put(piece.path, bytes, piece.sha256));
            if (!header.empty()) {
                piece.signature = piece.path + ".signature";
                static_cast<void>(folder_.put(piece.signature, header));
            }
        }
        pack_.pieces.push_back(std::move(piece));
    }

    // Whose it is and of what form; whether it may be believed, whoever reads the pack judges.
    void judge(EvidencePiece& piece, const std::string& bytes, const std::string& header) {
        trust::OfflineTrust trust;
        trust.certificates = sources_.certificates;
        trust.at = piece.at;
        const auto report = trust::verifyOffline(bytes, header, trust);
        if (!report.signer || !report.form) {
            piece.missing = kUnknownSigner;
            return;
        }
        piece.certificate = report.signer->fingerprint().hex();
        static_cast<void>(folder_.put("certificates/" + piece.certificate + ".der",
                                      report.signer->der(), piece.certificate));
        switch (*report.form) {
            case trust::SignatureForm::XmlEnveloped:
                piece.form = "xml";
                if (report.content)
                    piece.root = (report.content->root.namespaceUri.empty()
                                      ? std::string()
                                      : report.content->root.namespaceUri + ":") +
                                 report.content->root.name;
                break;
            case trust::SignatureForm::JwsCompact: piece.form = "jws"; break;
            case trust::SignatureForm::JwsDetached: piece.form = "jws-detached"; break;
        }
    }

    [[nodiscard]] std::string fromArchive(const std::string& archive,
                                          const std::string& sha256) const {
        for (const auto& folder : sources_.archives) {
            std::ifstream file(folder / archive / "bytes" / sha256.substr(0, 2) / sha256,
                               std::ios::binary);
            if (file) return {std::istreambuf_iterator<char>(file), {}};
        }
        return {};
    }

    store::StoreView& view_;
    const EvidenceQuestion& question_;
    const EvidenceSources& sources_;
    SealedFolder& folder_;
    const base::Timestamp begin_, end_;
    std::map<std::string, std::string, std::less<>> rulings_;  ///< what cases are called
    std::map<Key, std::string> acts_;                          ///< the case of each
    EvidencePack pack_;
};

std::string manifestOf(const EvidencePack& pack, const EvidenceQuestion& question,
                       const EvidenceSources& sources, base::Timestamp now,
                       const std::string& sums) {
    auto root = document::objectNode();
    addText(root, "gateway", sources.identity.gateway);
    addText(root, "environment", sources.identity.environment);
    addText(root, "store", sources.storeIdentity);
    addText(root, "territory", question.territory);
    addText(root, "from", base::formatDate(question.from));
    addText(root, "to", base::formatDate(question.to));
    addText(root, "madeAt", base::formatTimestamp(now));
    addNumber(root, "pieces", static_cast<std::int64_t>(pack.pieces.size()));
    addNumber(root, "missing", static_cast<std::int64_t>(pack.missing()));
    addText(root, "sumsSha256", sums);
    return document::writeJson(root);
}

}  // namespace

std::size_t EvidencePack::missing() const {
    return static_cast<std::size_t>(std::ranges::count_if(
        pieces, [](const EvidencePiece& piece) { return !piece.missing.empty(); }));
}

EvidencePack packEvidence(store::StoreView& view, const EvidenceQuestion& question,
                          const EvidenceSources& sources, const trust::Seal& seal,
                          base::Timestamp now, const std::filesystem::path& out) {
    SealedFolder folder(out.parent_path().empty() ? "." : out.parent_path(), out.filename());
    auto pack = Packing(view, question, sources, folder).pack();
    const auto& own = *seal.signer().certificate();
    static_cast<void>(folder.put("seal.der", own.der(), own.fingerprint().hex()));
    static_cast<void>(folder.put("index.json", evidenceJson(pack, question)));
    static_cast<void>(folder.put("index.csv", evidenceCsv(pack)));
    static_cast<void>(folder.put("index.html", evidenceHtml(pack, question)));
    static_cast<void>(folder.put("pieces.txt", evidenceLines(pack)));
    static_cast<void>(folder.put("verify.sh", sources.verifier));
    pack.manifestSha256 = folder.finish(
        seal,
        [&](const std::string& sums) { return manifestOf(pack, question, sources, now, sums); },
        "thahc-evidence+json");
    return pack;
}

}  // namespace gateway::exchange
