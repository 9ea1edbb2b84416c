#include "gateway/app/process/backups.h"

#include <grp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "gateway/base/fault.h"
#include "gateway/base/log.h"
#include "gateway/exchange/proof/lasting_place.h"

namespace gateway::app {
namespace {

using std::filesystem::path;

path resolved(const path& any) {
    std::error_code failed;
    auto found = std::filesystem::weakly_canonical(any, failed);
    return failed ? any.lexically_normal() : found;
}

bool isWithin(const path& inner, const path& outer) {
    const auto [end, rest] = std::ranges::mismatch(outer, inner);
    return end == outer.end();
}

std::optional<gid_t> numberOf(const std::string& group) {
    std::array<char, 16 * 1024> space{};
    struct group entry {};
    struct group* found = nullptr;
    if (group.empty() ||
        ::getgrnam_r(group.c_str(), &entry, space.data(), space.size(), &found) != 0 || !found)
        return std::nullopt;
    return found->gr_gid;
}

}  // namespace

std::optional<std::string> backupRefused(const Config& config, const path& target) {
    const auto use = "; use " + (config.storeBackups / "NAME").string();
    if (!target.is_absolute() || target.filename().empty() || target.extension() == ".partial")
        return "not the absolute path of a file: " + target.string() + use;
    const auto folder = resolved(target.parent_path());
    if (isWithin(folder, resolved(config.storeBackups))) return std::nullopt;
    if (const auto why = exchange::whyNotLasting(folder, config.storeFile)) return *why + use;
    return std::nullopt;
}

void makeBackup(const Config& config, store::sqlite::SqliteStore& store, const path& target) {
    if (const auto refused = backupRefused(config, target)) throw base::Fault(*refused);
    std::error_code failed;
    if (!std::filesystem::is_directory(target.parent_path(), failed))
        throw base::Fault("the gateway sees no folder " + target.parent_path().string() +
                          " (not there, or hidden by its unit); use " +
                          (config.storeBackups / "NAME").string());
    store.backupTo(target);
    // The operator who asked for it must be able to carry it away; nobody else may read it.
    const auto group = numberOf(config.operatorGroup);
    if (group && (::chown(target.c_str(), static_cast<uid_t>(-1), *group) != 0 ||
                  ::chmod(target.c_str(), 0640) != 0))
        base::logEvent(base::LogLevel::Warning, "store.backup_not_shared",
                       {{"file", target.string()}, {"group", config.operatorGroup}});
}

void sweepBackups(const Config& config) {
    store::sqlite::SqliteStore::removeBackupLeftovers(config.storeBackups);
}

}  // namespace gateway::app
