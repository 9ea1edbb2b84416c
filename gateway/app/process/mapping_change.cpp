#include "gateway/app/process/mapping_change.h"

#include <algorithm>

#include "gateway/app/client/files.h"
#include "gateway/app/process/snapshot_loader.h"
#include "gateway/base/time_format.h"
#include "gateway/document/json.h"
#include "gateway/exchange/desk/canonical_acts.h"
#include "gateway/law/book/act_paths.h"
#include "gateway/mapping/binding.h"
#include "gateway/mapping/model_shape.h"
#include "gateway/mapping/sources/mapping_files.h"

namespace gateway::app {
namespace {

namespace fs = std::filesystem;
using document::Node;

// JSON's members have no order.
std::string comparable(Node tree) {
    const auto sorted = [](auto& self, Node& node) -> void {
        for (auto& child : node.children) self(self, child);
        if (node.kind == document::Kind::Object)
            std::ranges::sort(node.children, {}, [](const Node& child) { return child.name; });
    };
    sorted(sorted, tree);
    return document::writeJson(tree);
}

// As on the road, up to the case.
class SamplePlayer {
  public:
    SamplePlayer(const mapping::Plan& plan, const law::LawBook& law, const base::Clock& clock,
                 fs::path folder) :
        plan_(plan), law_(law), now_(clock.now()), folder_(std::move(folder)) {}

    void play(MappingTrial& trial) const {
        std::vector<fs::path> files;
        for (const auto& entry : fs::directory_iterator(folder_)) files.push_back(entry.path());
        std::ranges::sort(files);
        for (const auto& file : files) {
            const auto name = file.filename().string();
            const bool good = name.starts_with("ok-");
            if (!good && !name.starts_with("bad-")) continue;
            if (auto fault = good ? faultOfGood(file) : faultOfBad(file))
                trial.faults.push_back(name + ": " + *std::move(fault));
            else
                ++(good ? trial.good : trial.bad);
        }
        if (trial.good == 0 && trial.faults.empty())
            trial.faults.push_back("there is no sample ok-* in " + folder_.string());
    }

  private:
    using Outcome = base::Result<Node, std::string>;

    [[nodiscard]] std::optional<std::string> faultOfGood(const fs::path& file) const {
        auto ours = read(file);
        if (!ours) return "was refused: " + ours.error();
        const auto wanted = folder_ / "expected" / (file.stem().string() + ".json");
        if (fs::exists(wanted)) {
            const auto tree = document::readJson(readFile(wanted));
            if (!tree || comparable(tree->root) != comparable(*ours))
                return "what was read is not what " + wanted.string() + " says";
        }
        if (plan_.outward()) try {
                plan_.tryWriting(*ours, exchange());
            } catch (const base::Fault& fault) {
                return std::string("cannot be written again: ") + fault.what();
            }
        return std::nullopt;
    }

    [[nodiscard]] std::optional<std::string> faultOfBad(const fs::path& file) const {
        if (read(file)) return "was taken, and should be refused";
        return std::nullopt;
    }

    [[nodiscard]] Outcome read(const fs::path& file) const {
        document::Content content;
        const auto bytes = readFile(file);
        if (plan_.theirs() == document::Form::Json) {
            auto tree = document::readJson(bytes);
            if (!tree) return base::render(tree.error()).en;
            content.tree = *std::move(tree);
        } else {
            auto xml = document::XmlDocument::parse(bytes);
            if (!xml) return base::render(xml.error()).en;
            content.tree = xml->toTree();
            content.xml = *std::move(xml);
        }
        if (!plan_.accepts(content)) return std::string("it is not accepted by <accept>");
        auto mapped = plan_.read(content, exchange());
        if (!mapped) return told(mapped.error());
        if (const auto* act = exchange::declaredIn(law_, mapped->ours)) {
            const auto problems = exchange::judgeDeclared(*act, content.tree.root, mapped->ours,
                                                          base::vietnamDate(now_));
            if (!problems.empty()) return told(problems);
        }
        const auto bound = mapping::bindMessage(mapped->ours);
        if (!bound) return told(bound.error());
        return std::move(mapped->ours);
    }

    [[nodiscard]] static std::string told(const mapping::Problems& problems) {
        const auto& first = problems.front();
        return first.path + ", line " + std::to_string(first.position.line) + ": " +
               base::render(first).en;
    }

    // What stands beside the samples of a format whose envelope is not in the document.
    [[nodiscard]] mapping::ExchangeValues exchange() const {
        mapping::ExchangeValues values{{"sender", "sample"},
                                       {"audience", "sample/sample"},
                                       {"messageId", "sample-1"},
                                       {"messageType", plan_.messageType()},
                                       {"createdAt", "2026-01-01T00:00:00.000Z"},
                                       {"receivedAt", base::formatTimestamp(now_)},
                                       {"channel", "sample"},
                                       {"gateway", "sample/sample"}};
        if (!fs::exists(folder_ / "exchange.json")) return values;
        if (const auto tree = document::readJson(readFile(folder_ / "exchange.json")))
            for (const auto& member : tree->root.children) values[member.name] = member.value;
        return values;
    }

    const mapping::Plan& plan_;
    const law::LawBook& law_;
    base::Timestamp now_;
    fs::path folder_;
};

}  // namespace

MappingTrial tryMapping(const Config& config, const base::Clock& clock,
                        const exchange::Snapshot& snapshot, const std::string& name) {
    const DataView data(config.mappings, config.connectors, config.localData);
    const auto& reference = *snapshot.reference;
    const auto language = document::XmlSchema::load(data.mappings() / "schemas" / "mapping.xsd");
    const mapping::ModelShape shape(law::actPathsOf(reference.law()));
    const auto codes = loadCodeLists(data.mappings(), reference).lists;
    std::string wrong;
    for (const auto& file : mapping::mappingFiles(data.mappings())) {
        MappingTrial trial;
        try {
            trial.plan = mapping::Plan::compile(file, *language, shape, codes);
        } catch (const base::Fault& fault) {
            wrong += "; " + data.named(fault.what());
            continue;
        }
        if (trial.plan->name() != name) continue;
        // A view leaves delivered samples out: they lie beside the file itself.
        const auto samples = mapping::samplesOf(data.named(file.string()));
        if (trial.plan->inward())
            SamplePlayer(*trial.plan, reference.law(), clock, samples).play(trial);
        return trial;
    }
    throw base::Fault("there is no mapping \"" + name + "\"" + wrong);
}

void MappingChange::change(const mapping::VersionChoices& next,
                           const mapping::VersionChoices& before, const Served& served) {
    choices_.save(next);
    reload_();
    if (served(*snapshots_.current()->mappings)) return;
    choices_.save(before);
    reload_();
    throw base::Fault(
        "the mappings as they are now cannot be taken, so nothing was changed; "
        "status names what is wrong");
}

MappingTrial MappingChange::tried(const std::string& name) const {
    return tryMapping(config_, clock_, *snapshots_.current(), name);
}

void MappingChange::activate(const MappingTrial& trial) {
    const auto& plan = *trial.plan;
    const auto before = choices_.load();
    auto next = before;
    auto& choice = next[plan.id()];
    choice.withdrawn.erase(plan.version());
    std::erase_if(choice.activated, [&](const auto& one) { return one.version == plan.version(); });
    choice.activated.insert(choice.activated.begin(), {plan.version(), plan.digest().hex()});
    change(next, before, [&](const mapping::Mappings& mappings) {
        const auto* first = mappings.find(plan.id());
        return first && first->digest() == plan.digest() && first->version() == plan.version();
    });
}

std::string MappingChange::rollBack(const std::string& id) {
    const auto today = base::vietnamDate(clock_.now());
    const auto snapshot = snapshots_.current();
    const auto serving = snapshot->mappings->versionsOf(id, today);
    if (id.find('@') != std::string::npos || serving.empty())
        throw base::Fault("no version of \"" + id + "\" serves today; name an id alone");
    if (serving.size() == 1)
        throw base::Fault("no other version than " + serving.front()->name() +
                          " serves today: there is nothing to go back to");
    const auto version = serving.front()->version();
    const auto before = choices_.load();
    auto next = before;
    auto& choice = next[id];
    std::erase_if(choice.activated, [&](const auto& one) { return one.version == version; });
    choice.withdrawn.insert(version);
    auto then = serving[1]->name();
    change(next, before, [&](const mapping::Mappings& mappings) {
        const auto* first = mappings.find(id, today);
        return first && first->name() == then;
    });
    return then;
}

base::Result<Node, std::string> MappingChange::carryOut(const std::string& act,
                                                        const std::string& name) try {
    const std::lock_guard lock(changing_);
    Node node = document::objectNode();
    const auto add = [&node](Node member) { node.children.push_back(std::move(member)); };
    if (act == "rollback") {
        auto serves = rollBack(name);
        add(document::booleanNode("done", true));
        add(document::stringNode("serves", std::move(serves)));
        return node;
    }
    const auto trial = tried(name);
    if (act == "activate" && trial.passed()) activate(trial);
    add(document::booleanNode("done", trial.passed()));
    add(document::stringNode("mapping", trial.plan->name()));
    add(document::stringNode("sha256", trial.plan->digest().hex()));
    add(document::numberNode("good", std::to_string(trial.good)));
    add(document::numberNode("bad", std::to_string(trial.bad)));
    Node faults = document::arrayNode("faults");
    for (const auto& fault : trial.faults)
        faults.children.push_back(document::stringNode("", fault));
    add(std::move(faults));
    return node;
} catch (const base::Fault& fault) {
    return std::string(fault.what());
}

}  // namespace gateway::app
