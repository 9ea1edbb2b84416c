# Warnings are errors for our own code; foreign headers come in as SYSTEM.
add_library(thahc_options INTERFACE)
target_compile_options(thahc_options INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Werror
  -fno-omit-frame-pointer)
target_include_directories(thahc_options INTERFACE ${PROJECT_SOURCE_DIR})
if(CMAKE_BUILD_TYPE STREQUAL "Release" OR CMAKE_BUILD_TYPE STREQUAL "RelWithDebInfo")
  target_compile_definitions(thahc_options INTERFACE $<$<NOT:$<BOOL:${THAHC_SANITIZE}>>:_FORTIFY_SOURCE=2>)
  target_compile_options(thahc_options INTERFACE -fstack-protector-strong)
  target_link_options(thahc_options INTERFACE -Wl,-z,relro,-z,now)
endif()
if(THAHC_SANITIZE)
  add_compile_options(-fsanitize=${THAHC_SANITIZE} -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${THAHC_SANITIZE})
endif()

# A room is a static library: path = namespace = target. Its sources are listed by hand.
#   thahc_room(base SOURCES result.cpp ... USES gateway::model PRIVATE_USES OpenSSL::Crypto)
function(thahc_room name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;USES;PRIVATE_USES" ${ARGN})
  add_library(gateway_${name} STATIC ${ROOM_SOURCES})
  add_library(gateway::${name} ALIAS gateway_${name})
  target_link_libraries(gateway_${name} PUBLIC ${ROOM_USES}
    PRIVATE $<BUILD_INTERFACE:thahc_options> ${ROOM_PRIVATE_USES})
endfunction()

find_program(THAHC_CCACHE ccache)
if(THAHC_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${THAHC_CCACHE})
endif()
