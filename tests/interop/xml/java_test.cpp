#include <gtest/gtest.h>

#include <sstream>

#include "../../unit/trust/xml_signing.h"
#include "foreign_tools.h"

namespace gateway::trust {
namespace {

using testing::kCanonicalMessage;
using testing::ourVerdict;
using testing::replaced;
using testing::Workbench;

const std::string kOld = "http://www.w3.org/2001/04/xmldsig-more#";
const std::string kPss = "http://www.w3.org/2007/05/xmldsig-more#";
const std::string kSha256 = "http://www.w3.org/2001/04/xmlenc#sha256";
const std::string kSha512 = "http://www.w3.org/2001/04/xmlenc#sha512";

// One JVM for many jobs; every line of its answer must be "ok".
void runJava(const Workbench& bench, const std::string& jobs) {
    bench.write("jobs", jobs);
    const std::string jars = "/usr/share/java/";
    const std::string answer =
        bench.run("java -XX:TieredStopAtLevel=1 -cp " + jars + "xmlsec.jar:" + jars +
                  "commons-codec.jar:" + jars + "slf4j-api.jar:" + jars +
                  "slf4j-nop.jar " THAHC_SOURCE_DIR "/tests/interop/java/XmlSignatures.java <jobs");
    std::istringstream lines(answer);
    std::size_t good = 0;
    for (std::string line; std::getline(lines, line);) {
        EXPECT_EQ(line, "ok");
        good += line == "ok" ? 1U : 0U;
    }
    EXPECT_EQ(good, static_cast<std::size_t>(std::count(jobs.begin(), jobs.end(), '\n')));
}

struct Job {
    std::string provider, method, digest, shape, keyInfo, kind;
};

// Santuario 2.1 reaches PSS through Bouncy Castle only, so PSS is the JDK's part.
std::vector<Job> jobs() {
    std::vector<Job> out;
    for (const char* provider : {"jdk", "santuario"})
        for (const char* shape : {"a", "a-id", "b"})
            for (const char* keyInfo : {"none", "x509"}) {
                out.push_back({provider, kOld + "ecdsa-sha256", kSha256, shape, keyInfo, "ec"});
                out.push_back({provider, kOld + "rsa-sha256", kSha256, shape, keyInfo, "rsa"});
            }
    for (const char* shape : {"a", "a-id", "b"})
        for (const char* keyInfo : {"none", "x509"})
            for (const char* method : {"sha256-rsa-MGF1", "sha384-rsa-MGF1", "sha512-rsa-MGF1",
                                       "rsa-pss", "rsa-pss=256", "rsa-pss=384", "rsa-pss=512"})
                out.push_back({"jdk", kPss + method, kSha256, shape, keyInfo, "rsa"});
    out.push_back({"jdk", kOld + "ecdsa-sha512", kSha512, "b", "x509", "ec"});
    return out;
}

TEST(JavaInterop, WeAcceptWhatJavaSigns) {
    const Workbench bench;
    bench.write("in.xml", kCanonicalMessage);
    std::string lines;
    std::size_t number = 0;
    for (const Job& job : jobs())
        lines += "sign " + job.provider + " " + job.method + " " + job.digest + " " + job.shape +
                 " " + job.keyInfo + " " + bench.path(job.kind + ".pk8") + " " +
                 bench.path(job.kind + ".der") + " " + bench.path("in.xml") + " " +
                 bench.path("out" + std::to_string(number++)) + "\n";
    runJava(bench, lines);
    number = 0;
    for (const Job& job : jobs()) {
        const std::string xml = bench.read("out" + std::to_string(number++));
        const auto verdict = ourVerdict(xml, bench.signer(job.kind));
        ASSERT_TRUE(verdict.ok()) << job.provider << job.method << job.shape << xml;
        EXPECT_EQ(*verdict, document::sha256(kCanonicalMessage));
        const auto changed =
            ourVerdict(replaced(xml, "12/2026", "13/2026"), bench.signer(job.kind));
        ASSERT_FALSE(changed.ok());
        EXPECT_EQ(changed.error().code, base::ErrorCode::SIGNATURE_INVALID);
    }
}

TEST(JavaInterop, JavaAcceptsWhatWeSign) {
    const Workbench bench;
    const std::string message =
        "<?xml version=\"1.0\"?><r xmlns='urn:r' k='&#10;&quot;'>\n <a>\r\n"
        "&#13;Nguyễn</a><b xmlns=''/></r>";
    for (const char* kind : {"ec", "rsa"})
        bench.write(std::string(kind) + ".xml", Seal(bench.signer(kind)).xml(message));
    runJava(bench, "verify jdk " + bench.path("ec.der") + " " + bench.path("ec.xml") + "\n" +
                       "verify santuario " + bench.path("ec.der") + " " + bench.path("ec.xml") +
                       "\n" + "verify jdk " + bench.path("rsa.der") + " " + bench.path("rsa.xml") +
                       "\n");
}

}  // namespace
}  // namespace gateway::trust
