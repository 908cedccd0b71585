package protection

import (
	"strconv"

	"inkingi/internal/access"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// placesView is the second tap: how many places are free, now.
type placesView struct {
	voice
	protection.Service
}

// manyPlaces is how many numbers stand as buttons; more are typed.
const manyPlaces = 12

func (r *Rooms) placesForm(c *shell.Context) error {
	v, err := r.placesOf(c)
	if err != nil {
		return err
	}
	return c.Page(v.page())
}

func (r *Rooms) placesOf(c *shell.Context) (v placesView, err error) {
	id, err := shell.ID[ids.Service](c, "service")
	if err != nil {
		return v, err
	}
	v.voice = r.voice(c)
	if _, err = r.Desk.May(c, c.Who, access.DirectoryConfirm, access.Directory, id.UUID, access.ForReferral); err != nil {
		return v, err
	}
	v.Service, err = r.Desk.Service(c, c.Who, id)
	return v, err
}

func (v placesView) page() shell.Page {
	if v.IsShelter() && (v.c.Query("units") == "yes" || v.Value("units") == "yes") {
		return shell.Page{Title: v.T("stay.units"), Body: unitsPage(v), Section: navDirectory, Back: "/directory/" + v.ID.String() + "/places"}
	}
	return shell.Page{Title: v.T("duty.places"), Body: placesPage(v), Section: navDirectory, Back: "/work"}
}

// confirmPlaces keeps the number. Said twice it is the same word; when somebody
// else said another meanwhile, the page shows it.
func (r *Rooms) confirmPlaces(c *shell.Context) error {
	v, err := r.placesOf(c)
	if err != nil {
		return err
	}
	f := c.Form()
	if f.Value("free") == "" {
		f.Fail("free", "shell.number")
	}
	cmd := protection.ConfirmPlaces{Service: v.ID, Version: f.Version(), Free: f.Int("free", 0, 1000), Units: v.units(f)}
	if err = f.Err(); err == nil {
		err = r.Desk.ConfirmPlaces(c, c.Who, cmd)
	}
	if fault.Is(err, fault.Stale) && v.Free == cmd.Free && v.Service.Version == cmd.Version+1 {
		err = nil
	}
	if err != nil {
		return c.Again(err, v.page())
	}
	c.Notice("duty.places.kept")
	return c.Redirect("/work")
}

// units reads how many places each unit has; nil when the form was another.
func (v placesView) units(f *shell.Form) map[protection.Unit]int {
	if f.Value("units") != "yes" {
		return nil
	}
	all := map[protection.Unit]int{}
	for _, unit := range protection.Units {
		if name := protection.UnitField(unit); f.Value(name) != "" {
			all[unit] = f.Int(name, 0, 1000)
		}
	}
	return all
}

// unit is what stands in the box of a unit.
func (v placesView) unit(unit protection.Unit) string {
	name := protection.UnitField(unit)
	if n, said := v.Units[unit]; said {
		return v.Value(name, strconv.Itoa(n))
	}
	return v.Value(name)
}

// numbers are the buttons, from none to all.
func (v placesView) numbers() []string {
	most := manyPlaces
	if v.Capacity > 0 {
		most = min(most, v.Capacity)
	}
	var all []string
	for n := range most + 1 {
		all = append(all, strconv.Itoa(n))
	}
	return all
}

func (v placesView) more() bool { return v.Capacity == 0 || v.Capacity > manyPlaces }

func (v placesView) class(n string) string {
	if n == strconv.Itoa(v.Free) {
		return ""
	}
	return second
}
