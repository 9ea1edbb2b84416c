#include "gateway/app/settings/arguments.h"

namespace gateway::app {

Arguments::Arguments(const std::vector<std::string>& words, const std::set<std::string>& valued,
                     const std::set<std::string>& flags, const std::set<std::string>& repeatable) {
    bool options = true;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto& word = words[i];
        if (!options || !word.starts_with("--")) {
            positional_.push_back(word);
            continue;
        }
        if (word == "--") {
            options = false;
            continue;
        }
        const auto equals = word.find('=');
        const auto name = word.substr(2, equals == std::string::npos ? equals : equals - 2);
        std::string value;
        if (valued.contains(name) || repeatable.contains(name)) {
            if (equals != std::string::npos)
                value = word.substr(equals + 1);
            else if (++i < words.size())
                value = words[i];
            else
                throw UsageError("--" + name + " needs a value");
        } else if (!flags.contains(name) || equals != std::string::npos) {
            throw UsageError("unknown option " + word);
        }
        auto& values = options_[name];
        if (!values.empty() && !repeatable.contains(name))
            throw UsageError("--" + name + " is given twice");
        values.push_back(std::move(value));
    }
}

std::string Arguments::get(const std::string& name, const std::string& standard) const {
    const auto found = options_.find(name);
    return found == options_.end() ? standard : found->second.back();
}

std::string Arguments::need(const std::string& name) const {
    const auto found = options_.find(name);
    if (found == options_.end()) throw UsageError("--" + name + " is missing");
    return found->second.back();
}

std::vector<std::string> Arguments::all(const std::string& name) const {
    const auto found = options_.find(name);
    return found == options_.end() ? std::vector<std::string>() : found->second;
}

}  // namespace gateway::app
