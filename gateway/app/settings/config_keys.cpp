#include "gateway/app/settings/config_keys.h"

#include <charconv>
#include <stdexcept>

#include "gateway/model/cases/event_type.h"
#include "gateway/model/messages/message.h"
#include "gateway/server/door/listening.h"
#include "gateway/server/operators/loopback_server.h"

namespace gateway::app {
namespace {

using std::filesystem::path;

std::uint64_t wholeNumber(const std::string& text, std::uint64_t least, std::uint64_t most) {
    std::uint64_t value = 0;
    const char* end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, value);
    if (parsed.ec != std::errc() || parsed.ptr != end || value < least || value > most)
        throw std::invalid_argument("not a whole number from " + std::to_string(least) + " to " +
                                    std::to_string(most) + ": " + text);
    return value;
}

path absoluteTo(const path& base, const std::string& text) {
    return text.empty() ? path() : (base / text).lexically_normal();
}

std::vector<path> pathList(const path& base, const std::string& text) {
    std::vector<path> paths;
    std::size_t start = 0;
    while (start <= text.size()) {
        const auto comma = std::min(text.find(',', start), text.size());
        auto item = text.substr(start, comma - start);
        item.erase(0, item.find_first_not_of(' '));
        if (!item.empty()) paths.push_back(absoluteTo(base, item));
        start = comma + 1;
    }
    return paths;
}

// Half of our address: stands in receipts for ever, so it is kept to plain words.
ConfigKey name(std::string key, std::string meaning, std::string exchange::Identity::*member) {
    return {std::move(key), std::nullopt, true, std::move(meaning),
            [member](Config& c, const std::string& value, const path&) {
                constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyz0123456789.-";
                if (value.empty() || value.find_first_not_of(kPlain) != std::string::npos)
                    throw std::invalid_argument("only a-z, 0-9, '.' and '-': " + value);
                c.identity.*member = value;
            }};
}

ConfigKey text(std::string key, std::string standard, std::string meaning,
               std::function<std::string&(Config&)> member) {
    return {std::move(key), std::move(standard), false, std::move(meaning),
            [member = std::move(member)](Config& c, const std::string& value, const path&) {
                member(c) = value;
            }};
}

ConfigKey file(std::string name, bool required, std::string meaning, path Config::*member) {
    return {std::move(name), std::nullopt, required, std::move(meaning),
            [member](Config& c, const std::string& value, const path& base) {
                c.*member = absoluteTo(base, value);
            }};
}

ConfigKey files(std::string name, bool required, std::string meaning,
                std::vector<path> Config::*member) {
    return {std::move(name), std::nullopt, required, std::move(meaning),
            [member](Config& c, const std::string& value, const path& base) {
                c.*member = pathList(base, value);
            }};
}

ConfigKey size(std::string name, std::string meaning, std::size_t base::Limits::*member) {
    const base::Limits standard;
    return {"limits." + std::move(name), std::to_string(standard.*member), false,
            std::move(meaning), [member](Config& c, const std::string& value, const path&) {
                c.limits.*member = wholeNumber(value, 1, std::uint64_t{1} << 50U);
            }};
}

template <class Duration>
ConfigKey span(std::string name, std::string meaning, Duration base::Limits::*member) {
    const base::Limits standard;
    return {"limits." + std::move(name), std::to_string((standard.*member).count()), false,
            std::move(meaning), [member](Config& c, const std::string& value, const path&) {
                c.limits.*member = Duration(
                    static_cast<std::int64_t>(wholeNumber(value, 1, std::uint64_t{1} << 40U)));
            }};
}

void setLevel(Config& config, const std::string& value, const path&) {
    if (value == "debug")
        config.logLevel = base::LogLevel::Debug;
    else if (value == "info")
        config.logLevel = base::LogLevel::Info;
    else if (value == "warning")
        config.logLevel = base::LogLevel::Warning;
    else if (value == "error")
        config.logLevel = base::LogLevel::Error;
    else
        throw std::invalid_argument("not debug, info, warning or error: " + value);
}

void setMetricsAddress(Config& config, const std::string& value, const path&) {
    if (!server::LoopbackServer::isLoopback(value))
        throw std::invalid_argument("not a loopback address: " + value);
    config.metricsAddress = value;
}

// "127.0.0.1:8446" or "[::1]:8446".
void setPublicDoor(Config& config, const std::string& value, const path&) {
    config.publicAddress.clear();
    if (value.empty()) return;
    const auto colon = value.rfind(':');
    auto address = value.substr(0, colon);
    if (address.starts_with('[') && address.ends_with(']'))
        address = address.substr(1, address.size() - 2);
    if (colon == std::string::npos || !server::isAddress(address))
        throw std::invalid_argument("not an IP address and a port: " + value);
    config.publicPort = static_cast<std::uint16_t>(wholeNumber(value.substr(colon + 1), 0, 65535));
    config.publicAddress = address;
}

std::vector<ConfigKey> generalKeys() {
    return {
        name("gateway.id", "our name, as partners address us", &exchange::Identity::gateway),
        name("gateway.environment", "production, test, demo ...", &exchange::Identity::environment),
        file("gateway.pushedClock", false,
             "keeps the offset of a clock that operators push; never in production",
             &Config::pushedClock),
        text("listen.address", "127.0.0.1", "IP address of the partners' door",
             [](Config& c) -> std::string& { return c.listenAddress; }),
        {"listen.port", "8443", false, "port of the partners' door, 0 = any free one",
         [](Config& c, const std::string& value, const path&) {
             c.listenPort = static_cast<std::uint16_t>(wholeNumber(value, 0, 65535));
         }},
        file("tls.certificate", true, "our TLS certificate chain, PEM", &Config::tlsCertificate),
        file("tls.key", true, "its key, PEM, readable by us only", &Config::tlsKey),
        files("tls.clientAnchors", true, "CAs of partners' TLS certificates, PEM, by comma",
              &Config::tlsClientAnchors),
        file("push.certificate", false, "our TLS client certificate for pushes, PEM",
             &Config::pushCertificate),
        file("push.key", false, "its key, PEM, readable by us only", &Config::pushKey),
        file("seal.certificate", true, "our seal certificate, PEM", &Config::sealCertificate),
        file("seal.key", true, "its key, PEM, readable by us only", &Config::sealKey),
        file("seal.others", false, "directory of our past and next seal certificates, PEM",
             &Config::sealOthers),
        file("store.file", true, "the SQLite database", &Config::storeFile),
        {"store.backups", "/var/backups/thahc-gateway", false,
         "the folder for backups; elsewhere only where they will be found",
         [](Config& c, const std::string& value, const path& base) {
             c.storeBackups = absoluteTo(base, value);
         }},
        {"store.identity", "store-identity", false, "the file that says which store is ours",
         [](Config& c, const std::string& value, const path& base) {
             c.storeIdentity = absoluteTo(base, value);
         }},
        file("operator.socket", true, "Unix socket of the operators' API", &Config::operatorSocket),
        text("operator.group", "", "group that may use it; empty = our own",
             [](Config& c) -> std::string& { return c.operatorGroup; }),
        file("operator.monitorSocket", false,
             "Unix socket for health, metrics and status alone; not set = none",
             &Config::monitorSocket),
        text("operator.monitorGroup", "", "group that may use that one; empty = our own",
             [](Config& c) -> std::string& { return c.monitorGroup; }),
        {"metrics.address", "127.0.0.1", false, "loopback address that GET /metrics is served on",
         setMetricsAddress},
        {"metrics.port", "0", false, "its port, 0 = not served on TCP",
         [](Config& c, const std::string& value, const path&) {
             c.metricsPort = static_cast<std::uint16_t>(wholeNumber(value, 0, 65535));
         }},
        {"public.listen", "", false,
         "address:port of the public's door for publications; empty = there is none",
         setPublicDoor},
        file("public.certificate", false, "its TLS certificate chain, PEM; the door's when not set",
             &Config::publicCertificate),
        file("public.key", false, "its key, PEM, readable by us only", &Config::publicKey),
        file("data.mappings", true, "directory mappings/", &Config::mappings),
        file("data.connectors", true, "directory connectors/", &Config::connectors),
        file("data.local", false,
             "directory of this place's own mappings/ and connectors/, in front of the others",
             &Config::localData),
        file("data.registrations", true, "directory of registered partners",
             &Config::registrations),
        file("data.revocationLists", false, "directory of CRLs", &Config::revocationLists),
        files("data.revocationAnchors", false, "CAs that issue those CRLs, PEM, by comma",
              &Config::revocationAnchors),
        {"dispatch.workers", "8", false, "threads that push deliveries",
         [](Config& c, const std::string& value, const path&) {
             c.dispatchWorkers = static_cast<std::uint16_t>(wholeNumber(value, 1, 64));
         }},
        {"log.level", "info", false, "debug, info, warning, error", setLevel}};
}

std::vector<ConfigKey> limitKeys() {
    using L = base::Limits;
    return {
        size("requestHeadBytes", "longest HTTP head", &L::requestHeadBytes),
        size("requestHeaderCount", "most HTTP header fields", &L::requestHeaderCount),
        size("requestBodyBytes", "largest message", &L::requestBodyBytes),
        size("connections", "connections in all", &L::connections),
        size("unfinishedHandshakes", "TLS handshakes that have not ended",
             &L::unfinishedHandshakes),
        size("unfinishedHandshakesPerBlock", "the same of one IPv4 /24 or IPv6 /56",
             &L::unfinishedHandshakesPerBlock),
        size("strangers", "connections with an unregistered certificate", &L::strangers),
        size("connectionsPerAddress", "connections per IP address", &L::connectionsPerAddress),
        size("connectionsPerChannel", "connections per channel", &L::connectionsPerChannel),
        size("requestsPerConnection", "requests per connection", &L::requestsPerConnection),
        span("handshakeTimeoutMs", "TLS handshake", &L::handshakeTimeout),
        span("requestTimeoutMs", "one whole request", &L::requestTimeout),
        size("slowestBodyRate", "bytes a second that a body must come at", &L::slowestBodyRate),
        span("keepAliveTimeoutMs", "idle connection", &L::keepAliveTimeout),
        span("longestPollMs", "mailbox long poll", &L::longestPoll),
        span("shutdownTimeoutMs", "requests in flight at a stop", &L::shutdownTimeout),
        size("treeDepth", "nesting of a message", &L::treeDepth),
        size("treeNodes", "nodes of a message", &L::treeNodes),
        span("messageAheadOfClockSeconds", "created in the future", &L::messageAheadOfClock),
        span("messageAgeSeconds", "oldest message", &L::messageAge),
        span("querySkewSeconds", "age of a question, both ways", &L::querySkew),
        size("memoryBytes", "all that others make us hold at once", &L::memoryBytes),
        size("memoryBytesPerHolder", "of it, by one channel or one agency",
             &L::memoryBytesPerHolder),
        size("messagesInFlight", "messages being worked on", &L::messagesInFlight),
        size("requestsPerMinutePerChannel", "requests of any kind on one channel",
             &L::requestsPerMinutePerChannel),
        size("messagesPerMinutePerAgency", "signed by one agency, on all its channels",
             &L::messagesPerMinutePerAgency),
        size("refusalsPerMinutePerChannel", "refused, signer not known or not carried for",
             &L::refusalsPerMinutePerChannel),
        size("parkedPerAgency", "messages waiting for a ruling", &L::parkedPerAgency),
        span("parkedKeptSeconds", "how long one waits before its sender is told that it does not",
             &L::parkedKept),
        size("contentBytes", "text of one message beside its files", &L::contentBytes),
        size("contentItems", "items of one list in a message", &L::contentItems),
        size("letterCopiesBytes", "a letter, times its recipients", &L::letterCopiesBytes),
        size("parkedBytes", "of a message that waits for its ruling", &L::parkedBytes),
        size("queryPageBytes", "cases of a page as stored", &L::queryPageBytes),
        size("queryPage", "cases per page", &L::queryPage),
        size("refusedBytesPerChannel", "refused bytes kept, signer not known",
             &L::refusedBytesPerChannel),
        size("refusedBytesPerAgency", "refused bytes kept, signer known",
             &L::refusedBytesPerAgency),
        span("refusedBytesKeptSeconds", "the latter stay so long at least; beyond them 429",
             &L::refusedBytesKept),
        size("refusalRecordsPerHolder", "records of refusals of one channel or agency",
             &L::refusalRecordsPerHolder),
        size("storedBytesPerAgency", "bytes kept of one agency, beyond them QUOTA_EXCEEDED",
             &L::storedBytesPerAgency),
        span("revocationGraceSeconds", "past a CRL's nextUpdate", &L::revocationGrace),
        size("signersTriedWithoutHint", "candidate signers", &L::signersTriedWithoutHint),
    };
}

// What binds ourselves: the store and our own attempts to deliver.
std::vector<ConfigKey> ownLimitKeys() {
    using L = base::Limits;
    return {
        size("commitBatch", "messages per commit", &L::commitBatch),
        size("commitBytes", "message bytes per commit", &L::commitBytes),
        size("writerQueue", "messages waiting to be written", &L::writerQueue),
        span("storeStuckAfterMs", "age of a waiting write from which health says so",
             &L::storeStuckAfter),
        size("checkPerSecond", "messages a second that the background check reads again",
             &L::checkPerSecond),
        size("storeReaders", "connections that read the store", &L::storeReaders),
        span("lookUpTimeMs", "time of one look-up in the store before 503", &L::lookUpTime),
        span("questionTimeMs", "time of one question in the store before it is refused",
             &L::questionTime),
        span("statisticsTimeMs", "time of one count in the store before it is refused",
             &L::statisticsTime),
        size("queryHistoryBytes", "events on one page of an answer with history",
             &L::queryHistoryBytes),
        size("freeSpaceWarnBytes", "free space of the store's disk below which there is an alarm",
             &L::freeSpaceWarnBytes),
        size("freeSpaceRefuseBytes", "free space below which no new message is taken",
             &L::freeSpaceRefuseBytes),
        size("freeSpaceReserveBytes", "kept in a file beside the store, for when the disk is full",
             &L::freeSpaceReserveBytes),
        span("storeWaitMs", "wait for a place in the store before 503", &L::storeWait),
        size("pushesPerRecipient", "deliveries at once to one recipient", &L::pushesPerRecipient),
        span("attemptTimeoutMs", "one delivery attempt", &L::attemptTimeout),
        span("firstBackOffMs", "first retry of a delivery", &L::firstBackOff),
        span("longestBackOffMs", "longest wait between retries", &L::longestBackOff),
        size("attempts", "delivery attempts that cost the recipient something", &L::attempts),
        size("answerBytes", "largest answer of a partner", &L::answerBytes),
    };
}

// Types of which an office may have its own opinion; all others have the standard term.
std::vector<ConfigKey> termKeys() {
    constexpr std::uint64_t kMostDays = 366;
    std::vector<std::string_view> types;
    for (const auto& [event, act] : model::kNamedActs) types.push_back(act);
    for (const auto type :
         {model::MessageType::DocumentTransfer, model::MessageType::MonitoringResult})
        types.push_back(nameOf(type));
    std::vector<ConfigKey> keys;
    for (const auto type : types)
        keys.push_back({"delivery.days." + std::string(type),
                        std::to_string(exchange::DeliveryTerms::kStandard.count()), false,
                        "days for which a recipient that cannot be reached is tried",
                        [type](Config& c, const std::string& value, const path&) {
                            c.deliveryTerms.set(type, std::chrono::days(static_cast<std::int64_t>(
                                                          wholeNumber(value, 1, kMostDays))));
                        }});
    return keys;
}

}  // namespace

const std::vector<ConfigKey>& configKeys() {
    static const std::vector<ConfigKey> keys = [] {
        auto all = generalKeys();
        for (auto& key : limitKeys()) all.push_back(std::move(key));
        for (auto& key : ownLimitKeys()) all.push_back(std::move(key));
        for (auto& key : termKeys()) all.push_back(std::move(key));
        return all;
    }();
    return keys;
}

}  // namespace gateway::app
