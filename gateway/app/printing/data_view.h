#pragma once
// Mappings and connectors as delivered, with this place's own files in front of them.

#include <filesystem>
#include <string>
#include <vector>

namespace gateway::app {

/// A folder of links, gone with this: what lies as `mappings/X` or `connectors/X` in the local
/// folder stands in the place of the delivered file X, or beside the others when there is none, so
/// that an update of what was delivered never touches it. For reading during one load; nothing may
/// keep its paths. Does not promise a view of one moment: who changes files meanwhile loads again.
class DataView {
  public:
    struct LocalFile {
        std::string name;  ///< "mappings/agencies/communes.xml"
        bool replaces;     ///< a delivered file of that name
    };

    /// An empty `local` gives the delivered folders themselves. Throws base::Fault if a folder
    /// cannot be read or the local one holds what would have no effect; InputError never.
    DataView(std::filesystem::path mappings, std::filesystem::path connectors,
             const std::filesystem::path& local);
    ~DataView();
    DataView(const DataView&) = delete;
    DataView& operator=(const DataView&) = delete;

    [[nodiscard]] const std::filesystem::path& mappings() const noexcept { return mappings_; }
    [[nodiscard]] const std::filesystem::path& connectors() const noexcept { return connectors_; }
    /// In order of name.
    [[nodiscard]] const std::vector<LocalFile>& local() const noexcept { return local_; }
    /// The same file as the view has it; a file of neither folder stays as it is.
    [[nodiscard]] std::filesystem::path seen(const std::filesystem::path& file) const;
    /// A message about the view with the true names of files in the place of the links'.
    [[nodiscard]] std::string named(std::string message) const;

  private:
    void link(const std::filesystem::path& from, const std::string& part, bool local);
    void judge(const std::filesystem::path& local) const;
    /// Empty: no link has that name, however it is spelt.
    std::string targetOf(const std::filesystem::path& spelt) const;

    struct Link {
        std::string name, target;
    };
    std::filesystem::path folder_;  ///< empty: there is no view
    std::filesystem::path mappings_, connectors_;
    std::vector<LocalFile> local_;
    std::vector<Link> links_;
};

}  // namespace gateway::app
