-- Foreign data.
\connect zoo
SET search_path = zoo;

CREATE FOREIGN DATA WRAPPER "no wrapper" OPTIONS (debug 'tr''ue', "Odd ""Name""" '');
CREATE SERVER "far ""away""" TYPE 'ty''pe' VERSION '1.0 "b"' FOREIGN DATA WRAPPER "no wrapper" OPTIONS (host 'it''s', note E'a\\b');
CREATE USER MAPPING FOR keeper SERVER "far ""away""" OPTIONS (user 'u''ser', password 'fake-mapping-password');
CREATE USER MAPPING FOR PUBLIC SERVER "far ""away""";
CREATE FOREIGN TABLE distant (id int OPTIONS (column_name 'I D') NOT NULL, note text COLLATE "C" DEFAULT 'n', CHECK (id > 0)) SERVER "far ""away""" OPTIONS (table_name 'it''s');
ALTER FOREIGN DATA WRAPPER "no wrapper" OWNER TO chief;
ALTER SERVER "far ""away""" OWNER TO keeper;
ALTER FOREIGN TABLE distant OWNER TO keeper;
COMMENT ON FOREIGN DATA WRAPPER "no wrapper" IS 'wraps nothing';
COMMENT ON SERVER "far ""away""" IS 'over the hills';
COMMENT ON FOREIGN TABLE distant IS 'cannot be read';
COMMENT ON COLUMN distant.id IS 'its number';
GRANT USAGE ON FOREIGN DATA WRAPPER "no wrapper" TO cats WITH GRANT OPTION;
GRANT USAGE ON FOREIGN SERVER "far ""away""" TO guest;
GRANT SELECT ON distant TO guest;
-- fact: a wrapper's options, owner and comment
--   SELECT fdwowner::regrole || (SELECT array_agg(o ORDER BY o)::text FROM unnest(fdwoptions) o) || obj_description(oid, 'pg_foreign_data_wrapper') FROM pg_foreign_data_wrapper WHERE fdwname = 'no wrapper'
--   -> chief{"Odd \"Name\"=",debug=tr'ue}wraps nothing
-- fact: a foreign server's type, version, options, owner and comment
--   SELECT srvtype || srvversion || srvoptions::text || srvowner::regrole || obj_description(oid, 'pg_foreign_server') FROM pg_foreign_server WHERE srvname = 'far "away"'
--   -> ty'pe1.0 "b"{host=it's,"note=a\\b"}keeperover the hills
-- fact: a user mapping with a password
--   SELECT string_agg(o, ', ' ORDER BY o) FROM pg_user_mapping, unnest(umoptions) o WHERE umuser = 'keeper'::regrole
--   -> password=fake-mapping-password, user=u'ser
-- fact: a user mapping for everybody
--   SELECT count(*) FROM pg_user_mapping WHERE umuser = 0
--   -> 1
-- fact: a foreign table's options and those of its columns
--   SELECT ftoptions::text || attfdwoptions::text FROM pg_foreign_table JOIN pg_attribute ON attrelid = ftrelid WHERE attname = 'id' AND ftrelid = 'zoo.distant'::regclass
--   -> {table_name=it's}{"column_name=I D"}
-- fact: a foreign table's check and owner
--   SELECT concat(relowner::regrole, ' ', contype) FROM pg_class c JOIN pg_constraint ON conrelid = c.oid WHERE relname = 'distant' AND contype = 'c'
--   -> keeper c
-- fact: a comment on a foreign table's column
--   SELECT col_description('zoo.distant'::regclass, 1)
--   -> its number
-- fact: grants on a wrapper, a foreign server and a foreign table
--   SELECT has_foreign_data_wrapper_privilege('cats', 'no wrapper', 'USAGE WITH GRANT OPTION')::text || has_server_privilege('guest', 'far "away"', 'USAGE') || has_table_privilege('guest', 'zoo.distant', 'SELECT')
--   -> truetruetrue
