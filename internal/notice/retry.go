package notice

import "time"

// waits are the pauses between tries: about twenty hours in all, so that the
// last try is within a day [S: issue 2 §5 "an outbox that retries"; the pauses J].
func waits() []time.Duration {
	return []time.Duration{30 * time.Second, 2 * time.Minute, 10 * time.Minute, time.Hour, 3 * time.Hour, 6 * time.Hour, 10 * time.Hour}
}

// spread is how much longer or shorter a pause may become, so that the copies
// of the program do not all knock at once at a server that comes back.
const spread = 0.1

// next says when a try that failed is repeated; false after the last. chance is
// a random number in [0,1).
func next(try int, now time.Time, chance float64) (time.Time, bool) {
	all := waits()
	if try < 1 || try > len(all) {
		return time.Time{}, false
	}
	factor := 1 - spread + 2*spread*chance
	return now.Add(time.Duration(float64(all[try-1]) * factor)), true
}
