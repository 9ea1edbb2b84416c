#include "gateway/app/registration_change.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "gateway/base/fault.h"
#include "gateway/base/replace_file.h"
#include "gateway/base/time_format.h"
#include "gateway/document/schema.h"
#include "gateway/trust/registration.h"

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
void mustFit(const trust::Certificate& certificate, trust::CertificateUse use,
             base::Timestamp now) {
    if (const auto reason = trust::whyUnfit(certificate, use))
        throw base::Fault("certificate " + certificate.subject() + ": " + *reason);
    if (certificate.notAfter() < now)
        throw base::Fault("certificate " + certificate.subject() + ": it expired at " +
                          base::formatTimestamp(certificate.notAfter()));
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
                const auto pem = member(details, "pem");
                const auto certificate = trust::Certificate::decode(pem);
                const bool isChannel = act == "add-channel";
                mustFit(*certificate,
                        isChannel ? trust::CertificateUse::Channel : trust::CertificateUse::Seal,
                        now);
                registration->certificateFiles[certificate->fingerprint()] =
                    placeCertificate(config_.registrations, *certificate, pem);
                if (isChannel)
                    addChannel(*registration, details, certificate);
                else
                    registration->signers.push_back({agency, certificate, {}, std::nullopt});
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
