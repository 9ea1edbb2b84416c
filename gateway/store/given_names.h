#pragma once
// What agencies call their cases and their documents.

#include <cstdint>
#include <string>
#include <vector>

namespace gateway::store {

/// Court, normalised number and date of a ruling: what agencies call a case.
struct CaseAlias {
    std::string court, number, date;
    friend bool operator==(const CaseAlias&, const CaseAlias&) = default;
};

/// A name and the case that it leads to.
struct NamedCase {
    CaseAlias alias;
    std::string caseId;
};

/// What a message does to an earlier document.
struct DocumentChange {
    std::string agency, name;
    std::int64_t expectedVersion = 0;
    std::vector<std::string> told;  ///< as KnownDocument's, from now on
    bool ends = false;              ///< by this message
};

/// What an agency calls a document of its own, the digest of what the document says, the agencies
/// to which it goes, and what becomes of earlier ones.
struct DocumentName {
    std::string name, sha256;
    std::vector<std::string> told{};
    std::vector<DocumentChange> changes{};
};

/// The message that brought a document first, and how the document stands.
struct KnownDocument {
    std::string sha256, messageId, receiptId;
    std::vector<std::string> told{};  ///< agencies that have it, or are told what became of it
    std::string endedBy{};            ///< the receipt of what has withdrawn or replaced it
    std::int64_t version = 1;         ///< one more with each change
};

}  // namespace gateway::store
