#pragma once
// What operators have decided about versions of mappings, where it outlives the process.

#include <filesystem>

#include "gateway/mapping/versions.h"

namespace gateway::app {

/// One file of JSON beside the store. Without a folder there are no choices, and none is kept.
class MappingChoices {
  public:
    explicit MappingChoices(const std::filesystem::path& besideStore) :
        file_(besideStore.empty() ? besideStore : besideStore / "mapping-versions.json") {}

    /// None where nobody has decided anything. Throws base::Fault: what is there cannot be read.
    [[nodiscard]] mapping::VersionChoices load() const;
    /// Durable when it returns. Throws base::Fault, with the file as it was.
    void save(const mapping::VersionChoices& choices) const;

  private:
    std::filesystem::path file_;
};

}  // namespace gateway::app
