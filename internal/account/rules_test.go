package account

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"
	"pgregory.net/rapid"

	"inkingi/internal/access"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

var noon = time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)

// drip is a source of bytes that repeats nothing and is the same every time.
type drip struct{ n byte }

func (d *drip) Read(b []byte) (int, error) {
	for i := range b {
		d.n = d.n*5 + 113
		b[i] = d.n
	}
	return len(b), nil
}

func hasher(t *testing.T) *Hasher {
	t.Helper()
	h, err := NewHasher(2, &drip{})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func key(err error) string {
	if err == nil {
		return ""
	}
	return fault.Of(err).Key
}

func TestNames(t *testing.T) {
	for name, want := range map[string]string{
		"aline": "", "a.b-c_d@e9": "", "aline@example.org": "", strings.Repeat("a", 60): "",
		"ab": "account.name.length", strings.Repeat("a", 61): "account.name.length",
		"élise": "account.name.characters", "a b c": "account.name.characters", "a/b/c": "account.name.characters", "abc\x00": "account.name.characters",
	} {
		if got := key(CheckName(name)); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
	if FoldName("  Aline.K ") != "aline.k" {
		t.Error("fold")
	}
}

func TestShownNames(t *testing.T) {
	for text, want := range map[string]string{
		"Aline Keza": "", "Éloïse d’Ar": "", " ": "account.shown.missing", strings.Repeat("é", 81): "fault.too-long",
		"a\u200bb": "fault.characters", "a\nb": "fault.characters", "a\xffb": "fault.characters", "a\u202eb": "fault.characters",
	} {
		if got := key(checkShown("shown", text)); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestChannels(t *testing.T) {
	for _, c := range []struct {
		contact Contact
		want    string
	}{
		{Contact{SMS, "+99912345678"}, ""}, {Contact{SMS, "12345678"}, "account.channel.phone"}, {Contact{SMS, "+0991234567"}, "account.channel.phone"},
		{Contact{SMS, "+9991234567890123"}, "account.channel.phone"}, {Contact{SMS, "+99912e4567"}, "account.channel.phone"},
		{Contact{Mail, "aline@example.org"}, ""}, {Contact{Mail, "aline"}, "account.channel.mail"}, {Contact{Mail, "a@b@c.d"}, "account.channel.mail"},
		{Contact{Mail, "a b@example.org"}, "account.channel.mail"}, {Contact{Mail, "a@example.org\r\nBcc: x@y.z"}, "account.channel.mail"}, {Contact{Mail, "@example.org"}, "account.channel.mail"},
		{Contact{"pigeon", "x"}, "fault.choice"},
	} {
		if got := key(c.contact.check()); got != c.want {
			t.Errorf("%v: %q, want %q", c.contact, got, c.want)
		}
	}
	if _, err := makeChannels(make([]Contact, 5)); key(err) != "account.channel.many" {
		t.Errorf("five channels: %v", err)
	}
	if all, err := makeChannels([]Contact{{SMS, "+999 12-34.56 78"}}); err != nil || len(all) != 1 {
		t.Errorf("a phone with spaces: %v", err)
	}
}

func TestSecretsPrintAsDots(t *testing.T) {
	s := Secret("correct horse")
	for _, text := range []string{s.String(), fmt.Sprintf("%v %s %q %x %d %#v", s, s, s, s, s, s), fmt.Sprint([]Secret{s}, struct{ P Secret }{s})} {
		if strings.Contains(text, "horse") || strings.Contains(text, "686f") {
			t.Errorf("printed %q", text)
		}
	}
	if _, err := json.Marshal(s); err == nil {
		t.Error("JSON took a secret")
	}
	if s.Reveal() != "correct horse" {
		t.Error("reveal")
	}
}

func TestPasswordHashes(t *testing.T) {
	h, ctx := hasher(t), context.Background()
	hash, err := h.Hash(ctx, "correct horse")
	if err != nil || !strings.HasPrefix(hash, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Fatal(hash, err)
	}
	again, _ := h.Hash(ctx, "correct horse")
	if again == hash {
		t.Error("two hashes of one password are the same")
	}
	for _, c := range []struct {
		name, hash string
		password   Secret
		fits       bool
	}{
		{"the right one", hash, "correct horse", true}, {"a wrong one", hash, "correct horsf", false}, {"none", hash, "", false},
		{"an unknown account", "", "correct horse", false}, {"a malformed hash", "$argon2id$x", "correct horse", false},
		{"a hash that asks for all memory", strings.Replace(hash, "m=19456", "m=99999999", 1), "correct horse", false},
		{"another method", strings.Replace(hash, "argon2id", "argon2i", 1), "correct horse", false},
		{"the dummy's salt as password", h.dummy, "", false},
		{"a very long one", hash, Secret(strings.Repeat("x", 1<<20)), false},
	} {
		if fits, err := h.Verify(ctx, c.hash, c.password); err != nil || fits != c.fits {
			t.Errorf("%s: %v %v", c.name, fits, err)
		}
	}
}

func TestHashingWaitsForASeatAndGivesUp(t *testing.T) {
	h := hasher(t)
	h.seats <- struct{}{}
	h.seats <- struct{}{}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := h.Hash(ctx, "x"); !fault.Is(err, fault.Unavailable) {
		t.Errorf("got %v", err)
	}
	var zero *Hasher
	if _, err := zero.Verify(context.Background(), "", "x"); err == nil {
		t.Error("the zero hasher verifies")
	}
	if _, err := (&Hasher{}).Hash(context.Background(), "x"); err == nil {
		t.Error("the empty hasher hashes")
	}
}

// TestAnUnknownAccountTakesAsLong compares the work, not the clock: an empty
// hash derives once, like a good one.
func TestAnUnknownAccountTakesAsLong(t *testing.T) {
	h, ctx := hasher(t), context.Background()
	hash, err := h.Hash(ctx, "correct horse")
	if err != nil {
		t.Fatal(err)
	}
	measure := func(hash string) time.Duration {
		best := time.Hour
		for range 5 {
			began := time.Now()
			if _, err := h.Verify(ctx, hash, "wrong horse battery"); err != nil {
				t.Fatal(err)
			}
			best = min(best, time.Since(began))
		}
		return best
	}
	known, unknown := measure(hash), measure("")
	if unknown < known/2 {
		t.Errorf("an unknown account answers in %s, a known one in %s", unknown, known)
	}
}

func TestPasswordStrength(t *testing.T) {
	words := []string{"aline.keza", "Aline Keza", "Maison d’accueil du Lac", "Burundi", "Gitega"}
	for password, want := range map[Secret]string{
		"court":                      "account.password.short",
		"neuf.char":                  "account.password.short",
		"Burundi2026!":               "account.password.weak",
		"motdepasse":                 "account.password.common",
		"MotDePasse2026!":            "account.password.common",
		"inkingi2026":                "account.password.common",
		"alinekeza1990":              "account.password.weak",
		"aaaaaaaaaaaaaaaaaaaa":       "account.password.weak",
		"qwertyuiop12":               "account.password.common",
		"gitegagitega":               "account.password.weak",
		"pluie tambour escalier lac": "",
		"k7#vQz!mR2pw":               "",
		"umuyaga wo ku mugoroba":     "",
		"tambour\u200bescalier lac":  "fault.characters",
		Secret(strings.Repeat("tambour escalier ", 20)): "fault.too-long",
	} {
		if got := key(CheckPassword(password, words)); got != want {
			t.Errorf("%q: %q, want %q", string(password), got, want)
		}
	}
	began := time.Now()
	_ = CheckPassword(Secret(strings.Repeat("abcXYZ123!", 20)), words)
	if took := time.Since(began); took > time.Second {
		t.Errorf("a long password took %s to judge", took)
	}
}

func TestTOTPSteps(t *testing.T) {
	secret, err := newTOTP(&drip{})
	if err != nil {
		t.Fatal(err)
	}
	at := func(shift time.Duration) string {
		code, err := totp.GenerateCode(string(secret), noon.Add(shift))
		if err != nil {
			t.Fatal(err)
		}
		return code
	}
	now := noon.Unix() / totpPeriod
	for _, c := range []struct {
		name string
		code string
		used int64
		step int64
		ok   bool
	}{
		{"this step", at(0), 0, now, true}, {"the step before", at(-30 * time.Second), 0, now - 1, true}, {"the next step", at(30 * time.Second), 0, now + 1, true},
		{"two steps before", at(-60 * time.Second), 0, 0, false}, {"two steps after", at(60 * time.Second), 0, 0, false},
		{"the same step again", at(0), now, 0, false}, {"an older step after a newer", at(-30 * time.Second), now, 0, false}, {"a newer after this", at(30 * time.Second), now, now + 1, true},
		{"nothing", "", 0, 0, false}, {"letters", "abcdef", 0, 0, false}, {"seven digits", at(0) + "0", 0, 0, false},
	} {
		if step, ok := totpStep(secret, c.code, c.used, noon); ok != c.ok || step != c.step {
			t.Errorf("%s: %d %v", c.name, step, ok)
		}
	}
}

func TestEnrolmentIsWhatAppsRead(t *testing.T) {
	e := newEnrolment("Inkingi", "aline@example.org", "ABCDEFGH")
	if got := e.Link.Reveal(); !strings.HasPrefix(got, "otpauth://totp/Inkingi:aline@example.org?") || !strings.Contains(got, "secret=ABCDEFGH") {
		t.Error(got)
	}
	png, err := e.PNG(200)
	if err != nil || !bytes.HasPrefix(png, []byte("\x89PNG")) {
		t.Error("no picture", err)
	}
}

func TestPrintedCodesAreSpentOnce(t *testing.T) {
	h, ctx := hasher(t), context.Background()
	sheet, err := newCodes(h.random)
	if err != nil || len(sheet) != 10 {
		t.Fatal(len(sheet), err)
	}
	salt, hashes, err := h.hashSheet(ctx, sheet)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for i, code := range sheet {
		text := string(code)
		if len(text) != 11 || text[5] != '-' || seen[text] {
			t.Fatalf("code %d is %q", i, text)
		}
		seen[text] = true
		typed := foldCode(strings.ToLower(strings.Replace(text, "-", " ", 1)))
		hash, err := h.hashCode(ctx, salt, typed)
		if err != nil {
			t.Fatal(err)
		}
		left, ok := spend(hashes, hash)
		if !ok || len(left) != len(hashes)-1 {
			t.Fatalf("code %d is not on its sheet", i)
		}
		if _, twice := spend(left, hash); twice {
			t.Fatalf("code %d is good twice", i)
		}
		hashes = left
	}
}

func TestFoldCode(t *testing.T) {
	for typed, want := range map[string]string{"ab1de-fgh0j": "AB1DEFGH0J", " oIl-xX ": "011XX", "123 456": "123456", "O0-o0": "0000", "é": "é"} {
		if got := foldCode(typed); got != want {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
}

func TestTemporaryPasswords(t *testing.T) {
	a, err := temporary(&drip{})
	if err != nil || len(a) != 19 || strings.ToLower(string(a)) != string(a) || strings.Count(string(a), "-") != 3 {
		t.Error(string(a), err)
	}
	if err := CheckPassword(a, nil); err != nil {
		t.Error("a temporary password is weak:", err)
	}
}

func TestRanks(t *testing.T) {
	for _, r := range access.Roles() {
		want := 0
		switch r {
		case access.Program:
			want = 3
		case access.Administrator, access.DataProtection:
			want = 2
		case access.Supervisor:
			want = 1
		}
		if Rank(r) != want {
			t.Errorf("%s: %d", r, Rank(r))
		}
		if access.SeesPersons(r) && !Forced(r) {
			t.Errorf("%s sees persons without a second factor", r)
		}
	}
	if !Forced(access.Administrator) || Forced(access.FocalPoint) {
		t.Error("forced roles")
	}
}

func TestMayReset(t *testing.T) {
	mine, other := ids.New[ids.Org](), ids.New[ids.Org]()
	me, them := ids.New[ids.Account](), ids.New[ids.Account]()
	who := func(r access.Role) access.Who { return access.Who{Account: me, Post: access.Post{Role: r, Org: mine}} }
	seat := func(posts ...access.Post) Seat {
		return Seat{Account: Account{ID: them}, Posts: posts, At: noon}
	}
	post := func(r access.Role, org ids.Org) access.Post {
		return access.Post{ID: ids.New[ids.Post](), Role: r, Org: org}
	}
	ended := post(access.Administrator, mine)
	ended.Until = noon
	lately := seat(post(access.CaseManager, mine))
	lately.Credential.ResetAt = noon.Add(-23 * time.Hour)
	self := seat(post(access.FocalPoint, mine))
	self.Account.ID = me
	password, both := Reset{Password: true}, Reset{Password: true, Factor: true}
	for _, c := range []struct {
		name string
		who  access.Who
		seat Seat
		what Reset
		want string
	}{
		{"supervisor, own worker", who(access.Supervisor), seat(post(access.CaseManager, mine)), both, ""},
		{"supervisor, themselves", who(access.Supervisor), self, both, "account.reset.self"},
		{"supervisor, another supervisor", who(access.Supervisor), seat(post(access.Supervisor, mine)), both, "account.reset.rank"},
		{"supervisor, administrator", who(access.Supervisor), seat(post(access.Administrator, mine)), both, "account.reset.rank"},
		{"supervisor, former administrator", who(access.Supervisor), seat(post(access.CaseManager, mine), ended), both, ""},
		{"supervisor, worker of two organisations", who(access.Supervisor), seat(post(access.CaseManager, mine), post(access.FocalPoint, other)), both, "account.reset.elsewhere"},
		{"administrator, supervisor, password", who(access.Administrator), seat(post(access.Supervisor, other)), password, ""},
		{"administrator, supervisor, both", who(access.Administrator), seat(post(access.Supervisor, other)), both, "account.reset.both"},
		{"administrator, the other factor a day later", who(access.Administrator), lately, password, "account.reset.both"},
		{"administrator, who sees nobody, both", who(access.Administrator), seat(post(access.FocalPoint, other)), both, ""},
		{"administrator, administrator", who(access.Administrator), seat(post(access.Administrator, other)), password, "account.reset.rank"},
		{"administrator, data protection", who(access.Administrator), seat(post(access.DataProtection, other)), password, "account.reset.rank"},
		{"case manager", who(access.CaseManager), seat(post(access.FocalPoint, mine)), password, "account.reset.rank"},
		{"case manager, no post left", who(access.CaseManager), seat(), password, "account.reset.rank"},
		{"console, administrator", access.Itself(), seat(post(access.Administrator, other)), both, ""},
	} {
		if got := mayReset(c.who, c.seat, c.what); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestNobodyStandsOnBothSidesOfTheWall walks every pair of roles and every way
// two posts can lie in time.
func TestNobodyStandsOnBothSidesOfTheWall(t *testing.T) {
	hour := func(n int) time.Time {
		if n < 0 {
			return time.Time{}
		}
		return noon.Add(time.Duration(n) * time.Hour)
	}
	for _, a := range access.Roles() {
		for _, b := range access.Roles() {
			both := access.Compatible([]access.Role{a, b})
			alone := access.Compatible([]access.Role{a})
			for _, c := range []struct {
				from, until, otherFrom, otherUntil int
				meet                               bool
			}{
				{0, -1, 0, -1, true}, {0, 2, 1, 3, true}, {1, 3, 0, 2, true}, {0, 9, 3, 4, true}, {3, 4, 0, 9, true},
				{0, 1, 1, 2, false}, {1, 2, 0, 1, false}, {5, -1, 0, 5, false}, {0, 5, 5, -1, false}, {0, -1, 5, 6, true},
			} {
				p := access.Post{ID: ids.New[ids.Post](), Role: a, From: hour(c.from), Until: hour(c.until)}
				other := access.Post{ID: ids.New[ids.Post](), Role: b, From: hour(c.otherFrom), Until: hour(c.otherUntil)}
				want := alone
				if c.meet {
					want = both
				}
				if got := compatible(p, []access.Post{other}); key(got) != key(want) {
					t.Errorf("%s %d–%d beside %s %d–%d: %v, want %v", a, c.from, c.until, b, c.otherFrom, c.otherUntil, got, want)
				}
			}
			if a.Side() == access.Protecting && b.Side() == access.Pursuing && both == nil {
				t.Errorf("%s and %s are compatible", a, b)
			}
		}
	}
}

func TestWaits(t *testing.T) {
	want := []time.Duration{0, 0, 0, 0, 15 * time.Second, 30 * time.Second, time.Minute, 2 * time.Minute, 4 * time.Minute, 8 * time.Minute, 15 * time.Minute, 15 * time.Minute}
	for n, w := range want {
		if got := wait(n); got != w {
			t.Errorf("after %d: %s, want %s", n, got, w)
		}
	}
	if wait(1<<20) != longestWait {
		t.Error("a million failures")
	}
}

// TestTriesAtAName holds for every sequence of tries: none is compared while
// the door is closed, none is forgotten within the day, and no door is closed
// for longer than the longest wait.
func TestTriesAtAName(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		var a Attempts
		now, compared := noon, 0
		for range rapid.IntRange(1, 60).Draw(r, "tries") {
			now = now.Add(time.Duration(rapid.IntRange(0, 3600).Draw(r, "pause")) * time.Second)
			before := a
			next, closed := a.try(now)
			if closed > longestWait {
				r.Fatalf("closed for %s", closed)
			}
			if now.Before(before.Until) {
				if closed != before.Until.Sub(now) || next != before {
					r.Fatal("a closed door moved")
				}
				continue
			}
			compared++
			if closed != 0 || next.Failures != compared || next.Until.Sub(now) != wait(compared) {
				r.Fatalf("try %d: %+v, closed %s", compared, next, closed)
			}
			a = next
		}
		later, closed := a.try(a.Last.Add(forgetAfter))
		if closed != 0 || later.Failures != 1 {
			r.Fatal("a day is not forgotten")
		}
	})
}

func TestAnAddressIsSlowedGently(t *testing.T) {
	var a Attempts
	now := noon
	for n := range addressFree {
		if a.full(now) != 0 {
			t.Fatalf("closed after %d failures", n)
		}
		a = a.fail(now)
	}
	if a.full(now) == 0 {
		t.Error("sixty failures at once leave it open")
	}
	for range 1000 {
		a = a.fail(now)
	}
	if a.full(now.Add(time.Minute)) != 0 {
		t.Error("closed a minute after the last failure")
	}
	if a.level(now.Add(24*time.Hour)) != 0 {
		t.Error("does not run empty")
	}
	if a.level(now.Add(-time.Hour)) != a.Failures {
		t.Error("a clock that goes back empties it")
	}
}

func TestNetworks(t *testing.T) {
	for addr, want := range map[string]string{
		"192.0.2.7": "192.0.2.7", "192.0.2.7:4711": "192.0.2.7", "::ffff:192.0.2.7": "192.0.2.7",
		"2001:db8:1:2:3:4:5:6": "2001:db8:1:2::/64", "[2001:db8:1:2::9]:443": "2001:db8:1:2::/64", "fe80::1%eth0": "fe80::/64",
		"": "unknown", "somewhere": "unknown",
	} {
		if got := network(addr); got != want {
			t.Errorf("%q: %s, want %s", addr, got, want)
		}
	}
}

func TestDoorsSayNothing(t *testing.T) {
	a, b := door([]byte("pepper"), "name", "aline"), door([]byte("salt"), "name", "aline")
	if a == b || strings.Contains(string(a), "aline") || a == door([]byte("pepper"), "second", "aline") {
		t.Error(a, b)
	}
}

func TestTokens(t *testing.T) {
	a, err := newToken(&drip{})
	if err != nil || len(a) != 43 {
		t.Fatal(len(a), err)
	}
	if h := HashToken(a); len(h) != 43 || strings.Contains(string(h), string(a)) {
		t.Error("hash of a token")
	}
}

func TestDeviceLabels(t *testing.T) {
	for device, want := range map[string]string{"Firefox, Android": "Firefox, Android", "a\x00b": "", strings.Repeat("é", 99): strings.Repeat("é", 60)} {
		if got := deviceLabel(device); got != want {
			t.Errorf("%q: %q", device, got)
		}
	}
}

func TestZeroValuesRefuse(t *testing.T) {
	if (Seat{}).stage(Rules{}.filled()) != Over || (Account{}).Open() || (Seat{}).at(Over) == nil {
		t.Error("a zero seat is let in")
	}
	if _, err := Open(Desk{}); err == nil {
		t.Error("an empty desk opens")
	}
	if slices.Contains([]Stage{AskSecond, In}, Over) || House().IsZero() {
		t.Error("zero stage")
	}
}
