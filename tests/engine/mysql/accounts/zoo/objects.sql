-- What grants can be on.
CREATE DATABASE zoo; CREATE DATABASE `zo_o`; CREATE DATABASE `ünï db`; USE zoo;
CREATE TABLE animals (id INT PRIMARY KEY, name VARCHAR(20), `odd``col` INT);
CREATE TABLE keepers (id INT PRIMARY KEY, salary INT);
CREATE VIEW seen AS SELECT name FROM animals;
CREATE PROCEDURE feed() SELECT 1;
CREATE FUNCTION count_them() RETURNS INT DETERMINISTIC RETURN 1;
CREATE TABLE `zo_o`.t (i INT); CREATE TABLE `ünï db`.`tab``le` (i INT);
