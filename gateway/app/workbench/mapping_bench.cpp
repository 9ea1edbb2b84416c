#include "gateway/app/workbench/mapping_bench.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <sstream>

#include "gateway/app/client/files.h"
#include "gateway/app/printing/mapping_coverage.h"
#include "gateway/app/printing/scratch_folder.h"
#include "gateway/app/workbench/fault_words.h"
#include "gateway/base/fault.h"
#include "gateway/document/xml.h"

namespace gateway::app {
namespace {

namespace fs = std::filesystem;
using document::Node;

// No other mapping may be called so: what is told of this file is told of the text.
constexpr const char* kName = "mapping-on-the-workbench.xml";
constexpr std::size_t kDeepest = 6;

// What lies in `from`, linked in `to`, where nothing of that name is yet; samples are nobody's.
void linkAll(const fs::path& from, const fs::path& to, const fs::path& except) {
    if (!fs::is_directory(from)) return;
    for (const auto& entry : fs::directory_iterator(from)) {
        const auto name = entry.path().filename();
        const auto text = name.string();
        if (text.starts_with('.') || text.starts_with("ok-") || text.starts_with("bad-") ||
            name == except || fs::exists(fs::symlink_status(to / name)))
            continue;
        fs::create_symlink(fs::absolute(entry.path()), to / name);
    }
}

// The folder for a text that belongs to `place` below the first of the trees.
fs::path placeFor(const fs::path& folder, std::vector<fs::path> trees, const fs::path& place) {
    fs::path at = folder;
    for (const auto& step : place) {
        for (const auto& tree : trees) linkAll(tree, at, step);
        at /= step;
        fs::create_directory(at);
        for (auto& tree : trees) tree /= step;
    }
    for (const auto& tree : trees) linkAll(tree, at, kName);
    return at;
}

// "format/message", or nothing that could be a place.
std::optional<fs::path> placeNamed(const std::string& id) {
    const fs::path place(id);
    const auto steps = std::distance(place.begin(), place.end());
    const bool plain = std::all_of(place.begin(), place.end(), [](const fs::path& step) {
        return !step.empty() && step != "." && step != "..";
    });
    if (place.empty() || place.is_absolute() || !plain ||
        steps > static_cast<std::ptrdiff_t>(kDeepest))
        return std::nullopt;
    return place;
}

// The last attribute or else element that starts on a line; rules are told by their line alone.
base::Position startOn(const Node& node, std::uint32_t line) {
    if (node.kind == document::Kind::Element && node.position.line == line) return node.position;
    for (const Node& child : node.children)
        if (const auto found = startOn(child, line); found.line == line) return found;
    return {};
}

std::string idOf(const Node& mapping) {
    const Node* const id = mapping.attribute("id");
    return id == nullptr ? std::string() : id->value;
}

MappingFault faultOf(const base::Problem& problem) {
    const auto text = base::render(problem);
    return {{}, problem.position, text.vi, text.en};
}

void replaceAll(std::string& text, const std::string& from, const std::string& to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
}

// "FILE:LINE: what", as compiling tells it.
MappingFault faultIn(const std::string& told, const Node& mapping) {
    MappingFault fault{{}, {}, vietnameseFault(told), told};
    const auto end = told.find(": ");
    const auto colon = end == std::string::npos ? end : told.rfind(':', end - 1);
    if (colon == std::string::npos) return fault;
    std::uint32_t line = 0;
    const char* const last = told.data() + end;
    const auto read = std::from_chars(told.data() + colon + 1, last, line);
    if (read.ec != std::errc() || read.ptr != last) return fault;
    fault.file = told.substr(0, colon);
    fault.position.line = line;
    fault.en = told.substr(end + 2);
    fault.vi = vietnameseFault(fault.en);
    if (fault.file != kName) return fault;
    fault.file.clear();
    if (const auto start = startOn(mapping, line); start.line == line) fault.position = start;
    return fault;
}

}  // namespace

std::string BenchResult::named(const std::string& file) const {
    const auto path = fs::path(file).lexically_normal();
    return path.filename() == kName ? std::string() : path.lexically_relative(folder).string();
}

MappingBench::MappingBench(const Workshop& workshop, const fs::path& file) : workshop_(workshop) {
    if (file.empty()) return;
    own_ = fs::absolute(file).lexically_normal().parent_path();
    if (!fs::exists(file)) return;
    if (const auto document = document::XmlDocument::parse(readFile(file)))
        ownId_ = idOf(document->toTree().root);
}

BenchResult MappingBench::compile(const std::string& text) const {
    BenchResult result;
    const auto document = document::XmlDocument::parse(text);
    if (!document) {
        result.faults.push_back(faultOf(document.error()));
        return result;
    }
    for (const auto& problem : workshop_.language().validate(*document))
        result.faults.push_back(faultOf(problem));
    if (!result.faults.empty()) return result;

    const Node mapping = document->toTree().root;
    const std::string id = idOf(mapping);
    auto place = placeNamed(id).value_or(fs::path("new-format") / "message");
    std::vector<fs::path> trees{workshop_.data().mappings()};
    if (!own_.empty() && (ownId_.empty() || ownId_ == id)) {
        // Paths of a mapping go up as far as its id does, or else two folders.
        if (!own_.string().ends_with('/' + place.string()))
            place = own_.parent_path().filename() / own_.filename();
        fs::path tree = own_;
        for (auto step = place.begin(); step != place.end(); ++step) tree = tree.parent_path();
        trees.insert(trees.begin(), tree);
    }

    const ScratchFolder folder;
    result.folder = folder.path;
    const auto root = folder.path / "mappings";
    fs::create_directory(root);
    const auto file = placeFor(root, trees, place) / kName;
    std::ofstream(file, std::ios::binary) << text;
    try {
        result.checked = workshop_.compile(file);
        result.coverage = coverageNode(file, *result.checked->plan, workshop_.outlines());
    } catch (const base::Fault& fault) {
        result.checked.reset();
        std::string told = fault.what();
        replaceAll(told, file.string(), kName);
        replaceAll(told, root.string() + '/', "mappings/");
        std::istringstream lines(told);
        for (std::string line; std::getline(lines, line);)
            if (!line.empty()) result.faults.push_back(faultIn(line, mapping));
    }
    return result;
}

}  // namespace gateway::app
