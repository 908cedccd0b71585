package vault

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"":                                    "",
		"  \t\n":                              "",
		"O'Brien":                             "obrien",
		"OBRIEN":                              "obrien",
		"O’Brien":                             "obrien",
		"O´Brien":                             "obrien",
		"O`Brien":                             "obrien",
		"N'dayi":                              "ndayi",
		"Nʼdayi":                              "ndayi",
		"Bénédicte":                           "benedicte",
		"Be\u0301ne\u0301dicte":               "benedicte",
		"JEAN-BAPTISTE":                       "jean baptiste",
		"Jean – Baptiste":                     "jean baptiste",
		"Mo- MAMO":                            "mo mamo",
		"In\u200bama\u200dho\ufeffro":         "inamahoro",
		"\u202einamahoro":                     "inamahoro",
		"ina\u00admahoro":                     "inamahoro",
		"ＩＮＡＭＡＨＯＲＯ":                           "inamahoro",
		"ﬁacre":                               "fiacre",
		"Cœur, Lætitia":                       "coeur laetitia",
		"Straße STRASSE":                      "strasse strasse",
		"Łukasz Ørsted":                       "lukasz orsted",
		"İbrahim ıbrahim":                     "ibrahim ibrahim",
		"ΣΊΣΥΦΟΣ":                             "σισυφοσ",
		"σίσυφος":                             "σισυφοσ",
		"Марія":                               "маріа",
		"٠٧٩ ۰۷۹ ०७९":                         "079 079 079",
		"<b>Ineza</b>":                        "b ineza b",
		"a\xffb":                              "a b",
		"Dr. Ineza\u00a0(№ 2)":                "dr ineza no 2",
		"أحمد":                                "احمد",
		strings.Repeat("e\u0301", 3) + "\x00": "eee",
	} {
		if in == "Марія" { // і is not й: only true accents fall away
			want = "марія"
		}
		if got := Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

// equals says whether a record saved with one text is found by the other.
func equals(b *bench, org ids.Org, kind IndexKind, saved, asked string) bool {
	have := tokensOf(b, org, kind, saved)
	ask := tokensOf(b, org, kind, asked)
	for _, token := range ask {
		if !slices.ContainsFunc(have, func(h []byte) bool { return bytes.Equal(h, token) }) {
			return false
		}
	}
	return len(ask) > 0
}

func TestTokens(t *testing.T) {
	b := newBench(t)
	org := ids.New[ids.Org]()
	for _, c := range []struct {
		kind         IndexKind
		saved, asked string
		found        bool
	}{
		{Words, "Inamahoro Ineza", "ineza", true},
		{Words, "Inamahoro Ineza", "INEZA inamahoro", true},
		{Words, "Inamahoro Ineza", "ineza keza", false},
		{Words, "Inamahoro", "inama", false},
		{Words, "O'Brien", "OBRIEN", true},
		{Words, "N’dayi", "ndayi", true},
		{Words, "Jean-Baptiste", "baptiste jean", true},
		{Words, "Bénédicte", "Benedicte", true},
		{Words, "In\u200bama\u200dhoro", "Inamahoro", true},
		{Words, "Busokoza", "Bosokoza", false},
		{Words, "Ineza", "", false},
		{Phonetic, "Busokoza", "Bosokoza", true},
		{Phonetic, "Bigirimana", "Bigilimana", true},
		{Phonetic, "Ntakarutimana", "Ntakirutimana", false},
		{Phonetic, "Ndikumana", "Ndikumasabo", false},
		{Phonetic, "Sindayigaya", "Sindayihebura", false},
		{Phonetic, "Nsabimana", "Nsavyimana", false},
		{Phonetic, "Niyonzima", "Nyonzima", true},
		{Phonetic, "Niyonzima", "Nionzima", true},
		{Phonetic, "Cishahayo", "Tshishahayo", true},
		{Phonetic, "Cishahayo", "Chishahayo", true},
		{Phonetic, "Nduwaayo", "Nduwayo", true},
		{Phonetic, "Rwanda", "Rouanda", true},
		{Phonetic, "Bukuru", "Boukourou", true},
		{Phonetic, "Ndayi", "Dayi", true},
		{Phonetic, "Kanda", "Kada", false},
		{Phonetic, "Nd", "D", false},
		{Phonetic, "Thérence", "Térence", true},
		{Phonetic, "Ineza", "Keza", false},
		{Phonetic, "Uwimana", "Ubimana", false},
		{Phonetic, "12 34", "12", false},
		{Digits, "079 12 34 56", "+257 79 12 34 56", true},
		{Digits, "79123456", "00257 79.12.34.56", true},
		{Digits, "+257 (0) 79-12-34-56", "079123456", true},
		{Digits, "0788 123 456", "+250 788 123 456", true},
		{Digits, "٠٧٩١٢٣٤٥٦", "79123456", true},
		{Digits, "７９１２３４５６", "79\u200b123456", true},
		{Digits, "79123456 / 68111222", "68 11 12 22", true},
		{Digits, "79123456 68111222", "68 11 12 22", true},
		{Digits, "79123456, maman 68111222", "79123456", true},
		{Digits, "79123456", "79123457", false},
		{Digits, "79123456", "123456", false},
		{Digits, "117", "117", false},
		{Digits, "the tailor", "the tailor", false},
	} {
		if got := equals(b, org, c.kind, c.saved, c.asked); got != c.found {
			t.Errorf("%s: saved %q, asked %q: found %v", c.kind, c.saved, c.asked, got)
		}
	}
}

func TestTokensTellNothing(t *testing.T) {
	b := newBench(t)
	org := ids.New[ids.Org]()
	a, z := tokensOf(b, org, Words, "ineza keza ineza"), tokensOf(b, org, Words, "keza ineza")
	if len(a) != 2 || !slices.EqualFunc(a, z, bytes.Equal) {
		t.Error("each word once, in no order of the text")
	}
	for _, token := range a {
		if len(token) != tokenSize {
			t.Errorf("%d bytes", len(token))
		}
	}
	// "keza" is its own sound: only the kind keeps the tokens apart.
	if bytes.Equal(tokensOf(b, org, Words, "keza")[0], tokensOf(b, org, Phonetic, "keza")[0]) {
		t.Error("two kinds meet")
	}
	if bytes.Equal(tokensOf(b, org, Words, "keza")[0], tokensOf(b, ids.New[ids.Org](), Words, "keza")[0]) {
		t.Error("two organisations meet")
	}
	for _, kind := range []IndexKind{"", "prefix"} {
		_, err := b.vault.Tokens(t.Context(), b.keys, org, kind, "keza")
		refuses(t, err, fault.Internal, "vault.index.kind")
	}
	_, err := (*Index)(nil).Tokens(Words, "keza")
	refuses(t, err, fault.Internal, "vault.index.kind")
}

func TestTokensOfText(t *testing.T) {
	b := newBench(t)
	org, subject, w := ids.New[ids.Org](), somebody(), cell()
	k := b.key(org, subject)
	sealed := b.sealed(subject, w, b.seal(k, w, planted))
	x, err := b.vault.Index(t.Context(), b.keys, org)
	b.must(err)
	want := tokensOf(b, org, Words, planted)
	for name, text := range map[string]Text{"clear": Clear(planted), "sealed": sealed} {
		got, err := x.TokensOf(Words, text)
		if err != nil || !slices.EqualFunc(got, want, bytes.Equal) {
			t.Error(name, err)
		}
	}
	if got, err := x.TokensOf(Words, Text{}); got != nil || err != nil {
		t.Error(got, err)
	}
	delete(b.keys.subjects, subject)
	_, err = x.TokensOf(Words, b.sealed(subject, w, []byte{1}))
	refuses(t, err, fault.NotFound, "vault.erased")
}

// TestObservedVariants holds the sounds to what was seen in public lists: which
// differences are one name written twice, and which are two people. The names here
// are invented and differ as those of the lists do; the lists themselves stay outside
// the repository (shared/README.md), and are held to the same where they are beside it.
func TestObservedVariants(t *testing.T) {
	rows := [][]string{
		{"forename", "Odelfine", "Odèlfine", "an accent"},
		{"forename", "Melisante", "Mélisànte", "two accents"},
		{"forename", "Ildephore", "ILDÉPHORE", "capitals"},
		{"person", "Wobokoza Berine", "Wubokoza Berine", "vowel o/u"},
		{"person", "Wezombra-Mo Mamu", "Wezombra Mo- MAMO", "hyphen, capitals, vowel o/u"},
		{"surname_confusable_DIFFERENT", "Wetakarutiza", "Wetakirutiza", "one letter"},
		{"surname_confusable_DIFFERENT", "Wezikumara", "Wezikumasavo", "one stem"},
		{"surname_confusable_DIFFERENT", "Qindayigoya", "Qindayihevura", "one stem"},
		{"surname_confusable_DIFFERENT", "Wesabimara", "Wesavyimara", "b and vy"},
	}
	if got := heard(t, rows); got != len(rows) {
		t.Errorf("only %d rows were read", got)
	}
	f, err := os.Open(filepath.Join("..", "..", "..", "shared", "data", "names", "spelling_variants_observed.csv"))
	if err != nil {
		t.Log("without the public lists, which stay in ../shared")
		return
	}
	defer f.Close()
	observed, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if got := heard(t, observed[1:]); got < 7 {
		t.Errorf("only %d rows were read", got)
	}
}

// heard compares how the two spellings of each row sound, and counts the rows it
// compared: kind, one spelling, the other, what differs.
func heard(t *testing.T, rows [][]string) (read int) {
	t.Helper()
	for _, row := range rows {
		a, b := strings.Join(Sound(row[1]), " "), strings.Join(Sound(row[2]), " ")
		switch {
		case row[0] == "surname_confusable_DIFFERENT":
			if a == b {
				t.Errorf("two people at row %q are one: %q", row[3], a)
			}
		case row[0] == "forename", row[0] == "person" && strings.Contains(row[3], "vowel"):
			if a != b {
				t.Errorf("a variant at row %q is lost: %q, %q", row[3], a, b)
			}
		default:
			continue
		}
		read++
	}
	return read
}
