package linkage_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"inkingi/science/linkage"
)

// inventor makes people who do not exist: surnames put together from stems of
// Kirundi, given names that are frequent or rare, birthdays with estimated ones.
// A tenth come twice, with slips, other spellings, fields exchanged or left out.
type inventor struct {
	*rand.Rand
	given, surnames, communes []string
}

func newInventor(seed uint64) *inventor {
	v := &inventor{Rand: rand.New(rand.NewPCG(seed, 7))}
	for _, a := range strings.Fields("nda nta niyo hari haba bigi mani nzi nko sabi hake kubwi ngeza twa muhi") {
		for _, b := range strings.Fields("yi ro gu bo mwe ki shi ndi ra ho zi nga") {
			for _, c := range strings.Fields("kure rugo sanze hunga bona tora vuga heba senye kira rema gisa") {
				v.surnames = append(v.surnames, a+b+c)
			}
		}
	}
	v.given = strings.Fields("jean marie pierre paul joseph jacques andre luc marc etienne david daniel elisabeth anne marthe madeleine thomas simon samuel rachel esther eve josue elie zacharie antoine charles laurent nicolas vincent catherine therese veronique agnes monique denis emile solange alice beatrice claudette diane edith fabiola ginette hortense irene janviere")
	for i := range 119 {
		v.communes = append(v.communes, "commune"+string(rune('a'+i%26))+string(rune('a'+i/26)))
	}
	return v
}

// zipf picks small places more often.
func (v *inventor) zipf(list []string) string {
	u := v.Float64()
	return list[int(u*u*float64(len(list)))]
}

type invention struct{ surname, given, born, sex, commune, phone string }

func (v *inventor) person() invention {
	y := 1950 + v.IntN(65)
	born := fmt.Sprintf("%04d-%02d-%02d", y, 1+v.IntN(12), 1+v.IntN(28))
	if v.IntN(5) == 0 {
		born = fmt.Sprintf("%04d-01-01", y)
	}
	phone := ""
	if v.IntN(2) == 0 {
		phone = fmt.Sprintf("%08d", 60_000_000+v.IntN(20_000_000))
	}
	given := v.zipf(v.given)
	if v.IntN(3) == 0 {
		given += " " + v.zipf(v.given)
	}
	return invention{v.zipf(v.surnames), given, born, []string{"F", "M"}[v.IntN(2)], v.zipf(v.communes), phone}
}

func (v *inventor) slip(s string) string {
	if len(s) < 4 {
		return s
	}
	i := 1 + v.IntN(len(s)-2)
	switch v.IntN(3) {
	case 0:
		return s[:i] + s[i+1:]
	case 1:
		return s[:i] + string(s[i+1]) + string(s[i]) + s[i+2:]
	}
	return s[:i] + string(rune('a'+v.IntN(26))) + s[i+1:]
}

func (v *inventor) again(p invention) invention {
	if v.IntN(3) == 0 {
		p.surname = strings.NewReplacer("r", "l", "u", "ou", "shi", "chi").Replace(p.surname)
	}
	if v.IntN(5) == 0 {
		p.surname = v.slip(p.surname)
	}
	if v.IntN(6) == 0 {
		p.given = v.slip(p.given)
	}
	if v.IntN(8) == 0 {
		p.born = p.born[:4] + "-01-01"
	}
	if v.IntN(10) == 0 {
		p.commune = ""
	}
	if v.IntN(5) == 0 {
		p.phone = ""
	}
	if v.IntN(20) == 0 {
		p.surname, p.given = p.given, p.surname
	}
	return p
}

// table is n records as a file, person in the last column.
func (v *inventor) table(n int) string {
	var b strings.Builder
	b.Grow(n * 80)
	b.WriteString("record_id,surname,given_name,date_of_birth,sex,commune,phone,person_id\n")
	people := n * 10 / 11
	row := 0
	write := func(p invention, who int) {
		row++
		fmt.Fprintf(&b, "%d,%s,%s,%s,%s,%s,%s,%d\n", row, p.surname, p.given, p.born, p.sex, p.commune, p.phone, who)
	}
	for who := range people {
		p := v.person()
		write(p, who)
		if row < n && (who%10 == 0 || n-row > people-who-1) {
			write(v.again(p), who)
		}
	}
	return b.String()
}

// The precision and recall are what was measured, less a margin; a table of
// invented people says that nothing broke, not how well real people are found.
func TestInventedPeopleAreFound(t *testing.T) {
	table := &linkage.Table{}
	if err := table.Read(strings.NewReader(newInventor(1).table(20_000)), nil); err != nil {
		t.Fatal(err)
	}
	m, err := linkage.NewModel(table)
	if err != nil {
		t.Fatal(err)
	}
	r, err := linkage.Run(t.Context(), table, m, linkage.Options{Train: true})
	if err != nil {
		t.Fatal(err)
	}
	truth, _ := table.Truth("person_id")
	a := truth.Of(r.At(0.5))
	t.Logf("%d pairs of %d people twice: %+v; rules %v", r.Pairs, truth.Pairs, a, r.Rules)
	if a.Precision < 0.95 || a.Recall < 0.90 {
		t.Errorf("precision %.3f, recall %.3f", a.Precision, a.Recall)
	}
}

func BenchmarkMillion(b *testing.B) {
	text := newInventor(2).table(1_000_000)
	for b.Loop() {
		table := &linkage.Table{}
		if err := table.Read(strings.NewReader(text), nil); err != nil {
			b.Fatal(err)
		}
		m, err := linkage.NewModel(table)
		if err != nil {
			b.Fatal(err)
		}
		r, err := linkage.Run(b.Context(), table, m, linkage.Options{Train: true})
		if err != nil {
			b.Fatal(err)
		}
		table.Clusters(r.At(0.5))
		b.ReportMetric(float64(r.Pairs), "pairs")
	}
}
