#pragma once
// Reads everything that is data into one consistent snapshot, or says what is wrong with it.

#include "gateway/app/printing/data_view.h"
#include "gateway/app/settings/arguments.h"
#include "gateway/app/settings/config.h"
#include "gateway/exchange/desk/snapshot.h"
#include "gateway/law/book/law_book.h"
#include "gateway/law/figures/figure_book.h"
#include "gateway/mapping/code_lists.h"

namespace gateway::app {

/// Lists in files and those that the directory answers, with the digest of the files.
struct CodeLists {
    std::shared_ptr<const mapping::CodeLists> lists;
    document::Digest digest;
};

/// These throw base::Fault with file and line.
[[nodiscard]] CodeLists loadCodeLists(const std::filesystem::path& mappings,
                                      const exchange::ReferenceData& reference);
[[nodiscard]] std::shared_ptr<const exchange::ReferenceData> loadReference(
    const std::filesystem::path& mappings, const std::filesystem::path& connectors);

/// Loads registrations, revocation lists, directory, rights and mappings, and checks that they fit
/// together (every registered agency exists, every named format exists). As a whole or not at all,
/// for whoever judges data before they are put in place: throws base::Fault with file and line.
/// What serves takes them area by area, see SnapshotAreas.
/// `clock` must outlive the snapshot; `seal` is ours (loadSeal).
[[nodiscard]] exchange::SnapshotPtr loadSnapshot(const Config& config, const base::Clock& clock,
                                                 exchange::SealPtr seal);

/// Where both are delivered, they lie side by side.
[[nodiscard]] std::filesystem::path connectorsBeside(const std::filesystem::path& mappings);

/// The nearest directory above `file` that holds schemas/mapping.xsd; throws InputError if there
/// is none.
[[nodiscard]] std::filesystem::path mappingsAbove(const std::filesystem::path& file);

/// What --mappings and --local of a command name. Throws InputError.
[[nodiscard]] DataView dataNamedBy(const Arguments& arguments);

/// The law below the view's mappings. Throws InputError: it is not there, or a file is wrong.
[[nodiscard]] law::LawBook loadLaw(const DataView& data);
/// The columns of the statistics; they borrow the law. Throws InputError likewise.
[[nodiscard]] law::figures::FigureBook loadFigures(const DataView& data, const law::LawBook& law);

}  // namespace gateway::app
