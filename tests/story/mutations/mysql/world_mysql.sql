-- What only MySQL has.
USE shop;
CREATE TABLE functional (id INT PRIMARY KEY, t VARCHAR(20), KEY low ((LOWER(t))));
CREATE TABLE unseen (id INT PRIMARY KEY, a INT, KEY by_a (a));
CREATE TABLE enforced (id INT PRIMARY KEY, a INT, CONSTRAINT c CHECK (a > 0));
CREATE TABLE computed_default (id INT PRIMARY KEY, j JSON DEFAULT (JSON_ARRAY(1)));
CREATE TABLE on_earth (id INT PRIMARY KEY, p POINT NOT NULL SRID 4326);
CREATE USER `dual`@localhost IDENTIFIED BY 'fake-dual-one';
ALTER USER `dual`@localhost IDENTIFIED BY 'fake-dual-two' RETAIN CURRENT PASSWORD;
CREATE USER careful@localhost IDENTIFIED BY 'fake-careful' PASSWORD HISTORY 5 PASSWORD REUSE INTERVAL 30 DAY PASSWORD REQUIRE CURRENT FAILED_LOGIN_ATTEMPTS 3 PASSWORD_LOCK_TIME 2;
CREATE USER noted@localhost IDENTIFIED BY 'fake-noted' COMMENT 'ours' ;
CREATE USER dynamic@localhost IDENTIFIED BY 'fake-dynamic';
GRANT BACKUP_ADMIN ON *.* TO dynamic@localhost;
GRANT SELECT ON *.* TO other@localhost;
SET PERSIST partial_revokes = ON;
REVOKE SELECT ON crm.* FROM other@localhost;
SET DEFAULT ROLE reader TO member@localhost;
