#include "gateway/trust/certificates/revocation.h"

#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <unordered_map>

#include "gateway/base/fault.h"
#include "gateway/base/time_format.h"
#include "gateway/document/digest.h"
#include "gateway/trust/certificates/certificate_native.h"

namespace gateway::trust {
namespace {

// One verified list, decoded for look-up by serial number.
struct List {
    Handle<X509_CRL> crl;
    std::string issuer, authorityKeyId;
    base::Timestamp thisUpdate, nextUpdate;
    std::unordered_map<std::string, base::Timestamp> revoked;  // serial in hex -> since
};

std::string readFile(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    if (in.bad() || bytes.empty()) throw base::Fault("cannot be read, or is empty");
    return bytes;
}

Handle<X509_CRL> decodeCrl(std::string_view bytes) {
    Handle<X509_CRL> crl;
    if (bytes.find("-----BEGIN ") != std::string_view::npos) {
        crl.reset(PEM_read_bio_X509_CRL(readBio(bytes).get(), nullptr, nullptr, nullptr));
    } else {
        const auto* cursor = reinterpret_cast<const unsigned char*>(bytes.data());
        crl.reset(d2i_X509_CRL(nullptr, &cursor, static_cast<long>(bytes.size())));
    }
    if (!crl) throwOpensslFault("not a revocation list");
    return crl;
}

// A list that covers only part of an issuer's certificates must not pass for the whole.
void mustBeComplete(const X509_CRL* crl) {
    const auto* extensions = X509_CRL_get0_extensions(crl);
    for (int i = 0; i < X509v3_get_ext_count(extensions); ++i) {
        X509_EXTENSION* const extension = X509v3_get_ext(extensions, i);
        if (X509_EXTENSION_get_critical(extension) == 0) continue;
        if (OBJ_obj2nid(X509_EXTENSION_get_object(extension)) != NID_issuing_distribution_point)
            throw base::Fault("delta lists and unknown critical extensions are not supported");
        auto* const point = static_cast<ISSUING_DIST_POINT*>(X509V3_EXT_d2i(extension));
        if (point == nullptr) throwOpensslFault("its distribution point cannot be read");
        const bool whole = point->indirectCRL <= 0 && point->onlyattr <= 0 && point->onlyCA <= 0 &&
                           point->onlysomereasons == nullptr;
        ISSUING_DIST_POINT_free(point);
        if (!whole) throw base::Fault("partial and indirect lists are not supported");
    }
}

// Without the extension OpenSSL answers all bits set.
bool signsLists(const Certificate& anchor) {
    return (X509_get_key_usage(anchor.native().x509.get()) & KU_CRL_SIGN) != 0;
}

bool mayIssue(const Certificate& anchor, X509_CRL* crl) {
    X509* const x509 = anchor.native().x509.get();
    if (X509_NAME_cmp(X509_get_subject_name(x509), X509_CRL_get_issuer(crl)) != 0) return false;
    if (!signsLists(anchor)) return false;
    const bool verified = X509_CRL_verify(crl, anchor.key()) == 1;
    forgetOpensslErrors();
    return verified;
}

void mustBeStrong(const X509_CRL* crl) {
    int digest = NID_undef;
    int key = NID_undef;
    OBJ_find_sigid_algs(X509_CRL_get_signature_nid(crl), &digest, &key);
    if (digest == NID_sha1 || digest == NID_md5)
        throw base::Fault("it is signed with a broken digest");
}

std::string keyIdOf(const X509_CRL* crl) {
    auto* const id = static_cast<AUTHORITY_KEYID*>(
        X509_CRL_get_ext_d2i(crl, NID_authority_key_identifier, nullptr, nullptr));
    std::string octets;
    if (id != nullptr && id->keyid != nullptr)
        octets.assign(reinterpret_cast<const char*>(ASN1_STRING_get0_data(id->keyid)),
                      static_cast<std::size_t>(ASN1_STRING_length(id->keyid)));
    AUTHORITY_KEYID_free(id);
    return octets;
}

List loadList(std::string_view bytes, const std::vector<CertificatePtr>& anchors) {
    List list;
    list.crl = decodeCrl(bytes);
    X509_CRL* const crl = list.crl.get();
    mustBeStrong(crl);
    mustBeComplete(crl);
    if (std::none_of(anchors.begin(), anchors.end(),
                     [crl](const CertificatePtr& anchor) { return mayIssue(*anchor, crl); }))
        throw base::Fault("no trust anchor issued it: " + nameText(X509_CRL_get_issuer(crl)));
    list.issuer = nameText(X509_CRL_get_issuer(crl));
    list.authorityKeyId = keyIdOf(crl);
    list.thisUpdate = instantOf(X509_CRL_get0_lastUpdate(crl));
    list.nextUpdate = instantOf(X509_CRL_get0_nextUpdate(crl));
    const auto* entries = X509_CRL_get_REVOKED(crl);
    for (int i = 0; i < sk_X509_REVOKED_num(entries); ++i) {
        const X509_REVOKED* const entry = sk_X509_REVOKED_value(entries, i);
        list.revoked.emplace(serialText(X509_REVOKED_get0_serialNumber(entry)),
                             instantOf(X509_REVOKED_get0_revocationDate(entry)));
    }
    forgetOpensslErrors();
    return list;
}

std::vector<std::filesystem::path> listFiles(const std::filesystem::path& directory) {
    std::vector<std::filesystem::path> files;
    std::error_code failure;
    for (std::filesystem::directory_iterator entry(directory, failure), end;
         !failure && entry != end; entry.increment(failure)) {
        const auto extension = entry->path().extension();
        if (entry->is_regular_file() && !entry->path().filename().string().starts_with('.') &&
            (extension == ".crl" || extension == ".pem" || extension == ".der"))
            files.push_back(entry->path());
    }
    if (failure)
        throw base::Fault("revocation lists in " + directory.string() + ": " + failure.message());
    std::sort(files.begin(), files.end());
    return files;
}

std::string derOf(X509_CRL* crl) {
    unsigned char* bytes = nullptr;
    const int length = i2d_X509_CRL(crl, &bytes);
    if (length <= 0) throwOpensslFault("a revocation list cannot be written");
    std::string der(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length));
    OPENSSL_free(bytes);
    return der;
}

// An anchor that publishes nothing, and since when that is known.
struct Missing {
    CertificatePtr anchor;
    base::Timestamp since;
};

}  // namespace

struct RevocationLists::Native {
    // The newest list of each issuer and issuer's key.
    std::vector<List> lists;
    std::vector<Missing> missing;
    std::vector<ListFault> faults;

    bool has(const List& list) const {
        return std::any_of(lists.begin(), lists.end(), [&](const List& known) {
            return X509_NAME_cmp(X509_CRL_get_issuer(known.crl.get()),
                                 X509_CRL_get_issuer(list.crl.get())) == 0 &&
                   known.authorityKeyId == list.authorityKeyId;
        });
    }

    void take(const std::filesystem::path& file, const std::vector<CertificatePtr>& anchors,
              base::Timestamp now) {
        try {
            auto list = loadList(readFile(file), anchors);
            if (now < list.thisUpdate)
                throw base::Fault("it is dated in the future, " +
                                  base::formatTimestamp(list.thisUpdate) +
                                  "; look at the clock, or load it when it is due");
            keep(std::move(list));
        } catch (const base::Fault& fault) {
            faults.push_back({file.string(), fault.what()});
        }
    }

    // A list that was in force stays so until another comes, whatever became of its file.
    void fallBack(const ListSources& sources, const std::vector<CertificatePtr>& anchors) {
        for (const auto& [name, der] : sources.kept) try {
                auto list = loadList(der, anchors);
                if (has(list)) continue;
                faults.push_back({"", "no usable list of " + list.issuer + " in " +
                                          sources.directory.string() +
                                          "; the last good one stays in force, due " +
                                          base::formatTimestamp(list.nextUpdate) +
                                          ": fetch a new one and reload"});
                keep(std::move(list));
            } catch (const base::Fault&) {
                // Of an authority that is no anchor any longer.
                forgetOpensslErrors();
            }
    }

    void expect(const ListSources& sources, const std::vector<CertificatePtr>& anchors,
                base::Timestamp now) {
        for (const auto& anchor : anchors) {
            const auto* name = X509_get_subject_name(anchor->native().x509.get());
            const bool served = std::any_of(lists.begin(), lists.end(), [&](const List& list) {
                return X509_NAME_cmp(name, X509_CRL_get_issuer(list.crl.get())) == 0;
            });
            if (served || !signsLists(*anchor)) continue;
            const auto known = sources.missingSince.find(anchor->fingerprint().hex());
            const auto since = known == sources.missingSince.end() ? now : known->second;
            missing.push_back({anchor, std::min(since, now)});
            faults.push_back({"", "no list of " + anchor->subject() + " since " +
                                      base::formatTimestamp(missing.back().since) +
                                      ": fetch it into " + sources.directory.string() +
                                      " and reload; after the grace its certificates are refused"});
        }
    }

    void keep(List list) {
        for (List& known : lists) {
            if (X509_NAME_cmp(X509_CRL_get_issuer(known.crl.get()),
                              X509_CRL_get_issuer(list.crl.get())) != 0 ||
                known.authorityKeyId != list.authorityKeyId)
                continue;
            if (known.thisUpdate < list.thisUpdate) known = std::move(list);
            return;
        }
        lists.push_back(std::move(list));
    }
};

RevocationLists::RevocationLists(const std::filesystem::path& directory,
                                 const std::vector<CertificatePtr>& anchors) :
    native_(std::make_unique<Native>()) {
    for (const auto& file : listFiles(directory)) try {
            native_->keep(loadList(readFile(file), anchors));
        } catch (const base::Fault& fault) {
            throw base::Fault("revocation list " + file.string() + ": " + fault.what());
        }
}

RevocationLists::RevocationLists(const ListSources& sources,
                                 const std::vector<CertificatePtr>& anchors, base::Timestamp now) :
    native_(std::make_unique<Native>()) {
    try {
        for (const auto& file : listFiles(sources.directory)) native_->take(file, anchors, now);
    } catch (const base::Fault& fault) {
        native_->faults.push_back({sources.directory.string(), fault.what()});
    }
    native_->fallBack(sources, anchors);
    native_->expect(sources, anchors, now);
}

const std::vector<ListFault>& RevocationLists::faults() const noexcept { return native_->faults; }

std::map<std::string, std::string> RevocationLists::kept() const {
    std::map<std::string, std::string> kept;
    for (const List& list : native_->lists)
        kept[document::sha256(list.issuer + '\n' + list.authorityKeyId).hex() + ".crl"] =
            derOf(list.crl.get());
    return kept;
}

std::map<std::string, base::Timestamp> RevocationLists::missingSince() const {
    std::map<std::string, base::Timestamp> missing;
    for (const auto& entry : native_->missing)
        missing[entry.anchor->fingerprint().hex()] = entry.since;
    return missing;
}

RevocationLists::~RevocationLists() = default;

RevocationStatus RevocationLists::statusOf(const Certificate& certificate, base::Timestamp at,
                                           std::chrono::seconds grace) const {
    const auto& native = certificate.native();
    const List* newest = nullptr;
    bool sameKey = false;
    RevocationStatus status;
    for (const List& list : native_->lists) {
        if (X509_NAME_cmp(X509_CRL_get_issuer(list.crl.get()),
                          X509_get_issuer_name(native.x509.get())) != 0)
            continue;
        const auto found = list.revoked.find(native.serialHex);
        if (found != list.revoked.end() && found->second <= at) {
            status.standing = Standing::Revoked;
            status.revokedAt = found->second;
        }
        // An issuer that has changed its key has two lists; freshness is that of the right one.
        const bool matches = list.authorityKeyId == native.authorityKeyId;
        if (newest == nullptr || (matches && !sameKey) ||
            (matches == sameKey && newest->thisUpdate < list.thisUpdate)) {
            newest = &list;
            sameKey = matches;
        }
    }
    if (newest == nullptr) {
        for (const Missing& entry : native_->missing)
            if (X509_NAME_cmp(X509_get_subject_name(entry.anchor->native().x509.get()),
                              X509_get_issuer_name(native.x509.get())) == 0)
                status.standing =
                    at <= entry.since + grace ? Standing::GoodInGrace : Standing::Stale;
        return status;
    }
    status.listNextUpdate = newest->nextUpdate;
    if (status.standing == Standing::Revoked) return status;
    status.standing = at <= newest->nextUpdate           ? Standing::Good
                      : at <= newest->nextUpdate + grace ? Standing::GoodInGrace
                                                         : Standing::Stale;
    return status;
}

std::vector<std::string> RevocationLists::overdueIssuers(base::Timestamp at) const {
    std::vector<std::string> issuers;
    for (const List& list : native_->lists)
        if (list.nextUpdate < at) issuers.push_back(list.issuer);
    return issuers;
}

}  // namespace gateway::trust
