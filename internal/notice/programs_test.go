package notice_test

import (
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"
)

// running is a program of somebody else that the test started.
type running struct {
	*exec.Cmd
	ended chan struct{}
}

// installed fails without the programs: nothing is skipped.
func installed(t *testing.T, packages string, programs ...string) {
	t.Helper()
	for _, program := range programs {
		if _, err := os.Stat(program); err != nil {
			t.Fatalf("%s is not there: apt-get install %s (./check does it on Debian)", program, packages)
		}
	}
}

// started runs a program until the end of the test; what it says is in a file.
func started(t *testing.T, dir, name, program string, args ...string) *running {
	t.Helper()
	out, err := os.OpenFile(filepath.Join(dir, name), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	must(t, err)
	defer out.Close()
	r := &running{Cmd: exec.Command(program, args...), ended: make(chan struct{})}
	r.Dir, r.Stdout, r.Stderr = dir, out, out
	must(t, r.Start())
	go func() { defer close(r.ended); _ = r.Wait() }()
	t.Cleanup(r.stop)
	return r
}

func (r *running) stop() {
	_ = r.Process.Signal(os.Interrupt)
	select {
	case <-r.ended:
	case <-time.After(2 * time.Second):
		_ = r.Process.Kill()
		<-r.ended
	}
}

// ports are so many where nobody listens.
func ports(t *testing.T, n int) []int {
	t.Helper()
	var all []int
	for range n {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		must(t, err)
		defer l.Close() // all at once: no two are the same
		all = append(all, l.Addr().(*net.TCPAddr).Port)
	}
	return all
}

func listens(port int) bool {
	c, err := net.DialTimeout("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)), time.Second)
	if err != nil {
		return false
	}
	c.Close()
	return true
}
