-- Users with names that are hard to quote.
CREATE USER 'o''brien'@'%' IDENTIFIED BY 'pw-brien';
CREATE USER '`tick`'@'localhost' IDENTIFIED BY 'pw-tick';
CREATE USER ''@'localhost';
CREATE USER 'ünï'@'%' IDENTIFIED BY 'pw-ünï';
CREATE USER 'a@b'@'10.0.0.0/255.0.0.0' IDENTIFIED BY 'pw';
CREATE USER '%'@'%' IDENTIFIED BY 'pw';
CREATE USER 'sp ace'@'%' IDENTIFIED BY 'pw';
CREATE USER 'back\\slash'@'%' IDENTIFIED BY 'pw';
CREATE USER '"double"'@'%' IDENTIFIED BY 'pw';
CREATE USER 'x234567890123456789012345678901'@'%' IDENTIFIED BY 'pw';
CREATE USER app@'%' IDENTIFIED BY 'pw-app';
CREATE USER app@'localhost' IDENTIFIED BY 'pw-local';
CREATE USER app@'192.168.%' IDENTIFIED BY 'pw-net' REQUIRE SSL;
CREATE USER nopass@'localhost';
CREATE USER reader@'localhost' IDENTIFIED BY 'pw-reader';
CREATE USER writer@'localhost' IDENTIFIED BY 'pw-writer';
