-- Publications and subscriptions.
\connect zoo
SET search_path = zoo;
SET client_min_messages = error;

CREATE PUBLICATION everything FOR ALL TABLES WITH (publish = 'insert, truncate');
CREATE PUBLICATION "some, ""odd""" FOR TABLE cages, houses, ONLY parent WITH (publish_via_partition_root = true);
CREATE PUBLICATION nothing_yet;
ALTER PUBLICATION nothing_yet OWNER TO chief;
COMMENT ON PUBLICATION nothing_yet IS 'empty';
-- fact: a publication of all tables that leaves changes out
--   SELECT puballtables::text || pubinsert || pubupdate || pubdelete || pubtruncate FROM pg_publication WHERE pubname = 'everything'
--   -> truetruefalsefalsetrue
-- fact: a publication of some tables, through their roots
--   SELECT pubviaroot || ' ' || string_agg(prrelid::regclass::text, ' ' ORDER BY prrelid::regclass::text) FROM pg_publication p JOIN pg_publication_rel ON prpubid = p.oid WHERE pubname LIKE 'some%' GROUP BY pubviaroot
--   -> true zoo.cages zoo.houses zoo.parent
-- fact: a publication of nothing, its owner and comment
--   SELECT pubowner::regrole || ' ' || obj_description(oid, 'pg_publication') FROM pg_publication WHERE pubname = 'nothing_yet'
--   -> chief empty

CREATE SUBSCRIPTION "news ""letter""" CONNECTION 'host=/nowhere dbname=none password=fake-subscription-password' PUBLICATION p1, "P 2"
  WITH (connect = false, enabled = false, slot_name = NONE, synchronous_commit = 'remote_apply');
ALTER SUBSCRIPTION "news ""letter""" OWNER TO chief;
COMMENT ON SUBSCRIPTION "news ""letter""" IS 'not delivered';
-- fact: a subscription with its connection and publications
--   SELECT subconninfo || array_to_string(subpublications, ',') FROM pg_subscription WHERE subname = 'news "letter"'
--   -> host=/nowhere dbname=none password=fake-subscription-passwordp1,P 2
-- fact: a subscription that is switched off, has no slot, and commits in its own way
--   SELECT subenabled::text || coalesce(subslotname, 'none') || subsynccommit FROM pg_subscription WHERE subname = 'news "letter"'
--   -> falsenoneremote_apply
-- fact: a subscription's owner and comment
--   SELECT subowner::regrole || ' ' || obj_description(oid, 'pg_subscription') FROM pg_subscription WHERE subname = 'news "letter"'
--   -> chief not delivered
