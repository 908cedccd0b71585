package archtest

// Room is one line of the import table.
type Room struct {
	Path    string   // from the root of the repository
	Rooms   []string // our rooms that it may import
	Modules []Module // third-party packages that it may import
	Std     []string // guarded standard packages that it may import
	Program bool     // a program: package main, everything of ours is open to it
	Bench   bool     // only tests import it
	Pure    bool     // no clock, no files, no network: the middle of the house
}

// Module is a third-party package, or the packages under it, and why it is here.
type Module struct{ Path, Why string }

// Groups of rooms, as STYLE §1 names them. accesstest and the like are bench.
var (
	words    = []string{"internal/ids", "internal/fault", "internal/date", "internal/place"}
	promises = []string{"internal/access", "internal/vault", "internal/audit", "internal/release"}
	pillars  = []string{"prevention", "protection", "prosecution", "partnership"}
	sciences = []string{"science/estimate", "science/linkage", "science/disclosure"}
)

// Guarded are the standard packages that only some rooms may import, with why.
// database/sql/driver is open: an identifier says there how it is stored.
func Guarded() map[string]string {
	return map[string]string{
		"database/sql":  "SQL lives in the store",
		"net/http":      "pages and the API are doors; the rest of the house does not know of the web",
		"net":           "only doors reach outside",
		"os":            "rooms are given readers and settings; they do not look around the machine",
		"os/exec":       "only tools and the program start others",
		"os/signal":     "only the program is told to stop",
		"html/template": "pages are templ components",
		"text/template": "pages are templ components",
		"log":           "log/slog, handed in",
		"math/rand":     "randomness is an argument; math/rand/v2 with a seed where it need not be secret",
		"unsafe":        "no",
		"plugin":        "no",
		"C":             "no cgo: the program builds with Go alone",
	}
}

// Rooms is the import table. A new room is a line here and one in MAP.md; a
// dependency is added by an edit here, with its reason.
func Rooms() []Room {
	rooms := [][]Room{wordRooms(), promiseRooms(), scienceRooms(), pillarRooms(), besideRooms(), doorRooms(), benchRooms()}
	var all []Room
	for _, some := range rooms {
		all = append(all, some...)
	}
	return all
}

// TestModules may be imported by the tests of any room.
func TestModules() []Module {
	return []Module{
		{"github.com/google/go-cmp/cmp", "says what differs"},
		{"pgregory.net/rapid", "properties, with what failed made small"},
		{"go.uber.org/goleak", "nothing is left running"},
		{"github.com/rogpeppe/go-internal/testscript", "the program's commands, as a script"},
		{"golang.org/x/net/html", "reads pages as a browser would"},
		{"github.com/pquerna/otp", "the code of a telephone in a journey"},
		{"github.com/xuri/excelize/v2", "a spreadsheet program that somebody else wrote"},
		{"github.com/emersion/go-smtp", "a mail server that somebody else wrote"},
		{"github.com/emersion/go-sasl", "its passwords"},
	}
}

func wordRooms() []Room {
	return []Room{
		{Path: "internal/fault", Pure: true},
		{Path: "internal/ids", Rooms: words, Modules: []Module{
			{"github.com/google/uuid", "reads and writes the canonical form"}}},
		{Path: "internal/date", Rooms: words, Pure: true},
		{Path: "internal/attachment", Rooms: words, Pure: true},
		{Path: "internal/place", Rooms: words, Pure: true, Modules: []Module{
			{"golang.org/x/text", "folds accents and case of place names"}}},
		{Path: "countries", Rooms: words, Modules: []Module{
			{"github.com/BurntSushi/toml", "a country's facts are text that a jurist can edit"}}},
	}
}

func promiseRooms() []Room {
	return []Room{
		{Path: "internal/access", Rooms: words, Pure: true, Modules: []Module{
			{"github.com/cedar-policy/cedar-go", "the rules are text with a meaning of its own"}}},
		{Path: "internal/vault", Rooms: join(words, "internal/access"), Modules: []Module{
			{"github.com/tink-crypto/tink-go/v2", "AES-256-GCM and key sets that rotate"},
			{"golang.org/x/crypto", "argon2 under the passphrase of a key file"},
			{"golang.org/x/text", "folds names before they are indexed"}}},
		// audit: the order of a million entries is checked in temporary files, not in memory.
		{Path: "internal/audit", Rooms: join(words, "internal/access"), Std: []string{"os"}, Modules: []Module{
			{"golang.org/x/mod/sumdb", "the Merkle log and signed notes of the Go checksum database"},
			{"github.com/transparency-dev/formats", "checkpoints that public tools can verify"}}},
		{Path: "internal/release", Rooms: join(words, "science/disclosure"), Pure: true},
	}
}

func scienceRooms() []Room {
	gonum := Module{"gonum.org/v1/gonum", "matrices, distributions, linear programmes"}
	return []Room{
		{Path: "science/disclosure", Pure: true, Modules: []Module{gonum}},
		{Path: "science/estimate", Pure: true, Modules: []Module{gonum}},
		{Path: "science/linkage", Pure: true, Modules: []Module{gonum,
			{"golang.org/x/text", "folds names before they are compared"},
			{"github.com/hbollon/go-edlib", "distances between names"}}},
	}
}

func pillarRooms() []Room {
	var rooms []Room
	for _, path := range pillars {
		// countries: the facts of the country (ages, deadlines, code lists) are data there.
		// science/linkage: whether two records may be of one person is asked before one is made.
		rooms = append(rooms, Room{Path: path, Pure: true,
			Rooms: join(words, "internal/access", "internal/audit", "internal/vault", "internal/attachment", "countries", "science/linkage")})
	}
	return rooms
}

// besideRooms are the rooms beside the pillars, and the records.
func besideRooms() []Room {
	return []Room{
		{Path: "internal/account", Rooms: join(words, "internal/access", "internal/audit", "internal/vault"), Pure: true, Modules: []Module{
			{"golang.org/x/crypto", "argon2id for passwords"},
			{"github.com/pquerna/otp", "codes of a telephone"},
			{"github.com/trustelem/zxcvbn", "says which password is guessed first"},
			{"github.com/go-webauthn/webauthn", "passkeys"}}},
		{Path: "internal/lang", Rooms: words, Pure: true, Modules: []Module{
			{"github.com/BurntSushi/toml", "one file of messages a room and language"},
			{"github.com/nicksnyder/go-i18n/v2", "plurals"},
			{"golang.org/x/text", "matching, numbers, collation"}}},
		{Path: "internal/notice", Rooms: join(words, "internal/access", "internal/audit", "internal/vault", "internal/lang", "internal/account", "countries"),
			Std: []string{"net/http", "net"}, Modules: []Module{
				{"github.com/wneessen/go-mail", "mail"},
				{"github.com/nyaruka/phonenumbers", "one number, one form"}}},
		{Path: "internal/paper", Rooms: []string{"internal/fault"}, Pure: true, Modules: []Module{
			{"codeberg.org/go-pdf/fpdf", "writes PDF: small, without a program beside it, the same bytes for the same paper"},
			{"github.com/boombuler/barcode/qr", "draws the code as a square; it is in the program for second factors already"},
			{"golang.org/x/image/font", "the Go fonts, free (BSD) and told apart at a glance (DIN 1450): 0 and O, 1 and l; and which letters they have"},
			{"golang.org/x/text/unicode/norm", "composes accents as the fonts have them"}}},
		// chart: links as a picture and as a list, by whatever door shows them.
		{Path: "internal/chart", Rooms: []string{"internal/fault"}, Pure: true},
		// invent: the people and places of the demo, made by the same verbs as the real ones.
		{Path: "internal/invent", Pure: true, Rooms: join(words, "internal/access", "internal/audit", "internal/vault", pillars, "internal/account", "countries")},
		{Path: "internal/store", Rooms: join(words, promises, pillars, "science/linkage", "internal/account", "internal/notice", "internal/attachment", "countries"),
			Std: []string{"database/sql", "os"}, Modules: []Module{
				{"github.com/jackc/pgx/v5", "PostgreSQL"},
				{"github.com/ncruces/go-sqlite3", "SQLite without cgo"},
				{"github.com/jmoiron/sqlx", "placeholders and scanning by name"},
				{"github.com/pressly/goose/v3", "migrations"},
				{"github.com/riverqueue/river", "jobs in our own transaction"},
				{"golang.org/x/mod/sumdb", "the tree hashes of the log"},
				{"filippo.io/age", "encrypts backups"}}},
	}
}

func doorRooms() []Room {
	shell := join(words, promises, "internal/account", "internal/lang", "internal/notice", "internal/web/govuk", "countries")
	templ := Module{"github.com/a-h/templ", "pages are typed components"}
	rooms := []Room{
		{Path: "internal/web/govuk", Std: []string{"net/http"}, Modules: []Module{templ,
			{"github.com/andybalholm/brotli", "the built assets are compressed once"}}},
		{Path: "internal/web/govuk/gallery", Rooms: []string{"internal/web/govuk"}, Bench: true, Modules: []Module{templ}},
		{Path: "internal/web/shell", Rooms: shell, Std: []string{"net/http", "net"}, Modules: []Module{templ,
			{"github.com/alexedwards/scs/v2", "sessions with hashed tokens"},
			{"github.com/klauspost/compress/gzhttp", "compression that does not tell the length of a secret"},
			{"github.com/andybalholm/brotli", "the built assets are compressed once"}}},
		{Path: "internal/web/shell/shelltest", Bench: true, Modules: []Module{
			{"golang.org/x/net/html", "reads pages as a browser does"}}},
		{Path: "internal/web/shell/sampletest", Rooms: join(shell, "internal/web/shell", "internal/web/shell/shelltest"), Std: []string{"net/http", "os"}, Bench: true, Modules: []Module{templ}},
		{Path: "internal/web/account", Rooms: join(shell, "internal/web/shell"), Std: []string{"net/http"}, Modules: []Module{templ,
			{"github.com/boombuler/barcode/qr", "draws the secret of a second factor here, never elsewhere"}}},
		{Path: "internal/web/notice", Rooms: join(shell, "internal/web/shell"), Std: []string{"net/http"}, Modules: []Module{templ}},
		{Path: "internal/web/exchange", Rooms: join(shell, "internal/web/shell", "internal/exchange", "protection"), Std: []string{"net/http"}, Modules: []Module{templ}},
		{Path: "internal/reports", Rooms: join(words, promises, pillars, sciences, "internal/lang", "countries")},
		{Path: "internal/web/reports", Rooms: join(shell, "internal/web/shell", "internal/reports"), Std: []string{"net/http"}, Modules: []Module{templ}},
		{Path: "internal/exchange", Rooms: join(words, promises, pillars, "internal/lang", "countries"), Modules: []Module{
			{"go.yaml.in/yaml/v3", "mappings are YAML, as issue 3 says; the maintained library, kept by the YAML organisation, refuses unknown words and bounds aliases"},
			{"github.com/xuri/excelize/v2", "spreadsheets"}, {"codeberg.org/go-pdf/fpdf", "forms and reports on paper"}}},
		{Path: "internal/exchange/followthemoney", Rooms: join(words, "internal/access", "internal/vault", "prosecution"), Pure: true},
		{Path: "internal/api", Rooms: join(shell, pillars, "internal/web/shell", "internal/reports", "internal/exchange"), Std: []string{"net/http"}, Modules: []Module{
			{"github.com/danielgtaylor/huma/v2", "the OpenAPI document is made from the types"}}},
		{Path: "cmd/inkingi", Program: true, Std: []string{"database/sql", "net/http", "net", "os", "os/exec", "os/signal"}, Modules: []Module{
			{"github.com/alecthomas/kong", "flags, environment and file, each listed by help"},
			{"github.com/BurntSushi/toml", "the settings file"},
			{"github.com/schollz/progressbar/v3", "invention shows how far it is"},
			{"filippo.io/age", "opens backups"},
			{"github.com/prometheus/client_golang", "measurements"}}},
	}
	for _, pillar := range pillars {
		rooms = append(rooms, Room{Path: "internal/web/" + pillar, Std: []string{"net/http"}, Modules: []Module{templ},
			Rooms: join(shell, "internal/web/shell", "internal/paper", "internal/attachment", pillar)})
	}
	return rooms
}

func benchRooms() []Room {
	all := join(words, promises, sciences, pillars, "countries", "internal/account", "internal/lang", "internal/notice",
		"internal/store", "internal/reports", "internal/exchange", "internal/testkit/engine")
	return []Room{
		{Path: "internal/testkit", Rooms: all, Bench: true, Std: []string{"os", "net", "net/http", "os/exec"}},
		{Path: "internal/testkit/engine", Bench: true, Std: []string{"os", "net", "database/sql"}, Modules: []Module{
			{"github.com/jackc/pgx/v5", "makes and drops the databases of tests"}}},
		{Path: "internal/testkit/browser", Bench: true, Std: []string{"os", "net/http", "net"}, Modules: []Module{
			{"github.com/chromedp/chromedp", "drives Chromium"},
			{"github.com/chromedp/cdproto", "its protocol"}}},
		{Path: "internal/access/accesstest", Rooms: join(words, "internal/access"), Bench: true},
		{Path: "internal/archtest", Bench: true, Std: []string{"os"}},
		{Path: "tools/tally", Program: true, Std: []string{"os"}},
		{Path: "tools/assets", Program: true, Std: []string{"os", "os/exec", "log"}, Modules: []Module{
			{"github.com/evanw/esbuild", "bundles what the browser gets; a tool, not in the program"},
			{"github.com/andybalholm/brotli", "compresses it once"}}},
		{Path: "tools/load", Program: true, Std: []string{"os", "net", "net/http"}},
	}
}

// join lists rooms and lists of rooms.
func join(first []string, more ...any) []string {
	all := append([]string(nil), first...)
	for _, m := range more {
		switch m := m.(type) {
		case string:
			all = append(all, m)
		case []string:
			all = append(all, m...)
		}
	}
	return all
}
