// Load measures how a served demonstration feels: some readers sign in as its
// accounts, open pages by following the links they are shown, and think in
// between. It prints pages a second, the times of the slower pages, and the
// memory of the server.
//
//	inkingi demo --people 200000 --data DIR --json > demo.json &
//	go run ./tools/load --demo demo.json --users 50 --think 1s --for 60s --pid $!
//
// It sends requests only to the address in that file, which must be of this
// machine. It checks that every page it asks for is answered with 200.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"net"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync"
	"time"
)

type demo struct {
	Address  string `json:"address"`
	Accounts []struct {
		Role, Organisation, Name, Password string
	} `json:"accounts"`
}

func main() {
	file := flag.String("demo", "", "what inkingi demo --json printed")
	users := flag.Int("users", 50, "readers at once")
	think := flag.Duration("think", time.Second, "thought between two pages; 0 is none")
	length := flag.Duration("for", 30*time.Second, "how long")
	pid := flag.Int("pid", 0, "process of the server, for its memory")
	flag.Parse()
	if err := run(*file, *users, *think, *length, *pid); err != nil {
		fmt.Fprintln(os.Stderr, "load:", err)
		os.Exit(1)
	}
}

func run(file string, users int, think, length time.Duration, pid int) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var d demo
	if err := json.Unmarshal(text, &d); err != nil {
		return err
	}
	if err := here(d.Address); err != nil {
		return err
	}
	readers, err := signIn(d, users)
	if err != nil {
		return err
	}
	end := time.Now().Add(length)
	results := make(chan timing, 1024)
	var wg sync.WaitGroup
	for _, r := range readers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			r.read(end, think, results)
		}()
	}
	go func() { wg.Wait(); close(results) }()
	report(results, length, users, think, pid)
	return nil
}

// here refuses an address of another machine.
func here(address string) error {
	u, err := url.Parse(address)
	if err != nil {
		return err
	}
	if ip := net.ParseIP(u.Hostname()); u.Hostname() != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return fmt.Errorf("%s is not of this machine", address)
	}
	return nil
}

// timing is one page: its kind is the path without identifiers.
type timing struct {
	kind string
	took time.Duration
	err  error
}

func report(results <-chan timing, length time.Duration, users int, think time.Duration, pid int) {
	kinds, failed := map[string][]time.Duration{}, map[string]int{}
	var all []time.Duration
	for t := range results {
		if t.err != nil {
			failed[t.kind+": "+t.err.Error()]++
			continue
		}
		kinds[t.kind] = append(kinds[t.kind], t.took)
		all = append(all, t.took)
	}
	fmt.Printf("%d readers, %s thought, %s: %.1f pages/s\n", users, think, length, float64(len(all))/length.Seconds())
	line("all", all)
	for _, k := range sorted(kinds) {
		line(k, kinds[k])
	}
	for f, n := range failed {
		fmt.Printf("FAILED %d× %s\n", n, f)
	}
	if pid != 0 {
		fmt.Println("memory of the server:", memory(pid))
	}
}

func line(kind string, all []time.Duration) {
	if len(all) == 0 {
		return
	}
	slices.Sort(all)
	at := func(p int) time.Duration { return all[min(len(all)-1, len(all)*p/100)].Round(100 * time.Microsecond) }
	fmt.Printf("  %-32s %6d pages  p50 %8s  p95 %8s  p99 %8s\n", kind, len(all), at(50), at(95), at(99))
}

func sorted[T any](m map[string]T) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// memory is what the process has resident, as the system says it.
func memory(pid int) string {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return "unknown"
	}
	for _, l := range strings.Split(string(text), "\n") {
		if strings.HasPrefix(l, "VmRSS") || strings.HasPrefix(l, "VmHWM") {
			return strings.Join(strings.Fields(l)[1:], " ")
		}
	}
	return "unknown"
}
