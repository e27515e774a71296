# What Debian wants otherwise than `cmake --install` leaves it: done in the folder that becomes the package.
set(usr ${CPACK_TEMPORARY_INSTALL_DIRECTORY}/usr)
if(NOT EXISTS ${usr})
  file(GLOB_RECURSE found LIST_DIRECTORIES false ${CPACK_TEMPORARY_DIRECTORY}/*/bin/bulkhead)
  list(GET found 0 program)
  get_filename_component(usr ${program} DIRECTORY)
  get_filename_component(usr ${usr} DIRECTORY)
endif()
set(doc ${usr}/share/doc/bulkhead)

# The licence is in `copyright`, with those of others.
file(REMOVE ${doc}/LICENSE)

# A changelog of the package beside that of the project (Debian Policy 12.7), both compressed.
string(TIMESTAMP date "%a, %d %b %Y %H:%M:%S +0000" UTC) # of SOURCE_DATE_EPOCH where it is set
file(WRITE ${doc}/changelog "bulkhead (${CPACK_PACKAGE_VERSION}) unstable; urgency=medium

  * What has changed is in /usr/share/doc/bulkhead/CHANGELOG.md.gz.

 -- ${CPACK_PACKAGE_CONTACT}  ${date}
")
execute_process(COMMAND gzip -9nf ${doc}/changelog ${doc}/CHANGELOG.md COMMAND_ERROR_IS_FATAL ANY)

# Debian's zsh reads completions of packages from here.
if(EXISTS ${usr}/share/zsh/site-functions)
  file(RENAME ${usr}/share/zsh/site-functions ${usr}/share/zsh/vendor-completions)
endif()
