-- The server of MariaDB or MySQL that the demo backs up: two application databases and the accounts around them. The
-- passwords are fake, and say so.

-- Accounts: an owner that nobody logs in as, applications, a role that reads, an administrator.
CREATE USER shop_owner@localhost IDENTIFIED BY 'fake-password-of-nobody' ACCOUNT LOCK;
CREATE USER shop_app@'%' IDENTIFIED BY 'fake-password-of-the-shop' WITH MAX_USER_CONNECTIONS 40;
CREATE USER crm_app@localhost IDENTIFIED BY 'fake-password-of-the-crm' PASSWORD EXPIRE NEVER;
CREATE USER reporting@localhost IDENTIFIED BY 'fake-password-of-reporting';
CREATE USER dba@localhost IDENTIFIED BY 'fake-password-of-the-dba';
CREATE ROLE readers;
GRANT ALL ON *.* TO dba@localhost WITH GRANT OPTION;

CREATE DATABASE shop CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci;
CREATE DATABASE crm CHARACTER SET latin1 COLLATE latin1_swedish_ci;

USE shop;
CREATE TABLE digits (d INT PRIMARY KEY);
INSERT INTO digits VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9);
CREATE TABLE customers (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(80) NOT NULL, UNIQUE KEY (name));
INSERT INTO customers (name) SELECT CONCAT('Customer Ñº ', a.d * 100 + b.d * 10 + c.d) FROM digits a, digits b, digits c;
CREATE TABLE orders (
  number INT AUTO_INCREMENT, placed DATE NOT NULL, customer INT NOT NULL, state ENUM('open', 'paid', 'sent') NOT NULL DEFAULT 'open',
  net DECIMAL(10, 2) NOT NULL, gross DECIMAL(12, 4) AS (net * 1.21) STORED, note JSON,
  PRIMARY KEY (number, placed), KEY by_customer (customer, placed), CHECK (net >= 0))
PARTITION BY RANGE (YEAR(placed)) (PARTITION before_2026 VALUES LESS THAN (2026), PARTITION later VALUES LESS THAN MAXVALUE);
INSERT INTO orders (placed, customer, state, net, note)
SELECT DATE_ADD('2025-01-01', INTERVAL (a.d * 37 + b.d * 11 + c.d * 5) DAY), 1 + b.d * 100 + c.d * 10 + e.d, 1 + a.d % 3, a.d * 10 + e.d / 4,
  JSON_OBJECT('gift', b.d = 0, 'words', 'a \\ "b"')
FROM digits a, digits b, digits c, digits e, digits f WHERE f.d < 4;
CREATE TABLE delivery_lines (id INT AUTO_INCREMENT PRIMARY KEY, customer INT NOT NULL, weight FLOAT, at TIMESTAMP NULL,
  CONSTRAINT of_customer FOREIGN KEY (customer) REFERENCES customers (id) ON DELETE RESTRICT);
INSERT INTO delivery_lines (customer, weight, at) SELECT id, 1 / id, '2026-03-29 03:30:00' FROM customers;
CREATE TABLE history (id INT AUTO_INCREMENT PRIMARY KEY, number INT, was VARCHAR(9), became VARCHAR(9), who VARCHAR(80));
CREATE DEFINER = shop_owner@localhost TRIGGER note_state AFTER UPDATE ON orders FOR EACH ROW
  INSERT INTO history (number, was, became, who) VALUES (OLD.number, OLD.state, NEW.state, USER());
CREATE DEFINER = shop_owner@localhost SQL SECURITY DEFINER VIEW turnover AS
  SELECT customer, SUM(gross) AS gross FROM orders GROUP BY customer;
CREATE DEFINER = shop_owner@localhost PROCEDURE pay(IN which INT) SQL SECURITY DEFINER
  UPDATE orders SET state = 'paid' WHERE number = which;
CREATE EVENT forget ON SCHEDULE EVERY 1 MONTH DISABLE DO DELETE FROM history WHERE id < 0;

USE crm;
CREATE TABLE notes (id INT PRIMARY KEY, author VARCHAR(40) CHARACTER SET latin1, words TEXT CHARACTER SET latin1, sealed VARBINARY(9));
SET NAMES utf8mb4;
INSERT INTO notes SELECT a.d * 100 + b.d * 10 + c.d, 'Núñez', CONCAT('Señor ', a.d), UNHEX('00FF5C0A1A27')
FROM shop.digits a, shop.digits b, shop.digits c;

GRANT SELECT, INSERT, UPDATE, EXECUTE, TRIGGER ON shop.* TO shop_owner@localhost;
GRANT SELECT, INSERT ON shop.orders TO shop_app@'%';
GRANT SELECT ON shop.history TO shop_app@'%';
GRANT SELECT ON shop.turnover TO shop_app@'%';
GRANT EXECUTE ON PROCEDURE shop.pay TO shop_app@'%';
GRANT SELECT, INSERT, UPDATE, DELETE ON crm.* TO crm_app@localhost;
GRANT SELECT (number, state) ON shop.orders TO readers;
GRANT readers TO reporting@localhost;
