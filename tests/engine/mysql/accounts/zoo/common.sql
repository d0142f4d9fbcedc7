-- What both products say alike.
CREATE USER x509@'%' IDENTIFIED BY 'pw' REQUIRE X509;
CREATE USER cert@'%' IDENTIFIED BY 'pw' REQUIRE SUBJECT '/C=SE/O=org' AND ISSUER '/C=SE/CN=ca' AND CIPHER 'AES256';
CREATE USER issued@'%' IDENTIFIED BY 'pw' REQUIRE ISSUER '/C=SE/CN=ca';
CREATE USER limited@'%' IDENTIFIED BY 'pw' WITH MAX_QUERIES_PER_HOUR 9 MAX_UPDATES_PER_HOUR 8 MAX_CONNECTIONS_PER_HOUR 7 MAX_USER_CONNECTIONS 6;
CREATE USER limited_once@'%' IDENTIFIED BY 'pw' WITH MAX_USER_CONNECTIONS 6;
CREATE USER locked@'localhost' IDENTIFIED BY 'pw' ACCOUNT LOCK;
CREATE USER expired@'localhost' IDENTIFIED BY 'pw' PASSWORD EXPIRE;
CREATE USER expires@'localhost' IDENTIFIED BY 'pw' PASSWORD EXPIRE INTERVAL 10 DAY;
ALTER USER expires@'localhost' PASSWORD EXPIRE;
CREATE USER forever@'localhost' IDENTIFIED BY 'pw' PASSWORD EXPIRE NEVER;
CREATE USER granter@'localhost' IDENTIFIED BY 'pw-granter', future@'%', dba@'localhost' IDENTIFIED BY 'pw-dba',
  backup@'localhost' IDENTIFIED BY 'pw', proxied@'%', proxying@'%' IDENTIFIED BY 'pw', passing@'%' IDENTIFIED BY 'pw';
GRANT SELECT ON zoo.* TO app@'%'; GRANT SELECT, INSERT ON zoo.* TO app@'localhost';
GRANT SELECT, UPDATE ON *.* TO '`tick`'@'localhost';
GRANT SELECT (id, name), INSERT (`odd``col`), UPDATE (name), DELETE ON zoo.animals TO granter@'localhost' WITH GRANT OPTION;
GRANT SELECT ON zoo.seen TO granter@'localhost'; GRANT SHOW VIEW, TRIGGER ON zoo.seen TO 'o''brien'@'%';
GRANT SELECT (id) ON zoo.keepers TO reader@'localhost';
GRANT ALL ON zoo.animals TO writer@'localhost';
GRANT EXECUTE ON PROCEDURE zoo.feed TO granter@'localhost' WITH GRANT OPTION;
GRANT EXECUTE, ALTER ROUTINE ON FUNCTION zoo.count_them TO reader@'localhost';
GRANT ALL ON `ünï db`.* TO 'ünï'@'%' WITH GRANT OPTION; GRANT SELECT ON `ünï db`.`tab``le` TO 'sp ace'@'%';
GRANT USAGE ON zoo.* TO 'back\\slash'@'%' WITH GRANT OPTION;
GRANT SELECT ON `not yet`.* TO future@'%'; GRANT CREATE, SELECT ON zoo.soon TO future@'%';
GRANT ALL ON *.* TO dba@'localhost' WITH GRANT OPTION;
GRANT SELECT, RELOAD, PROCESS, SHOW DATABASES, SHOW VIEW, EVENT, TRIGGER, LOCK TABLES, REPLICATION SLAVE,
  CREATE TEMPORARY TABLES, CREATE TABLESPACE, FILE ON *.* TO backup@'localhost';
GRANT PROXY ON proxied TO proxying; GRANT PROXY ON proxied TO passing WITH GRANT OPTION;
REVOKE GRANT OPTION ON *.* FROM passing;
CREATE ROLE r_read, r_write, r_all, r_chain1, r_chain2, r_chain3, r_chain4, r_empty, r_alone, r_first, r_second, `r'quote`,
  `r ünï`, r_admin, r_routine, r_global;
GRANT SELECT ON zoo.* TO r_read; GRANT INSERT, UPDATE, DELETE ON zoo.* TO r_write; GRANT ALL ON zoo.* TO r_all;
GRANT SELECT (name) ON zoo.animals TO `r'quote`; GRANT EXECUTE ON PROCEDURE zoo.feed TO r_routine;
GRANT PROCESS, RELOAD ON *.* TO r_global; GRANT SELECT ON `zo_o`.t TO `r ünï`;
GRANT r_read TO reader@'localhost'; GRANT r_read TO writer@'localhost'; GRANT r_write TO writer@'localhost'; GRANT r_chain1 TO r_chain2;
GRANT r_chain2 TO r_chain3; GRANT r_chain3 TO r_chain4; GRANT r_chain4 TO granter@'localhost' WITH ADMIN OPTION;
GRANT r_first TO app@'localhost'; GRANT r_second TO app@'localhost'; GRANT `r'quote` TO app@'localhost'; GRANT r_admin TO r_all WITH ADMIN OPTION;
GRANT `r ünï` TO 'o''brien'@'%';
