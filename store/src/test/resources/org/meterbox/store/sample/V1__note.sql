CREATE TABLE sample.note (id bigint PRIMARY KEY, text text NOT NULL);
