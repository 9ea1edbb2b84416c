#pragma once
// What the commands that write papers are asked for in the same words, and how they give it.

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "gateway/app/printing/data_view.h"
#include "gateway/app/settings/arguments.h"
#include "gateway/law/figures/period.h"
#include "gateway/model/agencies/agency_directory.h"
#include "gateway/store/store_view.h"

namespace gateway::app {

/// --year, --period.
[[nodiscard]] law::figures::Period periodOf(const Arguments& arguments);
/// A moment, or the end of a day in Viet Nam; none if the option was not given.
[[nodiscard]] std::optional<base::Timestamp> momentOf(const Arguments& arguments,
                                                      const std::string& option);
/// --as-known-at; without it the end of time.
[[nodiscard]] base::Timestamp cutoffOf(const Arguments& arguments);

/// Of a backup or a running gateway's file. Throws InputError: there is none.
[[nodiscard]] std::unique_ptr<store::StoreView> viewOf(const std::filesystem::path& file);

/// Throws UsageError unless it is one of json, csv, xlsx, html and pdf.
void checkFormat(const Arguments& arguments);
/// As --format says: as text to the terminal or --out, or as one of the files that are no text.
void writeAs(const Arguments& arguments,
             const std::function<std::string(const std::string& format)>& textIn,
             const std::function<void(const std::filesystem::path& out)>& workbook);

/// Agencies as people call them.
class Agencies {
  public:
    /// Throws InputError.
    explicit Agencies(const DataView& data);
    [[nodiscard]] const model::AgencyDirectory& directory() const noexcept { return *directory_; }
    /// What nobody knows is called as it is written.
    [[nodiscard]] std::string name(const std::string& code, base::Date day) const;
    [[nodiscard]] std::string territory(const std::string& id) const;

  private:
    std::shared_ptr<const model::AgencyDirectory> directory_;
};

}  // namespace gateway::app
