#include "connectors/simulator/stage/account.h"

#include <algorithm>
#include <iostream>

namespace gateway::simulator {

void Account::chapter(const std::string& vi, const std::string& en) {
    std::cout << "\n=== " << ++chapters_ << ". " << vi << "\n       " << en << " ===\n"
              << std::flush;
}

void Account::tell(const std::string& text) { std::cout << text << '\n' << std::flush; }

void Account::detail(const std::string& text) { std::cout << "      " << text << '\n'; }

bool Account::expect(bool holds, const std::string& what) {
    if (holds) {
        ++held_;
        return true;
    }
    broken_.push_back(what);
    std::cout << "  ✘ KHÔNG ĐÚNG / NOT TRUE: " << what << '\n' << std::flush;
    return false;
}

bool Account::close() {
    tell("Điều phải đúng/what must be true: " + std::to_string(held_) + " đúng/true, " +
         std::to_string(broken_.size()) + " sai/not");
    for (const auto& broken : broken_) detail("✘ " + broken);
    return broken_.empty();
}

std::string padded(std::string text, std::size_t width) {
    const auto length =
        static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
            return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
        }));
    if (length < width) text.append(width - length, ' ');
    return text;
}

}  // namespace gateway::simulator
