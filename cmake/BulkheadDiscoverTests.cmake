#[=======================================================================[
bulkhead_discover_tests(FILE
                        [PREFIX prefix] [TRIALS n] [TIMEOUT seconds] [LABELS label...]
                        [RESULTS_DIR folder] [JUNIT_DIR folder] [ARGS argument...]
                        [PROPERTIES name value...])

Adds a test to CTest for each expectation of an experiment file. Which ones there are is asked whenever ctest is run, so
that the file may change without configuring anew. A test runs the cells that its expectation speaks of, passes when it
is upheld, is skipped (exit code 77) when the machine can run none of them, and fails otherwise.

  FILE         relative to the current source folder
  PREFIX       of the tests' names, before the expectation's id; the default is the file's name without .toml, and a dot.
               No two calls may have the same
  TRIALS       of each cell, instead of the file's
  TIMEOUT      of each test; 600 seconds
  LABELS       beside "bulkhead", which each test has
  RESULTS_DIR  where the results of each run are kept, below the current binary folder: bulkhead-results
  JUNIT_DIR    where each test writes its verdict as JUnit's XML, in a file of its own name; none
  ARGS         more options of `bulkhead run`
  PROPERTIES   more properties of each test

Trials are timed, so no two of these tests run at once, while others may: RESOURCE_LOCK is "bulkhead". PROPERTIES can
take RUN_SERIAL ON.
#]=======================================================================]
set(BULKHEAD_ADD_TESTS_SCRIPT "${CMAKE_CURRENT_LIST_DIR}/BulkheadAddTests.cmake")

function(bulkhead_discover_tests file)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "PREFIX;TRIALS;TIMEOUT;RESULTS_DIR;JUNIT_DIR" "LABELS;ARGS;PROPERTIES")
  if(DEFINED arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "bulkhead_discover_tests: unknown arguments: ${arg_UNPARSED_ARGUMENTS}")
  endif()
  if(DEFINED arg_KEYWORDS_MISSING_VALUES)
    message(FATAL_ERROR "bulkhead_discover_tests: nothing follows ${arg_KEYWORDS_MISSING_VALUES}")
  endif()
  if(NOT TARGET bulkhead::bulkhead)
    message(FATAL_ERROR "bulkhead_discover_tests: there is no bulkhead::bulkhead; find_package(bulkhead) makes it")
  endif()

  get_filename_component(path "${file}" ABSOLUTE BASE_DIR "${CMAKE_CURRENT_SOURCE_DIR}")
  get_filename_component(stem "${file}" NAME_WLE)
  if(NOT DEFINED arg_PREFIX)
    set(arg_PREFIX "${stem}.")
  endif()
  get_property(taken GLOBAL PROPERTY BULKHEAD_PREFIXES)
  if(arg_PREFIX IN_LIST taken)
    message(FATAL_ERROR "bulkhead_discover_tests: the tests of ${file} would have the names of others, which begin with "
                        "\"${arg_PREFIX}\" too; give it another PREFIX")
  endif()
  set_property(GLOBAL APPEND PROPERTY BULKHEAD_PREFIXES "${arg_PREFIX}")
  if(NOT DEFINED arg_TIMEOUT)
    set(arg_TIMEOUT 600)
  endif()
  if(NOT DEFINED arg_RESULTS_DIR)
    set(arg_RESULTS_DIR bulkhead-results)
  endif()
  foreach(folder IN ITEMS arg_RESULTS_DIR arg_JUNIT_DIR)
    if(DEFINED ${folder})
      get_filename_component(${folder} "${${folder}}" ABSOLUTE BASE_DIR "${CMAKE_CURRENT_BINARY_DIR}")
    endif()
  endforeach()

  set(call "bulkhead_add_tests(\n  EXECUTABLE [==[$<TARGET_FILE:bulkhead::bulkhead>]==]\n  FILE [==[${path}]==]\n")
  foreach(key IN ITEMS PREFIX TRIALS TIMEOUT RESULTS_DIR JUNIT_DIR LABELS ARGS PROPERTIES)
    if(DEFINED arg_${key})
      string(APPEND call "  ${key}")
      foreach(value IN LISTS arg_${key})
        string(APPEND call " [==[${value}]==]")
      endforeach()
      string(APPEND call "\n")
    endif()
  endforeach()
  string(MD5 tag "${path} ${arg_PREFIX}")
  string(SUBSTRING "${tag}" 0 8 tag)
  set(script "${CMAKE_CURRENT_BINARY_DIR}/bulkhead-tests/${stem}-${tag}.cmake")
  file(GENERATE OUTPUT "${script}" CONTENT "include([==[${BULKHEAD_ADD_TESTS_SCRIPT}]==])\n${call})\n")
  set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES "${script}")
endfunction()
