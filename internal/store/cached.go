package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"time"

	"github.com/jmoiron/sqlx"
)

// cached is one connection that keeps its prepared statements. The zero value
// opens itself on first use.
type cached struct {
	*sqlx.Conn
	prepared map[string]*sqlx.Stmt
	file     int64 // which file it was opened on, as presence counts them
}

// statementLimit bounds the statements one connection keeps.
const statementLimit = 300

// open makes sure that the connection is open on the file that is there.
func (c *cached) open(db *sqlx.DB, file *presence) error {
	count, err := file.count()
	if err != nil {
		return err
	}
	if c.Conn != nil && c.file == count {
		return nil
	}
	c.close()
	conn, err := db.Connx(context.Background())
	if err != nil {
		return err
	}
	c.Conn, c.prepared, c.file = conn, map[string]*sqlx.Stmt{}, count
	return nil
}

// close ends the connection.
func (c *cached) close() {
	if c.Conn == nil {
		return
	}
	conn, prepared, ended := c.Conn, c.prepared, make(chan struct{})
	c.Conn, c.prepared = nil, nil
	go func() {
		defer close(ended)
		for _, s := range prepared {
			s.Close()
		}
		// The connection ends with whatever was open on it, and is not used again.
		_ = conn.Raw(func(any) error { return driver.ErrBadConn })
		_ = conn.Close()
	}()
	select {
	case <-ended:
	case <-time.After(closeLimit):
		// The driver broke in the middle of a statement (out of memory, say) and
		// holds its lock for good. A program that has lost its one writer must
		// end and be started again; it would make everybody wait for ever.
		panic("store: a broken connection does not close")
	}
}

// closeLimit is how long a connection may take to close.
const closeLimit = 20 * time.Second

func (c *cached) forget() {
	for _, s := range c.prepared {
		s.Close()
	}
	clear(c.prepared)
}

// inside runs fn between begin and the end of the transaction, for reading.
func (c *cached) inside(ctx context.Context, begin string, fn func() error) (err error) {
	if _, err := c.ExecContext(ctx, begin); err != nil {
		c.close()
		return err
	}
	defer func() {
		if _, end := c.ExecContext(context.WithoutCancel(ctx), "ROLLBACK"); end != nil {
			c.close()
		}
	}()
	return fn()
}

func (c *cached) statement(ctx context.Context, query string) (*sqlx.Stmt, error) {
	if s := c.prepared[query]; s != nil {
		return s, nil
	}
	if len(c.prepared) >= statementLimit {
		c.forget()
	}
	s, err := c.PreparexContext(ctx, query)
	if err != nil {
		return nil, err
	}
	c.prepared[query] = s
	return s, nil
}

// ExecContext runs a prepared statement.
func (c *cached) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	s, err := c.statement(ctx, query)
	if err != nil {
		return nil, err
	}
	return s.ExecContext(ctx, args...)
}

// QueryContext runs a prepared query.
func (c *cached) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	s, err := c.statement(ctx, query)
	if err != nil {
		return nil, err
	}
	return s.QueryContext(ctx, args...)
}

// QueryxContext runs a prepared query.
func (c *cached) QueryxContext(ctx context.Context, query string, args ...any) (*sqlx.Rows, error) {
	s, err := c.statement(ctx, query)
	if err != nil {
		return nil, err
	}
	return s.QueryxContext(ctx, args...)
}

// QueryRowxContext runs a prepared query for one row.
func (c *cached) QueryRowxContext(ctx context.Context, query string, args ...any) *sqlx.Row {
	s, err := c.statement(ctx, query)
	if err != nil {
		return c.Conn.QueryRowxContext(ctx, query, args...) // gives the same error, in a row
	}
	return s.QueryRowxContext(ctx, args...)
}
