#pragma once
// Numbers for the operators' monitoring, in the text format that Prometheus reads.

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace prometheus {
class Counter;
class Gauge;
class Histogram;
}  // namespace prometheus

namespace gateway::server {

/// A value that only grows. A handle: copy it freely; valid while its Metrics lives. Thread-safe.
class Counter {
  public:
    Counter(prometheus::Counter& counter, std::mutex& raising) :
        counter_(&counter), raising_(&raising) {}
    void add(double amount = 1) const;
    /// For a total that is counted elsewhere (then never add()); a smaller one changes nothing.
    void raiseTo(double total) const;

  private:
    prometheus::Counter* counter_;
    std::mutex* raising_;
};

/// A value of now. As Counter otherwise.
class Gauge {
  public:
    explicit Gauge(prometheus::Gauge& gauge) : gauge_(&gauge) {}
    void set(double value) const;
    void add(double amount) const;

  private:
    prometheus::Gauge* gauge_;
};

/// A distribution, e.g. of seconds. As Counter otherwise.
class Histogram {
  public:
    explicit Histogram(prometheus::Histogram& histogram) : histogram_(&histogram) {}
    void observe(double value) const;

  private:
    prometheus::Histogram* histogram_;
};

/// One counter or gauge as it stands.
struct Sample {
    std::string name;
    std::map<std::string, std::string> labels;
    double value = 0;
};

/// All metrics of the process. Thread-safe. Asking for the same name and labels again gives the
/// same metric. Names follow Prometheus (thahc_..., base units, counters end in _total); label
/// values come from small closed sets, never from a partner's content: beyond 2,000 metrics, or
/// for a name that is not allowed, Fault.
class Metrics {
  public:
    using Labels = std::map<std::string, std::string>;
    Metrics();
    ~Metrics();
    Metrics(const Metrics&) = delete;
    Metrics& operator=(const Metrics&) = delete;

    [[nodiscard]] Counter counter(const std::string& name, const std::string& help,
                                  const Labels& labels = {});
    [[nodiscard]] Gauge gauge(const std::string& name, const std::string& help,
                              const Labels& labels = {});
    /// `bounds` = upper bounds of the buckets, rising.
    [[nodiscard]] Histogram histogram(const std::string& name, const std::string& help,
                                      const std::vector<double>& bounds, const Labels& labels = {});

    /// Called before each text() and samples(), to bring values up to date, by several threads at
    /// once if several ask; must call neither itself.
    void beforeScrape(std::function<void()> refresh);
    /// The exposition format, version 0.0.4; media type kMetricsMediaType.
    [[nodiscard]] std::string text() const;
    /// The same values by themselves, without histograms.
    [[nodiscard]] std::vector<Sample> samples() const;

  private:
    struct Native;
    void refresh() const;
    std::unique_ptr<Native> native_;
};

inline constexpr const char* kMetricsMediaType = "text/plain; version=0.0.4; charset=utf-8";

}  // namespace gateway::server
