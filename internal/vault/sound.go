package vault

import "strings"

// Sound gives the sound of each word of a name, for names that are heard and
// written down as one hears them, by ear of Kirundi. It is for finding, never
// for deciding that two people are one: a person looks at what it finds.
//
// The rules, in order, on folded words:
//
//  1. ch, sh, tsh, tch are c; ph is f; dj is j; qu, q, ck are k; x is ks; h
//     after another consonant is not heard (Thérence, Térence). [S:PROCESS §11.3
//     for c/ch; the rest J]
//  2. l is r: Bigilimana, Bigirimana. Kirundi has one sound for both. [S:PROCESS §11.3]
//  3. o and u are one, and so ou is u: Bosokoza, Busokoza. [seen in published
//     lists of the same deputies]
//  4. A doubled letter is one: Nduwaayo, Nduwayo. [S:PROCESS §11.3]
//  5. Before a vowel and after the first letter, iy and i are y, uw and u are
//     w: Niyonzima, Nyonzima; Rouanda, Rwanda. Elsewhere y is i and w is u. [J]
//  6. nd at the beginning is d before a vowel: Ndayi, Dayi. Inside a word it is
//     left, as are nt, mb, ng, because they tell names apart. [J]
//
// Kept apart on purpose: a and i (Ntakarutimana is not Ntakirutimana), b and vy
// (Nsabimana, Nsavyimana), s and z. Limit: a name cut in two by a line break
// stays two words.
func Sound(s string) []string {
	var all []string
	for _, word := range strings.Fields(Fold(s)) {
		if strings.Trim(word, "0123456789") == "" {
			continue
		}
		if sounds := sound(word); sounds != "" {
			all = append(all, sounds)
		}
	}
	return all
}

// sound is the key of one folded word.
func sound(word string) string {
	b := single(consonants([]byte(word)))
	b = single(glides(b))
	if len(b) > 2 && b[0] == 'n' && b[1] == 'd' && vowel(b, 2) {
		b = b[1:]
	}
	return string(b)
}

// spelling is a written consonant and how it is heard.
type spelling struct{ written, heard string }

// spellings lists the consonants of several letters by their first one, the
// longest first, and the single letters that are heard as another.
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

// consonants applies rules 1 to 3.
func consonants(b []byte) []byte {
	var out []byte
next:
	for i := 0; i < len(b); {
		for _, s := range spellings(b[i]) {
			if strings.HasPrefix(string(b[i:]), s.written) {
				out = append(out, s.heard...)
				i += len(s.written)
				continue next
			}
		}
		out = append(out, b[i])
		i++
	}
	return out
}

// single applies rule 4.
func single(b []byte) []byte {
	var out []byte
	for i, c := range b {
		if i > 0 && c == b[i-1] && c < 0x80 {
			continue
		}
		out = append(out, c)
	}
	return out
}

// glides applies rule 5.
func glides(b []byte) []byte {
	var out []byte
	for i := 0; i < len(b); i++ {
		c := b[i]
		switch {
		case i > 0 && (c == 'i' && next(b, i, 'y') || c == 'u' && next(b, i, 'w')) && vowel(b, i+2):
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

func next(b []byte, i int, c byte) bool { return i+1 < len(b) && b[i+1] == c }

func vowel(b []byte, i int) bool { return i < len(b) && strings.IndexByte("aeiou", b[i]) >= 0 }
