// Encryption of connections: what each mode accepts, and that none goes on unencrypted by itself.
#include <gtest/gtest.h>

#include "engine/mysql/connection.h"
#include "tests/engine/mysql/address_of.h"
#include "tests/engine/mysql/certificates.h"
#include "tests/world/error_of.h"
#include "tests/world/mysql_test_versions.h"

namespace vya::mysql {
namespace {

class MysqlTls : public world::OnMysql {
 protected:
  /// Whether a connection to the address is encrypted; what is said when it is refused.
  static std::string outcome(const Address& address) {
    try {
      return Connection(address).encrypted() ? "encrypted" : "plain";
    } catch (const Error& error) {
      EXPECT_EQ(error.fault(), Fault::kConnection) << error.message();
      return "refused";
    }
  }

  std::unique_ptr<world::MysqlServer> make_tls_server() const {
    auto server = make_server(certificates_.options(), world::Listen::kLoopback);
    server->query("CREATE USER app IDENTIFIED BY 'right' REQUIRE SSL");
    return server;
  }

  Certificates certificates_;
};
VYA_ON_EVERY_MYSQL(MysqlTls);

TEST_P(MysqlTls, EveryModeTakesTheRightServer) {
  const auto server = make_tls_server();
  Address address = tcp_address_of(*server, Tls::kRequired);
  EXPECT_EQ(outcome(address), "encrypted");
  address.tls_ca = certificates_.authority();
  for (const Tls tls : {Tls::kVerifyCa, Tls::kVerifyIdentity, Tls::kChosen}) {
    address.tls = tls;
    EXPECT_EQ(outcome(address), "encrypted") << static_cast<int>(tls);
  }
  address = tcp_address_of(*server, Tls::kFingerprint);
  address.tls_fingerprint = certificates_.fingerprint();
  EXPECT_EQ(outcome(address), "encrypted");
}

TEST_P(MysqlTls, AnotherAuthorityNameOrFingerprintIsRefused) {
  const auto server = make_tls_server();
  const Certificates others;
  Address address = tcp_address_of(*server, Tls::kVerifyCa);
  address.tls_ca = others.authority();
  EXPECT_EQ(outcome(address), "refused");
  address.tls = Tls::kVerifyIdentity;
  EXPECT_EQ(outcome(address), "refused");

  address.tls_ca = certificates_.authority();
  address.host = "localhost";  // the certificate is for 127.0.0.1
  EXPECT_EQ(outcome(address), "refused");
  address.tls = Tls::kVerifyCa;
  EXPECT_EQ(outcome(address), "encrypted");

  address = tcp_address_of(*server, Tls::kFingerprint);
  address.tls_fingerprint = others.fingerprint();
  EXPECT_EQ(outcome(address), "refused");
}

TEST_P(MysqlTls, NoModeGoesOnWithAServerThatOffersNone) {
  const auto server =
      make_server({on_mariadb() ? "--skip-ssl" : "--tls-version="}, world::Listen::kLoopback);
  server->query("CREATE USER app IDENTIFIED BY 'right'");
  Address address = tcp_address_of(*server);
  address.tls_ca = certificates_.authority();
  address.tls_fingerprint = certificates_.fingerprint();
  for (const Tls tls :
       {Tls::kRequired, Tls::kVerifyCa, Tls::kVerifyIdentity, Tls::kFingerprint, Tls::kChosen}) {
    address.tls = tls;
    EXPECT_NE(outcome(address), "plain") << static_cast<int>(tls);
    EXPECT_NE(outcome(address), "encrypted") << static_cast<int>(tls);
  }
  EXPECT_EQ(outcome(tcp_address_of(*server, Tls::kDisabled)), "plain");
  EXPECT_EQ(outcome(tcp_address_of(*server)), "plain") << "loopback needs no encryption";
}

TEST_P(MysqlTls, AWaitOverTlsCanBeGivenUp) {
  const auto server = make_tls_server();
  Connection connection(tcp_address_of(*server, Tls::kRequired));
  const auto started = std::chrono::steady_clock::now();
  connection.watch_with([&] {
    if (std::chrono::steady_clock::now() - started > std::chrono::milliseconds(700))
      throw Error(Fault::kInterrupted, "interrupted");
  });

  EXPECT_EQ(error_of([&] { connection.run("SELECT SLEEP(60)"); }).fault(), Fault::kInterrupted);
  EXPECT_LT(std::chrono::steady_clock::now() - started, std::chrono::seconds(20));
}

TEST_P(MysqlTls, ALargeStatementAndALargeAnswerPassOverTls) {
  const auto server = make_tls_server();
  Connection connection(tcp_address_of(*server, Tls::kRequired));
  std::string large;
  large.resize(12'000'000, 'x');

  EXPECT_EQ(connection.value("SELECT '" + large + "'"), large);
}

TEST(ChosenTls, IsTheStrictestThatWhatIsGivenAllows) {
  EXPECT_EQ(chosen_tls({.host = "", .socket = "/s"}), Tls::kDisabled);
  EXPECT_EQ(chosen_tls({.host = "127.0.0.1"}), Tls::kDisabled);
  EXPECT_EQ(chosen_tls({.host = "db1"}), Tls::kRequired);
  EXPECT_EQ(chosen_tls({.host = "db1", .tls_ca = "/ca"}), Tls::kVerifyIdentity);
  EXPECT_EQ(chosen_tls({.host = "db1", .tls_fingerprint = "aa"}), Tls::kFingerprint);
  EXPECT_EQ(chosen_tls({.host = "db1", .tls = Tls::kDisabled}), Tls::kDisabled);
}

}  // namespace
}  // namespace vya::mysql
