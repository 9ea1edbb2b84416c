#pragma once
// The readable account of a demonstration: what happened, in Vietnamese with English beside it,
// and whether it was what should have happened.

#include <cstddef>
#include <string>
#include <vector>

namespace gateway::simulator {

/// Writes to standard output. One thread at a time.
class Account {
  public:
    void chapter(const std::string& vi, const std::string& en);
    /// A line of the story.
    void tell(const std::string& text);
    /// Set in below the last line.
    void detail(const std::string& text);
    /// Something that must be true; what is not is shown and counted.
    bool expect(bool holds, const std::string& what);

    /// Tells how much was true and what was not; true if everything was.
    bool close();

    [[nodiscard]] const std::vector<std::string>& broken() const noexcept { return broken_; }

  private:
    std::size_t chapters_ = 0;
    std::size_t held_ = 0;
    std::vector<std::string> broken_;
};

/// `text` filled with blanks to `width` characters of a terminal (UTF-8 code points).
[[nodiscard]] std::string padded(std::string text, std::size_t width);

}  // namespace gateway::simulator
