CREATE TABLE pieces (
    batch   TEXT    NOT NULL,
    chunk   TEXT    NOT NULL,
    epoch   INTEGER NOT NULL CHECK (epoch >= 1),
    number  INTEGER NOT NULL CHECK (number >= 0),
    content BLOB    NOT NULL,
    PRIMARY KEY (batch, chunk, epoch, number)
);
