#include <iostream>

#include "gateway/app/settings/arguments.h"
#include "gateway/app/settings/commands.h"
#include "gateway/app/settings/exit_codes.h"
#include "gateway/document/json.h"
#include "gateway/trust/certificates/demo_pki.h"

namespace gateway::app {
namespace {

constexpr std::chrono::days kBefore{1};
constexpr std::chrono::days kLife{397};

// "court-1:seal:P-256"; the algorithm may be left out.
trust::DemoSubject subjectOf(const std::string& text) {
    const auto first = text.find(':');
    const auto second = first == std::string::npos ? first : text.find(':', first + 1);
    trust::DemoSubject subject;
    subject.name = text.substr(0, first);
    const auto kind = first == std::string::npos
                          ? std::nullopt
                          : trust::demoKindNamed(text.substr(first + 1, second - first - 1));
    if (!kind) throw UsageError("not NAME:channel|server|seal|gateway-seal: " + text);
    subject.kind = *kind;
    if (second != std::string::npos) {
        const auto algorithm = trust::demoAlgorithmNamed(text.substr(second + 1));
        if (!algorithm) throw UsageError("unknown algorithm: " + text);
        subject.algorithm = *algorithm;
    }
    return subject;
}

}  // namespace

int demoPkiCommand(const Words& words) {
    const Arguments arguments(words, {}, {"json"});
    if (arguments.positional().size() < 2)
        throw UsageError("demo-pki DIR NAME:KIND[:ALGORITHM] ...");
    std::vector<trust::DemoSubject> subjects;
    for (std::size_t i = 1; i < arguments.positional().size(); ++i)
        subjects.push_back(subjectOf(arguments.positional()[i]));
    const auto now = base::SystemClock().now();
    const std::filesystem::path directory = arguments.positional().front();
    fromInput([&] { trust::makeDemoPki(directory, subjects, {now - kBefore, now + kLife}); });
    document::Node list = document::arrayNode("certificates");
    for (const auto& subject : subjects)
        list.children.push_back(
            document::stringNode("", (directory / (subject.name + ".pem")).string()));
    if (arguments.has("json")) {
        document::Node root = document::objectNode();
        root.children.push_back(std::move(list));
        std::cout << document::writeJson(root) << '\n';
    } else {
        for (const auto& file : list.children) std::cout << file.value << '\n';
    }
    return kExitOk;
}

}  // namespace gateway::app
