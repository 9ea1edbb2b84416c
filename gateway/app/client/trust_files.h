#pragma once
// Certificates from the command line: a PEM file with one or more, or a directory of such files.

#include <filesystem>
#include <string_view>
#include <vector>

#include "gateway/trust/certificates/certificate.h"

namespace gateway::app {

/// All certificates of a PEM text, in order. One that cannot be used throws base::Fault.
[[nodiscard]] std::vector<trust::CertificatePtr> certificatesIn(std::string_view pem);

/// Throws InputError if there is none or one cannot be used.
[[nodiscard]] std::vector<trust::CertificatePtr> loadCertificates(
    const std::filesystem::path& fileOrDirectory);

}  // namespace gateway::app
