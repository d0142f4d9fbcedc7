-- Users, roles and what they may do.
-- mutation: a user is new
CREATE USER intern@localhost IDENTIFIED BY 'fake-intern';
-- undo
DROP USER intern@localhost;
-- finding: user `intern`@`localhost` was not there

-- mutation: a user's host
RENAME USER moving@localhost TO moving@'10.0.0.%';
-- undo
RENAME USER moving@'10.0.0.%' TO moving@localhost;
-- finding: user `moving`@`10.0.0.%` was not there
-- finding: user `moving`@`localhost` is missing

-- mutation: a role is gone
DROP ROLE unused;
-- undo
CREATE ROLE unused;
-- finding [mariadb]: role `unused` is missing
-- finding [mariadb]: user `root`@`localhost` lacks ROLE `unused` WITH ADMIN OPTION
-- finding [mysql]: user `unused`@`%` is missing

-- mutation: a locked account
ALTER USER closed@localhost ACCOUNT LOCK;
-- undo
ALTER USER closed@localhost ACCOUNT UNLOCK;
-- finding: account lock of user `closed`@`localhost` is "yes", was "no"

-- mutation: a limit
ALTER USER limited@localhost WITH MAX_QUERIES_PER_HOUR 20;
-- undo
ALTER USER limited@localhost WITH MAX_QUERIES_PER_HOUR 10;
-- finding: MAX_QUERIES_PER_HOUR of user `limited`@`localhost` is "20", was "10"

-- mutation: no encryption needed
ALTER USER secure@localhost REQUIRE NONE;
-- undo
ALTER USER secure@localhost REQUIRE SSL;
-- finding: TLS of user `secure`@`localhost` is nothing, was "ANY"

-- mutation: a certificate's subject
ALTER USER subject@localhost REQUIRE SUBJECT '/CN=two';
-- undo
ALTER USER subject@localhost REQUIRE SUBJECT '/CN=one';
-- finding: subject of user `subject`@`localhost` is "/CN=two", was "/CN=one"

-- mutation: how long a password lives
ALTER USER aging@localhost PASSWORD EXPIRE NEVER;
-- undo
ALTER USER aging@localhost PASSWORD EXPIRE INTERVAL 90 DAY;
-- finding: password lifetime of user `aging`@`localhost` is "0", was "90"

-- mutation: a privilege on the server
GRANT RELOAD ON *.* TO granted@localhost;
-- undo
REVOKE RELOAD ON *.* FROM granted@localhost;
-- finding: user `granted`@`localhost` has RELOAD ON *.*, which was not there

-- mutation: a privilege on the server less
REVOKE PROCESS ON *.* FROM granted@localhost;
-- undo
GRANT PROCESS ON *.* TO granted@localhost;
-- finding: user `granted`@`localhost` lacks PROCESS ON *.*

-- mutation: a privilege on a database
REVOKE INSERT ON shop.* FROM granted@localhost;
-- undo
GRANT INSERT ON shop.* TO granted@localhost;
-- finding: user `granted`@`localhost` lacks INSERT ON `shop`.*

-- mutation: a privilege on another database
GRANT SELECT ON crm.* TO granted@localhost;
-- undo
REVOKE SELECT ON crm.* FROM granted@localhost;
-- finding: user `granted`@`localhost` has SELECT ON `crm`.*, which was not there

-- mutation: a privilege on a table
GRANT DELETE ON shop.orders TO granted@localhost;
-- undo
REVOKE DELETE ON shop.orders FROM granted@localhost;
-- finding: user `granted`@`localhost` has DELETE ON `shop`.`orders`, which was not there

-- mutation: a privilege on a column
GRANT UPDATE (total) ON shop.orders TO granted@localhost;
-- undo
REVOKE UPDATE (total) ON shop.orders FROM granted@localhost;
-- finding: user `granted`@`localhost` has UPDATE (`total`) ON `shop`.`orders`, which was not there

-- mutation: no privilege on a column
REVOKE UPDATE (note) ON shop.orders FROM granted@localhost;
-- undo
GRANT UPDATE (note) ON shop.orders TO granted@localhost;
-- finding: user `granted`@`localhost` lacks UPDATE (`note`) ON `shop`.`orders`

-- mutation: a privilege on a procedure
REVOKE EXECUTE ON PROCEDURE shop.guarded FROM routines@localhost;
-- undo
GRANT EXECUTE ON PROCEDURE shop.guarded TO routines@localhost;
-- finding: user `routines`@`localhost` lacks EXECUTE ON PROCEDURE `shop`.`guarded`

-- mutation: a privilege on a function
GRANT ALTER ROUTINE ON FUNCTION shop.sure TO routines@localhost;
-- undo
REVOKE ALTER ROUTINE ON FUNCTION shop.sure FROM routines@localhost;
-- finding: user `routines`@`localhost` has ALTER ROUTINE ON FUNCTION `shop`.`sure`, which was not there

-- mutation: no grant option
REVOKE GRANT OPTION ON crm.* FROM app@localhost;
-- undo
GRANT USAGE ON crm.* TO app@localhost WITH GRANT OPTION;
-- finding: user `app`@`localhost` lacks GRANT OPTION ON `crm`.*

-- mutation: a role's privilege
REVOKE SELECT ON shop.* FROM reader;
-- undo
GRANT SELECT ON shop.* TO reader;
-- finding [mariadb]: role `reader` lacks SELECT ON `shop`.*
-- finding [mysql]: user `reader`@`%` lacks SELECT ON `shop`.*

-- mutation: a member more
GRANT writer TO plain@localhost;
-- undo
REVOKE writer FROM plain@localhost;
-- finding [mariadb]: user `plain`@`localhost` has ROLE `writer`, which was not there
-- finding [mysql]: user `plain`@`localhost` has ROLE `writer`@`%`, which was not there

-- mutation: a member less
REVOKE writer FROM chief@localhost;
-- undo
GRANT writer TO chief@localhost;
-- finding [mariadb]: user `chief`@`localhost` lacks ROLE `writer`
-- finding [mysql]: user `chief`@`localhost` lacks ROLE `writer`@`%`

-- mutation: a member that may pass the role on
GRANT writer TO aging@localhost WITH ADMIN OPTION;
-- undo
REVOKE writer FROM aging@localhost;
-- finding [mariadb]: user `aging`@`localhost` has ROLE `writer` WITH ADMIN OPTION, which was not there
-- finding [mysql]: user `aging`@`localhost` has ROLE `writer`@`%` WITH ADMIN OPTION, which was not there

-- mutation: a proxy less
REVOKE PROXY ON app@localhost FROM chief@localhost;
-- undo
GRANT PROXY ON app@localhost TO chief@localhost;
-- finding: user `chief`@`localhost` lacks PROXY ON 'app'@'localhost'

-- mutation: a proxy more
GRANT PROXY ON plain@localhost TO secure@localhost WITH GRANT OPTION;
-- undo
REVOKE PROXY ON plain@localhost FROM secure@localhost; REVOKE GRANT OPTION ON *.* FROM secure@localhost;
-- finding: user `secure`@`localhost` has GRANT OPTION ON *.*, which was not there
-- finding: user `secure`@`localhost` has PROXY ON 'plain'@'localhost' WITH GRANT OPTION, which was not there

-- mutation: a user's own statement time
-- needs: mariadb
ALTER USER routines@localhost WITH MAX_STATEMENT_TIME 5;
-- undo
ALTER USER routines@localhost WITH MAX_STATEMENT_TIME 0;
-- finding: MAX_STATEMENT_TIME of user `routines`@`localhost` is "5.000000", was nothing

-- mutation: how somebody logs in
-- needs: mariadb
ALTER USER two_ways@localhost IDENTIFIED VIA mysql_native_password USING PASSWORD('fake-two');
-- undo
ALTER USER two_ways@localhost IDENTIFIED VIA mysql_native_password USING PASSWORD('fake-two') OR unix_socket;
-- finding: authentication of user `two_ways`@`localhost` is "mysql_native_password", was "mysql_native_password, unix_socket"
-- finding: password of user `two_ways`@`localhost` is another one

-- mutation: a password
-- needs: mariadb
SET PASSWORD FOR app@localhost = PASSWORD('fake-another');
-- undo
SET PASSWORD FOR app@localhost = PASSWORD('fake-app');
-- finding: password of user `app`@`localhost` is another one

-- mutation: the role that is active first
-- needs: mariadb
SET DEFAULT ROLE NONE FOR member@localhost;
-- undo
SET DEFAULT ROLE reader FOR member@localhost;
-- finding: user `member`@`localhost` lacks DEFAULT ROLE `reader`

-- mutation: everybody's privileges
-- needs: mariadb
GRANT SELECT ON crm.* TO PUBLIC;
-- undo
REVOKE SELECT ON crm.* FROM PUBLIC;
-- finding: role PUBLIC has SELECT ON `crm`.*, which was not there

-- mutation: the roles that are active first
-- needs: mysql
SET DEFAULT ROLE NONE TO member@localhost;
-- undo
SET DEFAULT ROLE reader TO member@localhost;
-- finding: user `member`@`localhost` lacks DEFAULT ROLE `reader`@`%`

-- mutation: an old password that is good no longer
-- needs: mysql
CREATE TABLE crm.kept AS SELECT * FROM mysql.user WHERE User = 'dual'; ALTER USER `dual`@localhost DISCARD OLD PASSWORD;
-- undo
UPDATE mysql.user u, crm.kept k SET u.User_attributes = k.User_attributes WHERE u.User = 'dual'; DROP TABLE crm.kept; FLUSH PRIVILEGES;
-- finding: table `crm`.`kept` was not there
-- finding: second password of user `dual`@`localhost` is another one

-- mutation: a password's history
-- needs: mysql
ALTER USER careful@localhost PASSWORD HISTORY 6;
-- undo
ALTER USER careful@localhost PASSWORD HISTORY 5;
-- finding: password history of user `careful`@`localhost` is "6", was "5"

-- mutation: when a password may be used again
-- needs: mysql
ALTER USER careful@localhost PASSWORD REUSE INTERVAL 31 DAY;
-- undo
ALTER USER careful@localhost PASSWORD REUSE INTERVAL 30 DAY;
-- finding: password reuse interval of user `careful`@`localhost` is "31", was "30"

-- mutation: whether the current password is asked for
-- needs: mysql
ALTER USER careful@localhost PASSWORD REQUIRE CURRENT OPTIONAL;
-- undo
ALTER USER careful@localhost PASSWORD REQUIRE CURRENT;
-- finding: current password required of user `careful`@`localhost` is "no", was "yes"

-- mutation: how many wrong passwords lock the account
-- needs: mysql
ALTER USER careful@localhost FAILED_LOGIN_ATTEMPTS 4;
-- undo
ALTER USER careful@localhost FAILED_LOGIN_ATTEMPTS 3;
-- finding: failed logins of user `careful`@`localhost` is "4", was "3"

-- mutation: how long wrong passwords lock the account
-- needs: mysql
ALTER USER careful@localhost PASSWORD_LOCK_TIME UNBOUNDED;
-- undo
ALTER USER careful@localhost PASSWORD_LOCK_TIME 2;
-- finding: password lock time of user `careful`@`localhost` is "-1", was "2"

-- mutation: a user's comment
-- needs: mysql
ALTER USER noted@localhost COMMENT 'theirs';
-- undo
ALTER USER noted@localhost COMMENT 'ours';
-- finding: attribute of user `noted`@`localhost` is "{"comment":"theirs"}", was "{"comment":"ours"}"

-- mutation: a dynamic privilege
-- needs: mysql
GRANT CONNECTION_ADMIN ON *.* TO dynamic@localhost;
-- undo
REVOKE CONNECTION_ADMIN ON *.* FROM dynamic@localhost;
-- finding: user `dynamic`@`localhost` has CONNECTION_ADMIN ON *.*, which was not there

-- mutation: a dynamic privilege with its grant option
-- needs: mysql
GRANT BACKUP_ADMIN ON *.* TO dynamic@localhost WITH GRANT OPTION;
-- undo
REVOKE BACKUP_ADMIN ON *.* FROM dynamic@localhost; REVOKE GRANT OPTION ON *.* FROM dynamic@localhost; GRANT BACKUP_ADMIN ON *.* TO dynamic@localhost;
-- finding: user `dynamic`@`localhost` lacks BACKUP_ADMIN ON *.*
-- finding: user `dynamic`@`localhost` has BACKUP_ADMIN ON *.* WITH GRANT OPTION, which was not there

-- mutation: a restriction that is gone
-- needs: mysql
GRANT SELECT ON crm.* TO other@localhost;
-- undo
REVOKE SELECT ON crm.* FROM other@localhost;
-- finding: user `other`@`localhost` lacks REVOKE SELECT ON `crm`.*
