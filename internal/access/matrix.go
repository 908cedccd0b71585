package access

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"

	"inkingi/internal/fault"
)

// cell is one square of the matrix.
type cell struct {
	role   Role
	action Action
}

// matrix is policies/matrix.csv: how far each role goes with each action.
type matrix map[cell]Reach

// Words that stand for several roles in the first column of the matrix.
const (
	everyone = "everyone"  // visitors too
	signedIn = "signed_in" // everyone with a post
)

// readMatrix reads lines of role, actions, reach, source. A line for a role
// adds to a line for everyone. A word nobody knows is a fault with its line.
func readMatrix(text io.Reader) (matrix, error) {
	r := csv.NewReader(text)
	r.Comment, r.FieldsPerRecord, r.TrimLeadingSpace = '#', 4, true
	if _, err := r.Read(); err != nil {
		return nil, fault.Wrap(fault.Internal, "access.matrix", err)
	}
	m := matrix{}
	for {
		record, err := r.Read()
		if err == io.EOF {
			return m, nil
		}
		if err == nil {
			err = m.add(record)
		}
		if err != nil {
			at, _ := r.FieldPos(0)
			return nil, fault.Wrap(fault.Internal, "access.matrix", fmt.Errorf("matrix line %d: %w", at, err))
		}
	}
}

func (m matrix) add(record []string) error {
	reach, err := parseReach(record[2])
	if err != nil {
		return err
	}
	if strings.TrimSpace(record[3]) == "" {
		return fault.New(fault.Internal, "access.matrix_source")
	}
	names := rolesNamed(record[0])
	actions := strings.Fields(record[1])
	if len(names) == 0 || len(actions) == 0 {
		return fault.New(fault.Internal, "access.matrix_role")
	}
	for _, a := range actions {
		if _, ok := About(Action(a)); !ok {
			return fault.New(fault.Internal, "access.matrix_action")
		}
		for _, name := range names {
			m[cell{name, Action(a)}] |= reach
		}
	}
	return nil
}

func rolesNamed(word string) []Role {
	switch word {
	case everyone:
		return slices.DeleteFunc(Roles(), func(r Role) bool { return r == Program })
	case signedIn:
		return slices.DeleteFunc(Roles(), func(r Role) bool { return !r.Held() })
	}
	if info(Role(word)).side == "" {
		return nil
	}
	return []Role{Role(word)}
}

// know is the action of asking whether a record exists. Its reach is the union
// of everything the role may do with records of that kind: whoever may do
// nothing with a record may not know that it exists. (To be free to raise a
// signal is not to know of other signals: fresh actions do not count.)
const know Action = "know"

func (m matrix) known(r Role, k Kind) Reach {
	var union Reach
	for _, one := range registry {
		if one.Kind == k && !one.Fresh {
			union |= m[cell{r, one.Action}]
		}
	}
	return union
}
