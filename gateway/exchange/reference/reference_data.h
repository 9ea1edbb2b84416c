#pragma once
// The data that say who is who, who may do what and what the law is, loaded together as one
// immutable state.

#include <filesystem>
#include <memory>

#include "gateway/document/digest.h"
#include "gateway/exchange/reference/agency_names.h"
#include "gateway/exchange/reference/plausibility.h"
#include "gateway/exchange/reference/rights.h"
#include "gateway/law/book/law_book.h"
#include "gateway/law/figures/figure_book.h"
#include "gateway/model/agencies/agency_directory.h"

namespace gateway::exchange {

/// Where the data files lie.
struct ReferencePaths {
    std::filesystem::path agencies;      ///< mappings/agencies
    std::filesystem::path connectors;    ///< connectors: <kind>/kind.xml
    std::filesystem::path schemas;       ///< mappings/schemas
    std::filesystem::path plausibility;  ///< mappings/case-model/plausibility.xml
    std::filesystem::path law;           ///< mappings: acts, legal-rules

    /// As they lie in the source tree and in an installation.
    [[nodiscard]] static ReferencePaths under(const std::filesystem::path& root);
};

/// Immutable and thread-safe; a reload makes a new one.
class ReferenceData {
  public:
    /// Throws base::Fault with file and line for anything wrong in any file. Takes tens of
    /// milliseconds for a few hundred agencies; at start and reload only.
    [[nodiscard]] static std::shared_ptr<const ReferenceData> load(const ReferencePaths& paths);

    [[nodiscard]] const model::AgencyDirectory& directory() const noexcept { return *directory_; }
    [[nodiscard]] const Rights& rights() const noexcept { return rights_; }
    [[nodiscard]] const Plausibility& plausibility() const noexcept { return plausibility_; }
    [[nodiscard]] const law::LawBook& law() const noexcept { return law_; }
    [[nodiscard]] const law::figures::FigureBook& figures() const noexcept { return figures_; }
    [[nodiscard]] const AgencyNames& names() const noexcept { return *names_; }
    /// For AgencyCodes, which keeps them beyond this object.
    [[nodiscard]] std::shared_ptr<const model::AgencyDirectory> sharedDirectory() const {
        return directory_;
    }
    [[nodiscard]] std::shared_ptr<const AgencyNames> sharedNames() const { return names_; }
    /// Over name and bytes of every file read, in order of name: the rules digest of receipts.
    [[nodiscard]] const document::Digest& digest() const noexcept { return digest_; }

  private:
    ReferenceData(std::shared_ptr<const model::AgencyDirectory> directory,
                  model::NameSpellings spellings, Rights rights, Plausibility plausibility,
                  law::LawBook law, const ReferencePaths& paths);

    std::shared_ptr<const model::AgencyDirectory> directory_;
    std::shared_ptr<const AgencyNames> names_;
    Rights rights_;
    Plausibility plausibility_;
    law::LawBook law_;
    law::figures::FigureBook figures_;  ///< borrows law_
    document::Digest digest_;
};

}  // namespace gateway::exchange
