-- Keys, constraints, triggers, and the other changes of the tables that they belong to.
-- mutation: a unique key is gone
ALTER TABLE customers DROP KEY by_email;
-- undo
ALTER TABLE customers DROP CONSTRAINT named, ADD CONSTRAINT named CHECK (name <> ''), ADD UNIQUE KEY by_email (email);

-- mutation: a key is new
ALTER TABLE keyless ADD KEY by_n (n);
-- undo
ALTER TABLE keyless DROP KEY by_n;

-- mutation: a trigger is gone
DROP TRIGGER checked_order;
-- undo
CREATE TRIGGER checked_order BEFORE INSERT ON orders FOR EACH ROW SET NEW.note = TRIM(NEW.note);

-- mutation: a trigger's action
DROP TRIGGER noted_order; CREATE TRIGGER noted_order AFTER UPDATE ON orders FOR EACH ROW INSERT INTO log (what) VALUES ('change');
-- undo
DROP TRIGGER noted_order; CREATE TRIGGER noted_order AFTER UPDATE ON orders FOR EACH ROW INSERT INTO log (what) VALUES ('update');

-- mutation: the order of triggers
DROP TRIGGER first_one; CREATE TRIGGER first_one BEFORE DELETE ON customers FOR EACH ROW FOLLOWS second_one SET @a = 1;
-- undo
DROP TRIGGER first_one; CREATE TRIGGER first_one BEFORE DELETE ON customers FOR EACH ROW PRECEDES second_one SET @a = 1;

-- mutation: a foreign key's action
ALTER TABLE orders DROP FOREIGN KEY placed_by; ALTER TABLE orders ADD CONSTRAINT placed_by FOREIGN KEY (customer) REFERENCES customers (id) ON DELETE SET NULL;
-- undo
ALTER TABLE orders DROP FOREIGN KEY placed_by; ALTER TABLE orders ADD CONSTRAINT placed_by FOREIGN KEY (customer) REFERENCES customers (id) ON DELETE CASCADE;
