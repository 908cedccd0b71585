package linkage

import "strings"

// Sound is the phonetic key of one folded word, by ear of Kirundi. Words that
// sound alike have one key; the key is itself a word and its own key.
//
// The rules, in order:
//
//  1. tsh, tch, ch, sch and sh are c; ph is f; dj is j; qu, q and ck are k;
//     x is ks; h after another consonant is silent (Thérence, Térence).
//  2. l is r: Bigilimana, Bigirimana. Kirundi has one sound for both.
//  3. o is u, so ou is u: Bosokoza, Busokoza (one deputy in two published lists).
//  4. A doubled letter is one: Nduwaayo, Nduwayo.
//  5. Before a vowel and after the first letter, iy and i are y, uw and u are w:
//     Ndayishimiye, Ndayishimie; Rouanda, Rwanda. Elsewhere y is i, w is u.
//  6. nd at the beginning is d before a vowel: Ndayizeye, Dayizeye.
//
// Kept apart on purpose, because they tell names apart: a and i (Ntakarutimana
// is not Ntakirutimana), b and v (Nsabimana, Nsavyimana), s and z, and the
// nasals inside a word (nt, mb, ng).
//
// Rules 1 to 4 are what shared lists of names show; 5 and 6 are judgement. When
// it misleads: theophoric surnames share long stems (Ndikumana, Ndikumasabo), so
// likeness by letters says little of them; the key never joins those. It knows
// nothing of tone or vowel length, which writing leaves out.
func Sound(word string) string {
	b := single(heard(word))
	b = single(glided(b))
	if len(b) > 2 && b[0] == 'n' && b[1] == 'd' && vowel(b, 2) {
		b = b[1:]
	}
	return string(b)
}

// Sounds is the key of a text of several words: the keys, one space between.
func Sounds(s string) string {
	words := strings.Fields(Fold(s))
	for i, w := range words {
		words[i] = Sound(w)
	}
	return strings.Join(words, " ")
}

// spelling is a way to write a sound, and the letters of the key for it.
type spelling struct{ written, heard string }

// spellings are rules 1 to 3, by first letter, the longest first.
func spellings(first byte) []spelling {
	switch first {
	case 't':
		return []spelling{{"tsh", "c"}, {"tch", "c"}, {"th", "t"}}
	case 'c':
		return []spelling{{"ch", "c"}, {"ck", "k"}}
	case 's':
		return []spelling{{"sch", "c"}, {"sh", "c"}}
	case 'p':
		return []spelling{{"ph", "f"}}
	case 'd':
		return []spelling{{"dj", "j"}, {"dh", "d"}}
	case 'q':
		return []spelling{{"qu", "k"}, {"q", "k"}}
	case 'x':
		return []spelling{{"x", "ks"}}
	case 'l':
		return []spelling{{"lh", "r"}, {"l", "r"}}
	case 'r', 'g', 'k', 'b', 'j', 'f', 'z', 'v':
		return []spelling{{string(first) + "h", string(first)}}
	case 'o':
		return []spelling{{"o", "u"}}
	}
	return nil
}

func heard(word string) []byte {
	var out []byte
next:
	for i := 0; i < len(word); {
		for _, s := range spellings(word[i]) {
			if strings.HasPrefix(word[i:], s.written) {
				out = append(out, s.heard...)
				i += len(s.written)
				continue next
			}
		}
		out = append(out, word[i])
		i++
	}
	return out
}

// single is rule 4; bytes of other alphabets are left alone.
func single(b []byte) []byte {
	var out []byte
	for i, c := range b {
		if i > 0 && c == b[i-1] && c < 0x80 && (c < '0' || c > '9') {
			continue
		}
		out = append(out, c)
	}
	return out
}

// glided is rule 5.
func glided(b []byte) []byte {
	var out []byte
	for i := 0; i < len(b); i++ {
		c := b[i]
		switch {
		case i > 0 && (c == 'i' && at(b, i+1, 'y') || c == 'u' && at(b, i+1, 'w')) && vowel(b, i+2):
			i++
			c = b[i]
		case i > 0 && c == 'i' && vowel(b, i+1), c == 'y' && vowel(b, i+1):
			c = 'y'
		case i > 0 && c == 'u' && vowel(b, i+1), c == 'w' && vowel(b, i+1):
			c = 'w'
		case c == 'y':
			c = 'i'
		case c == 'w':
			c = 'u'
		}
		out = append(out, c)
	}
	return out
}

func at(b []byte, i int, c byte) bool { return i < len(b) && b[i] == c }

func vowel(b []byte, i int) bool { return i < len(b) && strings.IndexByte("aeiou", b[i]) >= 0 }
