#include "gateway/app/client/trust_files.h"

#include <algorithm>
#include <string_view>

#include "gateway/app/client/files.h"
#include "gateway/app/settings/failure.h"

namespace gateway::app {
namespace {

constexpr std::string_view kEnd = "-----END CERTIFICATE-----";

std::vector<std::filesystem::path> filesOf(const std::filesystem::path& fileOrDirectory) {
    std::vector<std::filesystem::path> files{fileOrDirectory};
    if (std::filesystem::is_directory(fileOrDirectory)) {
        files.clear();
        for (const auto& entry : std::filesystem::directory_iterator(fileOrDirectory))
            if (entry.path().extension() == ".pem") files.push_back(entry.path());
        std::ranges::sort(files);
    }
    return files;
}

}  // namespace

std::vector<trust::CertificatePtr> certificatesIn(std::string_view pem) {
    std::vector<trust::CertificatePtr> certificates;
    std::size_t start = 0;
    for (auto end = pem.find(kEnd); end != std::string::npos; end = pem.find(kEnd, start)) {
        end += kEnd.size();
        certificates.push_back(trust::Certificate::decode(pem.substr(start, end - start)));
        start = end;
    }
    return certificates;
}

std::vector<trust::CertificatePtr> loadCertificates(const std::filesystem::path& fileOrDirectory) {
    std::vector<trust::CertificatePtr> certificates;
    for (const auto& file : fromInput([&] { return filesOf(fileOrDirectory); })) {
        const auto pem = readFile(file);
        try {
            for (auto& each : certificatesIn(pem)) certificates.push_back(std::move(each));
        } catch (const base::Fault& fault) {
            throw InputError(file.string() + ": " + fault.what());
        }
    }
    if (certificates.empty()) throw InputError("no certificate in " + fileOrDirectory.string());
    return certificates;
}

}  // namespace gateway::app
