#pragma once
// All that was said and answered about the cases of a territory in a period, as a sealed folder
// that a joint inspection judges without us: mappings/evidence/verify.sh. Law: QĐ 3011/QĐ-BTP
// II.5.3; TTLT 12/2021 Đ.11.

#include <cstdint>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "gateway/exchange/desk/identity.h"
#include "gateway/model/names.h"
#include "gateway/store/store_view.h"
#include "gateway/trust/certificates/certificate.h"
#include "gateway/trust/signer.h"

namespace gateway::exchange {

/// What is asked for.
struct EvidenceQuestion {
    std::string territory, territoryName;          ///< as it was asked for, and what it is called
    std::set<std::string, std::less<>> provinces;  ///< ids: itself and what was merged into it
    base::Date from{}, to{};                       ///< in Viet Nam, both included
};

/// What is needed to make one.
struct EvidenceSources {
    Identity identity;
    std::string storeIdentity;
    std::vector<trust::CertificatePtr> certificates;  ///< of partners and ours, past and present
    std::vector<std::filesystem::path> archives;      ///< folders of archives, where they lie now
    std::string verifier;                             ///< the script that judges it
};

enum class PieceKind : std::uint8_t { Message, Receipt, Delivery, Answer };

/// One signed piece, or one that should be there.
struct EvidencePiece {
    PieceKind kind{};
    std::string agency;  ///< author of a message or an answer, recipient of the others
    std::string id, type, caseId, ruling;
    base::Timestamp at{};
    std::string mediaType, sha256;
    std::string path, signature;  ///< signature: of the file with the detached one
    std::string form;             ///< xml, jws, jws-detached
    std::string root;             ///< NAMESPACE:NAME of the root element of an xml
    std::string certificate;      ///< SHA-256
    std::string names;            ///< a digest that its signed words must name
    std::string missing;          ///< why it is not there
};

struct EvidencePack {
    std::vector<EvidencePiece> pieces;
    std::string manifestSha256;
    std::size_t cases = 0;
    [[nodiscard]] std::size_t missing() const;
};

/// Writes it to `out`, which must not be there yet; sealed and complete, or nothing. What is in an
/// archive is taken from there, or listed as missing; so is what no known certificate has signed.
/// Throws base::Fault.
[[nodiscard]] EvidencePack packEvidence(store::StoreView& view, const EvidenceQuestion& question,
                                        const EvidenceSources& sources, const trust::Seal& seal,
                                        base::Timestamp now, const std::filesystem::path& out);

}  // namespace gateway::exchange

template <>
struct gateway::model::Names<gateway::exchange::PieceKind> {
    using enum gateway::exchange::PieceKind;
    static constexpr std::pair<gateway::exchange::PieceKind, std::string_view> table[] = {
        {Message, "message"}, {Receipt, "receipt"}, {Delivery, "delivery"}, {Answer, "answer"}};
};
