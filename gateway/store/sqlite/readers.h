#pragma once
// A small pool of read-only connections: readers never wait for the writer, nor it for them.

#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <vector>

#include "gateway/base/limits.h"
#include "gateway/store/sqlite/connection.h"
#include "gateway/store/sqlite/health.h"
#include "gateway/store/sqlite/sqlite_error.h"

namespace gateway::store::sqlite {

/// Thread-safe. Connections are opened when first needed, limits.storeReaders at most. None free
/// for limits.storeWait: StoreBusy. A read that fails makes the store unhealthy: StoreFault.
class Readers {
  public:
    Readers(std::filesystem::path file, const base::Limits& limits, Health& health);
    ~Readers();
    Readers(const Readers&) = delete;
    Readers& operator=(const Readers&) = delete;

    /// Gives a connection to `work` and returns what it returns. Keep it short: while a read lasts
    /// the log file cannot begin anew.
    template <class Work>
    auto read(const Work& work) {
        const Lease lease(*this);
        try {
            return work(*lease.connection);
        } catch (const SqliteError& error) {
            health_.fail(error.what());
            throw health_.fault();
        }
    }

  private:
    struct Lease {
        explicit Lease(Readers& from) : readers(from), connection(from.take()) {}
        ~Lease() { readers.giveBack(std::move(connection)); }
        Lease(const Lease&) = delete;
        Lease& operator=(const Lease&) = delete;
        Readers& readers;
        std::unique_ptr<Connection> connection;
    };
    [[nodiscard]] std::unique_ptr<Connection> take();
    void giveBack(std::unique_ptr<Connection> connection) noexcept;

    const std::filesystem::path file_;
    const base::Limits limits_;
    Health& health_;
    std::mutex mutex_;
    std::condition_variable free_;
    std::vector<std::unique_ptr<Connection>> idle_;
    std::size_t opened_ = 0;
};

}  // namespace gateway::store::sqlite
