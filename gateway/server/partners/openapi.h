#pragma once
// The description of the partners' API, served by itself (gateway/docs/openapi.json, embedded).

#include <string_view>

namespace gateway::server {

/// OpenAPI 3.1 JSON, with callbacks for pushes. Static lifetime.
[[nodiscard]] std::string_view openApi() noexcept;

}  // namespace gateway::server
