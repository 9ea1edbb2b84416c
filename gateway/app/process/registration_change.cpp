#include "gateway/app/process/registration_change.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "gateway/app/client/trust_files.h"
#include "gateway/base/fault.h"
#include "gateway/base/replace_file.h"
#include "gateway/base/time_format.h"
#include "gateway/document/schema.h"

namespace gateway::app {
namespace {

using Outcome = base::Result<base::Done, std::string>;

std::string member(const document::Node& object, const char* name) {
    const auto* node = object.child(name);
    return node ? node->value : std::string();
}

std::string contentsOf(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

// Certificates lie beside the registrations, named by their own digest.
std::string placeCertificate(const std::filesystem::path& directory,
                             const trust::Certificate& certificate, const std::string& pem) {
    std::string name = "certificates/" + certificate.fingerprint().hex() + ".pem";
    std::filesystem::create_directories(directory / "certificates");
    base::replaceFile(directory / name, pem);
    return name;
}

// A file may keep what has expired, for old messages; nobody adds it.
std::optional<std::string> whyNotAdded(const trust::Certificate& certificate,
                                       trust::CertificateUse use, base::Timestamp now) {
    if (auto reason = trust::whyUnfit(certificate, use)) return reason;
    if (certificate.notAfter() < now)
        return "it expired at " + base::formatTimestamp(certificate.notAfter());
    return std::nullopt;
}

// The text of the first certificate alone.
std::string firstOf(const std::string& pem) {
    constexpr std::string_view kEnd = "-----END CERTIFICATE-----";
    return pem.substr(0, pem.find(kEnd) + kEnd.size()) + '\n';
}

void addChannel(trust::Registration& registration, const document::Node& details,
                trust::CertificatePtr certificate) {
    trust::Channel channel;
    channel.id = member(details, "id");
    channel.ownerAgency = registration.partner.agency;
    channel.certificate = std::move(certificate);
    const bool mayRead = member(details, "mayRead") != "false";
    channel.carries.push_back({registration.partner.agency, {}, mayRead});
    if (const auto* carries = details.child("carries"))
        for (const auto& agency : carries->children)
            channel.carries.push_back({agency.value, {}, mayRead});
    registration.channels.push_back(std::move(channel));
}

Outcome revoke(trust::Registration& registration, const std::string& sha256, base::Timestamp now) {
    bool found = false;
    const auto mark = [&](auto& record) {
        if (record.certificate->fingerprint().hex() != sha256) return;
        record.revokedAt = std::min(record.revokedAt.value_or(now), now);
        found = true;
    };
    std::ranges::for_each(registration.channels, mark);
    std::ranges::for_each(registration.signers, mark);
    if (!found)
        return "no certificate " + sha256 + " is registered for " + registration.partner.agency;
    return base::Done{};
}

}  // namespace

void RegistrationChange::addCertificate(trust::Registration& registration,
                                        const document::Node& details, trust::CertificateUse use,
                                        base::Timestamp now) const {
    const auto pem = member(details, "pem");
    const auto shown = certificatesIn(pem);
    if (shown.empty()) throw base::Fault("there is no certificate in PEM form");
    const auto& own = shown.front();
    auto reason = whyNotAdded(*own, use, now);
    // One that begins tomorrow is registered today, and must be good then.
    if (!reason) reason = trial_(shown, use, std::max(now, own->notBefore()));
    if (reason) throw base::Fault("certificate " + own->subject() + ": " + *reason);
    registration.certificateFiles[own->fingerprint()] =
        placeCertificate(config_.registrations, *own, firstOf(pem));
    if (use == trust::CertificateUse::Channel)
        addChannel(registration, details, own);
    else
        registration.signers.push_back({registration.partner.agency, own, {}, std::nullopt});
}

Outcome RegistrationChange::apply(const std::string& act, const document::Node& details,
                                  base::Timestamp now) {
    const auto schema =
        document::XmlSchema::load(config_.mappings / "schemas" / "registration.xsd");
    const auto agency = member(details, "agency");
    saved_.reset();
    std::string unread;
    for (const auto& entry : std::filesystem::directory_iterator(config_.registrations)) {
        if (entry.path().extension() != ".xml") continue;
        auto registration = trust::readRegistration(entry.path(), *schema);
        if (!registration) {
            unread += "; " + entry.path().filename().string() +
                      " cannot be read: " + base::render(registration.error()).en;
            continue;
        }
        if (registration->partner.agency != agency) continue;
        try {
            if (act == "revoke") {
                auto revoked = revoke(*registration, member(details, "sha256"), now);
                if (!revoked) return revoked;
            } else {
                addCertificate(*registration, details,
                               act == "add-channel" ? trust::CertificateUse::Channel
                                                    : trust::CertificateUse::Seal,
                               now);
            }
            saved_ = Saved{entry.path(), contentsOf(entry.path())};
            trust::writeRegistration(entry.path(), *registration);
        } catch (const base::Fault& fault) {
            return std::string(fault.what());
        }
        return base::Done{};
    }
    return "no registration of " + agency + unread;
}

std::string RegistrationChange::changedFile() const {
    return saved_ ? saved_->file.filename().string() : std::string();
}

void RegistrationChange::undo() {
    if (!saved_) return;
    base::replaceFile(saved_->file, saved_->contents);
    saved_.reset();
}

}  // namespace gateway::app
