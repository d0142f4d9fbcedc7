-- Text search and collations.
\connect zoo
SET search_path = zoo;

CREATE TEXT SEARCH TEMPLATE plain (INIT = dsimple_init, LEXIZE = dsimple_lexize);
CREATE TEXT SEARCH DICTIONARY animals_words (TEMPLATE = plain, STOPWORDS = english, ACCEPT = false);
CREATE TEXT SEARCH PARSER by_blanks (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype, HEADLINE = prsd_headline);
CREATE TEXT SEARCH CONFIGURATION guide (PARSER = by_blanks);
ALTER TEXT SEARCH CONFIGURATION guide ADD MAPPING FOR asciiword, word WITH animals_words, simple;
ALTER TEXT SEARCH CONFIGURATION guide OWNER TO keeper;
ALTER TEXT SEARCH DICTIONARY animals_words OWNER TO keeper;
COMMENT ON TEXT SEARCH CONFIGURATION guide IS 'for visitors';
COMMENT ON TEXT SEARCH DICTIONARY animals_words IS 'its words';
COMMENT ON TEXT SEARCH PARSER by_blanks IS 'its parser';
COMMENT ON TEXT SEARCH TEMPLATE plain IS 'its template';
-- fact: a text search template and its comment
--   SELECT tmpllexize || ' ' || obj_description(oid, 'pg_ts_template') FROM pg_ts_template WHERE tmplname = 'plain'
--   -> dsimple_lexize its template
-- fact: a text search dictionary with its options and owner
--   SELECT dictowner::regrole || ' ' || dictinitoption || ' ' || obj_description(oid, 'pg_ts_dict') FROM pg_ts_dict WHERE dictname = 'animals_words'
--   -> keeper stopwords = 'english', accept = 'false' its words
-- fact: a text search parser and its comment
--   SELECT prsheadline || ' ' || obj_description(oid, 'pg_ts_parser') FROM pg_ts_parser WHERE prsname = 'by_blanks'
--   -> prsd_headline its parser
-- fact: a text search configuration and its mappings in order
--   SELECT string_agg(maptokentype || '/' || mapdict::regdictionary, ' ' ORDER BY maptokentype, mapseqno) FROM pg_ts_config_map WHERE mapcfg = 'zoo.guide'::regconfig
--   -> 1/zoo.animals_words 1/simple 2/zoo.animals_words 2/simple
-- fact: a text search configuration's owner and comment
--   SELECT cfgowner::regrole || ' ' || obj_description(oid, 'pg_ts_config') FROM pg_ts_config WHERE cfgname = 'guide'
--   -> keeper for visitors

CREATE COLLATION "Wie in ""C""" FROM "C";
CREATE COLLATION any_case (PROVIDER = icu, LOCALE = 'und-u-ks-level2', DETERMINISTIC = false);
CREATE COLLATION german (PROVIDER = icu, LOCALE = 'de-u-co-phonebk');
ALTER COLLATION german OWNER TO keeper;
COMMENT ON COLLATION german IS 'as in a telephone book';
CREATE TABLE callers (name text COLLATE any_case PRIMARY KEY, other text COLLATE german);
INSERT INTO callers VALUES ('Ärger', 'a'), ('Zebra', 'ü');
-- fact: a collation copied from another
--   SELECT collcollate FROM pg_collation WHERE collname = 'Wie in "C"'
--   -> C
-- fact: a collation that takes different texts for equal
--   SELECT collisdeterministic FROM pg_collation WHERE collname = 'any_case'
--   -> f
-- fact: a row found by another spelling
--   SELECT name FROM zoo.callers WHERE name = 'ZEBRA'
--   -> Zebra
-- fact: a collation of ICU, its owner and comment
--   SELECT collprovider::text || collowner::regrole || obj_description(oid, 'pg_collation') FROM pg_collation WHERE collname = 'german'
--   -> ikeeperas in a telephone book
