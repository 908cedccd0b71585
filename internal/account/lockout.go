package account

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/netip"
	"time"
)

// Attempts counts what was tried at one door: a name, a second factor, an
// address. The zero value is a door nobody tried.
type Attempts struct {
	Failures int
	Last     time.Time
	Until    time.Time // closed until then
}

// Guessing at a name: three free tries, then 15 seconds, doubling to a quarter
// of an hour; a day without a try forgets. The wait never closes an account
// for good: whoever could shut out a duty officer at night would [J].
const (
	freeTries   = 3
	firstWait   = 15 * time.Second
	longestWait = 15 * time.Minute
	forgetAfter = 24 * time.Hour
)

// Guessing from an address: a whole office may stand behind one, so sixty
// failures are free, and one more every 15 seconds [J].
const (
	addressFree = 60
	addressPace = 15 * time.Second
)

// wait is how long a door stays closed after so many failures.
func wait(failures int) time.Duration {
	if failures <= freeTries {
		return 0
	}
	w := firstWait
	for range failures - freeTries - 1 {
		if w *= 2; w >= longestWait {
			return longestWait
		}
	}
	return w
}

// try counts one more attempt as failed before anything is compared, so that
// many at once gain nothing. closed is how long to wait; then nothing is counted
// and nothing may be compared. Success is told by forgetting the door.
func (a Attempts) try(now time.Time) (next Attempts, closed time.Duration) {
	if now.Before(a.Until) {
		return a, a.Until.Sub(now)
	}
	if now.Sub(a.Last) >= forgetAfter {
		a.Failures = 0
	}
	a.Failures++
	a.Last, a.Until = now, now.Add(wait(a.Failures))
	return a, 0
}

// level is how full an address is; it runs empty at its pace.
func (a Attempts) level(now time.Time) int {
	if now.Before(a.Last) {
		return a.Failures
	}
	return max(0, a.Failures-int(now.Sub(a.Last)/addressPace))
}

// full says how long an address must wait; asking counts nothing.
func (a Attempts) full(now time.Time) time.Duration {
	if over := a.level(now) - addressFree; over >= 0 {
		return addressPace
	}
	return 0
}

// fail counts one failure from an address. The bucket does not fill without end:
// who stops is free again after a minute.
func (a Attempts) fail(now time.Time) Attempts {
	return Attempts{Failures: min(a.level(now)+1, addressFree+3), Last: now}
}

// Door names what was tried, without saying it: people type passwords into the
// field for names.
type Door string

// door makes the name of a door under the program's pepper.
func door(pepper []byte, kind, value string) Door {
	mac := hmac.New(sha256.New, pepper)
	mac.Write([]byte(kind + "\x00" + value))
	return Door(kind + ":" + hex.EncodeToString(mac.Sum(nil)[:12]))
}

// network gives what counts as one address: the whole of an IPv4 address, the
// /64 of an IPv6 one. Anything else counts as one unknown address.
func network(addr string) string {
	ip, err := netip.ParseAddr(addr)
	if err != nil {
		port, err := netip.ParseAddrPort(addr)
		if err != nil {
			return "unknown"
		}
		ip = port.Addr()
	}
	ip = ip.Unmap().WithZone("")
	if ip.Is4() {
		return ip.String()
	}
	prefix, err := ip.Prefix(64)
	if err != nil {
		return "unknown"
	}
	return prefix.String()
}
