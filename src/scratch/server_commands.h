// How a throwaway server of each product is made and started.
#pragma once

#include <filesystem>

#include "scratch/keeper.h"
#include "scratch/scratch_server.h"

namespace vya {

/// The commands for a server in the folder, whose folders `data` and `tmp` are there. Pure, but for
/// looking which programs lie beside the server's. Throws Error(kNotFound) when one is missing.
KeeperTask server_task(const ServerProgram& program, const ScratchRequest& request,
                       const std::filesystem::path& folder);

}  // namespace vya
