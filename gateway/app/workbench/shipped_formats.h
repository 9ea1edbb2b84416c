#pragma once
// The mappings that are there already, for whoever wants to begin with one.

#include <optional>
#include <string>

#include "gateway/app/printing/data_view.h"
#include "gateway/document/tree.h"

namespace gateway::app {

/// {"formats": [{"file", "id", "version", "message", "theirs"}]} in order of name, without those
/// that cannot be read.
[[nodiscard]] document::Node shippedFormats(const DataView& data);

/// {"mapping", "outward"?, "samples": [NAME], "sampleFile"?, "sample"? or "packed"?}: one of them,
/// and one of the samples beside it, the first unless it is named. `outward`: it only writes, and
/// its samples are of ours. Nothing if there is no such format.
[[nodiscard]] std::optional<document::Node> shippedFormat(const DataView& data,
                                                          const std::string& file,
                                                          const std::string& sample);

/// {"text"}: a file that mappings include or use, "mappings/parts/x.xml". Nothing if there is none.
[[nodiscard]] std::optional<document::Node> sharedFile(const DataView& data,
                                                       const std::string& name);

}  // namespace gateway::app
