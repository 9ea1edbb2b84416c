#include "gateway/document/schemas/json_schema.h"

#include <charconv>
#include <cmath>
#include <utility>

#include <valijson/adapters/rapidjson_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "gateway/base/fault.h"
#include "gateway/base/limits.h"
#include "gateway/document/schemas/json_schema_checks.h"
#include "gateway/document/schemas/json_schema_plain.h"
#include "gateway/document/schemas/json_schema_words.h"

namespace gateway::document {
namespace {

using base::ErrorCode;
using base::Fault;
using base::Problem;
using valijson::adapters::RapidJsonAdapter;

// A step judges one part of the schema at one place.
constexpr std::uint64_t kStepsBeside = 200'000;
constexpr std::uint64_t kStepsPerNode = 20;
constexpr std::size_t kLongestName = 256;  // where names are matched

rapidjson::Value valueOf(const Node& node, rapidjson::Document::AllocatorType& memory) {
    const auto text = [&](const std::string& of) {
        return rapidjson::Value(of.data(), static_cast<rapidjson::SizeType>(of.size()), memory);
    };
    switch (node.kind) {
        case Kind::Object: {
            rapidjson::Value object(rapidjson::kObjectType);
            for (const Node& child : node.children)
                object.AddMember(text(child.name), valueOf(child, memory), memory);
            return object;
        }
        case Kind::Array: {
            rapidjson::Value array(rapidjson::kArrayType);
            for (const Node& child : node.children) array.PushBack(valueOf(child, memory), memory);
            return array;
        }
        case Kind::String: return text(node.value);
        case Kind::Boolean: return rapidjson::Value(node.value == "true");
        case Kind::Null: return {};
        case Kind::Number: break;
        default: throw Fault("JSON Schema is for JSON");
    }
    double number = 0;
    std::from_chars(node.value.data(), node.value.data() + node.value.size(), number);
    // 1.0 is an integer, too.
    if (std::floor(number) == number && std::fabs(number) < 9e15)
        return rapidjson::Value(static_cast<std::int64_t>(number));
    return rapidjson::Value(number);
}

struct Weight {
    std::uint64_t nodes = 0;
    std::size_t longestName = 0;
};

void weigh(const Node& node, Weight& weight) {
    ++weight.nodes;
    weight.longestName = std::max(weight.longestName, node.name.size());
    for (const Node& child : node.children) weigh(child, weight);
}

bool matchesNames(const Node& schema) {
    if (schema.child("patternProperties") != nullptr) return true;
    for (const Node& child : schema.children)
        if (matchesNames(child)) return true;
    return false;
}

Problem problemOf(base::Words words, std::string path, base::Position position) {
    return Problem(ErrorCode::SCHEMA_INVALID, std::move(path), position)
        .inWords("reason", std::move(words));
}

std::string escaped(std::string_view name) {
    std::string token;
    for (const char c : name) {
        if (c == '~')
            token += "~0";
        else if (c == '/')
            token += "~1";
        else
            token.push_back(c);
    }
    return token;
}

/// The validator's findings, each at its place, without those that only tell of others.
class Findings {
  public:
    explicit Findings(const Node& root) : root_(root) {}

    void add(const std::vector<std::string>& context, const std::string& description) {
        auto words = jsonComplaint(description);
        if (!words) return;
        Found found = placeOf(context, memberMeant(description));
        found.words = std::move(*words);
        // What is wrong with alternatives one by one helps nobody who meant another.
        if (isAboutAlternatives(description))
            std::erase_if(found_, [&](const Found& other) {
                return other.path == found.path || other.path.starts_with(found.path + "/");
            });
        for (const Found& other : found_)
            if (other.path == found.path && other.words == found.words) return;
        if (found_.size() < kKept) found_.push_back(std::move(found));
    }

    [[nodiscard]] std::vector<Problem> problems() && {
        std::vector<Problem> problems;
        for (Found& found : found_)
            if (problems.size() < base::kSchemaProblems)
                problems.push_back(
                    problemOf(std::move(found.words), std::move(found.path), found.node->position));
        return problems;
    }

  private:
    static constexpr std::size_t kKept = 200;
    struct Found {
        std::string path{};
        const Node* node = nullptr;
        base::Words words{};
    };

    // A context is "<root>", "[name]", "[0]" ...
    [[nodiscard]] Found placeOf(const std::vector<std::string>& context,
                                std::string_view member) const {
        Found found{{}, &root_, {}};
        for (std::size_t i = 1; i < context.size(); ++i)
            step(found, std::string_view(context[i]).substr(1, context[i].size() - 2));
        if (!member.empty()) step(found, member);
        return found;
    }
    static void step(Found& found, std::string_view token) {
        found.path += "/" + escaped(token);
        if (found.node->kind == Kind::Array) {
            std::size_t index = 0;
            std::from_chars(token.data(), token.data() + token.size(), index);
            if (index < found.node->children.size()) found.node = &found.node->children[index];
        } else if (const Node* child = found.node->child(token)) {
            found.node = child;
        }
    }

    const Node& root_;
    std::vector<Found> found_;
};

}  // namespace

struct JsonSchema::Native {
    valijson::Schema schema;
    bool matchesNames = false;
};

JsonSchema::JsonSchema(std::unique_ptr<Native> native) : native_(std::move(native)) {}
JsonSchema::~JsonSchema() = default;

std::shared_ptr<const JsonSchema> JsonSchema::load(const std::filesystem::path& file) try {
    const Node plain = plainJsonSchema(file);
    rapidjson::Document document;
    const rapidjson::Value value = valueOf(plain, document.GetAllocator());
    auto native = std::make_unique<Native>();
    native->matchesNames = matchesNames(plain);
    valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
    addOwnChecks(parser);
    parser.populateSchema(RapidJsonAdapter(value), native->schema);
    return std::shared_ptr<const JsonSchema>(new JsonSchema(std::move(native)));
} catch (const std::exception& error) {
    throw Fault("schema " + file.string() + " does not compile: " + error.what());
}

std::vector<Problem> JsonSchema::validate(const Node& root) const {
    Weight weight;
    weigh(root, weight);
    const base::Words tooMuch{"tài liệu quá phức tạp để kiểm tra theo định dạng",
                              "the document is too intricate to be checked"};
    if (native_->matchesNames && weight.longestName > kLongestName)
        return {problemOf(tooMuch, {}, root.position)};
    rapidjson::Document document;
    const rapidjson::Value value = valueOf(root, document.GetAllocator());
    const RapidJsonAdapter target(value);
    const auto judge = [&](valijson::ValidationResults* results) {
        const StepsAllowed steps(kStepsBeside + kStepsPerNode * weight.nodes);
        return valijson::Validator().validate(native_->schema, target, results);
    };
    try {
        // Most are valid: what is wrong is asked for only where something is.
        if (judge(nullptr)) return {};
        valijson::ValidationResults results;
        judge(&results);
        Findings findings(root);
        for (const auto& error : results) findings.add(error.context, error.description);
        auto problems = std::move(findings).problems();
        if (problems.empty())
            problems.push_back(problemOf(
                {"tài liệu không đúng định dạng", "the document is not valid"}, {}, root.position));
        return problems;
    } catch (const TooManySteps&) {
        return {problemOf(tooMuch, {}, root.position)};
    }
}

}  // namespace gateway::document
