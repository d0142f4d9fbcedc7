-- Constraints, indexes, triggers, rules and policies.
-- mutation: a primary key is gone
ALTER TABLE t_identity DROP CONSTRAINT t_identity_pkey;
-- undo
ALTER TABLE t_identity ADD PRIMARY KEY (id);
-- finding: constraint t_identity_pkey on table shop.public.t_identity is missing

-- mutation: a unique constraint is gone
ALTER TABLE customers DROP CONSTRAINT customers_email_key;
-- undo
ALTER TABLE customers ADD UNIQUE (email);
-- finding: constraint customers_email_key on table shop.public.customers is missing

-- mutation: a check constraint is gone
ALTER TABLE customers DROP CONSTRAINT named;
-- undo
ALTER TABLE customers ADD CONSTRAINT named CHECK (name <> '');
-- finding: definition of table shop.public.customers is "... "email" "text", "born" "date" );", was "... "email" "text", "born" "date", CONSTRAINT "named" CHECK (("name" <> ''::"text")) );"

-- mutation: a check constraint was validated
ALTER TABLE orders VALIDATE CONSTRAINT positive;
-- undo
ALTER TABLE orders DROP CONSTRAINT positive, ADD CONSTRAINT positive CHECK (total > 0) NOT VALID;
-- finding: check constraint positive on table shop.public.orders is missing
-- finding: definition of table shop.public.orders is "...e" "text", "spans" "int4range", CONSTRAINT "positive" CHECK (("total" > (0)::numeric)) );", was "...e" "text", "spans" "int4range" );"

-- mutation: what a foreign key does
ALTER TABLE orders DROP CONSTRAINT placed_by, ADD CONSTRAINT placed_by FOREIGN KEY (customer) REFERENCES customers ON DELETE RESTRICT;
-- undo
ALTER TABLE orders DROP CONSTRAINT placed_by, ADD CONSTRAINT placed_by FOREIGN KEY (customer) REFERENCES customers ON DELETE CASCADE;
-- finding: definition of foreign key placed_by on table shop.public.orders is "..."."customers"("id") ON DELETE RESTRICT;", was "..."."customers"("id") ON DELETE CASCADE;"

-- mutation: when a constraint is checked
ALTER TABLE orders DROP CONSTRAINT at_once, ADD CONSTRAINT at_once UNIQUE (customer, placed) DEFERRABLE INITIALLY DEFERRED;
-- undo
ALTER TABLE orders DROP CONSTRAINT at_once, ADD CONSTRAINT at_once UNIQUE (customer, placed) DEFERRABLE INITIALLY IMMEDIATE;
-- finding: definition of constraint at_once on table shop.public.orders is "...ustomer", "placed") DEFERRABLE INITIALLY DEFERRED;", was "...ustomer", "placed") DEFERRABLE;"

-- mutation: an exclusion constraint's operator
ALTER TABLE orders DROP CONSTRAINT apart, ADD CONSTRAINT apart EXCLUDE USING gist (spans WITH -|-);
-- undo
ALTER TABLE orders DROP CONSTRAINT apart, ADD CONSTRAINT apart EXCLUDE USING gist (spans WITH &&);
-- finding: definition of constraint apart on table shop.public.orders is "ALTER TABLE ONLY "public"."orders" ADD CONSTRAINT "apart" EXCLUDE USING "gist" ("spans" WITH -|-);", was "ALTER TABLE ONLY "public"."orders" ADD CONSTRAINT "apart" EXCLUDE USING "gist" ("spans" WITH &&);"

-- mutation: an index is gone
DROP INDEX orders_placed;
-- undo
CREATE INDEX orders_placed ON orders (placed);
-- finding: index shop.public.orders_placed is missing

-- mutation: an index is new
CREATE INDEX orders_id_note ON orders (id, note);
-- undo
DROP INDEX orders_id_note;
-- finding: index shop.public.orders_id_note was not there

-- mutation: a partial index's condition
DROP INDEX orders_note; CREATE INDEX orders_note ON orders (note text_pattern_ops) WHERE note <> '';
-- undo
DROP INDEX orders_note; CREATE INDEX orders_note ON orders (note text_pattern_ops) WHERE note IS NOT NULL;
-- finding: definition of index shop.public.orders_note is "...t_pattern_ops") WHERE ("note" <> ''::"text");", was "...t_pattern_ops") WHERE ("note" IS NOT NULL);"

-- mutation: an index's order
DROP INDEX orders_total; CREATE INDEX orders_total ON orders (total) INCLUDE (placed);
-- undo
DROP INDEX orders_total; CREATE INDEX orders_total ON orders (total DESC) INCLUDE (placed);
-- finding: definition of index shop.public.orders_total is "CREATE INDEX "orders_total" ON "public"."orders" USING "btree" ("total") INCLUDE ("placed");", was "CREATE INDEX "orders_total" ON "public"."orders" USING "btree" ("total" DESC) INCLUDE ("placed");"

-- mutation: an index's statistics target
ALTER INDEX orders_upper ALTER COLUMN 1 SET STATISTICS 60;
-- undo
ALTER INDEX orders_upper ALTER COLUMN 1 SET STATISTICS 50;
-- finding: definition of index shop.public.orders_upper is "...ALTER COLUMN 1 SET STATISTICS 60;", was "...ALTER COLUMN 1 SET STATISTICS 50;"

-- mutation: an index's name
ALTER INDEX t_cluster_v RENAME TO t_cluster_w;
-- undo
ALTER INDEX t_cluster_w RENAME TO t_cluster_v;
-- finding: index shop.public.t_cluster_v is missing
-- finding: index shop.public.t_cluster_w was not there

-- mutation: extended statistics
DROP STATISTICS together; CREATE STATISTICS together (ndistinct) ON customer, placed FROM orders;
-- undo
DROP STATISTICS together; CREATE STATISTICS together ON customer, placed FROM orders;
-- finding: definition of statistics shop.public.together is "CREATE STATISTICS "public"."together" (ndistinct) ON "customer", "placed" FROM "public"."orders";", was "CREATE STATISTICS "public"."together" ON "customer", "placed" FROM "public"."orders";"

-- mutation: a trigger is gone
DROP TRIGGER checked ON orders;
-- undo
CREATE TRIGGER checked BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION check_order();
-- finding: trigger checked on table shop.public.orders is missing

-- mutation: a trigger does not run
ALTER TABLE orders DISABLE TRIGGER noted;
-- undo
ALTER TABLE orders ENABLE TRIGGER noted;
-- finding: definition of trigger noted on table shop.public.orders is "...TION "public"."check_order"(); ALTER TABLE "public"."orders" DISABLE TRIGGER "noted";", was "...TION "public"."check_order"();"

-- mutation: a trigger runs on replicas too
ALTER TABLE orders ENABLE ALWAYS TRIGGER watched;
-- undo
ALTER TABLE orders ENABLE TRIGGER watched;
-- finding: definition of trigger watched on table shop.public.orders is "...TION "public"."check_order"(); ALTER TABLE "public"."orders" ENABLE ALWAYS TRIGGER "watched";", was "...TION "public"."check_order"();"

-- mutation: a trigger's event
DROP TRIGGER "odd one" ON orders; CREATE TRIGGER "odd one" BEFORE TRUNCATE ON orders EXECUTE FUNCTION check_order();
-- undo
DROP TRIGGER "odd one" ON orders; CREATE TRIGGER "odd one" AFTER TRUNCATE ON orders EXECUTE FUNCTION check_order();
-- finding: definition of trigger odd one on table shop.public.orders is "CREATE TRIGGER "odd one" BEFORE TRUNCATE ON "public"."orders"...", was "CREATE TRIGGER "odd one" AFTER TRUNCATE ON "public"."orders"..."

-- mutation: a rule's action
CREATE OR REPLACE RULE quiet AS ON DELETE TO customers WHERE old.id < 1 DO INSTEAD NOTHING;
-- undo
CREATE OR REPLACE RULE quiet AS ON DELETE TO customers WHERE old.id < 0 DO INSTEAD NOTHING;
-- finding: definition of rule quiet on table shop.public.customers is "CREATE RULE "quiet" AS ON DELETE TO "public"."customers" WHERE ("old"."id" < 1) DO INSTEAD NOTHING;", was "CREATE RULE "quiet" AS ON DELETE TO "public"."customers" WHERE ("old"."id" < 0) DO INSTEAD NOTHING;"

-- mutation: a rule does not act
ALTER TABLE customers DISABLE RULE loud;
-- undo
ALTER TABLE customers ENABLE RULE loud;
-- finding: definition of rule loud on table shop.public.customers is "...."id" < 0) DO INSTEAD NOTHING; ALTER TABLE "public"."customers" DISABLE RULE "loud";", was "CREATE RULE "loud" AS ON UPDATE TO "public"."customers" WHERE ("old"."id" < 0) DO INSTEAD NOTHING;"

-- mutation: a policy's condition
ALTER POLICY own ON orders USING (true);
-- undo
ALTER POLICY own ON orders USING (customer = 1);
-- finding: definition of policy own on table shop.public.orders is "CREATE POLICY "own" ON "public"."orders" FOR SELECT TO "app" USING (true);", was "CREATE POLICY "own" ON "public"."orders" FOR SELECT TO "app" USING (("customer" = 1));"

-- mutation: whom a policy is for
ALTER POLICY all_of_them ON orders TO PUBLIC;
-- undo
ALTER POLICY all_of_them ON orders TO reader;
-- finding: definition of policy all_of_them on table shop.public.orders is "CREATE POLICY "all_of_them" ON "public"."orders" USING (true);", was "CREATE POLICY "all_of_them" ON "public"."orders" TO "reader" USING (true);"

-- mutation: a restrictive policy is gone
DROP POLICY narrow ON orders;
-- undo
CREATE POLICY narrow ON orders AS RESTRICTIVE FOR UPDATE TO app USING (total < 100);
-- finding: policy narrow on table shop.public.orders is missing
