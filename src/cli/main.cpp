// The program's start and end; what happens between is in program.cpp.
#include <iostream>

#include "base/interrupt.h"
#include "cli/commands.h"

int main(int count, char** words) {
  vya::watch_for_interrupts();
  return vya::run_program(std::vector<std::string>(words + 1, words + count), std::cout, std::cerr);
}
