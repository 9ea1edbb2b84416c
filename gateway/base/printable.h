#pragma once
// Foreign text on terminals, pages and in logs: nothing in it moves a cursor, turns the reading
// direction or hides. The one place that decides it.

#include <ostream>
#include <streambuf>
#include <string>
#include <string_view>

namespace gateway::base {

/// How many bytes the UTF-8 sequence at the start of `text` has, or 0 if it is not valid
/// (RFC 3629).
[[nodiscard]] std::size_t utf8Length(std::string_view text) noexcept;

/// Controls of C0 (but for line feed and tab), DEL and C1, marks that set the reading direction
/// (UAX 9), that separate lines, or that have no width: true for the valid sequence `one`.
[[nodiscard]] bool isUnprintable(std::string_view one) noexcept;

/// `text` with each of those written as \uXXXX, which JSON reads as the same character, and each
/// byte that is no UTF-8 as \ufffd. Everything else, quotes and backslashes too, stays.
[[nodiscard]] std::string printable(std::string_view text);

/// While it lives, all that is written to `stream` goes through printable(). One thread at a
/// time. Put on standard output and error for all commands at once, so that none can forget it.
class PrintableStream final : private std::streambuf {
  public:
    explicit PrintableStream(std::ostream& stream);
    ~PrintableStream() override;
    PrintableStream(const PrintableStream&) = delete;
    PrintableStream& operator=(const PrintableStream&) = delete;

  private:
    int_type overflow(int_type byte) override;
    std::streamsize xsputn(const char* text, std::streamsize length) override;
    int sync() override;
    // Writes what is whole; what may be the beginning of a character waits.
    bool pass(bool all);

    std::ostream& stream_;
    std::streambuf* below_;
    std::string waiting_;
};

}  // namespace gateway::base
