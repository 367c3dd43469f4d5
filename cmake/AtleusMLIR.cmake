# Finds LLVM and MLIR 22 and brings in their compile flags and functions.

list(APPEND CMAKE_PREFIX_PATH /usr/lib/llvm-22)
find_package(MLIR 22.1 REQUIRED CONFIG)
message(STATUS "MLIR ${LLVM_PACKAGE_VERSION}: ${MLIR_DIR}")

# LLVMConfig.cmake hides these when they are given on the command line, so they
# are set between find_package and HandleLLVMOptions.
set(LLVM_ENABLE_ASSERTIONS ${ATLEUS_ASSERTIONS})
set(LLVM_ENABLE_WERROR ${ATLEUS_WERROR})
set(MLIR_LINK_MLIR_DYLIB ${ATLEUS_LINK_MLIR_DYLIB})

list(APPEND CMAKE_MODULE_PATH "${MLIR_CMAKE_DIR}" "${LLVM_CMAKE_DIR}")
set(LLVM_RUNTIME_OUTPUT_INTDIR ${PROJECT_BINARY_DIR}/bin)
set(LLVM_LIBRARY_OUTPUT_INTDIR ${PROJECT_BINARY_DIR}/lib)
set(MLIR_BINARY_DIR ${PROJECT_BINARY_DIR})
# Debian names lit differently from what LLVMConfig.cmake says.
set(LLVM_EXTERNAL_LIT "${LLVM_TOOLS_BINARY_DIR}/lit" CACHE STRING "lit")

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros
      CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} ${CCACHE_PROGRAM})
endif()

# LLVM sets these where it is built and not where it is used: without them there
# is no check of undefined behaviour. The check of booleans would fail in
# llvm::Statistic, which has more members in code with assertions than in
# Debian's MLIR, whose constructor leaves these out.
set(LLVM_UBSAN_FLAGS "-fsanitize=undefined -fno-sanitize-recover=all")
string(APPEND LLVM_UBSAN_FLAGS " -fno-sanitize=vptr,function,bool")

include(TableGen)
include(AddLLVM)
include(AddMLIR)
include(HandleLLVMOptions)

include_directories(SYSTEM ${MLIR_INCLUDE_DIRS} ${LLVM_INCLUDE_DIRS})
include_directories(${PROJECT_SOURCE_DIR} ${PROJECT_SOURCE_DIR}/include
                    ${PROJECT_BINARY_DIR} ${PROJECT_BINARY_DIR}/include)
separate_arguments(LLVM_DEFINITIONS_LIST NATIVE_COMMAND ${LLVM_DEFINITIONS})
add_definitions(${LLVM_DEFINITIONS_LIST})

# Debian's archives of MLIR name libLLVM.so, of which they use a hundredth:
# relocating it takes longer than all else that a process does for a small
# model. LLVM's archives take its place if what they need is there. Z3, which
# they name, too, is for what nothing here uses.
find_library(ATLEUS_ZSTD_LIBRARY NAMES zstd libzstd.so.1)
mark_as_advanced(ATLEUS_ZSTD_LIBRARY)
if(ATLEUS_ZSTD_LIBRARY AND TARGET LLVM AND TARGET ZLIB::ZLIB
   AND CMAKE_SYSTEM_NAME STREQUAL Linux AND NOT ATLEUS_LINK_MLIR_DYLIB)
  set(LLVM_LINK_LLVM_DYLIB OFF)
  set_target_properties(LLVMSupport PROPERTIES INTERFACE_LINK_LIBRARIES
    "LLVMDemangle;ZLIB::ZLIB;${ATLEUS_ZSTD_LIBRARY};dl;m;rt")
  foreach(target IN LISTS MLIR_EXPORTED_TARGETS)
    get_target_property(links ${target} INTERFACE_LINK_LIBRARIES)
    if(links)
      list(TRANSFORM links REPLACE "^LLVM$"
        "LLVMRemarks;LLVMSupportLSP;LLVMTargetParser;LLVMSupport")
      set_target_properties(${target} PROPERTIES
        INTERFACE_LINK_LIBRARIES "${links}")
    endif()
  endforeach()
endif()
