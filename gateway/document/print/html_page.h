#pragma once
// The one place that writes HTML: pages in Vietnamese, complete in themselves, laid out for A4.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gateway::document {

/// Portrait or landscape, and whether each page says its own number: what is joined with other
/// files gets its numbers when all of it is together.
struct PageLayout {
    bool landscape = false;
    bool numbered = true;
    std::string_view style = {};  ///< our own CSS, behind the common one; never what others said
};

/// Writes element by element. Texts and values of attributes are escaped here and nowhere else;
/// names of elements and attributes are ours. What is closed without being open is our own mistake
/// (Fault).
class HtmlPage {
  public:
    using Attributes = std::vector<std::pair<std::string_view, std::string>>;

    explicit HtmlPage(std::string_view title, const PageLayout& layout = {});

    HtmlPage& open(std::string_view element, const Attributes& attributes = {});
    HtmlPage& close();
    HtmlPage& text(std::string_view text);
    /// A line end within a text is one on the page.
    HtmlPage& lines(std::string_view text);
    HtmlPage& lineEnd();
    /// An element with nothing but a text in it.
    HtmlPage& leaf(std::string_view element, std::string_view text,
                   const Attributes& attributes = {});
    /// A row of a table; `cell`: td or th.
    HtmlPage& row(const std::vector<std::string>& texts, std::string_view cell = "td");

    /// Closes what is open.
    [[nodiscard]] std::string finish() &&;

  private:
    std::string made_;
    std::vector<std::string> open_;
};

}  // namespace gateway::document
