#pragma once
// Many callers at the same moment.

#include <barrier>
#include <thread>
#include <vector>

namespace gateway::scenario {

/// Calls make(0) .. make(count - 1) on threads of their own that start together; the results in
/// order. What the calls throw ends the test program.
template <class Make>
[[nodiscard]] auto together(std::size_t count, Make make) {
    std::vector<decltype(make(std::size_t{0}))> results(count);
    std::barrier start(static_cast<std::ptrdiff_t>(count));
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < count; ++i) {
        threads.emplace_back([&, i] {
            start.arrive_and_wait();
            results[i] = make(i);
        });
    }
    for (auto& thread : threads) thread.join();
    return results;
}

}  // namespace gateway::scenario
