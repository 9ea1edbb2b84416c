#include "gateway/server/door/address_block.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <iterator>

namespace gateway::server {
namespace {

constexpr std::size_t kMappedPrefix = 12;  // ::ffff:0:0/96 (RFC 4291 section 2.5.5.2)
constexpr std::size_t kBytesOf56 = 7;

std::string blockOf(in_addr address) {
    address.s_addr &= htonl(0xFFFFFF00U);
    std::array<char, INET_ADDRSTRLEN> text{};
    return std::string(::inet_ntop(AF_INET, &address, text.data(), text.size())) + "/24";
}

}  // namespace

std::string addressBlockOf(const std::string& address) {
    in_addr four{};
    if (::inet_pton(AF_INET, address.c_str(), &four) == 1) return blockOf(four);
    in6_addr six{};
    // What follows '%' names an interface of ours.
    if (::inet_pton(AF_INET6, address.substr(0, address.find('%')).c_str(), &six) != 1)
        return address;
    if (IN6_IS_ADDR_V4MAPPED(&six)) {
        std::copy_n(six.s6_addr + kMappedPrefix, sizeof four,
                    reinterpret_cast<unsigned char*>(&four));
        return blockOf(four);
    }
    std::fill(six.s6_addr + kBytesOf56, std::end(six.s6_addr), std::uint8_t{0});
    std::array<char, INET6_ADDRSTRLEN> text{};
    return std::string(::inet_ntop(AF_INET6, &six, text.data(), text.size())) + "/56";
}

}  // namespace gateway::server
