#include "gateway/server/door/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <set>
#include <stdexcept>
#include <utility>

#include "gateway/base/fault.h"

namespace gateway::server {
namespace {

constexpr std::size_t kMostMetrics = 2'000;

}  // namespace

void Counter::add(double amount) const { counter_->Increment(amount); }

void Counter::raiseTo(double total) const {
    const std::lock_guard lock(*raising_);  // two at once would both add what is missing
    const double missing = total - counter_->Value();
    if (missing > 0) counter_->Increment(missing);
}

void Gauge::set(double value) const { gauge_->Set(value); }

void Gauge::add(double amount) const { gauge_->Increment(amount); }

void Histogram::observe(double value) const { histogram_->Observe(value); }

struct Metrics::Native {
    prometheus::Registry registry;
    std::mutex raising;
    mutable std::mutex mutex;  // guards the two below
    std::set<std::pair<std::string, Labels>> known;
    std::vector<std::function<void()>> refreshers;

    void count(const std::string& name, const Labels& labels) {
        const std::lock_guard lock(mutex);
        if (known.emplace(name, labels).second && known.size() > kMostMetrics)
            throw base::Fault("too many metrics; a label holds too many values: " + name);
    }
};

Metrics::Metrics() : native_(std::make_unique<Native>()) {}
Metrics::~Metrics() = default;

Counter Metrics::counter(const std::string& name, const std::string& help, const Labels& labels) {
    native_->count(name, labels);
    try {
        return Counter(prometheus::BuildCounter()
                           .Name(name)
                           .Help(help)
                           .Register(native_->registry)
                           .Add(labels),
                       native_->raising);
    } catch (const std::invalid_argument& e) {
        throw base::Fault("metric " + name + ": " + e.what());
    }
}

Gauge Metrics::gauge(const std::string& name, const std::string& help, const Labels& labels) {
    native_->count(name, labels);
    try {
        return Gauge(
            prometheus::BuildGauge().Name(name).Help(help).Register(native_->registry).Add(labels));
    } catch (const std::invalid_argument& e) {
        throw base::Fault("metric " + name + ": " + e.what());
    }
}

Histogram Metrics::histogram(const std::string& name, const std::string& help,
                             const std::vector<double>& bounds, const Labels& labels) {
    native_->count(name, labels);
    try {
        return Histogram(prometheus::BuildHistogram()
                             .Name(name)
                             .Help(help)
                             .Register(native_->registry)
                             .Add(labels, bounds));
    } catch (const std::invalid_argument& e) {
        throw base::Fault("metric " + name + ": " + e.what());
    }
}

void Metrics::beforeScrape(std::function<void()> refresh) {
    const std::lock_guard lock(native_->mutex);
    native_->refreshers.push_back(std::move(refresh));
}

void Metrics::refresh() const {
    std::vector<std::function<void()>> refreshers;
    {
        const std::lock_guard lock(native_->mutex);
        refreshers = native_->refreshers;
    }
    for (const auto& refresher : refreshers) refresher();
}

std::string Metrics::text() const {
    refresh();
    return prometheus::TextSerializer().Serialize(native_->registry.Collect());
}

std::vector<Sample> Metrics::samples() const {
    refresh();
    std::vector<Sample> samples;
    for (const auto& family : native_->registry.Collect()) {
        const bool counts = family.type == prometheus::MetricType::Counter;
        if (!counts && family.type != prometheus::MetricType::Gauge) continue;
        for (const auto& metric : family.metric) {
            Sample sample{family.name, {}, counts ? metric.counter.value : metric.gauge.value};
            for (const auto& label : metric.label) sample.labels.emplace(label.name, label.value);
            samples.push_back(std::move(sample));
        }
    }
    return samples;
}

}  // namespace gateway::server
