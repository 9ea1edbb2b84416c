#pragma once
// Registrations as files: one XML file for each agency, written by an operator or by a command.
// Form: mappings/schemas/registration.xsd.

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "gateway/base/result.h"
#include "gateway/document/digest.h"
#include "gateway/document/schema.h"
#include "gateway/trust/partners/registry.h"

namespace gateway::trust {

/// What one file says. A plain value.
struct Registration {
    Partner partner;
    std::vector<Channel> channels;      ///< owned by partner.agency
    std::vector<SignerRecord> signers;  ///< of partner.agency
    /// Where each certificate stands, relative to the registration file.
    std::map<document::Digest, std::string> certificateFiles;
};

enum class CertificateUse { Channel, Seal };

/// Why a partner's certificate cannot be used so whatever the day (English); nothing if it can:
/// an authority's own certificate for neither, nor one with a critical extension that we do not
/// know or an extension that is broken (RFC 5280 section 4.2); one that may not sign for no seal;
/// one whose usages leave TLS clients out for no channel.
[[nodiscard]] std::optional<std::string> whyUnfit(const Certificate& certificate,
                                                  CertificateUse use);

/// Reads one file and the certificates it names. What an operator has to mend is SCHEMA_INVALID
/// with file and path, line, and parameter "reason": an unreadable or unusable certificate, a
/// date that is none, an absolute path, the same thing twice. Certificates may have expired: old
/// messages keep their signers.
[[nodiscard]] base::Result<Registration> readRegistration(const std::filesystem::path& file,
                                                          const document::XmlSchema& schema);

/// All files of a directory, each for itself.
struct RegistrationArea {
    std::map<std::string, Registration> files;  ///< in force, by file name
    struct Fault {
        std::string file;    ///< its name
        std::string reason;  ///< with place and line, for the operator (English)
    };
    std::vector<Fault> faults;  ///< of files that are left out, or in force as they were before
};

/// Reads every *.xml in `directory` (not below it). A file that is wrong harms its own agency
/// alone: its version in `before` stays in force, or, without one, it is left out. What two files
/// claim belongs to the one that had it before, so that Registry takes the result. `judge` says why
/// a registration does not fit the directory and the mappings; nothing if it does. Throws
/// base::Fault if the directory cannot be read.
[[nodiscard]] RegistrationArea readRegistrationArea(
    const std::filesystem::path& directory, const document::XmlSchema& schema,
    const std::map<std::string, Registration>& before,
    const std::function<std::optional<std::string>(const Registration&)>& judge);

/// Replaces `file` as a whole or not at all. Every certificate must have its place in
/// `certificateFiles`; the certificate files themselves are not written. Comments that stood in
/// the file are lost. Throws base::Fault if it cannot be written.
void writeRegistration(const std::filesystem::path& file, const Registration& registration);

}  // namespace gateway::trust
