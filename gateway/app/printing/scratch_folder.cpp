#include "gateway/app/printing/scratch_folder.h"

#include <unistd.h>

#include <cstdlib>
#include <string>

#include "gateway/app/settings/failure.h"

namespace gateway::app {

ScratchFolder::ScratchFolder() {
    auto name = (std::filesystem::temp_directory_path() / "thahc-scratch.XXXXXX").string();
    if (!::mkdtemp(name.data())) throw InputError("no folder can be made: " + name);
    path = name;
}

ScratchFolder::~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
}

}  // namespace gateway::app
