#pragma once
// What may change without a stop, area by area: one broken file never holds up a safety act.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/app/printing/data_view.h"
#include "gateway/app/process/snapshot_loader.h"
#include "gateway/app/settings/config.h"
#include "gateway/trust/partners/registration.h"

namespace gateway::app {

/// Own = our seal and certificates, which the process exchanges itself.
enum class Area { Directory, Mappings, Registrations, Revocation, Own };
inline constexpr Area kAreas[] = {Area::Directory, Area::Mappings, Area::Registrations,
                                  Area::Revocation, Area::Own};
[[nodiscard]] std::string_view nameOf(Area area) noexcept;

/// One thing for an operator to mend: until then something older, or less, is in force.
struct AreaFault {
    Area area;
    std::string file;    ///< its name, when one registration is at fault
    std::string reason;  ///< file, line, what is in force instead (English)
};

/// Beside the store: what must hold again after a start, whatever becomes of the data's own
/// folders.
[[nodiscard]] std::filesystem::path keptIn(const Config& config);

/// Keeps the last good version of each area. One thread at a time.
class SnapshotAreas {
  public:
    /// Both outlive this and its snapshots. `kept` is a directory for copies of revocation lists,
    /// which are in force again after a start (empty = none), for marks of revocation and for
    /// what operators have decided about versions of mappings.
    SnapshotAreas(const Config& config, const base::Clock& clock, std::filesystem::path kept);

    /// Everything anew from the files, as far as it is good. Throws base::Fault only for the first
    /// time, when directory, rights, code lists or a schema cannot be read: without them nothing
    /// can be decided.
    [[nodiscard]] exchange::SnapshotPtr load(exchange::SealPtr seal);
    /// Of the last load().
    [[nodiscard]] const std::vector<AreaFault>& faults() const noexcept { return faults_; }

  private:
    void loadDelivered();
    void takeReference(std::shared_ptr<const exchange::ReferenceData> loaded, bool mappingsTaken);
    void loadMappings(const DataView& data, const exchange::ReferenceData& reference);
    void loadRegistrations();
    void loadRevocation();
    trust::Registry::Data registered();
    std::optional<std::string> judge(const trust::Registration& registration) const;
    std::optional<std::vector<std::string>> expand(const std::string& format) const;
    bool isCanonicalAct(const std::string& format) const;
    bool writes(const std::string& type, const std::string& id) const;
    /// Runs one area's part; a fault keeps the area as it is, if it ever was.
    template <class Load>
    void guarded(Area area, bool known, Load load);

    const Config& config_;
    const base::Clock& clock_;
    std::filesystem::path kept_;
    std::vector<AreaFault> faults_;
    std::shared_ptr<const exchange::ReferenceData> reference_;
    std::shared_ptr<const mapping::Mappings> mappings_;
    bool mappingsWhole_ = true;  ///< false: some were left out, and formats may be wanting
    document::Digest codes_{};
    std::map<std::string, trust::Registration> registrations_;
    bool registrationsKnown_ = false;
    std::shared_ptr<const trust::RevocationLists> revocation_;
};

}  // namespace gateway::app
