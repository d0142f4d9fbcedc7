-- What only MariaDB has.
USE shop;
CREATE SEQUENCE tickets START WITH 5 INCREMENT BY 3 NOCACHE;
CREATE SEQUENCE cycling MAXVALUE 100;
CREATE TABLE versioned (id INT PRIMARY KEY, note VARCHAR(9)) WITH SYSTEM VERSIONING;
SET timestamp = 1700000000;
INSERT INTO versioned VALUES (1, 'a');
SET timestamp = DEFAULT;
CREATE TABLE unversioned (id INT PRIMARY KEY);
CREATE TABLE ignored (id INT PRIMARY KEY, a INT, KEY by_a (a));
CREATE TABLE periods (id INT, since DATE, until DATE);
SET sql_mode = 'ORACLE';
CREATE PACKAGE tools AS FUNCTION one RETURN INT; END;
CREATE PACKAGE BODY tools AS FUNCTION one RETURN INT AS BEGIN RETURN 1; END; END;
SET sql_mode = DEFAULT;
CREATE USER two_ways@localhost IDENTIFIED VIA mysql_native_password USING PASSWORD('fake-two') OR unix_socket;
SET DEFAULT ROLE reader FOR member@localhost;
