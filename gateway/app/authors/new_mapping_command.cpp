#include <fstream>
#include <iostream>

#include "gateway/app/authors/draft_sample.h"
#include "gateway/app/authors/workshop.h"
#include "gateway/app/client/files.h"
#include "gateway/app/settings/arguments.h"
#include "gateway/app/settings/commands.h"
#include "gateway/app/settings/exit_codes.h"
#include "gateway/document/json.h"
#include "gateway/mapping/drafts/draft.h"

namespace gateway::app {
namespace {

namespace fs = std::filesystem;
namespace drafts = mapping::drafts;

DraftSample sampleOf(const fs::path& file) {
    auto sample = draftSample(readFile(file));
    if (!sample)
        throw InputError(file.string() + ":" + std::to_string(sample.error().position.line) + ": " +
                         base::render(sample.error()).en);
    return std::move(sample).value();
}

std::shared_ptr<const document::Outline> outlineOf(const std::string& schema) {
    if (schema.empty()) return nullptr;
    return fromInput([&] { return document::Outline::of(schema); });
}

// As the mapping must name it, which lies in the folder of `out`.
std::string nameOfSchema(const fs::path& schema, const std::string& out) {
    if (schema.empty()) return {};
    if (out.empty()) return schema.filename().string();
    const auto name = fs::weakly_canonical(schema).lexically_relative(
        fs::weakly_canonical(fs::path(out)).parent_path());
    return name.empty() ? schema.string() : name.string();
}

drafts::KnownNames namesFor(const drafts::DraftRequest& request, const Arguments& arguments) {
    if (request.ours) return drafts::KnownNames::ofSchema(*request.ours);
    const DataView data = dataNamedBy(arguments);
    return fromInput([&] { return drafts::KnownNames::of(data.mappings(), Workshop(data).all()); });
}

void writeNew(const std::string& file, const std::string& text) {
    if (fs::exists(file)) throw InputError(file + " is there already");
    std::ofstream out(file, std::ios::binary);
    out << text;
    out.close();
    if (!out) throw InputError("cannot write " + file);
}

}  // namespace

int newMappingCommand(const Words& words) {
    const Arguments arguments(
        words, {"from", "schema", "message", "ours", "format", "out", "mappings", "local"},
        {"json"});
    if (!arguments.positional().empty()) throw UsageError("new-mapping takes options only");
    const std::string from = arguments.need("from");
    const std::string out = arguments.get("out");
    drafts::DraftRequest request;
    request.id = arguments.get("format", "new-format/message");
    if (!isMappingId(request.id)) throw UsageError("--format is NAME/MESSAGE in small letters");
    request.message = arguments.get("message");
    request.schemaFile = nameOfSchema(arguments.get("schema"), out);
    request.sampleName = fs::path(from).filename().string();

    const DraftSample sample = sampleOf(from);
    request.form = sample.tree.form;
    request.table = sample.table;
    request.prefixes = sample.prefixes;
    request.ours = outlineOf(arguments.get("ours"));
    request.oursFile = nameOfSchema(arguments.get("ours"), out);
    if (request.ours && !request.message.empty())
        throw UsageError("--ours is in the place of the case model: it goes without --message");
    const auto outline = outlineOf(arguments.get("schema"));
    const auto names = namesFor(request, arguments);
    const auto draft =
        drafts::draftOf(drafts::placesOf(sample.tree, outline.get()), request, names);
    if (draft.text.empty())
        throw InputError("no name in " + from + " is known; say by --message what it is");
    if (!out.empty()) writeNew(out, draft.text);
    if (!arguments.has("json")) {
        if (out.empty()) std::cout << draft.text;
        std::cerr << (request.ours ? request.oursFile : draft.message) << ": " << draft.places
                  << " places to decide on, " << draft.proposed << " with a proposal\n";
        return kExitOk;
    }
    auto root = document::objectNode();
    document::addText(root, "mapping", request.id);
    document::addText(root, "message", draft.message);
    document::addText(root, "ours", request.oursFile);
    document::addText(root, "file", out);
    document::addNumber(root, "places", static_cast<std::int64_t>(draft.places));
    document::addNumber(root, "proposed", static_cast<std::int64_t>(draft.proposed));
    if (out.empty()) document::addText(root, "draft", draft.text);
    std::cout << document::writeJson(root) << '\n';
    return kExitOk;
}

}  // namespace gateway::app
