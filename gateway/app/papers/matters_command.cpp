// matters: petitions, guidance, inspections of a store, whose they are and what is owed in them.

#include <algorithm>
#include <filesystem>
#include <iostream>

#include "gateway/app/operators/operator_call.h"
#include "gateway/app/papers/asked.h"
#include "gateway/app/printing/matter_nodes.h"
#include "gateway/app/printing/matter_states.h"
#include "gateway/app/process/snapshot_loader.h"
#include "gateway/app/settings/commands.h"
#include "gateway/app/settings/exit_codes.h"
#include "gateway/document/json.h"

namespace gateway::app {
namespace {

using document::Node;

MatterQuestion questionOf(const Arguments& arguments, const law::LawBook& law,
                          const model::AgencyDirectory& directory, base::Date today) {
    MatterQuestion question;
    question.today = today;
    question.caseId = arguments.get("case");
    question.overdue = arguments.has("overdue");
    if (arguments.has("open") && arguments.has("closed"))
        throw UsageError("--open or --closed, not both");
    if (arguments.has("open") || arguments.has("closed")) question.open = arguments.has("open");
    question.subject = arguments.get("subject");
    std::string known;
    for (const auto& subject : law.subjects())
        if (subject != law::kCase) known += " " + subject;
    const auto subjects = law.subjects();
    if (!question.subject.empty() &&
        (question.subject == law::kCase ||
         std::ranges::find(subjects, question.subject) == subjects.end()))
        throw UsageError("--subject is one of" + known);
    if (arguments.has("office")) {
        const auto* office = directory.find(arguments.get("office"));
        if (!office) throw UsageError("there is no agency " + arguments.get("office"));
        question.office = office->code;
    }
    return question;
}

// A folder that only its maker may read: what was said in a petition is nobody else's.
std::filesystem::path folderFor(const std::string& name) {
    namespace fs = std::filesystem;
    std::error_code failed;
    if (!fs::create_directory(name, failed))
        throw InputError(name + ": " +
                         (failed ? failed.message() : std::string("it is there already")));
    fs::permissions(name, fs::perms::owner_all, failed);
    if (failed) throw InputError(name + ": " + failed.message());
    return name;
}

int showOne(const Arguments& arguments, store::Cases& cases, const law::LawBook& law,
            base::Date today) {
    const auto id = arguments.get("file");
    auto made = matterState(cases, law, id, today);
    if (!made) throw CommandFailure(kExitNotFound, "there is no file " + id);
    if (arguments.has("messages")) {
        const auto folder = folderFor(arguments.get("messages"));
        std::vector<std::string> archived;
        const auto written = fromInput([&] { return writeMessages(cases, id, folder, archived); });
        made->children.push_back(textsNode("written", written));
        if (!archived.empty()) made->children.push_back(textsNode("archived", archived));
    }
    printAnswer(document::writeJson(*made), arguments.has("json"));
    return kExitOk;
}

std::string textIn(const Node& node, const char* member) {
    const auto* child = node.child(member);
    return child ? child->value : std::string();
}

// One line a file: what it is, how it stands, whose it is, what is owed.
void printLine(const Node& matter) {
    std::cout << textIn(matter, "file") << "  " << textIn(matter, "vi") << ", "
              << textIn(matter, "since");
    if (matter.child("case")) std::cout << ", " << textIn(matter, "case");
    const char* before = ": ";
    for (const auto& part : matter.child("parts")->children) {
        std::cout << before << textIn(part, "vi");
        for (const auto& code : part.child("with")->children) std::cout << ' ' << code.value;
        before = "; ";
    }
    if (matter.child("dueOn")) std::cout << " [" << textIn(matter, "dueOn") << ']';
    if (textIn(matter, "overdue") == "true") std::cout << " OVERDUE";
    std::cout << '\n';
}

}  // namespace

int mattersCommand(const Words& words) {
    const Arguments arguments(
        words,
        {"store", "subject", "office", "case", "file", "messages", "as-of", "mappings", "local"},
        {"open", "closed", "overdue", "json"});
    if (!arguments.positional().empty()) throw UsageError("matters takes options only");
    if (arguments.has("messages") && !arguments.has("file"))
        throw UsageError("--messages writes those of one --file");
    const auto moment = momentOf(arguments, "as-of").value_or(base::SystemClock().now());
    const auto today = base::vietnamDate(moment);
    const auto data = dataNamedBy(arguments);
    const auto law = loadLaw(data);
    const Agencies agencies(data);
    const auto view = viewOf(arguments.need("store"));
    if (arguments.has("file")) return showOne(arguments, view->cases(), law, today);
    const auto question = questionOf(arguments, law, agencies.directory(), today);
    Node made = document::objectNode();
    made.children.push_back(matterStates(view->cases(), law, agencies.directory(), question));
    if (arguments.has("json")) {
        std::cout << document::writeJson(made) << '\n';
        return kExitOk;
    }
    const auto& found = made.children.front().children;
    for (const auto& matter : found) printLine(matter);
    std::cout << found.size() << (found.size() == 1 ? " matter\n" : " matters\n");
    return kExitOk;
}

}  // namespace gateway::app
