#include "tests/engine/mysql/certificates.h"

#include "base/error.h"
#include "tests/world/postgres_data.h"

namespace vya::mysql {

namespace {

std::string openssl(const std::vector<std::string>& arguments, const std::string& folder) {
  const world::Ended ended = world::run({.program = "openssl",
                                         .arguments = arguments,
                                         .environment = {},
                                         .input = {},
                                         .folder = folder});
  if (ended.status != 0) throw Error(Fault::kInternal, "openssl failed: " + ended.errors);
  return ended.output;
}

}  // namespace

Certificates::Certificates() {
  const std::string folder = folder_.path();
  openssl({"req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.pem",
           "-subj", "/CN=authority of a test", "-days", "2"},
          folder);
  openssl({"req", "-newkey", "rsa:2048", "-nodes", "-keyout", "server.key", "-out", "server.csr",
           "-subj", "/CN=server of a test"},
          folder);
  folder_.write("names", "subjectAltName=IP:127.0.0.1,DNS:db.test\n");
  openssl({"x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key",
           "-CAcreateserial", "-out", "server.pem", "-days", "2", "-extfile", "names"},
          folder);
  world::give_to_server_user(folder_ / "server.key");
  world::give_to_server_user(folder_.path());
}

std::string Certificates::fingerprint() const {
  const std::string said =
      openssl({"x509", "-in", "server.pem", "-noout", "-fingerprint", "-sha1"}, folder_.path());
  const std::string text = said.substr(said.find('=') + 1);
  return text.substr(0, text.find('\n'));
}

std::vector<std::string> Certificates::options() const {
  return {"--ssl-ca=" + authority(), "--ssl-cert=" + (folder_ / "server.pem").string(),
          "--ssl-key=" + (folder_ / "server.key").string()};
}

}  // namespace vya::mysql
