#pragma once
// PDF files joined and numbered by qpdf and WeasyPrint, programs of their own that must be
// installed; the gateway itself never starts them.

#include <filesystem>
#include <optional>
#include <vector>

namespace gateway::app {

/// How many pages it has; none: qpdf does not read it.
[[nodiscard]] std::optional<std::size_t> pagesOf(const std::filesystem::path& pdf);

/// Joins `main` and `enclosures`: each stands behind the page of `main` that is its cover, the last
/// pages of `main` being the covers in their order. Bookmarks of `main` stay. Every page bears its
/// number and how many there are. `scratch`: a folder for what comes between. Throws InputError.
void joinPdf(const std::filesystem::path& main,
             const std::vector<std::filesystem::path>& enclosures,
             const std::filesystem::path& scratch, const std::filesystem::path& out);

}  // namespace gateway::app
