#include "gateway/base/fault.h"
#include "gateway/base/replace_file.h"
#include "gateway/base/time_format.h"
#include "gateway/document/xml.h"
#include "gateway/trust/partners/registration.h"

namespace gateway::trust {
namespace {

namespace fs = std::filesystem;
using document::attributeNode;
using document::Node;

const std::string kNamespace = "urn:thahc:registration:1";

class Writer {
  public:
    explicit Writer(const Registration& registration) : from_(registration) {}

    Node tree() const {
        Node root = element("registration");
        add(root, "agency", from_.partner.agency);
        for (const Channel& channel : from_.channels) root.children.push_back(channelNode(channel));
        for (const SignerRecord& signer : from_.signers)
            root.children.push_back(signerNode(signer));
        root.children.push_back(formatsNode());
        if (from_.partner.pushUrl) root.children.push_back(pushNode());
        return root;
    }

  private:
    static Node element(std::string name) {
        return document::elementNode(kNamespace, std::move(name));
    }
    static void add(Node& node, std::string name, std::string value) {
        node.children.push_back(attributeNode(std::move(name), std::move(value)));
    }
    static void addInstant(Node& node, std::string name,
                           const std::optional<base::Timestamp>& instant) {
        if (instant) add(node, std::move(name), base::formatTimestamp(*instant));
    }
    static void addValidity(Node& node, const Validity& validity) {
        addInstant(node, "from", validity.from);
        addInstant(node, "until", validity.until);
    }

    std::string fileOf(const CertificatePtr& certificate) const {
        const auto found = from_.certificateFiles.find(certificate->fingerprint());
        if (found == from_.certificateFiles.end())
            throw base::Fault("no file is named for the certificate " +
                              certificate->fingerprint().hex());
        return found->second;
    }

    Node channelNode(const Channel& channel) const {
        Node node = element("channel");
        add(node, "id", channel.id);
        add(node, "certificate", fileOf(channel.certificate));
        addValidity(node, channel.validity);
        addInstant(node, "revoked", channel.revokedAt);
        for (const Carriage& carriage : channel.carries) {
            Node carries = element("carries");
            add(carries, "agency", carriage.agency);
            add(carries, "read", carriage.mayRead ? "true" : "false");
            addValidity(carries, carriage.validity);
            node.children.push_back(std::move(carries));
        }
        return node;
    }

    Node signerNode(const SignerRecord& signer) const {
        Node node = element("signer");
        add(node, "certificate", fileOf(signer.certificate));
        addValidity(node, signer.validity);
        addInstant(node, "revoked", signer.revokedAt);
        return node;
    }

    Node formatsNode() const {
        Node node = element("formats");
        add(node, "preferred", from_.partner.preferredFamily);
        for (const std::string& mapping : from_.partner.formatsIn) {
            Node in = element("in");
            add(in, "mapping", mapping);
            node.children.push_back(std::move(in));
        }
        for (const auto& [message, mapping] : from_.partner.formatsOut) {
            Node out = element("out");
            add(out, "message", message);
            add(out, "mapping", mapping);
            node.children.push_back(std::move(out));
        }
        for (const auto& [name, value] : from_.partner.settings) {
            Node setting = element("setting");
            add(setting, "name", name);
            add(setting, "value", value);
            node.children.push_back(std::move(setting));
        }
        return node;
    }

    Node pushNode() const {
        Node node = element("push");
        add(node, "url", *from_.partner.pushUrl);
        add(node, "idempotent", from_.partner.pushIdempotent ? "true" : "false");
        if (from_.partner.pushStatusUrl) add(node, "status", *from_.partner.pushStatusUrl);
        for (const CertificatePtr& certificate : from_.partner.pushServerAnchors) {
            Node anchor = element("anchor");
            add(anchor, "certificate", fileOf(certificate));
            node.children.push_back(std::move(anchor));
        }
        return node;
    }

    const Registration& from_;
};

// One element a line; attribute values hold no '<' or '>', writeXml escapes them.
std::string onLines(const std::string& xml) {
    std::string out;
    int depth = 0;
    for (std::size_t at = 0; at < xml.size();) {
        const auto end = xml.find('>', at) + 1;
        const std::string tag = xml.substr(at, end - at);
        const bool closing = tag.starts_with("</");
        if (closing) --depth;
        if (depth > 0) out.append(static_cast<std::size_t>(depth) * 2, ' ');
        out.append(tag).append("\n");
        if (!closing && !tag.starts_with("<?") && !tag.ends_with("/>")) ++depth;
        at = xml.find('<', end);
    }
    return out;
}

}  // namespace

void writeRegistration(const fs::path& file, const Registration& registration) {
    base::replaceFile(file, onLines(document::writeXml(Writer(registration).tree())));
}

}  // namespace gateway::trust
