#pragma once
// How much memory a message will take while it is read and judged, told from its bytes before any
// of the work is done, so that the memory account can be asked first.

#include <cstddef>
#include <string_view>

#include "gateway/document/tables/table.h"

namespace gateway::exchange {

/// What reading takes for each byte of a body beside it, and for each node of its tree: the
/// parser's, ours, and what a mapping makes of it. The heaviest message that the default limits let
/// in fits into one holder's share.
inline constexpr std::size_t kCopiesOfBody = 4;
inline constexpr std::size_t kReadNode = 384;

/// An upper estimate beside the body itself: its copies, and for each node that it can have the
/// parser's and ours. One pass over the bytes; the payload of a compact JWS is decoded for it.
/// Whatever is no document weighs its copies only: it is refused before a tree is made.
/// @param mostNodes base::Limits::treeNodes, where readers stop
[[nodiscard]] std::size_t readingWeight(std::string_view body, std::size_t mostNodes);

/// What reading a table takes beside the copies of its body: its cells, and of a workbook what it
/// unpacks to. A workbook that unpacks to more than `bounds` is refused before any of it is.
[[nodiscard]] std::size_t tableWeight(std::string_view bytes, document::TableForm form,
                                      const document::TableBounds& bounds);

}  // namespace gateway::exchange
