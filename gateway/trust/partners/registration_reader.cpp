#include <openssl/x509v3.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>

#include "gateway/base/fault.h"
#include "gateway/base/time_format.h"
#include "gateway/trust/certificates/certificate_native.h"
#include "gateway/trust/partners/registration.h"

namespace gateway::trust {
namespace {

namespace fs = std::filesystem;
using base::Problem;
using base::Result;
using document::Node;

constexpr std::uintmax_t kLargestCertificateFileBytes = 64 * 1024;

// Reads one validated tree; the schema has judged structure and spelling already.
class Reader {
  public:
    explicit Reader(fs::path file) : file_(std::move(file)) {}

    Result<Registration> read(const Node& root) {
        out_.partner.agency = text(root, "agency");
        for (const Node& child : root.children) {
            if (child.name == "channel") readChannel(child);
            if (child.name == "signer") readSigner(child);
            if (child.name == "formats") readFormats(child);
            if (child.name == "push") readPush(child);
        }
        if (problem_) return std::move(*problem_);
        return std::move(out_);
    }

  private:
    // The first problem is the one that is told.
    void refuse(const Node& node, const std::string& reason) {
        if (problem_) return;
        problem_ = Problem(base::ErrorCode::SCHEMA_INVALID,
                           file_.filename().string() + "/registration/" + node.name, node.position)
                       .with("reason", reason);
    }

    static std::string text(const Node& node, std::string_view name) {
        const Node* const attribute = node.attribute(name);
        return attribute == nullptr ? std::string() : attribute->value;
    }

    static bool flag(const Node& node, std::string_view name, bool otherwise) {
        const std::string value = text(node, name);
        return value.empty() ? otherwise : value == "true" || value == "1";
    }

    std::optional<base::Timestamp> instant(const Node& node, std::string_view name) {
        const std::string value = text(node, name);
        if (value.empty()) return std::nullopt;
        if (const auto exact = base::parseTimestamp(value)) return exact;
        if (const auto date = base::parseDate(value)) return base::vietnamMidnight(*date);
        refuse(node, "there is no such date: " + value);
        return std::nullopt;
    }

    Validity validity(const Node& node) {
        const Validity window{instant(node, "from"), instant(node, "until")};
        if (window.from && window.until && *window.until <= *window.from)
            refuse(node, "it would end before it begins");
        return window;
    }

    CertificatePtr certificate(const Node& node) {
        const std::string relative = text(node, "certificate");
        if (fs::path(relative).is_absolute()) {
            refuse(node, "the certificate's path must be relative to this file");
            return nullptr;
        }
        try {
            const fs::path whole = file_.parent_path() / relative;
            std::error_code failure;
            const auto size = fs::file_size(whole, failure);
            if (failure || size > kLargestCertificateFileBytes)
                throw base::Fault("it cannot be read, or is too large");
            std::ifstream in(whole, std::ios::binary);
            auto decoded = Certificate::decode(
                std::string{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()});
            out_.certificateFiles.emplace(decoded->fingerprint(), relative);
            return decoded;
        } catch (const base::Fault& fault) {
            refuse(node, "certificate " + relative + ": " + fault.what());
            return nullptr;
        }
    }

    CertificatePtr certificateFor(CertificateUse use, const Node& node) {
        auto decoded = certificate(node);
        const auto reason = decoded ? whyUnfit(*decoded, use) : std::nullopt;
        if (reason) refuse(node, "certificate " + text(node, "certificate") + ": " + *reason);
        return decoded;
    }

    void readChannel(const Node& node) {
        Channel channel;
        channel.id = text(node, "id");
        channel.ownerAgency = out_.partner.agency;
        channel.certificate = certificateFor(CertificateUse::Channel, node);
        channel.validity = validity(node);
        channel.revokedAt = instant(node, "revoked");
        for (const Node& child : node.children)
            if (child.name == "carries")
                channel.carries.push_back(
                    {text(child, "agency"), validity(child), flag(child, "read", false)});
        out_.channels.push_back(std::move(channel));
    }

    void readSigner(const Node& node) {
        out_.signers.push_back({out_.partner.agency, certificateFor(CertificateUse::Seal, node),
                                validity(node), instant(node, "revoked")});
    }

    void readFormats(const Node& node) {
        if (const std::string preferred = text(node, "preferred"); !preferred.empty())
            out_.partner.preferredFamily = preferred;
        for (const Node& child : node.children) {
            if (child.name == "in") out_.partner.formatsIn.push_back(text(child, "mapping"));
            if (child.name == "out" &&
                !out_.partner.formatsOut.emplace(text(child, "message"), text(child, "mapping"))
                     .second)
                refuse(child, "this message type has a format already");
            if (child.name == "setting" &&
                !out_.partner.settings.emplace(text(child, "name"), text(child, "value")).second)
                refuse(child, "this setting is there already");
        }
    }

    void readPush(const Node& node) {
        out_.partner.pushUrl = text(node, "url");
        out_.partner.pushIdempotent = flag(node, "idempotent", true);
        if (auto status = text(node, "status"); !status.empty())
            out_.partner.pushStatusUrl = std::move(status);
        for (const Node& child : node.children)
            if (child.name == "anchor")
                out_.partner.pushServerAnchors.push_back(certificate(child));
    }

    fs::path file_;
    Registration out_;
    std::optional<Problem> problem_;
};

// What Registry would refuse, told with the file in which it stands.
class Uniqueness {
  public:
    std::optional<Problem> add(const fs::path& file, const Registration& registration) {
        const auto twice = [&file](const std::string& what) {
            return Problem(base::ErrorCode::SCHEMA_INVALID,
                           file.filename().string() + "/registration", {})
                .with("reason", what + " is registered already");
        };
        if (!agencies_.insert(registration.partner.agency).second)
            return twice("the agency " + registration.partner.agency);
        for (const Channel& channel : registration.channels) {
            if (!ids_.insert(channel.id).second) return twice("the channel " + channel.id);
            if (!channels_.insert(channel.certificate->fingerprint()).second)
                return twice("the certificate of channel " + channel.id);
        }
        for (const SignerRecord& signer : registration.signers)
            if (!signers_.insert(signer.certificate->fingerprint()).second)
                return twice("the signer " + signer.certificate->subject());
        return std::nullopt;
    }

  private:
    std::set<std::string> agencies_, ids_;
    std::set<document::Digest> channels_, signers_;
};

}  // namespace

// An authority vouches for others and must not speak as one of them; and what offline verification
// doubts for ever must not be accepted here.
std::optional<std::string> whyUnfit(const Certificate& certificate, CertificateUse use) {
    if (certificate.isAuthority()) return "it is an authority's own (CA:TRUE)";
    X509* const x509 = certificate.native().x509.get();
    const auto flags = X509_get_extension_flags(x509);
    if ((flags & EXFLAG_INVALID) != 0) return "one of its extensions is broken";
    if ((flags & EXFLAG_CRITICAL) != 0) return "it has a critical extension that is not known here";
    if (use == CertificateUse::Seal && !certificate.maySign())
        return "its key usage forbids signatures";
    if (use == CertificateUse::Channel && X509_check_purpose(x509, X509_PURPOSE_SSL_CLIENT, 0) != 1)
        return "its usages leave TLS clients out; it needs clientAuth (extendedKeyUsage) and "
               "digitalSignature (keyUsage)";
    return std::nullopt;
}

Result<Registration> readRegistration(const fs::path& file, const document::XmlSchema& schema) {
    auto tree = document::readDataFile(file, schema);
    if (!tree) return std::move(tree).error();
    auto registration = Reader(file).read(tree->root);
    if (!registration) return registration;
    if (auto problem = Uniqueness().add(file, *registration)) return std::move(*problem);
    return registration;
}

}  // namespace gateway::trust
