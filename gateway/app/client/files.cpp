#include "gateway/app/client/files.h"

#include <fstream>
#include <iostream>
#include <iterator>

#include "gateway/app/settings/failure.h"

namespace gateway::app {

std::string readFile(const std::filesystem::path& file) {
    if (file == "-") return {std::istreambuf_iterator<char>(std::cin), {}};
    std::ifstream in(file, std::ios::binary);
    if (!in || std::filesystem::is_directory(file))
        throw InputError("cannot read " + file.string());
    std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    if (in.bad()) throw InputError("cannot read " + file.string());
    return bytes;
}

std::vector<std::string> splitList(const std::string& text) {
    std::vector<std::string> items;
    std::size_t start = 0;
    while (start <= text.size()) {
        const auto comma = std::min(text.find(',', start), text.size());
        const auto from = text.find_first_not_of(' ', start);
        if (from < comma) {
            const auto to = text.find_last_not_of(' ', comma - 1);
            items.push_back(text.substr(from, to - from + 1));
        }
        start = comma + 1;
    }
    return items;
}

}  // namespace gateway::app
