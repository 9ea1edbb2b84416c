# Usage: cmake -DOUTPUT=migrations.cpp -DFOLDER=... "-DNAMES=0001_first,0002_next" -P embed.cmake
# Writes the SQL files as string constants, so that the program needs no file beside itself.
set(rows "")
string(REPLACE "," ";" NAMES "${NAMES}")
foreach(name IN LISTS NAMES)
  file(READ "${FOLDER}/${name}.sql" sql)
  string(REGEX MATCH "^0*([0-9]+)_" found "${name}")
  string(APPEND rows "    {${CMAKE_MATCH_1}, \"${name}\", R\"SQL(${sql})SQL\"},\n")
endforeach()
file(WRITE "${OUTPUT}" "// Made from gateway/store/migrations/*.sql.
#include \"gateway/store/sqlite/engine/migrator.h\"

namespace gateway::store::sqlite {
namespace {

constexpr Migration kMigrations[] = {
${rows}};

}  // namespace

std::span<const Migration> allMigrations() noexcept { return kMigrations; }

}  // namespace gateway::store::sqlite
")
