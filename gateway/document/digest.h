#pragma once
// SHA-256, the one digest of the gateway's own records.

#include <array>
#include <compare>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace gateway::document {

/// A SHA-256 value (FIPS 180-4).
struct Digest {
    std::array<std::uint8_t, 32> bytes{};

    [[nodiscard]] std::string hex() const;
    [[nodiscard]] std::string_view view() const noexcept {
        return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
    }
    /// From 32 raw bytes; another length is a programmer error (Fault).
    [[nodiscard]] static Digest fromBytes(std::string_view raw);
    friend auto operator<=>(const Digest&, const Digest&) = default;
};

/// Thread-safe.
[[nodiscard]] Digest sha256(std::string_view bytes);

/// Of a data file. Throws base::Fault if it cannot be read.
[[nodiscard]] Digest fileDigest(const std::filesystem::path& file);

/// A digest is a number: whoever names one may write its letters in either case. As hex() would.
[[nodiscard]] std::string lowerCaseHex(std::string digest);

/// A digest over named fields in a fixed order, each framed by its length, so that no two
/// different records give the same bytes. Used for entry_hash; its framing can never change:
/// for every field: 8 bytes big-endian length, then the bytes.
class FieldDigest {
  public:
    FieldDigest& add(std::string_view field);
    [[nodiscard]] Digest finish() const;

  private:
    std::string framed_;
};

}  // namespace gateway::document
