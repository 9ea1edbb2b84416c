#include "connectors/simulator/stage/foreign_tools.h"

#include "connectors/simulator/stage/child_process.h"

namespace gateway::simulator {
namespace {

std::string fourDigits(std::size_t number) {
    auto text = std::to_string(number);
    if (text.size() < 4) text.insert(0, 4 - text.size(), '0');
    return text;
}

}  // namespace

ForeignTools::ForeignTools(std::filesystem::path scripts, std::filesystem::path seal,
                           std::filesystem::path evidence) :
    scripts_(std::move(scripts)), seal_(std::move(seal)), evidence_(std::move(evidence)) {
    std::filesystem::create_directories(evidence_);
}

bool ForeignTools::check(const std::string& bytes, const std::string& mediaType,
                         const std::string& what) {
    const bool xml = mediaType == "application/xml";
    const auto number = byXmlsec_ + byOpenssl_ + failed_ + 1;
    const auto file = evidence_ / (fourDigits(number) + "-" + what + (xml ? ".xml" : ".jose"));
    writeFile(file, bytes);
    const auto script = scripts_ / (xml ? "check-xml-receipt.sh" : "check-jws-receipt.sh");
    const auto result =
        runToEnd({"sh", script.string(), file.string(), seal_.string()}, evidence_ / "tool.out");
    if (result.code != 0) {
        ++failed_;
        return false;
    }
    ++(xml ? byXmlsec_ : byOpenssl_);
    return true;
}

}  // namespace gateway::simulator
