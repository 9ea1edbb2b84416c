#include "gateway/store/sqlite/readers.h"

#include <utility>

namespace gateway::store::sqlite {

Readers::Readers(std::filesystem::path file, const base::Limits& limits, Health& health) :
    file_(std::move(file)), limits_(limits), health_(health) {
    idle_.reserve(limits_.storeReaders);
}

Readers::~Readers() {
    if (!health_.ok()) {
        for (const auto& connection : idle_) {
            connection->keepLogOnClose();
        }
    }
}

std::unique_ptr<Connection> Readers::take() {
    health_.check();
    std::unique_lock lock(mutex_);
    const bool free = free_.wait_for(lock, limits_.storeWait, [this] {
        return !idle_.empty() || opened_ < limits_.storeReaders;
    });
    if (!free) {
        throw StoreBusy("the store has more to read than it can");
    }
    if (!idle_.empty()) {
        std::unique_ptr<Connection> connection = std::move(idle_.back());
        idle_.pop_back();
        return connection;
    }
    auto connection = std::make_unique<Connection>(file_, Access::ReadOnly);
    ++opened_;
    return connection;
}

void Readers::giveBack(std::unique_ptr<Connection> connection) noexcept {
    {
        const std::lock_guard lock(mutex_);
        idle_.push_back(std::move(connection));
    }
    free_.notify_one();
}

}  // namespace gateway::store::sqlite
