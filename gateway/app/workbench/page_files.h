#pragma once
// The files of a page, read once and given out from memory.

#include <filesystem>
#include <map>
#include <string>

#include "gateway/server/wire/http.h"

namespace gateway::app {

/// A table path -> bytes, type and ETag: what is not in it does not exist, so no path leads
/// anywhere else. Immutable and thread-safe.
class PageFiles {
  public:
    /// Every .html, .css and .js of the folder itself; index.html is "/" too. Throws base::Fault if
    /// there is none, or more than a page can need.
    explicit PageFiles(const std::filesystem::path& folder);

    /// 200, or 304 to whom has it already, or 404.
    [[nodiscard]] server::Response answer(const server::Request& request) const;
    [[nodiscard]] bool has(const std::string& path) const { return files_.contains(path); }

  private:
    struct File {
        std::string type, tag, bytes;
    };
    std::map<std::string, File, std::less<>> files_;
};

}  // namespace gateway::app
