package protection

import (
	"reflect"
	"slices"
	"testing"

	"inkingi/internal/ids"
)

// Whatever hangs on a case is in the list that keeps joined files still: a record that
// somebody adds to a change and forgets here fails this test.
func TestFilesOfAChange(t *testing.T) {
	apart := []string{"Complaints", "Glasses", "Erase"} // see Files; what is erased is erased in the whole family
	one := ids.New[ids.Case]()
	kind := reflect.TypeFor[Change]()
	found := 0
	for i := range kind.NumField() {
		f := kind.Field(i)
		if f.Type.Kind() != reflect.Slice || f.Type.Elem().Kind() != reflect.Struct {
			continue
		}
		x := reflect.New(f.Type.Elem()).Elem()
		name := "Case"
		if f.Name == "Cases" {
			name = "ID"
			x.FieldByName("Version").SetInt(1)
		}
		in := x.FieldByName(name)
		if !in.IsValid() || in.Type() != reflect.TypeFor[ids.Case]() {
			continue
		}
		found++
		in.Set(reflect.ValueOf(one))
		var c Change
		reflect.ValueOf(&c).Elem().Field(i).Set(reflect.Append(reflect.MakeSlice(f.Type, 0, 1), x))
		if got := slices.Contains(c.Files(), one); got == slices.Contains(apart, f.Name) {
			t.Errorf("%s: among the files %v", f.Name, got)
		}
	}
	if found < 28 {
		t.Errorf("only %d kinds of records were found", found)
	}
	if all := (Change{Cases: []Case{{ID: one}}, Events: []Event{{}}}).Files(); len(all) != 0 {
		t.Errorf("a new case is a file: %v", all)
	}
}
