#include "tests/story/shop.h"

#include <string>

namespace vya::story {

namespace {

constexpr const char* kContents = R"(
CREATE TABLE customers (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text);
INSERT INTO customers (name) SELECT 'customer ' || i FROM generate_series(1, 100) i;
CREATE TABLE orders (id int PRIMARY KEY, customer int REFERENCES customers, note text);
INSERT INTO orders SELECT i, 1 + i % 100, md5(i::text) || md5((i + 1)::text) FROM generate_series(1, 40000) i;
CREATE FUNCTION check_order() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER checked BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION check_order();
CREATE INDEX ON orders (note);
SELECT lo_from_bytea(4711, 'a picture');
SELECT lo_from_bytea(4712, 'another');
GRANT SELECT ON orders TO shop_app;
)";

}  // namespace

void make_shop(const world::PostgresServer& server) {
  server.query("postgres",
               std::string("CREATE ROLE shop_app LOGIN PASSWORD '") + kShopPassword + "'");
  server.query("postgres", "CREATE DATABASE shop OWNER shop_app");
  server.query("shop", kContents);
}

}  // namespace vya::story
