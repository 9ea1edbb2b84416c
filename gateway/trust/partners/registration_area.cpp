// Registrations file by file: one that is wrong harms its own agency alone.

#include <algorithm>
#include <set>
#include <utility>

#include "gateway/base/fault.h"
#include "gateway/trust/partners/registration.h"

namespace gateway::trust {
namespace {

using Files = std::map<std::string, Registration>;
using Judge = std::function<std::optional<std::string>(const Registration&)>;

// What only one file may hold, as an operator calls it.
std::set<std::string> claimsOf(const Registration& registration) {
    std::set<std::string> claims{"the agency " + registration.partner.agency};
    for (const Channel& channel : registration.channels) {
        claims.insert("the channel " + channel.id);
        claims.insert("the channel certificate " + channel.certificate->fingerprint().hex());
    }
    for (const SignerRecord& signer : registration.signers)
        claims.insert("the signer " + signer.certificate->fingerprint().hex());
    return claims;
}

class Claims {
  public:
    explicit Claims(const Files& files) {
        for (const auto& [file, registration] : files) add(file, registration);
    }
    void add(const std::string& file, const Registration& registration) {
        for (const auto& claim : claimsOf(registration)) holders_[claim].insert(file);
    }
    bool anyOf(const Registration& registration) const {
        const auto claims = claimsOf(registration);
        return std::any_of(claims.begin(), claims.end(),
                           [this](const auto& claim) { return holders_.contains(claim); });
    }
    // Which claim `file` must give up to whom: a newcomer gives way, else the later name.
    std::optional<std::string> lost(const std::string& file, const Registration& registration,
                                    const Claims& before) const {
        for (const auto& claim : claimsOf(registration)) {
            const auto found = holders_.find(claim);
            if (found == holders_.end()) continue;
            const bool mine = before.holds(claim, file);
            for (const auto& other : found->second) {
                if (other == file) continue;
                const bool theirs = before.holds(claim, other);
                if (theirs == mine ? other < file : theirs)
                    return claim + " is registered already, in " + other;
            }
        }
        return std::nullopt;
    }

  private:
    bool holds(const std::string& claim, const std::string& file) const {
        const auto found = holders_.find(claim);
        return found != holders_.end() && found->second.contains(file);
    }
    std::map<std::string, std::set<std::string>> holders_;
};

std::vector<std::filesystem::path> registrationFiles(const std::filesystem::path& directory) {
    std::error_code failure;
    std::vector<std::filesystem::path> files;
    for (std::filesystem::directory_iterator entry(directory, failure), end;
         !failure && entry != end; entry.increment(failure))
        if (entry->path().extension() == ".xml") files.push_back(entry->path());
    if (failure)
        throw base::Fault("registrations in " + directory.string() + ": " + failure.message());
    std::sort(files.begin(), files.end());
    return files;
}

Files readAll(const std::filesystem::path& directory, const document::XmlSchema& schema,
              const Judge& judge, std::map<std::string, std::string>& wrong) {
    Files files;
    for (const auto& path : registrationFiles(directory)) {
        const auto name = path.filename().string();
        auto read = readRegistration(path, schema);
        auto reason = read ? judge(*read) : std::optional(base::render(read.error()).en);
        if (reason)
            wrong.emplace(name, name + ": " + *reason);
        else
            files.emplace(name, std::move(read).value());
    }
    return files;
}

}  // namespace

RegistrationArea readRegistrationArea(const std::filesystem::path& directory,
                                      const document::XmlSchema& schema, const Files& before,
                                      const Judge& judge) {
    std::map<std::string, std::string> wrong;
    const auto read = readAll(directory, schema, judge, wrong);
    const Claims now(read);
    const Claims earlier(before);
    RegistrationArea area;
    for (const auto& [file, registration] : read) {
        if (auto lost = now.lost(file, registration, earlier))
            wrong.emplace(file, file + ": " + *lost);
        else
            area.files.emplace(file, registration);
    }
    Claims taken(area.files);
    for (auto& [file, reason] : wrong) {
        const auto last = before.find(file);
        // What it had may be another's by now.
        const bool stays =
            last != before.end() && !judge(last->second) && !taken.anyOf(last->second);
        if (stays) {
            area.files.emplace(file, last->second);
            taken.add(file, last->second);
        }
        reason += stays ? "; as it was before it stays in force"
                        : "; it is left out: its agency is refused until it is mended";
        area.faults.push_back({file, std::move(reason)});
    }
    return area;
}

}  // namespace gateway::trust
