#include "gateway/app/operators/law_preview.h"

#include <charconv>
#include <iostream>
#include <map>

#include "gateway/app/printing/data_view.h"
#include "gateway/app/printing/law_changes.h"
#include "gateway/app/process/snapshot_loader.h"
#include "gateway/app/settings/config.h"
#include "gateway/app/settings/exit_codes.h"
#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "gateway/exchange/records/case_records.h"
#include "gateway/law/conditions/data_file.h"
#include "gateway/store/sqlite/ports/sqlite_store.h"

namespace gateway::app {
namespace {

using document::Node;
namespace fs = std::filesystem;
using ReferencePtr = std::shared_ptr<const exchange::ReferenceData>;

/// Where the data lie, as they are in force.
struct Delivered {
    fs::path mappings, connectors, local;
};

Delivered deliveredBy(const Arguments& arguments) {
    if (!arguments.has("config")) {
        const fs::path mappings = arguments.get("mappings", "mappings");
        return {mappings, connectorsBeside(mappings), arguments.get("local")};
    }
    const fs::path file = arguments.need("config");
    const auto config = configFrom(layerSettings(file, {}), file);
    return {config.mappings, config.connectors, config.localData};
}

/// The law's data as one state of the files has them, and the digest of each file.
struct LawFiles {
    ReferencePtr reference;
    std::map<std::string, document::Digest> files;
};

LawFiles readFrom(const Delivered& at) {
    return fromInput([&] {
        const DataView data(at.mappings, at.connectors, at.local);
        LawFiles made;
        try {
            made.reference = loadReference(data.mappings(), data.connectors());
            static_cast<void>(loadFigures(data, made.reference->law()));
            for (const char* folder : {"acts", "legal-rules"})
                for (const auto& path : law::filesIn(data.mappings() / folder, ".xml"))
                    made.files[(fs::path(folder) / path.filename()).string()] =
                        document::fileDigest(path);
        } catch (const base::Fault& fault) {
            throw InputError(data.named(fault.what()));
        }
        return made;
    });
}

Node filesNode(const LawFiles& now, const LawFiles& then) {
    Node array = document::arrayNode("files");
    const auto add = [&array](const std::string& name, const char* change) {
        Node node = document::objectNode();
        addText(node, "file", name);
        addText(node, "change", change);
        array.children.push_back(std::move(node));
    };
    for (const auto& [name, digest] : then.files) {
        const auto known = now.files.find(name);
        if (known == now.files.end())
            add(name, "added");
        else if (known->second != digest)
            add(name, "changed");
    }
    for (const auto& [name, digest] : now.files)
        if (!then.files.contains(name)) add(name, "gone");
    return array;
}

Node rowOf(const model::CaseFile& file, const exchange::TermMove& move) {
    Node row = document::objectNode();
    addText(row, "caseId", file.caseId);
    const auto& matter = file.matter;
    if (matter) {
        addText(row, "subject", matter->subject);
        addText(row, "lead", matter->agencies.empty() ? std::string() : matter->agencies.front());
    } else {
        addText(row, "court", file.ruling.reference.court);
        addText(row, "number", file.ruling.reference.number);
    }
    addNumber(row, "obligation", move.term.obligation);
    addText(row, "term", move.term.rule);
    addText(row, "change", std::string(model::nameOf(move.kind)));
    if (move.was) addText(row, "was", base::formatDate(*move.was));
    if (move.term.due) addText(row, "due", base::formatDate(*move.term.due));
    Node told = document::arrayNode("told");
    for (const auto& one : move.told) {
        Node node = document::objectNode();
        addText(node, "role", one.role);
        addText(node, "agency", one.agency);
        told.children.push_back(std::move(node));
    }
    row.children.push_back(std::move(told));
    return row;
}

std::string said(const Node& node, const char* name) {
    const auto* child = node.child(name);
    return child ? child->value : std::string();
}

void printCases(std::ostream& out, const Node& cases) {
    out << said(cases, "seen") << " cases seen, the terms of " << said(cases, "touched")
        << " would be others\n";
    for (const auto& count : cases.child("counts")->children)
        out << "  " << said(count, "term") << ": " << said(count, "change") << " "
            << said(count, "times") << '\n';
    for (const auto& row : cases.child("rows")->children) {
        const bool matter = row.child("subject") != nullptr;
        out << "  " << said(row, "caseId") << ", " << said(row, matter ? "subject" : "number")
            << " of " << said(row, matter ? "lead" : "court")
            << (matter ? ", part " : ", obligation ") << said(row, "obligation") << ": "
            << said(row, "term") << " " << said(row, "change");
        if (const auto was = said(row, "was"); !was.empty()) out << ", was " << was;
        if (const auto due = said(row, "due"); !due.empty()) out << ", ends " << due;
        for (const auto& told : row.child("told")->children)
            out << "; tells " << said(told, "agency") << " (" << said(told, "role") << ")";
        out << '\n';
    }
    if (const auto next = said(cases, "next"); !next.empty())
        out << "  more rows: --after " << next << '\n';
    for (const auto& unread : cases.child("unread")->children)
        out << "  unreadable: " << unread.value << '\n';
}

CasePage pageOf(const Arguments& arguments) {
    CasePage page;
    page.after = arguments.get("after");
    const auto text = arguments.get("limit", "100");
    const auto* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, page.most);
    constexpr std::size_t kMost = 10'000;
    if (read.ec != std::errc() || read.ptr != end || page.most < 1 || page.most > kMost)
        throw UsageError("--limit is a number from 1 to " + std::to_string(kMost));
    return page;
}

}  // namespace

Node caseMoves(store::Cases& cases, const exchange::LawPreview& preview, const CasePage& page) {
    constexpr std::size_t kMostUnread = 20;
    Node rows = document::arrayNode("rows"), unread = document::arrayNode("unread");
    std::map<std::pair<std::string, std::string>, std::int64_t> counts;
    std::int64_t seen = 0, touched = 0;
    std::string last, next;
    bool begun = page.after.empty();
    cases.forEachCase([&](const store::CaseRecord& record) {
        if (!begun) {
            begun = record.caseId == page.after;
            return true;
        }
        ++seen;
        try {
            const auto file = exchange::caseFileOf(record);
            const auto moves = preview.movesIn(file);
            if (moves.empty()) return true;
            ++touched;
            for (const auto& move : moves)
                ++counts[{move.term.rule, std::string(model::nameOf(move.kind))}];
            // A case is shown whole or on the next page.
            if (next.empty() && !rows.children.empty() &&
                rows.children.size() + moves.size() > page.most)
                next = last;
            if (!next.empty()) return true;
            for (const auto& move : moves) rows.children.push_back(rowOf(file, move));
            last = record.caseId;
        } catch (const base::Fault& fault) {
            if (unread.children.size() < kMostUnread)
                unread.children.push_back(document::stringNode("", fault.what()));
        }
        return true;
    });
    Node node = document::objectNode("cases");
    addNumber(node, "seen", seen);
    addNumber(node, "touched", touched);
    Node totals = document::arrayNode("counts");
    for (const auto& [what, times] : counts) {
        Node count = document::objectNode();
        addText(count, "term", what.first);
        addText(count, "change", what.second);
        addNumber(count, "times", times);
        totals.children.push_back(std::move(count));
    }
    node.children.push_back(std::move(totals));
    node.children.push_back(std::move(rows));
    if (!next.empty()) addText(node, "next", next);
    node.children.push_back(std::move(unread));
    return node;
}

int previewLaw(const Arguments& arguments) {
    const auto page = pageOf(arguments);
    const bool json = arguments.has("json");
    const auto at = deliveredBy(arguments);
    const auto now = readFrom(at);
    LawFiles then;
    try {
        then = readFrom({at.mappings, at.connectors, arguments.need("preview")});
    } catch (const InputError& wrong) {
        Node root = document::objectNode();
        root.children.push_back(document::booleanNode("good", false));
        addText(root, "problem", wrong.what());
        if (json)
            std::cout << document::writeJson(root) << '\n';
        else
            std::cout << "BAD: " << wrong.what() << '\n';
        return kExitBadData;
    }
    Node root = document::objectNode();
    root.children.push_back(document::booleanNode("good", true));
    root.children.push_back(filesNode(now, then));
    addLawChanges(root, now.reference->law(), then.reference->law());
    if (arguments.has("store")) {
        const fs::path file = arguments.get("store");
        if (!fs::is_regular_file(file)) throw InputError(file.string() + ": there is no such file");
        const auto view = store::sqlite::SqliteStore::viewOfFile(file);
        const auto today = base::vietnamDate(base::SystemClock().now());
        root.children.push_back(caseMoves(
            view->cases(), exchange::LawPreview(*now.reference, *then.reference, today), page));
    }
    if (json) {
        std::cout << document::writeJson(root) << '\n';
        return kExitOk;
    }
    for (const auto& one : root.child("files")->children)
        std::cout << "file " << said(one, "change") << ": " << said(one, "file") << '\n';
    printLawChanges(std::cout, root);
    if (const auto* cases = root.child("cases")) printCases(std::cout, *cases);
    std::cout << "good\n";
    return kExitOk;
}

}  // namespace gateway::app
