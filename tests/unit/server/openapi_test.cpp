// The description that partners build against: of the routes that there are, and whole in itself.

#include "gateway/server/partners/openapi.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "gateway/document/json.h"
#include "gateway/server/outward/publication_pages.h"
#include "gateway/server/partners/partner_routes.h"
#include "gateway/server/wire/http.h"
#include "gateway/trust/verifier.h"

namespace gateway::server {
namespace {

using document::Node;

Node description() {
    auto tree = document::readJson(openApi());
    EXPECT_TRUE(tree.ok());
    return tree ? std::move(tree->root) : document::objectNode();
}

std::set<std::string> membersOf(const Node& object) {
    std::set<std::string> names;
    for (const auto& member : object.children) names.insert(member.name);
    return names;
}

// "#/components/schemas/Problem", from the root of the document.
const Node* resolved(const Node& root, const std::string& reference) {
    if (!reference.starts_with("#/")) return nullptr;
    const Node* at = &root;
    for (std::size_t start = 2; at && start <= reference.size();) {
        const auto end = std::min(reference.find('/', start), reference.size());
        at = at->child(reference.substr(start, end - start));
        start = end + 1;
    }
    return at;
}

// Every "$ref" under `node`; gives how many there were.
int expectReferencesResolve(const Node& root, const Node& node) {
    int count = 0;
    for (const auto& child : node.children) {
        if (child.name == "$ref") {
            ++count;
            EXPECT_TRUE(resolved(root, child.value)) << child.value;
        }
        count += expectReferencesResolve(root, child);
    }
    return count;
}

const Node& followed(const Node& root, const Node& node) {
    const auto* reference = node.child("$ref");
    return reference ? *resolved(root, reference->value) : node;
}

TEST(OpenApi, HasEveryRouteWithItsMethodsAndNoOther) {
    const auto root = description();
    std::set<std::string> described, served;
    for (const auto& path : root.child("paths")->children)
        for (const auto& method : path.children) described.insert(path.name + " " + method.name);
    for (const auto& route : kRoutes) {
        if (route.route == Route::Unknown) continue;
        if (route.get) served.insert(std::string(route.pattern) + " get");
        if (route.post) served.insert(std::string(route.pattern) + " post");
    }
    EXPECT_EQ(described, served);
}

TEST(OpenApi, NamesTheQueryParametersThatEachCallTakes) {
    const auto root = description();
    const auto described = [&root](const RouteEntry& route, const char* method) {
        std::set<std::string> names;
        const auto* call = root.child("paths")->child(std::string(route.pattern))->child(method);
        const auto* parameters = call ? call->child("parameters") : nullptr;
        if (parameters)
            for (const auto& parameter : parameters->children)
                if (followed(root, parameter).child("in")->value == "query")
                    names.insert(followed(root, parameter).child("name")->value);
        return names;
    };
    const auto taken = [](const QueryNames& names) {
        std::set<std::string> set(names.begin(), names.end());
        set.erase("");
        return set;
    };
    for (const auto& route : kRoutes) {
        if (route.route == Route::Unknown) continue;
        EXPECT_EQ(described(route, "get"), taken(route.getQuery)) << route.pattern;
        EXPECT_EQ(described(route, "post"), taken(route.postQuery)) << route.pattern;
    }
}

TEST(OpenApi, EveryReferenceResolves) {
    const auto root = description();
    EXPECT_GT(expectReferencesResolve(root, root), 50);
}

TEST(OpenApi, EveryAnswerNamesItsRequestAndTellsWhenToComeAgain) {
    const auto root = description();
    for (const auto& path : root.child("paths")->children)
        for (const auto& method : path.children) {
            const auto* responses = method.child("responses");
            for (const char* status : {"200", "429", "503", "default"})
                EXPECT_TRUE(responses->child(status)) << path.name << ' ' << status;
            for (const auto& response : responses->children) {
                const auto* headers = followed(root, response).child("headers");
                ASSERT_TRUE(headers) << path.name << ' ' << response.name;
                EXPECT_TRUE(headers->child("X-Correlation-Id"));
                EXPECT_EQ(headers->child("Retry-After") != nullptr,
                          response.name == "429" || response.name == "503");
            }
        }
}

TEST(OpenApi, AProblemHasTheMembersThatAreWritten) {
    const auto root = description();
    const auto problem = problemResponse(base::Problem(base::ErrorCode::OVERLOADED), "c-1");
    const auto written = document::readJson(problem.body);
    ASSERT_TRUE(written);
    const auto* schema = resolved(root, "#/components/schemas/Problem");
    ASSERT_TRUE(schema);
    EXPECT_EQ(membersOf(*schema->child("properties")), membersOf(written->root));
}

TEST(OpenApi, NamesOnlyMediaTypesThatAreRead) {
    const auto root = description();
    const auto* content = resolved(root, "#/components/requestBodies/Signed/content");
    ASSERT_TRUE(content);
    EXPECT_GE(content->children.size(), 5U);
    for (const auto& mediaType : content->children)
        EXPECT_TRUE(trust::isReadable(mediaType.name, false)) << mediaType.name;
}

// The public's is a document only: that door serves nothing but publications.
TEST(PublicApiDescription, DescribesWhatIsShown) {
    std::ifstream file(THAHC_SOURCE_DIR "/gateway/docs/public-api.json");
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const auto tree = document::readJson(text);
    ASSERT_TRUE(tree.ok());
    EXPECT_GT(expectReferencesResolve(tree->root, tree->root), 10);
    EXPECT_EQ(membersOf(*tree->root.child("paths")),
              (std::set<std::string>{"/v1/publications", "/v1/publications.atom",
                                     "/v1/publications.html", "/v1/publications/{id}"}));
    for (const auto& path : tree->root.child("paths")->children)
        EXPECT_EQ(membersOf(path), std::set<std::string>{"get"}) << path.name;
    const auto shown = document::readJson(
        publicationJson({"0123", "thads-page", "G15", {}, "a", "b", "c", {}, "d", "e"}));
    ASSERT_TRUE(shown.ok());
    const auto* schema = resolved(tree->root, "#/components/schemas/Publication");
    ASSERT_TRUE(schema);
    const auto* properties = schema->child("properties");
    EXPECT_EQ(membersOf(*properties), membersOf(shown->root));
    for (const char* part : {"obligated", "order"})
        EXPECT_EQ(membersOf(*properties->child(part)->child("properties")),
                  membersOf(*shown->root.child(part)));
}

}  // namespace
}  // namespace gateway::server
