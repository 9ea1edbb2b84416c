#pragma once
// Checks what the gateway sealed with tools that are not ours: xmlsec1 and openssl, through the
// scripts that gateway/docs/protocol.md gives to outsiders.

#include <cstddef>
#include <filesystem>
#include <string>

namespace gateway::simulator {

/// One thread at a time.
class ForeignTools {
  public:
    /// `scripts` holds check-xml-receipt.sh and check-jws-receipt.sh; what is checked is kept in
    /// `evidence` under a running number.
    ForeignTools(std::filesystem::path scripts, std::filesystem::path seal,
                 std::filesystem::path evidence);

    /// Whether the tool confirms that the gateway's seal covers these bytes.
    bool check(const std::string& bytes, const std::string& mediaType, const std::string& what);

    [[nodiscard]] std::size_t byXmlsec() const noexcept { return byXmlsec_; }
    [[nodiscard]] std::size_t byOpenssl() const noexcept { return byOpenssl_; }
    [[nodiscard]] std::size_t failed() const noexcept { return failed_; }

  private:
    std::filesystem::path scripts_, seal_, evidence_;
    std::size_t byXmlsec_ = 0, byOpenssl_ = 0, failed_ = 0;
};

}  // namespace gateway::simulator
