// Strangers' JWS must never be believed and never break the reader. The input is a compact JWS,
// or, with a line end in it, a detached header and the body after it.

#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "gateway/trust/certificates/demo_pki.h"
#include "gateway/trust/detached_claims.h"
#include "gateway/trust/jws.h"

using namespace gateway::trust;
namespace fs = std::filesystem;

namespace {

// Certificates whose keys have never signed anything, so that nothing can verify.
std::vector<CertificatePtr> makeCertificates() {
    const fs::path directory =
        fs::temp_directory_path() / ("thahc-fuzz-jws-" + std::to_string(::getpid()));
    const auto now = gateway::base::SystemClock().now();
    makeDemoPki(directory,
                {{"ec", DemoKind::Seal, DemoAlgorithm::P256},
                 {"rsa", DemoKind::Seal, DemoAlgorithm::Rsa2048}},
                {now, now + std::chrono::hours(24)});
    std::vector<CertificatePtr> certificates;
    for (const char* name : {"ec.pem", "rsa.pem"}) {
        std::ifstream in(directory / name);
        certificates.push_back(Certificate::decode(
            std::string{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()}));
    }
    fs::remove_all(directory);
    return certificates;
}

void judge(const gateway::base::Result<Jws>& jws) {
    static const auto certificates = makeCertificates();
    if (!jws) return;
    for (const auto& certificate : certificates)
        if (jws->verify(*certificate)) std::abort();
    static_cast<void>(readDetachedClaims(jws->header(), "application/xml"));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    const auto line = input.find('\n');
    if (line == std::string_view::npos)
        judge(Jws::parseCompact(input));
    else
        judge(Jws::parseDetached(input.substr(0, line), input.substr(line + 1)));
    return 0;
}
