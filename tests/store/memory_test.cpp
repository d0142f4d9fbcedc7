#include "store/memory.h"

#include "tests/contract/store_contract.h"

namespace vya {
namespace {

class MemoryWorld {
 public:
  Store& store() { return store_; }

 private:
  MemoryStore store_;
};

INSTANTIATE_TYPED_TEST_SUITE_P(Memory, StoreContract, MemoryWorld);

}  // namespace
}  // namespace vya
