#pragma once
// A certificate authority made anew for each test run; no key is ever kept in the repository.

#include <filesystem>
#include <memory>
#include <string>

namespace thahc::test {

/// A directory under the system's temporary one, gone with the object.
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

/// One certificate with its key, as files (PEM) and bytes.
struct Issued {
    std::filesystem::path certificateFile, keyFile;
    std::string der;
    std::string fingerprintHex;  ///< SHA-256 of the DER, lower case
};

/// What a certificate is to say; P-256 always.
struct CertificateWish {
    std::string subjectAltName = "DNS:localhost,IP:127.0.0.1";
    std::string extendedKeyUsage = "serverAuth,clientAuth";
    long validFromSeconds = -3600, validToSeconds = 3600;  ///< relative to now
};

/// A root and what it issues, in `directory`.
class TestPki {
  public:
    TestPki(const std::filesystem::path& directory, const std::string& name);
    ~TestPki();
    TestPki(const TestPki&) = delete;
    TestPki& operator=(const TestPki&) = delete;
    [[nodiscard]] const Issued& root() const noexcept { return root_; }
    [[nodiscard]] Issued issue(const std::string& name, const CertificateWish& wish = {});

  private:
    struct Native;
    std::unique_ptr<Native> native_;
    std::filesystem::path directory_;
    Issued root_;
};

}  // namespace thahc::test
