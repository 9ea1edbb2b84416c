#pragma once
// Whom one address stands for, where strangers are counted: the smallest block that one customer of
// a provider is commonly given.

#include <string>

namespace gateway::server {

/// "192.0.2.0/24" for an IPv4 address (written as IPv6, too), "2001:db8:0:ff00::/56" for an IPv6
/// address, else the text itself. An office behind one block shares its allowance. Pure.
[[nodiscard]] std::string addressBlockOf(const std::string& address);

}  // namespace gateway::server
