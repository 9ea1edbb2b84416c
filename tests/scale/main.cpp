// thahc-scale: makes ten years of the country in a store, and measures on it. See ops/scale.

#include <charconv>
#include <chrono>
#include <cstdio>
#include <iostream>
#include <string_view>

#include "tests/scale/generator.h"
#include "tests/scale/measures.h"

namespace {

using namespace gateway;

struct Options {
    std::filesystem::path store;
    scale::Plan plan{.rulings = 150'000, .seed = 1, .threads = 2};
};

Options optionsOf(int count, char** values) {
    Options options;
    for (int n = 1; n + 1 < count; n += 2) {
        const std::string_view name = values[n], value = values[n + 1];
        const auto number = [&](auto& target) {
            std::from_chars(value.data(), value.data() + value.size(), target);
        };
        if (name == "--store") options.store = value;
        if (name == "--rulings") number(options.plan.rulings);
        if (name == "--seed") number(options.plan.seed);
        if (name == "--threads") number(options.plan.threads);
    }
    return options;
}

void print(const scale::Tally& tally) {
    std::int64_t acts = 0, refused = 0;
    for (const auto& [type, times] : tally.taken) {
        std::printf("%9lld  %s\n", static_cast<long long>(times), type.c_str());
        acts += times;
    }
    for (const auto& [what, times] : tally.refused) {
        std::printf("%9lld  refused: %s\n", static_cast<long long>(times), what.c_str());
        refused += times;
    }
    std::printf("%lld acts, %lld words of the clock, %lld refused\n", static_cast<long long>(acts),
                static_cast<long long>(tally.clockWords), static_cast<long long>(refused));
}

}  // namespace

int main(int count, char** values) {
    const auto options = optionsOf(count, values);
    if (options.store.empty()) {
        std::cerr << "usage: thahc-scale --store FILE [--rulings N] [--seed S] [--threads T]\n";
        return 2;
    }
    const scale::Country country;
    const auto start = std::chrono::steady_clock::now();
    const auto seconds = [&] {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    };
    if (!std::filesystem::exists(options.store)) {
        const auto tally =
            scale::generate(country, options.plan, options.store, [&](std::int64_t messages) {
                std::fprintf(stderr, "\r%9lld messages, %.0f s", static_cast<long long>(messages),
                             seconds());
            });
        std::fprintf(stderr, "\n");
        print(tally);
        std::printf("made in %.0f s, %.1f GB\n", seconds(),
                    static_cast<double>(std::filesystem::file_size(options.store)) / 1e9);
    }
    scale::measure(country, options.store);
    return 0;
}
