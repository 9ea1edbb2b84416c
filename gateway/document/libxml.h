#pragma once
// libxml2 made safe once per process. Internal to the rooms document and trust.

struct _xmlError;

namespace gateway::document {

/// Initialises libxml2 and installs an entity loader that opens nothing, except local files on a
/// thread that holds LocalFilesAllowed. Idempotent, thread-safe; called by every entry point.
void startLibxml();

/// While it lives, schemas on this thread may load local files (never a URL with a scheme).
class LocalFilesAllowed {
  public:
    LocalFilesAllowed() noexcept;
    ~LocalFilesAllowed();
    LocalFilesAllowed(const LocalFilesAllowed&) = delete;
    LocalFilesAllowed& operator=(const LocalFilesAllowed&) = delete;
};

/// While it lives, libxml2 reports nothing to standard error from this thread: what a partner
/// sent must not reach the log unescaped. May nest.
class QuietLibxml {
  public:
    QuietLibxml() noexcept;
    ~QuietLibxml();
    QuietLibxml(const QuietLibxml&) = delete;
    QuietLibxml& operator=(const QuietLibxml&) = delete;

  private:
    void* previousContext_;
    void (*previous_)(void*, _xmlError*);
};

}  // namespace gateway::document
