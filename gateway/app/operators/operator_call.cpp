#include "gateway/app/operators/operator_call.h"

#include <grp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <iostream>

#include "gateway/app/settings/exit_codes.h"
#include "gateway/document/json.h"

namespace gateway::app {
namespace {

using document::Node;

// A backup or a rebuild of a large store takes its time.
constexpr std::chrono::minutes kPatience{30};

void printLines(const Node& node, const std::string& indent) {
    for (const auto& child : node.children) {
        if (child.isLeaf()) {
            std::cout << indent << (child.name.empty() ? "-" : child.name + ":") << ' '
                      << child.value << '\n';
            continue;
        }
        std::cout << indent << (child.name.empty() ? "-" : child.name + ":") << '\n';
        printLines(child, indent + "  ");
    }
}

// A socket that this user may not open looks like one at which nobody listens.
std::string whySilent(const std::string& socket) {
    if (::access(socket.c_str(), W_OK) == 0 || errno != EACCES)
        return "no gateway answers at " + socket;
    std::string name = "the group of its folder";
    struct stat status {};
    if (::stat(socket.c_str(), &status) == 0) {
        std::array<char, 4096> space{};
        struct group entry {};
        struct group* found = nullptr;
        static_cast<void>(::getgrgid_r(status.st_gid, &entry, space.data(), space.size(), &found));
        name = "group " + (found ? std::string(found->gr_name) : std::to_string(status.st_gid));
    }
    return "permission denied at " + socket + ": it is for members of " + name +
           "; become one (usermod -aG) and log in anew, or use an account that is";
}

}  // namespace

int exitCodeOf(const server::OperatorAnswer& answer) {
    if (answer.status == 200) return kExitOk;
    if (answer.status == 404) return kExitNotFound;
    return answer.status == 409 ? kExitRefused : kExitTransport;
}

void printAnswer(const std::string& body, bool json) {
    auto tree = document::readJson(body);
    if (!tree) throw CommandFailure(kExitTransport, "not an answer of a gateway: " + body);
    if (const auto* detail = tree->root.child("detail")) {
        auto problem = document::stringNode("problem", detail->value);
        tree->root.children.insert(tree->root.children.begin(), std::move(problem));
    }
    if (json)
        std::cout << document::writeJson(tree->root) << '\n';
    else
        printLines(tree->root, "");
}

server::OperatorAnswer askOperator(const Arguments& arguments, const std::string& path,
                                   const std::optional<std::string>& body) {
    auto answer = server::callOperator(arguments.need("socket"), path, body, kPatience);
    if (!answer) throw CommandFailure(kExitUnreachable, whySilent(arguments.need("socket")));
    return std::move(*answer);
}

int callOperator(const Arguments& arguments, const std::string& path,
                 const std::optional<std::string>& body) {
    const auto answer = askOperator(arguments, path, body);
    printAnswer(answer.body, arguments.has("json"));
    return exitCodeOf(answer);
}

std::string textBody(std::initializer_list<std::pair<const char*, std::string>> members) {
    Node node = document::objectNode();
    for (const auto& [name, value] : members)
        node.children.push_back(document::stringNode(name, value));
    return document::writeJson(node);
}

}  // namespace gateway::app
