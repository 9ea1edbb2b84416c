#pragma once
// The act by which old bytes leave the store: written, sealed, durable elsewhere, then let go.

#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "gateway/base/result.h"
#include "gateway/exchange/delivery/operator_acts.h"
#include "gateway/store/archive.h"

namespace gateway::exchange {

/// The act that says in the log that an archive is complete.
inline constexpr const char* kArchiveMade = "archive-made";

/// What became of one act.
struct ArchiveReport {
    std::vector<store::ArchiveRecord> archives;
    std::map<store::ArchivedKind, std::size_t> gone;
    std::int64_t bytes = 0;  ///< in the archives' files
    /// Rows whose bytes are not those of their digest: left where they are, for examination.
    std::vector<std::string> damaged;
};

/// Archives have at most kEntries rows and about kBytes; each is complete on its disk, and recorded
/// in the log with its manifest's digest, before anything of it leaves the store, in small
/// transactions beside what partners do. A crash in between leaves an archive whose bytes are still
/// in the store as well: the next act archives them again. One act at a time; thread-safe.
class Archiving {
  public:
    static constexpr std::size_t kEntries = 10'000;
    static constexpr std::size_t kBytes = std::size_t{1024} * 1024 * 1024;

    Archiving(Identity identity, std::filesystem::path storeFile, std::string storeIdentity,
              const Snapshots& snapshots, store::Archive& archive, OperatorActs& acts,
              const base::Clock& clock, std::chrono::seconds messageAge) :
        identity_(std::move(identity)),
        storeFile_(std::move(storeFile)),
        storeIdentity_(std::move(storeIdentity)),
        snapshots_(snapshots),
        archive_(archive),
        acts_(acts),
        clock_(clock),
        messageAge_(messageAge) {}

    /// What is older than `before` (lines of the audit of reads: than Limits::messageAge, too),
    /// into the folder `to`. The error says why not (English); what was archived by then stays
    /// archived.
    [[nodiscard]] base::Result<ArchiveReport, std::string> run(const std::string& operatorName,
                                                               base::Timestamp before,
                                                               const std::filesystem::path& to);
    [[nodiscard]] std::vector<store::ArchivedBytes> whereIs(const std::string& id) const {
        return archive_.whereIs(id);
    }

  private:
    struct Part;
    [[nodiscard]] base::Timestamp endOf(store::ArchivedKind kind, const Part& part) const;
    void archiveKind(store::ArchivedKind kind, Part& part);
    void finish(Part& part);
    void letGo(Part& part, const store::ArchiveRecord& record);

    Identity identity_;
    std::filesystem::path storeFile_;
    std::string storeIdentity_;
    const Snapshots& snapshots_;
    store::Archive& archive_;
    OperatorActs& acts_;
    const base::Clock& clock_;
    const std::chrono::seconds messageAge_;
    std::mutex running_;
};

}  // namespace gateway::exchange
