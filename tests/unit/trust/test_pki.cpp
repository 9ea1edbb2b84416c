#include "tests/unit/trust/test_pki.h"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace gateway::trust::test {

namespace fs = std::filesystem;
using namespace std::chrono;

base::Timestamp now() { return sys_days(2026y / 11 / 21); }

DemoTerm term() { return {now() - days(365), now() + days(365)}; }

TemporaryDirectory::TemporaryDirectory() {
    std::string pattern = (fs::temp_directory_path() / "thahc-test-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("mkdtemp");
    path_ = pattern;
}

TemporaryDirectory::~TemporaryDirectory() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

const DemoPki& pki() {
    static const TemporaryDirectory directory;
    static const DemoPki made = [] {
        DemoPki fresh = DemoPki::create(directory.path() / "pki", term());
        fresh.issue({"court", DemoKind::Seal, DemoAlgorithm::P256}, term());
        fresh.issue({"ward", DemoKind::Seal, DemoAlgorithm::P256}, term());
        fresh.issue({"procuracy", DemoKind::Seal, DemoAlgorithm::Rsa2048}, term());
        fresh.issue({"p384", DemoKind::Seal, DemoAlgorithm::P384}, term());
        fresh.issue({"p521", DemoKind::Seal, DemoAlgorithm::P521}, term());
        fresh.issue({"court-tls", DemoKind::Channel, DemoAlgorithm::P256}, term());
        fresh.issue({"hub-tls", DemoKind::Channel, DemoAlgorithm::P256}, term());
        fresh.issue({"server", DemoKind::Server, DemoAlgorithm::P256}, term());
        return fresh;
    }();
    return made;
}

std::string textOf(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) throw std::runtime_error("cannot read " + file.string());
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

void writeText(const fs::path& file, const std::string& text) {
    std::ofstream out(file, std::ios::binary);
    out << text;
    if (!out.flush()) throw std::runtime_error("cannot write " + file.string());
}

CertificatePtr certificateNamed(const std::string& name) {
    return Certificate::decode(textOf(pki().certificateFile(name)));
}

std::unique_ptr<Signer> signerNamed(const std::string& name) {
    return loadSigner(pki().keyFile(name), pki().certificateFile(name));
}

}  // namespace gateway::trust::test
