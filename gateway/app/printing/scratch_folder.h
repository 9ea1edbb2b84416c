#pragma once
// A folder for one piece of work.

#include <filesystem>

namespace gateway::app {

/// A place of our own for what is made on the way, gone with this: it may hold personal data.
/// Throws InputError if it cannot be made.
struct ScratchFolder {
    ScratchFolder();
    ~ScratchFolder();
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;

    std::filesystem::path path;
};

}  // namespace gateway::app
