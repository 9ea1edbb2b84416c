// What mapping costs, apart from parsing and from the partner's schema.
//
//   bench_mapping [MAPPINGS = mappings]
//
// Every shipped sample that is taken, in microseconds of CPU for 4 KiB; then one ruling of a court
// with 2,000 parties and 5 MiB, with the memory that it takes; then the same message among ever
// more mappings. Budgets: 60 us for 4 KiB; 0.1 s and 12 times its size for the ruling; flat.

#include <malloc.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <iomanip>
#include <iostream>

#include "gateway/app/authors/sample_trial.h"
#include "gateway/app/client/files.h"
#include "gateway/document/json.h"
#include "gateway/document/schema.h"
#include "gateway/law/book/act_paths.h"
#include "gateway/mapping/mappings.h"
#include "gateway/mapping/model_shape.h"

using namespace gateway;
namespace fs = std::filesystem;

namespace {

double cpuSeconds() {
    timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

// The least of several rounds: what else runs on the machine only ever adds.
template <typename Work>
double secondsOf(int rounds, int each, const Work& work) {
    double least = 1e9;
    for (int round = 0; round < rounds; ++round) {
        const double start = cpuSeconds();
        for (int i = 0; i < each; ++i) work();
        least = std::min(least, (cpuSeconds() - start) / each);
    }
    return least;
}

// The partner's schema of a mapping, for its own share to be taken off.
std::shared_ptr<const document::XmlSchema> schemaOf(const fs::path& mapping) {
    const auto xml = document::XmlDocument::parse(app::readFile(mapping));
    const auto tree = xml->toTree();
    const auto* schema = tree.root.child("schema");
    if (schema == nullptr) return nullptr;
    const auto* file = schema->attribute("file");
    if (file == nullptr || !file->value.ends_with(".xsd")) return nullptr;
    return document::XmlSchema::load(mapping.parent_path() / file->value);
}

struct Figure {
    std::string name;
    std::size_t bytes = 0;
    double parse = 0, schema = 0, map = 0;
    [[nodiscard]] double for4KiB() const {
        return map * 1e6 * 4096 / static_cast<double>(std::max<std::size_t>(bytes, 4096));
    }
};

Figure measured(const mapping::Plan& plan, const fs::path& sample, const std::string& bytes,
                const app::SampleSurroundings& around, int each) {
    Figure figure{sample.parent_path().filename().string() + '/' + sample.filename().string(),
                  bytes.size()};
    const auto content = app::contentOf(plan.theirs(), bytes).value();
    constexpr int kRounds = 7;
    figure.parse =
        secondsOf(kRounds, each, [&] { static_cast<void>(app::contentOf(plan.theirs(), bytes)); });
    if (const auto schema = content.xml ? schemaOf(sample.parent_path() / "mapping.xml") : nullptr)
        figure.schema =
            secondsOf(kRounds, each, [&] { static_cast<void>(schema->validate(*content.xml)); });
    figure.map = secondsOf(kRounds, each, [&] {
        if (!plan.accepts(content) || !plan.read(content, around.exchange)) std::abort();
    });
    figure.map -= figure.schema;
    return figure;
}

void print(const Figure& figure) {
    std::cout << std::left << std::setw(58) << figure.name << std::right << std::setw(9)
              << figure.bytes << std::fixed << std::setprecision(1) << std::setw(11)
              << figure.parse * 1e6 << std::setw(11) << figure.schema * 1e6 << std::setw(11)
              << figure.map * 1e6 << std::setw(11) << figure.for4KiB() << '\n';
}

// A ruling with `parties` plaintiffs whose addresses fill it up to `size` bytes.
std::string rulingOf(const std::string& sample, std::size_t parties, std::size_t size) {
    auto tree = document::readJson(sample).value();
    auto* list = tree.root.child("ban_an")->child("nguoi_khoi_kien");
    const auto first = list->children.front();
    list->children.assign(parties, first);
    const std::size_t bare = document::writeJson(tree.root).size();
    for (auto& party : list->children)
        if (size > bare) party.child("dia_chi")->value.append((size - bare) / parties, 'x');
    return document::writeJson(tree.root);
}

std::size_t heapInUse() {
    const auto info = ::mallinfo2();
    return info.uordblks + info.hblkhd;
}

void printRuling(const mapping::Plan& plan, const fs::path& sample,
                 const app::SampleSurroundings& around) {
    const std::string text = app::readFile(sample);
    for (const auto& [parties, size] :
         {std::pair<std::size_t, std::size_t>{500, 0}, {1'000, 0}, {2'000, 0}, {2'000, 5 << 20}}) {
        const std::string bytes = rulingOf(text, parties, size);
        print(measured(plan, sample, bytes, around, 1));
        const auto before = heapInUse();
        const auto content = app::contentOf(plan.theirs(), bytes).value();
        const auto mapped = plan.read(content, around.exchange);
        std::cout << "    " << parties << " parties: parsed and mapped it holds "
                  << std::setprecision(2)
                  << static_cast<double>(heapInUse() - before) / static_cast<double>(bytes.size())
                  << " times its size\n";
    }
}

void printChoice(const mapping::Mappings& all, const document::Content& content) {
    std::vector<std::string> names;
    for (const auto* plan : all.all()) names.push_back(plan->id());
    for (std::size_t count = 1; count <= names.size(); count = count * 3) {
        std::vector<std::string> some(names.begin(), names.begin() + static_cast<long>(count));
        some.back() = "court-json/ruling";
        const double spent =
            secondsOf(7, 200, [&] { static_cast<void>(all.candidates(some, content)); });
        std::cout << "choice among " << std::setw(3) << count << " mappings: " << spent * 1e6
                  << " us\n";
    }
}

}  // namespace

int main(int argc, char** argv) {
    const fs::path root = argc > 1 ? argv[1] : "mappings";
    const auto reference = app::loadReference(root, app::connectorsBeside(root));
    const mapping::ModelShape shape(law::actPathsOf(reference->law()));
    const double start = cpuSeconds();
    const auto mappings =
        mapping::Mappings::load(root, shape, app::loadCodeLists(root, *reference).lists);
    std::cout << mappings->all().size() << " mappings loaded in " << (cpuSeconds() - start) * 1e3
              << " ms\n";
    std::cout << "sample                                                        bytes"
                 "   parse us  schema us     map us   us/4 KiB\n";
    std::vector<double> each;
    for (const auto* plan : mappings->all()) {
        if (!plan->inward() || plan->table()) continue;
        const auto around = app::surroundingsOf(*plan,
                                                fs::exists(root / plan->id() / "exchange.json")
                                                    ? (root / plan->id() / "exchange.json").string()
                                                    : std::string(),
                                                {});
        for (const auto& entry : fs::directory_iterator(root / plan->id())) {
            if (!entry.path().filename().string().starts_with("ok-")) continue;
            const auto figure =
                measured(*plan, entry.path(), app::readFile(entry.path()), around, 50);
            print(figure);
            each.push_back(figure.for4KiB());
        }
    }
    std::sort(each.begin(), each.end());
    std::cout << "us for 4 KiB: median " << each[each.size() / 2] << ", worst " << each.back()
              << '\n';
    const fs::path sample = root / "court-json" / "ruling" / "ok-full.json";
    const auto* plan = mappings->find("court-json/ruling");
    printRuling(*plan, sample, app::surroundingsOf(*plan, {}, {}));
    printChoice(*mappings, app::contentOf(plan->theirs(), app::readFile(sample)).value());
    return 0;
}
