#pragma once
// One small PKI for all tests of this executable, made at start in a temporary directory.

#include <filesystem>
#include <string>

#include "gateway/trust/certificates/certificate.h"
#include "gateway/trust/certificates/demo_pki.h"
#include "gateway/trust/signer.h"

namespace gateway::trust::test {

/// 2026-11-21T00:00:00Z; every certificate is valid a year before and after.
[[nodiscard]] base::Timestamp now();
[[nodiscard]] DemoTerm term();

/// A directory that goes away with its owner.
class TemporaryDirectory {
  public:
    TemporaryDirectory();
    ~TemporaryDirectory();
    TemporaryDirectory(const TemporaryDirectory&) = delete;
    TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

  private:
    std::filesystem::path path_;
};

/// Seals "court" and "ward" (P-256), "procuracy" (RSA-2048), "p384"; channels "court-tls",
/// "hub-tls"; server "server".
[[nodiscard]] const DemoPki& pki();

[[nodiscard]] std::string textOf(const std::filesystem::path& file);
void writeText(const std::filesystem::path& file, const std::string& text);
[[nodiscard]] CertificatePtr certificateNamed(const std::string& name);
[[nodiscard]] std::unique_ptr<Signer> signerNamed(const std::string& name);

}  // namespace gateway::trust::test
