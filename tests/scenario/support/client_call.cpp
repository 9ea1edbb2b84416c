#include "tests/scenario/support/client_call.h"

#include "gateway/document/json.h"
#include "tests/scenario/support/reply.h"

namespace gateway::scenario {

std::string Said::at(const std::string& path) const { return valueAt(content, path); }

Said commandSaid(const std::vector<std::string>& words) {
    Said said;
    said.code = run(words, &said.output);
    if (auto tree = document::readJson(said.output)) said.content = std::move(tree->root);
    return said;
}

Said clientSaid(const World& world, const std::string& agency, std::vector<std::string> words,
                const std::string& url, const std::string& last) {
    words.insert(words.begin(), {World::binary(), "client"});
    const auto here = "https://127.0.0.1:" + std::to_string(world.port());
    for (const std::string& word :
         {std::string("--gateway"), url.empty() ? here : url, std::string("--certificate"),
          world.certificate(agency + "-channel").string(), std::string("--key"),
          world.key(agency + "-channel").string(), std::string("--ca"), world.authority().string(),
          std::string("--gateway-seal"), world.certificate("gateway-seal").string(),
          std::string("--seal-certificate"), world.certificate(agency + "-seal").string(),
          std::string("--seal-key"), world.key(agency + "-seal").string()})
        words.push_back(word);
    if (!last.empty()) words.push_back(last);
    return commandSaid(words);
}

}  // namespace gateway::scenario
