#include "gateway/app/process/revocation_marks.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "gateway/base/fault.h"
#include "gateway/base/replace_file.h"
#include "gateway/base/time_format.h"

namespace gateway::app {

void RevocationMarks::add(const std::string& sha256, base::Timestamp since) const {
    std::string reasons;
    for (const auto& directory : directories_) {
        try {
            std::error_code failure;
            std::filesystem::create_directories(directory, failure);
            if (failure)
                throw base::Fault(directory.string() + " cannot be made: " + failure.message());
            base::replaceFile(directory / sha256, base::formatTimestamp(since));
            return;
        } catch (const base::Fault& fault) {
            reasons.append(reasons.empty() ? "" : "; ").append(fault.what());
        }
    }
    throw base::Fault(reasons);
}

std::optional<std::string> RevocationMarks::applyTo(trust::Registry::Data& data,
                                                    base::Timestamp now) const {
    std::optional<std::string> unread;
    const auto apply = [&](auto& record, const std::filesystem::path& directory) {
        const auto file = directory / record.certificate->fingerprint().hex();
        std::error_code failure;
        const auto kind = std::filesystem::status(file, failure).type();
        if (kind == std::filesystem::file_type::not_found) return;
        if (kind != std::filesystem::file_type::regular) {
            unread = file.string() + " cannot be looked at: " + failure.message() +
                     "; let the service's user read it";
            return;
        }
        std::ifstream in(file, std::ios::binary);
        const std::string text{std::istreambuf_iterator<char>(in), {}};
        const auto since = std::min(base::parseTimestamp(text).value_or(now), now);
        record.revokedAt = std::min(record.revokedAt.value_or(since), since);
    };
    for (const auto& directory : directories_) {
        for (auto& channel : data.channels) apply(channel, directory);
        for (auto& signer : data.signers) apply(signer, directory);
    }
    return unread;
}

bool isRegistered(const trust::Registry::Data& data, const std::string& agency,
                  const std::string& sha256, bool revoked) {
    const auto is = [&](const auto& record, const std::string& owner) {
        return owner == agency && record.certificate->fingerprint().hex() == sha256 &&
               (!revoked || record.revokedAt);
    };
    return std::ranges::any_of(data.channels,
                               [&](const auto& c) { return is(c, c.ownerAgency); }) ||
           std::ranges::any_of(data.signers, [&](const auto& s) { return is(s, s.agency); });
}

}  // namespace gateway::app
