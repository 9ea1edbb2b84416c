#include "xml_signing.h"

#include <libxml/tree.h>
#include <openssl/pem.h>
#include <unistd.h>
#include <xmlsec/xmlsec.h>
// xmlsec's headers need the one above first
#include <xmlsec/xmldsig.h>
#include <xmlsec/xmltree.h>

#include <chrono>
#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>

#include "gateway/document/xml.h"
#include "gateway/trust/certificates/demo_pki.h"
#include "gateway/trust/xml/xml_security.h"

namespace gateway::trust::testing {
namespace {

namespace fs = std::filesystem;

std::string readFile(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream bytes;
    bytes << in.rdbuf();
    return bytes.str();
}

TestIdentity make(std::string_view algorithm) {
    const fs::path directory =
        fs::temp_directory_path() / ("thahc-xml-signing-" + std::to_string(::getpid()));
    const auto now =
        std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
    const DemoTerm term{now - std::chrono::hours(1), now + std::chrono::hours(1)};
    makeDemoPki(directory, {{"signer", DemoKind::Seal, *demoAlgorithmNamed(algorithm)}}, term);
    const DemoPki pki = DemoPki::open(directory);
    TestIdentity out;
    out.certificate = Certificate::decode(readFile(pki.certificateFile("signer")));
    const std::string pem = readFile(pki.keyFile("signer"));
    const auto bio = readBio(pem);
    out.key.reset(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr));
    fs::remove_all(directory);
    if (!out.key) throw std::runtime_error("no test key");
    return out;
}

void registerIds(xmlNode* element, xmlDoc* document) {
    for (xmlAttr* attribute = element->properties; attribute; attribute = attribute->next)
        if (xmlStrEqual(attribute->name, reinterpret_cast<const xmlChar*>("Id")))
            xmlAddID(nullptr, document, attribute->children->content, attribute);
    for (xmlNode* child = element->children; child != nullptr; child = child->next)
        if (child->type == XML_ELEMENT_NODE) registerIds(child, document);
}

}  // namespace

const TestIdentity& identity(std::string_view algorithm) {
    static std::map<std::string, TestIdentity, std::less<>> made;
    auto found = made.find(algorithm);
    if (found == made.end()) found = made.emplace(algorithm, make(algorithm)).first;
    return found->second;
}

std::string signTemplate(std::string_view xml, const TestIdentity& signer) {
    const auto document = document::XmlDocument::parse(xml);
    if (!document) throw std::runtime_error("the template does not parse");
    xmlNode* root = xmlDocGetRootElement(document->native());
    registerIds(root, document->native());
    const auto context = signatureContext(signer.key.get());
    context->enabledReferenceUris = xmlSecTransformUriTypeAny;
    xmlNode* signature =
        xmlSecFindNode(root, reinterpret_cast<const xmlChar*>("Signature"), xmlSecDSigNs);
    if (xmlSecDSigCtxSign(context.get(), signature) < 0)
        throw std::runtime_error("the template cannot be signed");
    xmlChar* bytes = nullptr;
    int size = 0;
    xmlDocDumpMemoryEnc(document->native(), &bytes, &size, "UTF-8");
    std::string out(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
    xmlFree(bytes);
    return out;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    const auto at = text.find(from);
    if (at == std::string::npos) throw std::runtime_error("not found: " + std::string(from));
    return text.replace(at, from.size(), to);
}

std::string SignatureTemplate::text() const {
    const std::string exclusive =
        "<ds:Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"/>";
    const std::string digests = "<ds:DigestMethod Algorithm=\"" + digest + "\"/><ds:DigestValue/>";
    std::string out = "<ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"";
    if (!signatureId.empty()) out += " Id=\"" + signatureId + "\"";
    out +=
        "><ds:SignedInfo><ds:CanonicalizationMethod "
        "Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"/>";
    out += "<ds:SignatureMethod Algorithm=\"" + method + "\">" + methodContent +
           "</ds:SignatureMethod>";
    out += "<ds:Reference URI=\"" + uri +
           "\"><ds:Transforms><ds:Transform "
           "Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"/>" +
           exclusive + "</ds:Transforms>" + digests + "</ds:Reference>";
    if (xades)
        out +=
            "<ds:Reference Type=\"http://uri.etsi.org/01903#SignedProperties\" URI=\"#props\">"
            "<ds:Transforms>" +
            exclusive + "</ds:Transforms>" + digests + "</ds:Reference>";
    out += "</ds:SignedInfo><ds:SignatureValue/>" + keyInfo;
    if (!object.empty())
        out += object;
    else if (xades)
        out +=
            "<ds:Object><x:QualifyingProperties xmlns:x=\"http://uri.etsi.org/01903/v1.3.2#\" "
            "Target=\"#" +
            signatureId +
            "\"><x:SignedProperties Id=\"props\">"
            "<x:SignedSignatureProperties><x:SigningTime>2026-01-02T03:04:05Z</x:SigningTime>"
            "</x:SignedSignatureProperties></x:SignedProperties></x:QualifyingProperties>"
            "</ds:Object>";
    return out + "</ds:Signature>";
}

}  // namespace gateway::trust::testing
