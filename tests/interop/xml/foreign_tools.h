#pragma once
// Runs programs that are not ours on files in a directory of their own.

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "gateway/base/result.h"
#include "gateway/document/digest.h"
#include "gateway/trust/signer.h"

namespace gateway::trust::testing {

/// A directory with a P-256 and an RSA-2048 identity made by the openssl command:
/// ec.key ec.pem ec.der ec.pk8, rsa.key ... Removed at the end.
class Workbench {
  public:
    Workbench();
    ~Workbench();
    Workbench(const Workbench&) = delete;
    Workbench& operator=(const Workbench&) = delete;

    [[nodiscard]] std::string path(const std::string& name) const;
    void write(const std::string& name, const std::string& bytes) const;
    [[nodiscard]] std::string read(const std::string& name) const;
    /// Signer of "ec" or "rsa".
    [[nodiscard]] const Signer& signer(const std::string& kind) const;

    /// Runs a shell command in the directory; gives what it wrote, throws if it failed.
    [[nodiscard]] std::string run(const std::string& command) const;
    /// The same, telling only whether it succeeded.
    [[nodiscard]] bool succeeds(const std::string& command) const;

  private:
    void makeIdentity(const std::string& kind, const std::string& keyOptions);
    std::filesystem::path directory_;
    std::unique_ptr<Signer> ec_, rsa_;
};

/// Our verdict on a signed document, with the certificate of that signer.
[[nodiscard]] base::Result<document::Digest> ourVerdict(const std::string& xml,
                                                        const Signer& signer);

/// A message that is its own canonical form, with Id="r1" on its root.
inline const std::string kCanonicalMessage =
    "<m:ruling xmlns:m=\"urn:m\" Id=\"r1\"><m:number k=\"1\">12/2026/HC-ST</m:number>"
    "<m:court>Tòa án nhân dân tỉnh thử nghiệm</m:court></m:ruling>";

}  // namespace gateway::trust::testing
