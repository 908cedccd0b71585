package linkage_test

import (
	"encoding/csv"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"inkingi/science/linkage"
)

func reference(t testing.TB, into any, name ...string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(append([]string{"testdata"}, name...)...))
	if err == nil {
		err = json.Unmarshal(text, into)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// beside opens a file that stays in ../shared, or skips the test and names it.
func beside(t testing.TB, name string) *os.File {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "..", "..", "shared", name))
	if err != nil {
		t.Skipf("stays in ../shared/%s, which is not here", name)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// The values are those of R: RecordLinkage 0.4-12.5 and stringdist.
func TestStringComparatorsEqualR(t *testing.T) {
	var rows []struct {
		A, B         string
		JaroWinkler  float64 `json:"jarowinkler"`
		Jaro         float64 `json:"jw_stringdist_p0"`
		OSA, DL, LV  int
		LevenshteinS float64 `json:"levenshteinSim"`
	}
	reference(t, &rows, "string_comparators.json")
	if len(rows) < 10 {
		t.Fatalf("only %d rows", len(rows))
	}
	for _, r := range rows {
		if got := linkage.JaroWinkler(r.A, r.B); math.Abs(got-r.JaroWinkler) > 1e-12 {
			t.Errorf("Jaro-Winkler of %s and %s is %.13f, R says %.13f", r.A, r.B, got, r.JaroWinkler)
		}
		if got := linkage.Jaro(r.A, r.B); math.Abs(got-r.Jaro) > 1e-12 {
			t.Errorf("Jaro of %s and %s is %.13f, R says %.13f", r.A, r.B, got, r.Jaro)
		}
		if got := linkage.Damerau(r.A, r.B); got != r.OSA {
			t.Errorf("Damerau of %s and %s is %d, R says %d", r.A, r.B, got, r.OSA)
		}
		if got := linkage.Levenshtein(r.A, r.B); got != r.LV {
			t.Errorf("Levenshtein of %s and %s is %d, R says %d", r.A, r.B, got, r.LV)
		}
	}
}

func TestSoundsOfKirundi(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"Bosokoza", "Busokoza", true}, {"Ntakarutimana", "Ntakirutimana", false},
		{"Ndikumana", "Ndikumasabo", false}, {"Nsabimana", "Nsavyimana", false},
		{"Bigilimana", "Bigirimana", true}, {"Ndayishimiye", "Ndayishimie", true},
		{"Nduwaayo", "Nduwayo", true}, {"Cimpaye", "Tshimpaye", true}, {"Cimpaye", "Chimpaye", true},
		{"Rouanda", "Rwanda", true}, {"Térence", "Therence", true}, {"N’Dayizeye", "Ndayizeye", true},
		{"Niyonkuru", "Niyongabo", false}, {"Karusi", "Karuzi", false},
	} {
		if got := linkage.Sounds(c.a) == linkage.Sounds(c.b); got != c.same {
			t.Errorf("%s (%s) and %s (%s): one sound is %v", c.a, linkage.Sounds(c.a), c.b, linkage.Sounds(c.b), got)
		}
	}
}

func TestNamesAreSets(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want float64
	}{
		{"Nzigamasabo Jean Baptiste", "Baptiste Yohani NZIGAMASABO", 1},
		{"Nzigamasabo Jean Baptiste", "Nzigamasabo J Baptiste", 2.5 / 3},
		{"Dr. Bigirindavyi Ildéphonse", "Bigirindavyi Ildephonse", 1},
		{"Bazirahomponyo ye", "Bazirahomponyoye", 1},
		{"Nduwimana Marie", "Mariya Nduwimana", 1},
		{"Ntakarutimana Pierre", "Ntakirutimana Petero", 0.5},
		{"", "Minani", 0},
	} {
		if got, _ := linkage.Shared(linkage.Words(c.a), linkage.Words(c.b)); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%s and %s share %.3f, not %.3f", c.a, c.b, got, c.want)
		}
	}
	if linkage.NameKey("Jean-Baptiste") != linkage.NameKey("Baptiste", "Yohani") {
		t.Error("Jean-Baptiste and Baptiste Yohani have two keys")
	}
}

// The lists of names stay outside: shared/README.md.
func TestSoundsKeepPublishedSurnamesApart(t *testing.T) {
	rows, err := csv.NewReader(beside(t, "data/names/burundi_surnames.csv")).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]string{}
	for _, r := range rows[1:] {
		key := linkage.Sounds(r[0])
		if other, ok := seen[key]; ok && key != linkage.Sounds("Bosokoza") {
			t.Errorf("two surnames of the list are one key: %q, %q", other, r[0])
		}
		seen[key] = r[0]
	}
	if len(seen) != len(rows)-2 { // Bosokoza is Busokoza
		t.Errorf("only %d surnames", len(seen))
	}
}

// The table of names: every form folded, in one line and no other, and each line more than
// one sound; else a line does nothing or undoes another.
func TestTableOfNames(t *testing.T) {
	text, err := os.ReadFile("names.csv")
	if err != nil {
		t.Fatal(err)
	}
	lines, line := map[string]int{}, 0
	for row := range strings.Lines(string(text)) {
		row = strings.TrimSpace(row)
		if row == "" || row[0] == '#' {
			continue
		}
		line++
		sounds := map[string]bool{}
		for form := range strings.SplitSeq(row, ",") {
			if linkage.Fold(form) != form || strings.Contains(form, " ") {
				t.Errorf("%q is not one folded word", form)
			}
			if other, taken := lines[linkage.Sound(form)]; taken && other != line {
				t.Errorf("%q sounds like a form of another line", form)
			}
			lines[linkage.Sound(form)] = line
			sounds[linkage.Sound(form)] = true
			first, _, _ := strings.Cut(row, ",")
			if linkage.Canonical(form) != linkage.Sound(first) {
				t.Errorf("%q is not a form of %q", form, first)
			}
		}
		if len(sounds) < 2 {
			t.Errorf("%q is one sound: the line does nothing", row)
		}
	}
	if line < 100 {
		t.Errorf("%d lines", line)
	}
	for _, two := range [][2]string{{"simon", "simeon"}, {"patrice", "patrick"}, {"etienne", "stephane"}, {"elisabeth", "isabelle"}, {"francois", "francis"}, {"marie", "marthe"}} {
		if linkage.Canonical(two[0]) == linkage.Canonical(two[1]) {
			t.Errorf("%s and %s are one name", two[0], two[1])
		}
	}
}

// Of the published given names only two spellings of one are one.
func TestTableKeepsPublishedForenamesApart(t *testing.T) {
	rows, err := csv.NewReader(beside(t, "data/names/burundi_forenames.csv")).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]string{}
	for _, r := range rows[1:] {
		key := linkage.NameKey(r[0])
		if other, ok := seen[key]; ok && linkage.Fold(other) != linkage.Fold(r[0]) {
			t.Errorf("%q and %q are one", other, r[0])
		}
		seen[key] = r[0]
	}
}

// No form is, by ear, a published surname: else two people would share a name who do not.
func TestTableHoldsNoSurname(t *testing.T) {
	rows, err := csv.NewReader(beside(t, "data/names/burundi_surnames.csv")).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows[1:] {
		if linkage.NameKey(r[0]) != linkage.Sounds(r[0]) {
			t.Errorf("%q is in the table", r[0])
		}
	}
}

func TestSpellingsObserved(t *testing.T) {
	rows, err := csv.NewReader(beside(t, "data/names/spelling_variants_observed.csv")).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	read := 0
	for _, r := range rows[1:] {
		share, _ := linkage.Shared(linkage.Words(r[1]), linkage.Words(r[2]))
		switch r[0] {
		case "person", "forename":
			if share < 0.8 {
				t.Errorf("row %q is lost: %.2f", r[3], share)
			}
		case "surname_confusable_DIFFERENT":
			if share != 0 {
				t.Errorf("row %q: two people share %.2f", r[3], share)
			}
		default:
			continue
		}
		read++
	}
	if read < 11 {
		t.Errorf("only %d rows", read)
	}
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"N’Dayi", "Ångström ﬁ", "Œuvre", "İı", "\xff\xfe", "Jean-Baptiste", "tshch", "ndndyy"} {
		f.Add(s, "x")
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		if once := linkage.Fold(a); linkage.Fold(once) != once {
			t.Errorf("folding %q twice changes it", a)
		}
		if j := linkage.JaroWinkler(a, b); j < 0 || j > 1 || math.Abs(j-linkage.JaroWinkler(b, a)) > 0.34 {
			t.Errorf("Jaro-Winkler of %q and %q is %v", a, b, j)
		}
		if linkage.Damerau(a, b) > linkage.Levenshtein(a, b) {
			t.Errorf("an exchange made %q and %q further apart", a, b)
		}
		linkage.NameKey(a, b)
	})
}

func unmarshal(t testing.TB, text []byte, into any) {
	t.Helper()
	if err := json.Unmarshal(text, into); err != nil {
		t.Fatal(err)
	}
}
