-- Keys, constraints, triggers, and the other changes of the tables that they belong to.
-- mutation: a unique key is gone
ALTER TABLE customers DROP KEY by_email;
-- undo
ALTER TABLE customers DROP CONSTRAINT named, ADD CONSTRAINT named CHECK (name <> ''), ADD UNIQUE KEY by_email (email);
-- finding [mariadb]: definition of table `shop`.`customers` is "...ULT NULL, PRIMARY KEY (`id`), CONSTRAINT `named` CHECK (`nam...", was "...ULT NULL, PRIMARY KEY (`id`), UNIQUE KEY `by_email` (`email`), CONSTRAINT `named` CHECK (`nam..."
-- finding [mysql]: definition of table `shop`.`customers` is "...ULT NULL, PRIMARY KEY (`id`), CONSTRAINT `named` CHECK ((`na...", was "...ULT NULL, PRIMARY KEY (`id`), UNIQUE KEY `by_email` (`email`), CONSTRAINT `named` CHECK ((`na..."

-- mutation: a key is new
ALTER TABLE keyless ADD KEY by_n (n);
-- undo
ALTER TABLE keyless DROP KEY by_n;
-- finding: definition of table `shop`.`keyless` is "...FAULT NULL, PRIMARY KEY (`id`), KEY `by_n` (`n`) ) ENGINE=InnoDB DEFAULT CHARS...", was "...FAULT NULL, PRIMARY KEY (`id`) ) ENGINE=InnoDB DEFAULT CHARS..."

-- mutation: a trigger is gone
DROP TRIGGER checked_order;
-- undo
CREATE TRIGGER checked_order BEFORE INSERT ON orders FOR EACH ROW SET NEW.note = TRIM(NEW.note);
-- finding: trigger `shop`.`checked_order` is missing

-- mutation: a trigger's action
DROP TRIGGER noted_order; CREATE TRIGGER noted_order AFTER UPDATE ON orders FOR EACH ROW INSERT INTO log (what) VALUES ('change');
-- undo
DROP TRIGGER noted_order; CREATE TRIGGER noted_order AFTER UPDATE ON orders FOR EACH ROW INSERT INTO log (what) VALUES ('update');
-- finding: definition of trigger `shop`.`noted_order` is "...SERT INTO log (what) VALUES ('change')", was "...SERT INTO log (what) VALUES ('update')"

-- mutation: the order of triggers
DROP TRIGGER first_one; CREATE TRIGGER first_one BEFORE DELETE ON customers FOR EACH ROW FOLLOWS second_one SET @a = 1;
-- undo
DROP TRIGGER first_one; CREATE TRIGGER first_one BEFORE DELETE ON customers FOR EACH ROW PRECEDES second_one SET @a = 1;
-- finding: runs after of trigger `shop`.`first_one` is "second_one", was nothing
-- finding: runs after of trigger `shop`.`second_one` is nothing, was "first_one"

-- mutation: a foreign key's action
ALTER TABLE orders DROP FOREIGN KEY placed_by; ALTER TABLE orders ADD CONSTRAINT placed_by FOREIGN KEY (customer) REFERENCES customers (id) ON DELETE SET NULL;
-- undo
ALTER TABLE orders DROP FOREIGN KEY placed_by; ALTER TABLE orders ADD CONSTRAINT placed_by FOREIGN KEY (customer) REFERENCES customers (id) ON DELETE CASCADE;
-- finding: definition of table `shop`.`orders` is "... `customers` (`id`) ON DELETE SET NULL, CONSTRAINT `positive` CHECK ...", was "... `customers` (`id`) ON DELETE CASCADE, CONSTRAINT `positive` CHECK ..."
