#include "gateway/app/workbench/page_files.h"

#include "gateway/app/client/files.h"
#include "gateway/base/fault.h"
#include "gateway/document/digest.h"

namespace gateway::app {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostFiles = 50;
constexpr std::size_t kMostBytes = 1024 * 1024;

std::string typeOf(const fs::path& file) {
    const auto ending = file.extension();
    if (ending == ".html") return "text/html; charset=utf-8";
    if (ending == ".css") return "text/css; charset=utf-8";
    if (ending == ".js") return "text/javascript; charset=utf-8";
    return {};
}

}  // namespace

PageFiles::PageFiles(const fs::path& folder) {
    if (!fs::is_regular_file(folder / "index.html"))
        throw base::Fault("there is no index.html in " + folder.string());
    std::size_t bytes = 0;
    for (const auto& entry : fs::directory_iterator(folder)) {
        File file{typeOf(entry.path()), {}, {}};
        if (file.type.empty() || !entry.is_regular_file()) continue;
        file.bytes = readFile(entry.path());
        file.tag = '"' + document::sha256(file.bytes).hex().substr(0, 32) + '"';
        bytes += file.bytes.size();
        if (files_.size() >= kMostFiles || bytes > kMostBytes)
            throw base::Fault(folder.string() + " holds more than one page");
        files_.emplace('/' + entry.path().filename().string(), std::move(file));
    }
    files_.emplace("/", files_.at("/index.html"));
}

server::Response PageFiles::answer(const server::Request& request) const {
    const auto found = files_.find(request.path);
    if (found == files_.end())
        return server::problemResponse(base::Problem(base::ErrorCode::HTTP_NOT_FOUND),
                                       request.correlation);
    const File& file = found->second;
    server::Response response{200, file.type, {}, file.bytes, false};
    response.headers = {{"ETag", file.tag}, {"Cache-Control", "no-cache"}};
    if (const auto* known = request.header("If-None-Match"); known && *known == file.tag) {
        response.status = 304;
        response.contentType.clear();
        response.body.clear();
    }
    return response;
}

}  // namespace gateway::app
