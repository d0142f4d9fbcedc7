-- A package of MariaDB.
USE zoo; SET sql_mode = 'ORACLE';
CREATE PACKAGE pack AS FUNCTION f RETURN INT; END;
