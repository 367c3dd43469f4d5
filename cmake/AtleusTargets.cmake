# Functions that declare Atleus' libraries, tools and TableGen outputs, with one
# precompiled header of MLIR's headers shared by all of them.

file(WRITE ${PROJECT_BINARY_DIR}/pch/pch.cpp.in "")
configure_file(${PROJECT_BINARY_DIR}/pch/pch.cpp.in
               ${PROJECT_BINARY_DIR}/pch/pch.cpp COPYONLY)
add_library(AtleusPrecompiledHeader OBJECT ${PROJECT_BINARY_DIR}/pch/pch.cpp)
llvm_update_compile_flags(AtleusPrecompiledHeader)
target_precompile_headers(AtleusPrecompiledHeader PRIVATE
  ${PROJECT_SOURCE_DIR}/cmake/PrecompiledHeader.h)
if(CMAKE_CXX_COMPILER_ID MATCHES Clang)
  # Without a time stamp in the header ccache can reuse what depends on it.
  add_compile_options(
    "$<$<COMPILE_LANGUAGE:CXX>:SHELL:-Xclang -fno-pch-timestamp>")
endif()

# Every TableGen output hangs on this target, and every library waits for it.
add_custom_target(AtleusTableGen)
# Documentation pages made by TableGen.
add_custom_target(atleus-docs)

# atleus_tablegen(<file.td> <output> <generator flags...>)
function(atleus_tablegen definitions output)
  set(LLVM_TARGET_DEFINITIONS ${definitions})
  mlir_tablegen(${output} ${ARGN} EXTRA_INCLUDES ${PROJECT_SOURCE_DIR})
  string(MAKE_C_IDENTIFIER "${CMAKE_CURRENT_SOURCE_DIR}/${output}" target)
  add_custom_target(${target} DEPENDS ${CMAKE_CURRENT_BINARY_DIR}/${output})
  add_dependencies(AtleusTableGen ${target})
endfunction()

# atleus_document(<file.td> <page> <generator flags...>)
# makes docs/<page>.md in the build tree.
function(atleus_document definitions page)
  set(LLVM_TARGET_DEFINITIONS ${definitions})
  mlir_tablegen(${page}.md ${ARGN} EXTRA_INCLUDES ${PROJECT_SOURCE_DIR})
  set(copy ${PROJECT_BINARY_DIR}/docs/${page}.md)
  get_filename_component(folder ${copy} DIRECTORY)
  add_custom_command(OUTPUT ${copy}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${folder}
    COMMAND ${CMAKE_COMMAND} -E copy ${CMAKE_CURRENT_BINARY_DIR}/${page}.md
            ${copy}
    DEPENDS ${CMAKE_CURRENT_BINARY_DIR}/${page}.md)
  string(MAKE_C_IDENTIFIER "doc_${page}" target)
  add_custom_target(${target} DEPENDS ${copy})
  add_dependencies(atleus-docs ${target})
endfunction()

# atleus_link_mlir(<target> <scope> <library>...)
# MLIR's archives bring LLVM's; its shared library does not.
function(atleus_link_mlir target scope)
  mlir_target_link_libraries(${target} ${scope} ${ARGN})
  if(ATLEUS_LINK_MLIR_DYLIB)
    target_link_libraries(${target} ${scope} LLVM)
  endif()
endfunction()

# atleus_sanitizer_options(<executable>)
function(atleus_sanitizer_options executable)
  if(LLVM_USE_SANITIZER MATCHES "Address")
    target_sources(${executable} PRIVATE
      ${PROJECT_SOURCE_DIR}/cmake/SanitizerOptions.cpp)
    set_source_files_properties(
      ${PROJECT_SOURCE_DIR}/cmake/SanitizerOptions.cpp
      TARGET_DIRECTORY ${executable}
      PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
  endif()
endfunction()

# atleus_fast_allocation(<executable>)
# Takes mimalloc's allocator, if it is installed: compilations are a sixth
# faster than with the C library's. Sanitizers have allocators of their own.
function(atleus_fast_allocation executable)
  find_package(mimalloc QUIET)
  if(NOT mimalloc_FOUND OR LLVM_USE_SANITIZER)
    return()
  endif()
  # No symbol of it is named, and it has to come before the C library.
  target_link_libraries(${executable} PRIVATE
    -Wl,--push-state,--no-as-needed mimalloc -Wl,--pop-state)
endfunction()

# atleus_library(<name> SOURCES ... [LINK ...] [MLIR ...])
function(atleus_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK;MLIR" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  add_library(Atleus::${name} ALIAS ${name})
  llvm_update_compile_flags(${name})
  target_precompile_headers(${name} REUSE_FROM AtleusPrecompiledHeader)
  add_dependencies(${name} AtleusTableGen)
  target_link_libraries(${name} PUBLIC ${ARG_LINK})
  atleus_link_mlir(${name} PUBLIC ${ARG_MLIR})
  set_property(GLOBAL APPEND PROPERTY ATLEUS_LIBRARIES ${name})
endfunction()

# atleus_tool(<name> SOURCES ... [LINK ...] [MLIR ...])
function(atleus_tool name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK;MLIR" ${ARGN})
  set(LLVM_LINK_COMPONENTS Support)
  add_llvm_executable(${name} ${ARG_SOURCES})
  llvm_update_compile_flags(${name})
  target_precompile_headers(${name} REUSE_FROM AtleusPrecompiledHeader)
  add_dependencies(${name} AtleusTableGen)
  target_link_libraries(${name} PRIVATE ${ARG_LINK})
  atleus_link_mlir(${name} PRIVATE ${ARG_MLIR})
  atleus_sanitizer_options(${name})
  set_property(GLOBAL APPEND PROPERTY ATLEUS_TOOLS ${name})
endfunction()
