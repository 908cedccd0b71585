package engine

import (
	"io"
	"net"
	"net/url"
	"sync"
	"testing"
)

// Line is a cable to PostgreSQL that can be cut and mended: for a program, an
// engine that is gone and comes back.
type Line struct {
	listener net.Listener
	to       string
	mu       sync.Mutex
	open     []net.Conn
	cut      bool
}

// Cable lays a cable to an address and gives the address of its near end.
func Cable(t testing.TB, address string) (string, *Line) {
	t.Helper()
	far, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l := &Line{listener: listener, to: far.Host}
	t.Cleanup(func() { listener.Close() })
	go l.serve()
	far.Host = listener.Addr().String()
	return far.String(), l
}

func (l *Line) serve() {
	for {
		c, err := l.listener.Accept()
		if err != nil {
			return
		}
		l.join(c)
	}
}

func (l *Line) join(c net.Conn) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.cut {
		c.Close()
		return
	}
	server, err := net.Dial("tcp", l.to)
	if err != nil {
		c.Close()
		return
	}
	l.open = append(l.open, c, server)
	go func() { _, _ = io.Copy(server, c); server.Close() }()
	go func() { _, _ = io.Copy(c, server); c.Close() }()
}

// Cut ends every connection and refuses new ones.
func (l *Line) Cut() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.cut = true
	for _, c := range l.open {
		c.Close()
	}
	l.open = nil
}

// Mend lets connections through again.
func (l *Line) Mend() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.cut = false
}
