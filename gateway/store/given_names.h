#pragma once
// What agencies call their cases and their documents.

#include <string>

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

/// What an agency calls a document of its own, and the digest of what the document says.
struct DocumentName {
    std::string name, sha256;
};

/// The message that brought a document first.
struct KnownDocument {
    std::string sha256, messageId, receiptId;
};

}  // namespace gateway::store
