# How everything is compiled: warnings, sanitizers, ccache where present.
option(VYA_WERROR "Warnings are errors" OFF)
set(VYA_SANITIZE "" CACHE STRING "Sanitizers, as -fsanitize= takes them (address,undefined or thread)")

add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual
                    -Wno-missing-field-initializers)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_compile_options(-Wno-restrict)  # a false positive of g++ 12 on std::string
endif()
if(VYA_WERROR)
  add_compile_options(-Werror)
endif()
if(VYA_SANITIZE)
  add_compile_options(-fsanitize=${VYA_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${VYA_SANITIZE})
  if(VYA_SANITIZE MATCHES thread)
    add_compile_options(-Wno-tsan)  # atomic_thread_fence inside libstdc++ headers
  endif()
endif()

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR}
      CCACHE_NOHASHDIR=1 ${CCACHE})
endif()
