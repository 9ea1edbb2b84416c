#include "gateway/app/settings/config.h"

#include <Poco/AutoPtr.h>
#include <Poco/Exception.h>
#include <Poco/Util/PropertyFileConfiguration.h>

#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <fstream>
#include <set>

#include "gateway/app/settings/config_keys.h"

namespace gateway::app {
namespace {

const ConfigKey* keyNamed(const std::string& name) {
    for (const auto& key : configKeys())
        if (key.name == name) return &key;
    return nullptr;
}

void put(Settings& settings, const std::string& name, std::string value,
         const std::string& origin) {
    if (!keyNamed(name)) throw ConfigError("unknown setting " + name + " (" + origin + ")");
    settings[name] = {std::move(value), origin};
}

void putFile(Settings& settings, const std::filesystem::path& file) {
    if (!std::ifstream(file)) throw ConfigError("cannot read " + file.string());
    try {
        const Poco::AutoPtr<Poco::Util::PropertyFileConfiguration> properties(
            new Poco::Util::PropertyFileConfiguration(file.string()));
        // Walks the tree of dotted names; a leaf is a setting.
        const auto walk = [&](const auto& self, const std::string& prefix) -> void {
            Poco::Util::AbstractConfiguration::Keys names;
            properties->keys(prefix, names);
            for (const auto& name : names) {
                const std::string full = prefix.empty() ? name : prefix + "." + name;
                if (properties->hasProperty(full))
                    put(settings, full, properties->getRawString(full), file.string());
                self(self, full);
            }
        };
        walk(walk, "");
    } catch (const Poco::Exception& error) {
        throw ConfigError("cannot read " + file.string() + ": " + error.displayText());
    }
}

std::string environmentName(const std::string& key) {
    std::string name = "THAHC_";
    for (const char c : key) {
        if (c >= 'A' && c <= 'Z') name.push_back('_');
        name.push_back(c == '.' ? '_' : static_cast<char>(std::toupper(c)));
    }
    return name;
}

// Every variable that looks like one of our settings must be one: a typing error is told, not
// passed over. Others may use the prefix for what is no setting.
void putEnvironment(Settings& settings) {
    std::map<std::string, std::string> known;
    std::set<std::string> sections;
    for (const auto& key : configKeys()) {
        known[environmentName(key.name)] = key.name;
        sections.insert(environmentName(key.name.substr(0, key.name.find('.') + 1)));
    }
    for (char** entry = environ; *entry; ++entry) {
        const std::string variable = *entry;
        const auto equals = variable.find('=');
        const auto name = variable.substr(0, equals);
        if (const auto found = known.find(name); found != known.end())
            settings[found->second] = {variable.substr(equals + 1), "environment"};
        else if (std::ranges::any_of(sections,
                                     [&name](const auto& s) { return name.starts_with(s); }))
            throw ConfigError("unknown setting " + name + " (environment)");
    }
}

}  // namespace

Settings layerSettings(const std::filesystem::path& file,
                       const std::vector<std::string>& overrides) {
    Settings settings;
    for (const auto& key : configKeys())
        if (key.defaultValue) settings[key.name] = {*key.defaultValue, "default"};
    if (!file.empty()) putFile(settings, file);
    putEnvironment(settings);
    for (const auto& override : overrides) {
        const auto equals = override.find('=');
        if (equals == std::string::npos)
            throw ConfigError("not key=value: " + override + " (command line)");
        put(settings, override.substr(0, equals), override.substr(equals + 1), "command line");
    }
    return settings;
}

Config configFrom(const Settings& settings, const std::filesystem::path& file) {
    Config config;
    const auto base = std::filesystem::absolute(file).parent_path();
    for (const auto& key : configKeys()) {
        const auto found = settings.find(key.name);
        if (found == settings.end()) {
            if (key.required) throw ConfigError("missing setting " + key.name);
            continue;
        }
        try {
            key.set(config, found->second.value, base);
        } catch (const std::exception& error) {
            throw ConfigError("setting " + key.name + " (" + found->second.origin +
                              "): " + error.what());
        }
    }
    // Its receipts would bear a time that never was.
    if (!config.pushedClock.empty() && config.identity.environment == "production")
        throw ConfigError("setting gateway.pushedClock is not for production");
    return config;
}

}  // namespace gateway::app
