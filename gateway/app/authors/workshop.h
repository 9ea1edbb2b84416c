#pragma once
// What mappings are compiled with, loaded once for the tools of their authors.

#include <filesystem>
#include <memory>
#include <vector>

#include "gateway/app/printing/mapping_coverage.h"
#include "gateway/app/process/snapshot_loader.h"
#include "gateway/mapping/model_shape.h"
#include "gateway/mapping/plan.h"

namespace gateway::app {

/// One mapping, and what it is judged by.
struct CheckedMapping {
    std::shared_ptr<const mapping::Plan> plan;
    std::shared_ptr<const exchange::ReferenceData> reference;
};

/// Immutable and thread-safe. The data view must outlive it.
class Workshop {
  public:
    /// Throws base::Fault.
    explicit Workshop(const DataView& data);

    /// Throws base::Fault, with the true names of files.
    [[nodiscard]] CheckedMapping compile(const std::filesystem::path& file) const;
    /// One of all(), with what it is judged by.
    [[nodiscard]] CheckedMapping judged(std::shared_ptr<const mapping::Plan> plan) const {
        return {std::move(plan), reference_};
    }
    /// All that the view has, in order of name, without those that do not compile: whoever runs
    /// them is told.
    [[nodiscard]] std::vector<std::shared_ptr<const mapping::Plan>> all() const;
    [[nodiscard]] const DataView& data() const noexcept { return data_; }
    /// mappings/schemas/mapping.xsd.
    [[nodiscard]] const document::XmlSchema& language() const noexcept { return *language_; }
    [[nodiscard]] const ModelOutlines& outlines() const noexcept { return outlines_; }

  private:
    const DataView& data_;
    std::shared_ptr<const exchange::ReferenceData> reference_;
    std::shared_ptr<const mapping::CodeLists> lists_;
    std::shared_ptr<const document::XmlSchema> language_;
    mapping::ModelShape shape_;
    ModelOutlines outlines_;
};

}  // namespace gateway::app
