// test-mappings: every mapping with the samples beside it, as one table.

#include <algorithm>
#include <iomanip>
#include <iostream>
#include <map>
#include <set>

#include "gateway/app/authors/sample_trial.h"
#include "gateway/app/authors/sample_variants.h"
#include "gateway/app/authors/workshop.h"
#include "gateway/app/client/files.h"
#include "gateway/app/settings/arguments.h"
#include "gateway/app/settings/commands.h"
#include "gateway/app/settings/exit_codes.h"
#include "gateway/base/fault.h"
#include "gateway/document/json.h"
#include "gateway/mapping/engine/rule.h"
#include "gateway/mapping/sources/mapping_files.h"

namespace gateway::app {
namespace {

namespace fs = std::filesystem;
using document::Node;

constexpr std::size_t kMostPlanted = 1'000;

/// What was seen of one mapping.
struct Outcome {
    std::string id, direction, fault;
    std::size_t good = 0, bad = 0, used = 0, ignored = 0, kept = 0, unknown = 0;
    std::size_t identical = 0, variants = 0, planted = 0;
    std::set<std::string> losses;
    /// What differed in the documents of good samples that were written again, by kind.
    std::map<std::string, std::int64_t> otherwise;
    std::vector<std::string> failures;
};

std::vector<fs::path> samplesOf(const fs::path& directory, const std::string& prefix) {
    std::vector<fs::path> samples;
    for (const auto& entry : fs::directory_iterator(directory))
        if (entry.is_regular_file() && entry.path().filename().string().starts_with(prefix))
            samples.push_back(entry.path());
    std::sort(samples.begin(), samples.end());
    return samples;
}

// document-NAME.*: what is given with every sample.
std::vector<std::string> documentsOf(const fs::path& directory) {
    const std::string prefix = "document-";
    std::vector<std::string> documents;
    for (const auto& file : samplesOf(directory, prefix))
        documents.push_back(file.stem().string().substr(prefix.size()) + "=" + file.string());
    return documents;
}

std::size_t countOf(const Node& told, std::string_view use) {
    const Node* const report = told.child("report");
    if (report == nullptr) return 0;
    return static_cast<std::size_t>(
        std::count_if(report->children.begin(), report->children.end(),
                      [use](const Node& fate) { return fate.child("use")->value == use; }));
}

/// Tries one mapping on its samples.
class MappingTest {
  public:
    MappingTest(const CheckedMapping& checked, const fs::path& directory, base::Date today) :
        checked_(checked), directory_(directory), today_(today) {
        const auto& plan = *checked.plan;
        const fs::path exchange = directory / "exchange.json";
        around_ = surroundingsOf(plan, fs::exists(exchange) ? exchange.string() : std::string(),
                                 documentsOf(directory));
        outcome_.id = plan.id();
        outcome_.direction = !plan.outward() ? "in" : !plan.inward() ? "out" : "both";
        plan.forEachRule([this](const mapping::Rule& rule) {
            for (const auto loss : rule.losses()) outcome_.losses.emplace(nameOf(loss));
        });
    }

    Outcome run() {
        if (!checked_.plan->inward()) return outward();
        for (const auto& sample : samplesOf(directory_, "ok-")) good(sample);
        for (const auto& sample : samplesOf(directory_, "bad-")) {
            ++outcome_.bad;
            if (trialInward(checked_, readFile(sample), around_, today_).accepted)
                fail(sample, "is accepted");
        }
        return std::move(outcome_);
    }

  private:
    // Samples of what is only written are ours.
    Outcome outward() {
        for (const auto& sample : samplesOf(directory_, "ok-")) {
            ++outcome_.good;
            if (!trialOutward(checked_, readFile(sample), around_).accepted)
                fail(sample, "cannot be written");
        }
        for (const auto& sample : samplesOf(directory_, "bad-")) {
            ++outcome_.bad;
            if (trialOutward(checked_, readFile(sample), around_).accepted)
                fail(sample, "is written");
        }
        return std::move(outcome_);
    }
    // Of one message, also where it is a row.
    [[nodiscard]] SampleTrial trial(const std::string& bytes) const {
        const auto content = contentOf(checked_.plan->theirs(), bytes);
        if (!content || (!checked_.plan->table() && !checked_.plan->accepts(*content))) return {};
        return trialMessage(checked_, *content, around_, today_);
    }
    void fail(const fs::path& sample, const std::string& what) {
        outcome_.failures.push_back(sample.filename().string() + ": " + what);
    }

    void good(const fs::path& sample) {
        ++outcome_.good;
        const std::string bytes = readFile(sample);
        if (!checked_.plan->table()) {
            goodMessage(sample, bytes);
            return;
        }
        const auto table = tableOf(*checked_.plan, bytes);
        if (!table || !trialInward(checked_, bytes, around_, today_).accepted)
            fail(sample, "is refused");
        else
            for (const auto& row : table->rows()) goodMessage(sample, document::writeJson(row));
    }

    void goodMessage(const fs::path& sample, const std::string& bytes) {
        const SampleTrial tried = trial(bytes);
        if (!tried.accepted) {
            fail(sample, "is refused");
            return;
        }
        outcome_.used += countOf(tried.told, "used");
        outcome_.ignored += countOf(tried.told, "ignored");
        outcome_.kept += countOf(tried.told, "kept");
        outcome_.unknown += countOf(tried.told, "unknown");
        if (const Node* const trip = tried.told.child("roundTrip")) {
            if (trip->child("identical")->value == "true")
                ++outcome_.identical;
            else
                fail(sample,
                     "comes back different: " + document::writeJson(*trip->child("differences")));
            if (const Node* const documents = trip->child("documents"))
                for (const Node& one : documents->children)
                    outcome_.otherwise[one.child("kind")->value] +=
                        std::stoll(one.child("count")->value);
            if (const Node* const unexplained = trip->child("unexplained"))
                fail(sample, "is written otherwise, and no rule says so: " +
                                 document::writeJson(*unexplained));
        }
        const document::Tree tree = contentOf(checked_.plan->theirs(), bytes)->tree;
        for (const auto& variant : variantsOf(tree)) {
            ++outcome_.variants;
            const SampleTrial other = trial(variant.bytes);
            if (!other.accepted || !sameOurs(tried, other))
                fail(sample, variant.what + ": means something else");
        }
        forEachPlanted(tree, kMostPlanted, [&](const SampleVariant& planted) {
            ++outcome_.planted;
            if (isMissed(trial(planted.bytes))) fail(sample, planted.what + ": not seen");
        });
    }

    // Members that stand in another order in theirs may do so in ours.
    static bool sameOurs(const SampleTrial& left, const SampleTrial& right) {
        return differencesOf(*left.told.child("ours"), *right.told.child("ours")).empty();
    }

    // Refused, named in the report as left or unknown, or gone over as it is.
    static bool isMissed(const SampleTrial& tried) {
        const Node* const report = tried.told.child("report");
        if (report == nullptr || tried.result.find(kPlanted) != std::string::npos) return false;
        return std::none_of(report->children.begin(), report->children.end(), [](const Node& fate) {
            return fate.child("path")->value.find(kPlanted) != std::string::npos &&
                   fate.child("use")->value != "used";
        });
    }

    const CheckedMapping& checked_;
    fs::path directory_;
    base::Date today_;
    SampleSurroundings around_;
    Outcome outcome_;
};

Node nodeOf(const Outcome& outcome) {
    Node node = document::objectNode();
    document::addText(node, "mapping", outcome.id);
    document::addText(node, "direction", outcome.direction);
    document::addText(node, "problem", outcome.fault);
    const std::pair<const char*, std::size_t> counts[] = {
        {"good", outcome.good},           {"bad", outcome.bad},
        {"used", outcome.used},           {"ignored", outcome.ignored},
        {"kept", outcome.kept},           {"unknown", outcome.unknown},
        {"identical", outcome.identical}, {"variants", outcome.variants},
        {"planted", outcome.planted}};
    for (const auto& [name, count] : counts)
        document::addNumber(node, name, static_cast<std::int64_t>(count));
    Node otherwise = document::objectNode("writtenOtherwise");
    for (const auto& [kind, count] : outcome.otherwise) document::addNumber(otherwise, kind, count);
    node.children.push_back(std::move(otherwise));
    for (const auto& [name, texts] :
         {std::pair{"losses",
                    std::vector<std::string>(outcome.losses.begin(), outcome.losses.end())},
          std::pair{"failures", outcome.failures}}) {
        Node list = document::arrayNode(name);
        for (const auto& text : texts) list.children.push_back(document::stringNode({}, text));
        node.children.push_back(std::move(list));
    }
    return node;
}

void print(const std::vector<Outcome>& outcomes) {
    constexpr int kWidest = 46;
    std::cout << std::left << std::setw(kWidest) << "mapping" << std::right
              << "   ok  bad  used ignored kept unknown  same variants planted missed  written "
                 "otherwise\n";
    for (const Outcome& one : outcomes) {
        std::string otherwise;
        for (const auto& [kind, count] : one.otherwise)
            otherwise.append(otherwise.empty() ? "" : "; ")
                .append(kind + " " + std::to_string(count));
        std::cout << std::left << std::setw(kWidest) << one.id << std::right << std::setw(5)
                  << one.good << std::setw(5) << one.bad << std::setw(6) << one.used << std::setw(8)
                  << one.ignored << std::setw(5) << one.kept << std::setw(8) << one.unknown
                  << std::setw(6) << one.identical << std::setw(9) << one.variants << std::setw(8)
                  << one.planted << std::setw(7) << one.failures.size() << "  " << otherwise
                  << '\n';
        if (!one.fault.empty()) std::cout << "    " << one.fault << '\n';
        for (const auto& failure : one.failures) std::cout << "    " << failure << '\n';
    }
}

// All, or those of formats whose name begins with one of the words.
bool isWanted(const std::string& id, const std::vector<std::string>& wanted) {
    return wanted.empty() || std::ranges::any_of(wanted, [&id](const auto& prefix) {
               return id.starts_with(prefix);
           });
}

}  // namespace

int testMappingsCommand(const Words& words) {
    const Arguments arguments(words, {"mappings", "local"}, {"json"});
    const DataView data = dataNamedBy(arguments);
    const base::SystemClock clock;
    const auto today = base::vietnamDate(clock.now());
    const auto workshop = fromInput([&] { return std::make_unique<Workshop>(data); });
    std::vector<Outcome> outcomes;
    bool good = true;
    for (const auto& file : mapping::mappingFiles(data.mappings())) {
        const auto id = file.parent_path().lexically_relative(data.mappings()).generic_string();
        if (!isWanted(id, arguments.positional())) continue;
        try {
            const CheckedMapping checked = workshop->compile(file);
            outcomes.push_back(MappingTest(checked, mapping::samplesOf(file), today).run());
        } catch (const base::Fault& fault) {
            outcomes.emplace_back();
            outcomes.back().id = id;
            outcomes.back().fault = fault.what();
        }
        good = good && outcomes.back().fault.empty() && outcomes.back().failures.empty() &&
               outcomes.back().unknown == 0;
    }
    if (!arguments.has("json")) {
        print(outcomes);
        return good ? kExitOk : kExitRefused;
    }
    Node root = document::objectNode();
    document::addFlag(root, "good", good);
    root.children.push_back(document::arrayNode("mappings"));
    for (const Outcome& outcome : outcomes)
        root.children.back().children.push_back(nodeOf(outcome));
    std::cout << document::writeJson(root) << '\n';
    return good ? kExitOk : kExitRefused;
}

}  // namespace gateway::app
