#include "foreign_tools.h"

#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "gateway/trust/xml/xml_signature.h"

namespace gateway::trust::testing {

namespace fs = std::filesystem;

Workbench::Workbench() :
    directory_(fs::temp_directory_path() / ("thahc-interop-xml-" + std::to_string(::getpid()))) {
    fs::create_directories(directory_);
    makeIdentity("ec", "ec -pkeyopt ec_paramgen_curve:P-256");
    makeIdentity("rsa", "rsa:2048");
    ec_ = loadSigner(path("ec.key"), path("ec.pem"));
    rsa_ = loadSigner(path("rsa.key"), path("rsa.pem"));
}

Workbench::~Workbench() { fs::remove_all(directory_); }

void Workbench::makeIdentity(const std::string& kind, const std::string& keyOptions) {
    (void)run("umask 077; openssl req -x509 -nodes -days 2 -subj '/C=VN/O=Thu nghiem/CN=" + kind +
              "' -newkey " + keyOptions + " -keyout " + kind + ".key -out " + kind + ".pem");
    (void)run("openssl pkcs8 -topk8 -nocrypt -outform DER -in " + kind + ".key -out " + kind +
              ".pk8");
    (void)run("openssl x509 -outform DER -in " + kind + ".pem -out " + kind + ".der");
}

std::string Workbench::path(const std::string& name) const { return directory_ / name; }

void Workbench::write(const std::string& name, const std::string& bytes) const {
    std::ofstream(directory_ / name, std::ios::binary) << bytes;
}

std::string Workbench::read(const std::string& name) const {
    std::ifstream in(directory_ / name, std::ios::binary);
    std::ostringstream bytes;
    bytes << in.rdbuf();
    if (!in) throw std::runtime_error("not there: " + name);
    return bytes.str();
}

const Signer& Workbench::signer(const std::string& kind) const {
    return kind == "ec" ? *ec_ : *rsa_;
}

bool Workbench::succeeds(const std::string& command) const {
    const std::string line =
        "cd '" + directory_.string() + "' && { " + command + "; } >output 2>&1";
    const int status = std::system(line.c_str());
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

std::string Workbench::run(const std::string& command) const {
    const bool good = succeeds(command);
    std::string output = read("output");
    if (!good) throw std::runtime_error(command + ": " + output);
    return output;
}

base::Result<document::Digest> ourVerdict(const std::string& xml, const Signer& signer) {
    const auto document = document::XmlDocument::parse(xml);
    if (!document) return document.error();
    const auto signature = XmlSignature::examine(*document);
    if (!signature) return signature.error();
    if (!signature->certificateHint().empty() &&
        signature->certificateHint() != signer.certificate()->der())
        throw std::runtime_error("the hint names another certificate");
    return signature->verify(*signer.certificate());
}

}  // namespace gateway::trust::testing
