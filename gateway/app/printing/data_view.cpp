#include "gateway/app/printing/data_view.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "gateway/base/fault.h"

namespace gateway::app {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostFiles = 20'000;
constexpr const char* kMappings = "mappings";
constexpr const char* kConnectors = "connectors";

// Editors and version control leave such beside what people write.
bool hidden(const fs::path& file) { return file.filename().string().starts_with('.'); }

// What the delivered data are tested with, most of their files; no reader looks at it.
bool sample(const fs::path& file) {
    const auto name = file.filename().string();
    return name == "samples" || name.starts_with("ok-") || name.starts_with("bad-");
}

fs::path madeFolder() {
    auto pattern = (fs::temp_directory_path() / "thahc-data.XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr)
        throw base::Fault("no folder can be made in " + fs::temp_directory_path().string());
    return pattern;
}

std::vector<fs::path> filesBelow(const fs::path& folder, bool local) {
    std::vector<fs::path> files;
    for (fs::recursive_directory_iterator
             at(folder, fs::directory_options::follow_directory_symlink),
         end;
         at != end; ++at) {
        if (hidden(at->path()) || (!local && sample(at->path()))) {
            at.disable_recursion_pending();
            continue;
        }
        if (at->is_directory()) continue;
        files.push_back(at->path());
        if (files.size() > kMostFiles) throw base::Fault("too many files below " + folder.string());
    }
    std::sort(files.begin(), files.end());
    return files;
}

}  // namespace

DataView::DataView(fs::path mappings, fs::path connectors, const fs::path& local) :
    mappings_(std::move(mappings)), connectors_(std::move(connectors)) {
    if (local.empty()) return;
    try {
        judge(local);
        folder_ = madeFolder();
        link(mappings_, kMappings, false);
        link(connectors_, kConnectors, false);
        for (const char* part : {kMappings, kConnectors})
            if (fs::exists(local / part)) link(local / part, part, true);
    } catch (const fs::filesystem_error& error) {
        if (!folder_.empty()) fs::remove_all(folder_);
        throw base::Fault(std::string("data.local: ") + error.what());
    } catch (...) {
        if (!folder_.empty()) fs::remove_all(folder_);
        throw;
    }
    mappings_ = folder_ / kMappings;
    connectors_ = folder_ / kConnectors;
    // Longest first, so that no name is replaced within a longer one.
    std::sort(links_.begin(), links_.end(), [](const Link& one, const Link& other) {
        return one.name.size() > other.name.size();
    });
}

DataView::~DataView() {
    std::error_code ignored;
    if (!folder_.empty()) fs::remove_all(folder_, ignored);
}

// A file that nothing reads would be believed to be in force.
void DataView::judge(const fs::path& local) const {
    if (!fs::is_directory(local))
        throw base::Fault("data.local: there is no folder " + local.string() +
                          "; make it, empty if nothing is local, or take the setting out");
    for (const auto& entry : fs::directory_iterator(local)) {
        const auto name = entry.path().filename();
        if (hidden(name) || name == "README.md") continue;
        if (name != kMappings && name != kConnectors)
            throw base::Fault("data.local: " + entry.path().string() +
                              " has no effect; local files lie below mappings/ or connectors/, "
                              "named as the delivered ones");
    }
}

void DataView::link(const fs::path& from, const std::string& part, bool local) {
    const auto root = fs::absolute(from).lexically_normal();
    for (const auto& file : filesBelow(root, local)) {
        const auto name = fs::path(part) / file.lexically_relative(root);
        const auto at = folder_ / name;
        const bool replaces = local && fs::remove(at);
        if (replaces)
            std::erase_if(links_, [&](const Link& one) { return one.name == at.string(); });
        fs::create_directories(at.parent_path());
        fs::create_symlink(file, at);
        links_.push_back({at.string(), file.string()});
        if (local) local_.push_back({name.string(), replaces});
    }
}

fs::path DataView::seen(const fs::path& file) const {
    const auto whole = fs::absolute(file).lexically_normal().string();
    for (const auto& link : links_)
        if (link.target == whole) return link.name;
    return file;
}

std::string DataView::targetOf(const fs::path& spelt) const {
    const auto name = spelt.lexically_normal().string();
    for (const auto& link : links_)
        if (link.name == name) return link.target;
    return {};
}

std::string DataView::named(std::string message) const {
    if (folder_.empty()) return message;
    for (auto at = message.find(folder_.string()); at != std::string::npos;
         at = message.find(folder_.string(), at)) {
        const auto link = std::find_if(links_.begin(), links_.end(), [&](const Link& one) {
            return message.compare(at, one.name.size(), one.name) == 0;
        });
        if (link != links_.end()) {
            message.replace(at, link->name.size(), link->target);
            at += link->target.size();
            continue;
        }
        // As an include spells it ("ruling/../parts.xml"), or a folder, or a file that is wanting.
        const auto length = message.find_first_of(": \"", at) - at;
        const auto target = targetOf(message.substr(at, length));
        if (target.empty())
            message.erase(at, folder_.string().size() + 1);
        else
            message.replace(at, length, target);
    }
    return message;
}

}  // namespace gateway::app
