#include <Poco/Util/ServerApplication.h>
#include <signal.h>
#include <sys/resource.h>

#include <ctime>

#include "gateway/app/process/gateway_process.h"
#include "gateway/app/process/service_manager.h"
#include "gateway/app/settings/arguments.h"
#include "gateway/app/settings/commands.h"
#include "gateway/app/settings/exit_codes.h"
#include "gateway/server/operators/operator_api.h"
#include "gateway/store/records.h"

namespace gateway::app {
namespace {

using base::LogLevel;

// For what a slow reader of the log has not yet taken; one that reads nothing holds nobody up.
constexpr std::chrono::milliseconds kLastLines{1'000};

// The process under POCO's ServerApplication: settings, build, wait for signals, stop.
class ServeApplication : public Poco::Util::ServerApplication {
  public:
    ServeApplication(std::filesystem::path file, std::vector<std::string> overrides) :
        file_(std::move(file)), overrides_(std::move(overrides)) {}

  protected:
    // Whatever stops us is caught here: POCO would turn every exception into one exit code.
    int main(const std::vector<std::string>&) override {
        const int code = guarded();
        base::flushLog(kLastLines);
        return code;
    }

  private:
    int guarded() {
        try {
            return serve();
        } catch (const CommandFailure& failure) {
            base::logEvent(LogLevel::Error, "gateway.bad_config", {{"reason", failure.what()}});
            return failure.code();
        } catch (const store::StoreFault& fault) {
            base::logEvent(LogLevel::Error, "store.fault", {{"reason", fault.what()}});
            return kExitStoreBroken;
        } catch (const std::exception& error) {
            base::logEvent(LogLevel::Error, "gateway.fault", {{"reason", error.what()}});
            return kExitFault;
        }
    }

    // A connection is a descriptor: the soft bound of a login shell is less than our own bounds.
    static void raiseDescriptors() {
        rlimit bound{};
        if (::getrlimit(RLIMIT_NOFILE, &bound) != 0) return;
        bound.rlim_cur = bound.rlim_max;
        static_cast<void>(::setrlimit(RLIMIT_NOFILE, &bound));
    }

    int serve() {
        raiseDescriptors();
        auto manager = ServiceManager::fromEnvironment();
        const auto config = configFrom(layerSettings(file_, overrides_), file_);
        base::setLogLevel(config.logLevel);
        GatewayProcess process(config);
        process.start();
        manager.ready("open at " + config.listenAddress + ":" + std::to_string(process.port()));
        const int code = waitForEnd(process, manager);
        // After a fault the watchdog goes on: such a stop is what may never end.
        if (code == kExitOk) manager.stopping();
        process.stop();
        base::logEvent(LogLevel::Info, "gateway.stopped", {});
        return code;
    }

    // SIGHUP reloads, SIGTERM and SIGINT end; a broken store ends too, so that the supervisor
    // starts us again and recovery runs.
    static int waitForEnd(GatewayProcess& process, ServiceManager& manager) {
        sigset_t signals;
        sigemptyset(&signals);
        for (const int signal : {SIGHUP, SIGTERM, SIGINT}) sigaddset(&signals, signal);
        const timespec patience{0, 100'000'000};
        for (;;) {
            siginfo_t info{};
            const int signal = sigtimedwait(&signals, &info, &patience);
            if (signal == SIGTERM || signal == SIGINT) return kExitOk;
            if (signal == SIGHUP) process.reload(server::userNamed(info.si_uid));
            if (process.broken()) {
                base::logEvent(LogLevel::Error, "gateway.store_broken", {});
                return kExitStoreBroken;
            }
            process.keepUp();
            if (manager.due(std::chrono::steady_clock::now()) &&
                process.answers(manager.patience()))
                manager.alive();
        }
    }

    std::filesystem::path file_;
    std::vector<std::string> overrides_;
};

}  // namespace

int serveCommand(const std::string& program, const Words& words) {
    // Read here: POCO would end with a code of its own for a wrong command line.
    const Arguments arguments(words, {"config"}, {}, {"set"});
    if (!arguments.positional().empty())
        throw UsageError("serve takes no " + arguments.positional().front());
    ServeApplication application(arguments.need("config"), arguments.all("set"));
    return application.run(Words{program});
}

}  // namespace gateway::app
