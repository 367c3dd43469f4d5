# Installs tools, libraries, headers, machines and the CMake package.

set(include_folder ${CMAKE_INSTALL_INCLUDEDIR}/atleus-${PROJECT_VERSION})
set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/Atleus)

get_property(libraries GLOBAL PROPERTY ATLEUS_LIBRARIES)
get_property(tools GLOBAL PROPERTY ATLEUS_TOOLS)
install(TARGETS ${tools} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS ${libraries} EXPORT AtleusTargets
        ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
        INCLUDES DESTINATION ${include_folder})
install(EXPORT AtleusTargets NAMESPACE Atleus:: DESTINATION ${package_folder})

install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/ DESTINATION ${include_folder}
        FILES_MATCHING PATTERN "*.h" PATTERN "*.td" PATTERN "*.proto")
foreach(root ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR})
  install(DIRECTORY ${root}/dialects DESTINATION ${include_folder}
          FILES_MATCHING PATTERN "*.h" PATTERN "*.td" PATTERN "*.inc"
          PATTERN CMakeFiles EXCLUDE)
endforeach()
install(DIRECTORY ${PROJECT_BINARY_DIR}/include/ DESTINATION ${include_folder}
        OPTIONAL FILES_MATCHING PATTERN "*.h" PATTERN "*.inc")
install(DIRECTORY ${PROJECT_SOURCE_DIR}/machines/
        DESTINATION ${CMAKE_INSTALL_DATADIR}/atleus/machines
        FILES_MATCHING PATTERN "*.mlir")
install(DIRECTORY ${PROJECT_SOURCE_DIR}/test/reference/
        DESTINATION ${CMAKE_INSTALL_DATADIR}/atleus/reference
        FILES_MATCHING PATTERN "*.csv" PATTERN "*.md")

include(CMakePackageConfigHelpers)
set(DATA_FOLDER ${CMAKE_INSTALL_DATADIR})
list(JOIN libraries " " ATLEUS_EXPORTED_LIBRARIES)
configure_package_config_file(
  ${PROJECT_SOURCE_DIR}/cmake/AtleusConfig.cmake.in
  ${PROJECT_BINARY_DIR}/AtleusConfig.cmake
  INSTALL_DESTINATION ${package_folder} PATH_VARS DATA_FOLDER)
write_basic_package_version_file(
  ${PROJECT_BINARY_DIR}/AtleusConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/AtleusConfig.cmake
        ${PROJECT_BINARY_DIR}/AtleusConfigVersion.cmake
        DESTINATION ${package_folder})
