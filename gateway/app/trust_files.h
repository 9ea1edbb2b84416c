#pragma once
// Certificates from the command line: a PEM file with one or more, or a directory of such files.

#include <filesystem>
#include <vector>

#include "gateway/trust/certificate.h"

namespace gateway::app {

/// Throws InputError if there is none or one cannot be used.
[[nodiscard]] std::vector<trust::CertificatePtr> loadCertificates(
    const std::filesystem::path& fileOrDirectory);

}  // namespace gateway::app
