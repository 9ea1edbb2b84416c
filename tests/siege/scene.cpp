#include "tests/siege/scene.h"

#include <filesystem>
#include <fstream>

#include "gateway/base/fault.h"

namespace gateway::siege {

Scene::Scene(const Settings& settings) {
    for (const auto& [key, value] : settings) world_.set(key, value);
    scenario::enrolProvince(world_);
    world_.issue(kStranger, trust::DemoKind::Channel);
    if (!world_.start()) throw base::Fault("the gateway does not come up:\n" + world_.log());
    agencies_.emplace(world_);
}

thahc::test::ProbeSettings Scene::wire(const std::string& certificate,
                                       const std::string& from) const {
    auto wire = plain(from);
    wire.tls = true;
    wire.client =
        thahc::test::Issued{world_.certificate(certificate), world_.key(certificate), "", ""};
    return wire;
}

thahc::test::ProbeSettings Scene::plain(const std::string& from) const {
    thahc::test::ProbeSettings plain;
    plain.port = world_.port();
    plain.from = from;
    plain.tls = false;
    return plain;
}

double Scene::mostMemoryMiB() const {
    auto& process = const_cast<scenario::World&>(world_).process();
    std::ifstream status("/proc/" + std::to_string(process.pid()) + "/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmHWM:")) return std::stod(line.substr(6)) / 1024;
    return 0;
}

double Scene::diskMiB() const {
    double bytes = 0;
    std::error_code gone;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(world_.folder()))
        if (entry.is_regular_file() && entry.path() != world_.logFile())
            if (const auto size = entry.file_size(gone); !gone) bytes += static_cast<double>(size);
    return bytes / (1024 * 1024);
}

}  // namespace gateway::siege
