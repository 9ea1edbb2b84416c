#pragma once
// Xerces-C, the library whose component model tells what an XML Schema says, made safe: local files
// below one directory, no DTD, nothing of its own fetched. Internal to this shelf.

#include <filesystem>
#include <functional>
#include <memory>

#include <xercesc/framework/psvi/XSModel.hpp>

namespace gateway::document {

/// Reads the schema and hands its model to `use`, which may keep nothing of it. One at a time in
/// the process. Throws Fault if the schema does not compile.
void withSchemaModel(const std::filesystem::path& file,
                     const std::function<void(xercesc::XSModel&)>& use);

/// UTF-8 of a text of Xerces; empty for none.
[[nodiscard]] std::string utf8Of(const XMLCh* text);

}  // namespace gateway::document
