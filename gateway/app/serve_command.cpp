#include <Poco/Util/Option.h>
#include <Poco/Util/OptionCallback.h>
#include <Poco/Util/OptionSet.h>
#include <Poco/Util/ServerApplication.h>
#include <signal.h>

#include <ctime>

#include "gateway/app/commands.h"
#include "gateway/app/exit_codes.h"
#include "gateway/app/gateway_process.h"
#include "gateway/store/records.h"

namespace gateway::app {
namespace {

using base::LogLevel;

// The process under POCO's ServerApplication: settings, build, wait for signals, stop.
class ServeApplication : public Poco::Util::ServerApplication {
  protected:
    void defineOptions(Poco::Util::OptionSet& options) override {
        ServerApplication::defineOptions(options);
        using Poco::Util::Option;
        using Callback = Poco::Util::OptionCallback<ServeApplication>;
        options.addOption(Option("config", "c", "properties file", true, "FILE")
                              .callback(Callback(this, &ServeApplication::takeConfig)));
        options.addOption(Option("set", "s", "one setting, key=value", false, "key=value", true)
                              .repeatable(true)
                              .callback(Callback(this, &ServeApplication::takeSetting)));
    }

    // Whatever stops us is caught here: POCO would turn every exception into one exit code.
    int main(const std::vector<std::string>&) override {
        try {
            return serve();
        } catch (const ConfigError& error) {
            base::logEvent(LogLevel::Error, "gateway.bad_config", {{"reason", error.what()}});
            return kExitBadData;
        } catch (const store::StoreFault& fault) {
            base::logEvent(LogLevel::Error, "store.fault", {{"reason", fault.what()}});
            return kExitStoreBroken;
        } catch (const std::exception& error) {
            base::logEvent(LogLevel::Error, "gateway.fault", {{"reason", error.what()}});
            return kExitFault;
        }
    }

  private:
    int serve() {
        const auto config = configFrom(layerSettings(file_, overrides_), file_);
        base::setLogLevel(config.logLevel);
        GatewayProcess process(config);
        process.start();
        const int code = waitForEnd(process);
        process.stop();
        base::logEvent(LogLevel::Info, "gateway.stopped", {});
        return code;
    }

    void takeConfig(const std::string&, const std::string& value) { file_ = value; }
    void takeSetting(const std::string&, const std::string& value) { overrides_.push_back(value); }

    // SIGHUP reloads, SIGTERM and SIGINT end; a broken store ends too, so that the supervisor
    // starts us again and recovery runs.
    static int waitForEnd(GatewayProcess& process) {
        sigset_t signals;
        sigemptyset(&signals);
        for (const int signal : {SIGHUP, SIGTERM, SIGINT}) sigaddset(&signals, signal);
        const timespec patience{0, 100'000'000};
        for (;;) {
            const int signal = sigtimedwait(&signals, nullptr, &patience);
            if (signal == SIGTERM || signal == SIGINT) return kExitOk;
            if (signal == SIGHUP) process.reload();
            if (process.broken()) {
                base::logEvent(LogLevel::Error, "gateway.store_broken", {});
                return kExitStoreBroken;
            }
        }
    }

    std::string file_;
    std::vector<std::string> overrides_;
};

}  // namespace

int serveCommand(int argc, char** argv) {
    // POCO knows --name=value only; all our commands take --name value as well.
    std::vector<std::string> words;
    for (int i = 0; i < argc; ++i) {
        const std::string word = argv[i];
        const bool valued = word == "--config" || word == "--set";
        words.push_back(valued && i + 1 < argc ? word + "=" + argv[++i] : word);
    }
    ServeApplication application;
    return application.run(words);
}

}  // namespace gateway::app
