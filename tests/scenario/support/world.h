#pragma once
// The real gateway as a child process, with its files, and everything an operator does to it.

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "gateway/document/tree.h"
#include "gateway/trust/certificates/certificate.h"
#include "gateway/trust/certificates/demo_pki.h"
#include "tests/scenario/support/child.h"
#include "tests/support/temporary_folder.h"

namespace gateway::scenario {

inline const std::string kAddress = "thahc/test";

/// How one agency is registered. Its certificates are named CODE-channel and CODE-seal.
struct Enrolment {
    std::string agency;
    std::vector<std::string> carriesAlso;    ///< further agencies of its channel
    std::vector<std::string> carriesUnread;  ///< the same, without reading for them
    std::vector<std::string> carriesNoMore;  ///< carried until the start of this year
    std::vector<std::string> formatsIn = {"case-model-json/*", "case-model-xml/*"};
    std::map<std::string, std::string> formatsOut;
    std::string preferred = "json";
    std::string pushUrl;
    bool pushIdempotent = true;
    std::string pushStatus;
    std::string channelRevoked, sealRevoked;  ///< instants
    std::vector<std::string> moreSeals;       ///< names of further certificates
    trust::DemoAlgorithm algorithm = trust::DemoAlgorithm::P256;
};

struct OperatorReply {
    int status = 0;
    std::string body;
    document::Node content;  ///< when it was JSON
    [[nodiscard]] std::string at(std::string_view path) const;
};

/// A folder with demo certificates, registrations and settings, and the gateway that lives there.
/// Killed at the end. One thread at a time but for port(), operatorGet() and operatorPost().
class World {
  public:
    World();

    /// Registers, or registers anew; a running gateway learns of it by reload().
    void enrol(const Enrolment& enrolment);
    /// A certificate of the demo authority, valid since `age` ago; `name` must be new.
    void issue(const std::string& name, trust::DemoKind kind,
               trust::DemoAlgorithm algorithm = trust::DemoAlgorithm::P256,
               std::chrono::hours age = std::chrono::hours(24));
    void revoke(const std::vector<std::string>& certificateNames);
    /// The authority's list as of `age` ago, its next one due `overdue` ago.
    void letListAge(std::chrono::hours age, std::chrono::hours overdue);
    /// A channel certificate for an agency that signs itself: no list is about it. Before enrol()
    /// and start().
    void issueChannelElsewhere(const std::string& agency);
    void set(const std::string& key, const std::string& value) { settings_[key] = value; }

    /// Starts and waits until it is ready; `before` may be a tracer. False when it does not come
    /// up (see log()).
    [[nodiscard]] bool start(const std::vector<std::string>& before = {});
    /// SIGTERM; the exit code, or nothing if it does not end in time.
    [[nodiscard]] std::optional<int> stop(Patience patience = Patience(30'000));
    void kill();
    [[nodiscard]] Child& process() { return *process_; }
    [[nodiscard]] bool running() { return process_ && process_->running(); }
    [[nodiscard]] std::uint16_t port() const;

    [[nodiscard]] OperatorReply operatorGet(const std::string& path) const;
    [[nodiscard]] OperatorReply operatorPost(const std::string& path,
                                             const std::string& body = "{}") const;
    /// The command of that name through the real binary with --socket; its exit code.
    int command(std::vector<std::string> words, std::string* output = nullptr) const;
    /// "clean", or what the refolding found.
    [[nodiscard]] std::string rebuild() const;

    [[nodiscard]] std::string log() const { return readFile(logFile()); }
    [[nodiscard]] std::filesystem::path folder() const { return folder_.path(); }
    [[nodiscard]] std::filesystem::path logFile() const { return folder() / "gateway.log"; }
    [[nodiscard]] std::filesystem::path storeFile() const { return folder() / "store.db"; }
    /// Where backups belong.
    [[nodiscard]] std::filesystem::path copies() const { return folder() / "copies"; }
    [[nodiscard]] std::filesystem::path certificate(const std::string& name) const;
    [[nodiscard]] std::filesystem::path key(const std::string& name) const;
    [[nodiscard]] std::filesystem::path authority() const;
    [[nodiscard]] trust::CertificatePtr load(const std::filesystem::path& pem) const;
    [[nodiscard]] static std::string binary();

  private:
    [[nodiscard]] OperatorReply callOperator(const std::string& path,
                                             const std::optional<std::string>& body) const;
    void writeSettings() const;
    void makeStore() const;
    [[nodiscard]] trust::DemoTerm term() const;

    support::TemporaryFolder folder_;
    std::optional<trust::DemoPki> pki_;
    std::map<std::string, std::string> settings_;
    std::unique_ptr<Child> process_;
    mutable std::mutex mutex_;
    std::uint16_t port_ = 0;
};

}  // namespace gateway::scenario
