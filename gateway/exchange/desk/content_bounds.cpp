#include "gateway/exchange/desk/content_bounds.h"

#include <string>
#include <string_view>

namespace gateway::exchange {
namespace {

using base::ErrorCode;
using base::Problem;
using document::Kind;
using document::Node;

constexpr std::string_view kAttachments = "attachments";

class Weighing {
  public:
    explicit Weighing(const base::Limits& limits) : limits_(limits) {}

    [[nodiscard]] std::optional<Problem> problem(const Node& ours) {
        weigh(ours, "", false);
        if (!problem_ && bytes_ > limits_.contentBytes)
            refuse("", std::to_string(limits_.contentBytes) + " byte");
        return std::move(problem_);
    }

  private:
    void weigh(const Node& node, const std::string& path, bool inFiles) {
        if (problem_) return;
        if (!inFiles || node.name != "content") bytes_ += node.name.size() + node.value.size();
        if (node.kind == Kind::Array) count(node, path);
        std::size_t index = 0;
        for (const Node& child : node.children)
            weigh(child,
                  path + "/" + (node.kind == Kind::Array ? std::to_string(index++) : child.name),
                  inFiles || node.name == kAttachments);
    }
    void count(const Node& list, const std::string& path) {
        const auto most = list.name == kAttachments ? base::kMostAttachments : limits_.contentItems;
        if (list.children.size() > most) refuse(path, std::to_string(most));
    }
    void refuse(const std::string& path, std::string limit) {
        problem_ = Problem(ErrorCode::CONTENT_TOO_LARGE, path, {}).with("limit", std::move(limit));
    }

    const base::Limits& limits_;
    std::size_t bytes_ = 0;
    std::optional<Problem> problem_;
};

}  // namespace

std::optional<Problem> beyondBounds(const Node& ours, const base::Limits& limits) {
    return Weighing(limits).problem(ours);
}

}  // namespace gateway::exchange
