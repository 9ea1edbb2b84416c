#include "gateway/server/door/worker_pool.h"

#include <Poco/Exception.h>
#include <Poco/Runnable.h>
#include <Poco/ThreadPool.h>

#include "gateway/base/log.h"
#include "gateway/server/wire/timed_socket.h"

namespace gateway::server {
namespace {

constexpr int kThreadStackBytes = 1024 * 1024;
constexpr int kIdleThreadSeconds = 60;

/// Deletes itself when it has run: POCO does not keep what it is given.
class Work : public Poco::Runnable {
  public:
    explicit Work(std::function<void()> work) : work_(std::move(work)) {}
    void run() override {
        const std::unique_ptr<Work> self(this);
        blockSigpipe();
        try {
            work_();
        } catch (const std::exception& e) {
            base::logEvent(base::LogLevel::Error, "connection_fault", {{"what", e.what()}});
        }
    }

  private:
    std::function<void()> work_;
};

}  // namespace

struct WorkerPool::Native {
    Poco::ThreadPool pool;
};

WorkerPool::WorkerPool(const std::string& name, std::size_t threads) :
    native_(
        new Native{{name, 2, static_cast<int>(threads), kIdleThreadSeconds, kThreadStackBytes}}) {}

WorkerPool::~WorkerPool() { join(); }

bool WorkerPool::run(std::function<void()> work) {
    auto runnable = std::make_unique<Work>(std::move(work));
    try {
        native_->pool.start(*runnable);
    } catch (const Poco::Exception&) {
        return false;
    }
    static_cast<void>(runnable.release());
    return true;
}

void WorkerPool::join() { native_->pool.joinAll(); }

}  // namespace gateway::server
