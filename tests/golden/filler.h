#pragma once
// Makes values in which every member is there, whatever is added to a structure.

#include <chrono>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/clock.h"
#include "gateway/document/tree.h"
#include "gateway/model/names.h"

namespace golden {

/// Fills every member of a structure with a value that tells it from the others.
class Filler {
  public:
    template <class T>
    void required(std::string_view name, T& member) {
        fill(name, member);
    }
    template <class T>
    void optional(std::string_view name, T& member) {
        fill(name, member);
    }

  private:
    // Texts that a format checks: digests, files, words of a closed list.
    static bool endsWith(std::string_view name, std::string_view tail) {
        return name.ends_with(tail);
    }
    void fill(std::string_view name, std::string& member) {
        ++count_;
        if (name == "content" || name == "original")
            member = "YWJj";
        else if (endsWith(name, "ha256"))
            member = std::string(62, 'a') + "01";
        else if (name == "reason")
            member = "REASON_" + std::to_string(count_);
        else
            member = std::string(name) + " số " + std::to_string(count_);
    }
    // The content of a declared act: its declaration's affair.
    void fill(std::string_view, gateway::document::Node&) {}
    void fill(std::string_view, bool& member) { member = true; }
    void fill(std::string_view, std::int64_t& member) { member = ++count_; }
    void fill(std::string_view, gateway::base::Date& member) {
        member = gateway::base::Date(std::chrono::sys_days(std::chrono::days(20000 + ++count_)));
    }
    void fill(std::string_view, gateway::base::Timestamp& member) {
        member = gateway::base::Timestamp(std::chrono::milliseconds(1'780'000'000'123 + ++count_));
    }
    template <gateway::model::Named E>
    void fill(std::string_view, E& member) {
        member = std::rbegin(gateway::model::Names<E>::table)->first;
    }
    template <class T>
    void fill(std::string_view name, std::optional<T>& member) {
        fill(name, member.emplace());
    }
    template <class T>
    void fill(std::string_view name, std::vector<T>& member) {
        member.resize(2);
        for (T& item : member) fill(name, item);
    }
    template <class S>
    requires requires(Filler& filler, S& structure) { describe(filler, structure); }
    void fill(std::string_view, S& member) { describe(*this, member); }

    std::int64_t count_ = 0;
};

}  // namespace golden
