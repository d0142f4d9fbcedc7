-- What only MariaDB has.
CREATE USER either@'localhost' IDENTIFIED VIA mysql_native_password USING PASSWORD('pw-either') OR unix_socket;
CREATE USER three@'localhost' IDENTIFIED VIA unix_socket AS 'bob' OR mysql_native_password USING PASSWORD('pw-three') OR mysql_native_password USING 'invalid';
CREATE USER socket@'localhost' IDENTIFIED VIA unix_socket; CREATE USER socket_as@'localhost' IDENTIFIED VIA unix_socket AS 'bob';
CREATE USER invalid@'localhost' IDENTIFIED VIA mysql_native_password USING 'invalid' ACCOUNT LOCK;
CREATE USER old@'%' IDENTIFIED VIA mysql_old_password USING '6f8c114b58f2ce9e';
CREATE USER slow@'%' IDENTIFIED BY 'pw' WITH MAX_STATEMENT_TIME 1.5 MAX_USER_CONNECTIONS -1;
CREATE USER 'super'@'%' IDENTIFIED BY 'pw', op@'%' IDENTIFIED BY 'pw', history@'%' IDENTIFIED BY 'pw';
GRANT SUPER, BINLOG ADMIN, BINLOG MONITOR, SET USER ON *.* TO 'super'@'%'; GRANT CONNECTION ADMIN, READ_ONLY ADMIN, FEDERATED ADMIN,
  SLAVE MONITOR, REPLICATION SLAVE ADMIN, REPLICATION MASTER ADMIN, BINLOG REPLAY ON *.* TO op@'%' WITH GRANT OPTION;
GRANT DELETE HISTORY ON zoo.* TO history@'%'; GRANT DELETE HISTORY ON zoo.animals TO history@'%';
CREATE ROLE r_owned WITH ADMIN granter@'localhost'; CREATE ROLE r_by_role WITH ADMIN r_admin;
CREATE ROLE r_orphan WITH ADMIN CURRENT_USER; GRANT SELECT ON zoo.keepers TO r_orphan; REVOKE r_orphan FROM CURRENT_USER;
CREATE ROLE r_member WITH ADMIN CURRENT_USER; REVOKE ADMIN OPTION FOR r_member FROM CURRENT_USER;
GRANT r_empty TO PUBLIC; GRANT SELECT ON `zo_o`.t TO PUBLIC; GRANT EXECUTE ON PROCEDURE zoo.feed TO PUBLIC;
GRANT SELECT ON `zo\_o`.* TO app@'%'; GRANT SELECT ON `z%`.* TO writer@'localhost';
SET DEFAULT ROLE r_first FOR app@'localhost'; SET DEFAULT ROLE r_write FOR writer@'localhost';
SET sql_mode = 'ORACLE'; GRANT EXECUTE ON PACKAGE zoo.pack TO reader@'localhost'; GRANT EXECUTE ON PACKAGE BODY zoo.pack TO reader@'localhost';
