package followthemoney

import (
	"encoding/json"
	"io"
	"slices"
	"unicode/utf8"

	"inkingi/internal/fault"
)

// Entity is one thing, or one relation between things.
type Entity struct {
	ID         string              `json:"id"`
	Schema     string              `json:"schema"`
	Properties map[string][]string `json:"properties"`
}

// add puts values that say something, each once.
func (e *Entity) add(property string, values ...string) {
	for _, v := range values {
		if v != "" && !slices.Contains(e.Properties[property], v) {
			if e.Properties == nil {
				e.Properties = map[string][]string{}
			}
			e.Properties[property] = append(e.Properties[property], v)
		}
	}
}

// Write sends entities, one JSON object a line, in their order; the properties of each
// by name. Nothing is sent when one of them does not keep to the schema, or points to
// what is not among them: Internal, and which schema and property, never the value.
func Write(out io.Writer, entities []Entity) error {
	if err := Check(entities); err != nil {
		return err
	}
	to := json.NewEncoder(out) // a map is written by name; one value a line
	to.SetEscapeHTML(false)
	for _, e := range entities {
		if err := to.Encode(e); err != nil {
			return fault.Wrap(fault.Internal, "followthemoney.write", err)
		}
	}
	return nil
}

// Check holds entities against the schema.
func Check(entities []Entity) error {
	byID := map[string]string{}
	for _, e := range entities {
		if _, known := schemata[e.Schema]; !known || e.ID == "" || byID[e.ID] != "" {
			return broken(e.Schema, "id")
		}
		byID[e.ID] = e.Schema
	}
	for _, e := range entities {
		for _, name := range required(e.Schema) {
			if len(e.Properties[name]) == 0 {
				return broken(e.Schema, name)
			}
		}
		for name, values := range e.Properties {
			p, known := property(e.Schema, name)
			if !known || len(values) == 0 {
				return broken(e.Schema, name)
			}
			for _, v := range values {
				if !utf8.ValidString(v) || !p.fits(v) || p.Type == "entity" && !is(byID[v], p.Range) {
					return broken(e.Schema, name)
				}
			}
		}
	}
	return nil
}

func broken(schema, property string) error {
	return fault.New(fault.Internal, "followthemoney.schema."+schema+"."+property)
}
