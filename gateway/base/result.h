#pragma once
// A value or the reason why there is none, for outcomes that the caller must decide on.

#include <utility>
#include <variant>

#include "gateway/base/fault.h"
#include "gateway/base/problem.h"

namespace gateway::base {

/// Either a T or an E (by default one Problem). Move-friendly, no allocation of its own.
/// Reading the wrong side is a programmer error and throws Fault.
/// Not thread-safe beyond what T and E are.
template <class T, class E = Problem>
class [[nodiscard]] Result {
  public:
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    Result(E error) : state_(std::in_place_index<1>, std::move(error)) {}

    [[nodiscard]] bool ok() const noexcept { return state_.index() == 0; }
    explicit operator bool() const noexcept { return ok(); }

    T& value() & { return check(), std::get<0>(state_); }
    const T& value() const& { return check(), std::get<0>(state_); }
    T&& value() && { return check(), std::get<0>(std::move(state_)); }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }

    E& error() & { return GW_CHECK(!ok()), std::get<1>(state_); }
    const E& error() const& { return GW_CHECK(!ok()), std::get<1>(state_); }
    E&& error() && { return GW_CHECK(!ok()), std::get<1>(std::move(state_)); }

  private:
    void check() const { GW_CHECK(ok()); }
    std::variant<T, E> state_;
};

/// Success without a value.
struct Done {};

}  // namespace gateway::base
