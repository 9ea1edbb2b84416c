#include <algorithm>
#include <iostream>

#include "gateway/app/client/client_session.h"
#include "gateway/app/client/files.h"
#include "gateway/document/digest.h"
#include "gateway/document/json.h"

namespace gateway::app {
namespace {

using document::Node;

// By what a file is called; nothing for what is no spreadsheet.
std::string tableType(const std::filesystem::path& file) {
    auto ending = file.extension().string();
    std::ranges::transform(ending, ending.begin(), [](unsigned char c) { return std::tolower(c); });
    if (ending == ".csv") return "text/csv";
    if (ending == ".xlsx")
        return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    return {};
}

SignedMessage signedBytes(const std::string& file, const std::string& bytes,
                          const ClientSession& session,
                          const std::optional<DetachedDetails>& detached) {
    try {
        return signForSending(bytes, session.seal ? &*session.seal : nullptr, detached,
                              base::SystemClock().now());
    } catch (const UsageError&) {
        throw;
    } catch (const base::Fault& fault) {
        throw InputError(file + ": " + fault.what());
    }
}

std::string memberOf(const Node& node, const char* name) {
    const auto* found = node.child(name);
    return found ? found->value : std::string();
}

// "row 3  refused  MAPPING_VALUE: Tại hàng 3, ... · In row 3, ..."
void tellRow(const Node& row) {
    std::cout << "row " << memberOf(row, "row") << "  ";
    if (const auto* receipt = row.child("receipt")) {
        std::cout << memberOf(*receipt, "verdict") << "  " << memberOf(*receipt, "receiptId")
                  << '\n';
        return;
    }
    std::cout << "refused";
    if (const auto* reasons = row.child("reasons"))
        for (const auto& reason : reasons->children)
            std::cout << "  " << memberOf(reason, "code") << ": " << memberOf(reason, "vi") << " · "
                      << memberOf(reason, "en");
    std::cout << '\n';
}

// A good answer tells of all rows: one that was refused is not lost among the others.
int finishTable(const CheckedAnswer& answer, const Arguments& arguments) {
    const auto content = document::readJson(answer.payload);
    const auto* table = content ? content->root.child("table") : nullptr;
    const int refused = table && memberOf(*table, "refused") != "0" ? kExitRefused : kExitOk;
    if (!table || !answer.verified || arguments.has("json")) {
        const int code = finish(answer, arguments, true);
        return code == kExitOk ? refused : code;
    }
    if (arguments.has("save")) keepAnswer(answer, arguments.get("save"));
    if (const auto* rows = table->child("rows"))
        for (const auto& row : rows->children) tellRow(row);
    std::cout << "HTTP " << answer.call.status
              << ", seal verified: " << memberOf(*table, "accepted") << " rows accepted, "
              << memberOf(*table, "refused") << " refused\n";
    return refused;
}

}  // namespace

int clientSend(const Arguments& arguments, const std::string& path) {
    if (arguments.positional().size() != 1) throw UsageError("needs one file");
    const auto& file = arguments.positional().front();
    const auto table = arguments.has("content-type") ? std::string() : tableType(file);
    const bool isTable = !table.empty();
    if (isTable) static_cast<void>(arguments.need("gateway-seal"));  // rows are told under it
    ClientSession session(arguments);
    const auto bytes = readFile(file);
    std::optional<DetachedDetails> detached;
    if (isTable)
        detached =
            DetachedDetails{arguments.need("to"), arguments.need("type"),
                            arguments.get("id", "table-" + document::sha256(bytes).hex()), table};
    else if (arguments.has("detached"))
        detached = DetachedDetails{arguments.need("to"), arguments.need("type"),
                                   arguments.need("id"), arguments.need("content-type")};
    const auto message = signedBytes(file, bytes, session, detached);
    const auto answer =
        session.client.post(path + (arguments.has("dry-run") ? "?dry-run" : ""), message.mediaType,
                            message.body, message.detachedHeader);
    return isTable ? finishTable(answer, arguments) : finish(answer, arguments, session.wantsSeal);
}

}  // namespace gateway::app
