#include "gateway/app/trust_files.h"

#include <algorithm>
#include <string_view>

#include "gateway/app/failure.h"
#include "gateway/app/files.h"

namespace gateway::app {
namespace {

constexpr std::string_view kEnd = "-----END CERTIFICATE-----";

void takeAll(std::vector<trust::CertificatePtr>& certificates, const std::string& pem) {
    std::size_t start = 0;
    for (auto end = pem.find(kEnd); end != std::string::npos; end = pem.find(kEnd, start)) {
        end += kEnd.size();
        certificates.push_back(
            trust::Certificate::decode(std::string_view(pem).substr(start, end - start)));
        start = end;
    }
}

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

std::vector<trust::CertificatePtr> loadCertificates(const std::filesystem::path& fileOrDirectory) {
    std::vector<trust::CertificatePtr> certificates;
    for (const auto& file : fromInput([&] { return filesOf(fileOrDirectory); })) {
        const auto pem = readFile(file);
        try {
            takeAll(certificates, pem);
        } catch (const base::Fault& fault) {
            throw InputError(file.string() + ": " + fault.what());
        }
    }
    if (certificates.empty()) throw InputError("no certificate in " + fileOrDirectory.string());
    return certificates;
}

}  // namespace gateway::app
