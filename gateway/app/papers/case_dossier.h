#pragma once
// The file of a case (NĐ 71/2016 Đ.14.7) gathered from the log, and the page that it becomes.

#include <optional>
#include <string>
#include <vector>

#include "gateway/app/papers/asked.h"
#include "gateway/law/registers/case_file_form.h"
#include "gateway/model/cases/case_file.h"
#include "gateway/store/ledger.h"

namespace gateway::app {

/// One act, in the order in which acts were recorded.
struct FiledAct {
    std::size_t part = 0;
    std::string type, vi, by, role;
    std::string messageId, note;
    std::string signerSha256, contentSha256, receiptId;
    base::Date happenedOn{};
    base::Timestamp recordedAt{};
    std::optional<model::RecordedFor> recordedFor;  ///< its author by name
    std::optional<base::Date> struckOn;  ///< withdrawn or corrected; it stays in the file
    document::Node content = document::objectNode();
    const law::ActDeclaration* declaration = nullptr;
};

/// A file that came with an act.
struct Enclosure {
    std::size_t act = 0;
    std::string agency;
    model::Attachment file;
    std::string why;            ///< why it is not joined; empty: it is
    std::size_t pages = 0;      ///< of those that are joined
    std::size_t coverPage = 0;  ///< where it begins in the whole
};

struct Dossier {
    model::CaseFile file;
    std::vector<FiledAct> acts;
    std::vector<Enclosure> enclosures;
    std::vector<model::CaseFile> matters;  ///< files of their own that are about it
};

/// Throws InputError: there is no such case, or its messages cannot be folded.
[[nodiscard]] Dossier dossierOf(store::Cases& cases, const std::string& caseId,
                                const law::LawBook& law, const law::registers::CaseFileForm& form,
                                const Agencies& agencies);

/// Cover, index with page numbers, ruling and parties, terms, every act, and a cover page for every
/// enclosure that is joined, behind which its pages belong. Pages bear no numbers yet.
[[nodiscard]] std::string dossierHtml(const Dossier& dossier,
                                      const law::registers::CaseFileForm& form,
                                      const Agencies& agencies, base::Timestamp now);

}  // namespace gateway::app
