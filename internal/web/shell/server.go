package shell

import (
	"context"
	"errors"
	"net"
	"net/http"
	"time"
)

// Server makes an HTTP server that a slow or hostile caller cannot hold open.
// The limits are wide: on 2G a page takes its time.
func Server(h http.Handler) *http.Server {
	return &http.Server{
		Handler:           h,
		ReadHeaderTimeout: 20 * time.Second,
		ReadTimeout:       2 * time.Minute,
		WriteTimeout:      3 * time.Minute,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    32 << 10,
	}
}

// Serve serves until ctx ends, then lets the requests under way finish, for at
// most grace. With certificate and key files it speaks TLS.
func Serve(ctx context.Context, srv *http.Server, l net.Listener, cert, key string, grace time.Duration) error {
	failed := make(chan error, 1)
	go func() {
		if cert != "" {
			failed <- srv.ServeTLS(l, cert, key)
			return
		}
		failed <- srv.Serve(l)
	}()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
	defer cancel()
	err := srv.Shutdown(last)
	if errors.Is(err, context.DeadlineExceeded) {
		err = srv.Close()
	}
	if served := <-failed; err == nil && !errors.Is(served, http.ErrServerClosed) {
		err = served
	}
	return err
}
