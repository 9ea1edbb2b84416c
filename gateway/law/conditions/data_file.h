#pragma once
// Reading our own data files: whatever is wrong in one is a Fault that names file and line.

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/document/schema.h"
#include "gateway/document/tree.h"
#include "gateway/model/names.h"
#include "gateway/model/period.h"

namespace gateway::law {

/// One parsed and validated data file. A plain value.
class DataFile {
  public:
    /// Throws base::Fault: unreadable, not well formed, against its schema.
    DataFile(std::filesystem::path file, const document::XmlSchema& schema);

    [[nodiscard]] const document::Node& root() const noexcept { return tree_.root; }
    [[nodiscard]] std::vector<const document::Node*> elements(const document::Node& parent,
                                                              std::string_view name) const;
    /// "agencies/courts.xml:12", wherever the data lie
    [[nodiscard]] std::string origin(const document::Node& node) const;
    /// The file as it was given, so that a local one is told from a delivered one, and the line.
    [[nodiscard]] std::string place(const document::Node& node) const;
    [[noreturn]] void fail(const document::Node& node, const std::string& what) const;

    /// The attribute's value, "" when it is absent.
    [[nodiscard]] std::string text(const document::Node& node, std::string_view name) const;
    [[nodiscard]] std::optional<base::Date> date(const document::Node& node,
                                                 std::string_view name) const;
    /// Attributes `from` and `until`.
    [[nodiscard]] model::Period period(const document::Node& node) const;

    template <model::Named E>
    [[nodiscard]] E named(const document::Node& node, std::string_view name) const {
        const auto written = text(node, name);
        const auto value = model::valueOf<E>(written);
        if (!value) fail(node, "unknown " + std::string(name) + " \"" + written + "\"");
        return *value;
    }
    /// A blank-separated list of words.
    [[nodiscard]] std::vector<std::string> list(const document::Node& node,
                                                std::string_view name) const {
        return words(text(node, name));
    }
    /// A blank-separated list of names.
    template <model::Named E>
    [[nodiscard]] std::vector<E> namedList(const document::Node& node,
                                           std::string_view name) const {
        std::vector<E> values;
        for (const auto& word : words(text(node, name))) {
            const auto value = model::valueOf<E>(word);
            if (!value) fail(node, "unknown " + std::string(name) + " \"" + word + "\"");
            values.push_back(*value);
        }
        return values;
    }

  private:
    [[nodiscard]] static std::vector<std::string> words(std::string_view text);

    std::filesystem::path file_;
    document::Tree tree_;
};

/// The regular files of a directory whose names end with `ending`, in order of name.
[[nodiscard]] std::vector<std::filesystem::path> filesIn(const std::filesystem::path& directory,
                                                         std::string_view ending);

}  // namespace gateway::law
