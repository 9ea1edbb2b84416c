// Official documents of the national axis: edXML packages, signed from outside.

#include <algorithm>

#include "connectors/simulator/demo/play.h"
#include "connectors/simulator/stage/child_process.h"
#include "connectors/simulator/stage/evidence_reader.h"
#include "gateway/document/xml.h"
#include "gateway/model/agencies/agency.h"

namespace gateway::simulator {
namespace {

namespace fs = std::filesystem;

// The first OrganId is the sender's.
const document::Node* senderIn(const document::Node& node) {
    if (node.name == "OrganId") return &node;
    for (const auto& child : node.children)
        if (const auto* found = senderIn(child)) return found;
    return nullptr;
}

// Whoever plays the sender; for a stranger's package the first committee brings it as its own.
Office& bringerOf(Play& play, const std::string& bytes) {
    const auto xml = document::XmlDocument::parse(bytes);
    if (xml) {
        const auto tree = xml->toTree();
        const auto* sender = senderIn(tree.root);
        const auto code = sender ? model::canonicalAgencyCode(sender->value) : std::nullopt;
        const auto member = code ? play.cast.members.find(*code) : play.cast.members.end();
        if (member != play.cast.members.end() && member->second.role == Role::Committee)
            return play.office(*code);
    }
    return play.office(play.cast.withRole(Role::Committee).front()->code);
}

void readDocuments(Play& play, std::size_t expected) {
    auto& account = play.world.account;
    std::size_t came = 0;
    for (auto& [code, office] : play.offices)
        for (const auto& delivery : play.incoming(*office, 0)) {
            // A superior has also been told of reports by those under it.
            if (office->member().role == Role::Committee &&
                std::holds_alternative<model::MonitoringResult>(delivery.message.payload))
                continue;
            const auto* letter = std::get_if<model::DocumentTransfer>(&delivery.message.payload);
            if (!account.expect(letter != nullptr, "văn bản/document at " + code)) continue;
            ++came;
            account.tell(code + " nhận/receives: " + letter->number + "/" + letter->notation +
                         " \"" + letter->subject + "\", " +
                         std::to_string(letter->attachments.size()) + " tệp/file(s)");
        }
    account.expect(came >= expected, "văn bản đến nơi/documents delivered");
}

}  // namespace

void sendDocuments(Play& play, const fs::path& packages, bool ours) {
    auto& account = play.world.account;
    account.chapter("Văn bản qua trục liên thông (edXML)",
                    "Documents of the national axis (edXML, detached JWS)");
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(packages))
        if (entry.path().extension() == ".edxml") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    account.expect(!files.empty(), "gói/packages in " + packages.string());
    for (const auto& file : files) {
        const auto bytes = contentsOf(file);
        auto& office = bringerOf(play, bytes);
        account.tell(file.filename().string() + "  " + play.label(office));
        const auto answer =
            office.post("/v1/messages", office.signDetached(bytes, "application/xml"), "edxml");
        if (answer.status == 200)
            play.tellReceipt(answer);
        else
            play.tellRefusal(answer);
        // A stranger's status message is no document, and is told so.
        account.expect(answer.hasVerdict("accepted") || (!ours && answer.confirmed),
                       file.filename().string() + ": " + describe(answer));
    }
    readDocuments(play, ours ? files.size() : 0);
}

}  // namespace gateway::simulator
