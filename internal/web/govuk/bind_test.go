package govuk

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/a-h/templ"
)

// bind fills a component from the options of a fixture. It stands in for what
// Nunjucks does with untyped values, and is the only place that makes
// components of raw HTML. An option that no field takes is an error, so that a
// new version of govuk-frontend cannot bring one unseen.
func bind[T any](options map[string]any) (T, error) {
	var p T
	err := bindValue("", options, reflect.ValueOf(&p).Elem())
	return p, err
}

var (
	componentType  = reflect.TypeFor[templ.Component]()
	attributesType = reflect.TypeFor[templ.Attributes]()
	maybeType      = reflect.TypeFor[Maybe]()
)

func bindValue(path string, v any, dst reflect.Value) error {
	switch {
	case dst.Type() == componentType:
		if m, ok := v.(map[string]any); ok {
			v = m["html"]
		}
		if truthy(v) {
			dst.Set(reflect.ValueOf(templ.Raw(said(v))))
		}
		return nil
	case dst.Type() == attributesType:
		m, _ := v.(map[string]any)
		a := templ.Attributes{}
		for k, x := range m {
			a[k] = said(x)
		}
		dst.Set(reflect.ValueOf(a))
		return nil
	case dst.Type() == maybeType:
		b, ok := v.(bool)
		if !ok {
			return fmt.Errorf("%s: %v is not a choice", path, v)
		}
		dst.Set(reflect.ValueOf(Is(b)))
		return nil
	}
	return bindKind(path, v, dst)
}

func bindKind(path string, v any, dst reflect.Value) error {
	switch dst.Kind() {
	case reflect.Struct:
		return bindStruct(path, v, dst)
	case reflect.Pointer:
		dst.Set(reflect.New(dst.Type().Elem()))
		return bindValue(path, v, dst.Elem())
	case reflect.Slice:
		list, _ := v.([]any)
		dst.Set(reflect.MakeSlice(dst.Type(), len(list), len(list)))
		for i, x := range list {
			if err := bindValue(path+"["+strconv.Itoa(i)+"]", x, dst.Index(i)); err != nil {
				return err
			}
			if !truthy(x) {
				dst.Index(i).SetZero()
			}
		}
	case reflect.Map:
		m := map[string]string{}
		for k, x := range v.(map[string]any) {
			m[k] = said(x)
		}
		dst.Set(reflect.ValueOf(m))
	case reflect.String:
		dst.SetString(said(v))
	case reflect.Bool:
		dst.SetBool(truthy(v))
	case reflect.Int:
		f, _ := v.(float64)
		dst.SetInt(int64(f))
	default:
		return fmt.Errorf("%s: cannot fill %s", path, dst.Type())
	}
	return nil
}

func bindStruct(path string, v any, dst reflect.Value) error {
	if s, ok := v.(string); ok && s != "" && dst.Type() == reflect.TypeFor[NavEnd]() {
		v = map[string]any{"html": s}
	}
	m, ok := v.(map[string]any)
	if !ok && truthy(v) {
		return fmt.Errorf("%s: %v is not an object", path, v)
	}
	for key, x := range m {
		name := key
		if strings.HasSuffix(path, ".formGroup") {
			name = strings.TrimSuffix(key, "s")
			if key == "classes" || key == "attributes" {
				name = key
			}
		}
		f := dst.FieldByNameFunc(func(n string) bool { return strings.EqualFold(n, name) })
		if !f.IsValid() {
			return fmt.Errorf("%s: %s has no field for %q", path, dst.Type(), key)
		}
		if x == nil {
			continue
		}
		if err := bindValue(path+"."+key, x, f); err != nil {
			return err
		}
	}
	untyped(dst.Addr().Interface(), v, m)
	return nil
}

// untyped sets the fields that Nunjucks reads from the absence of a value or
// from a value of another kind.
func untyped(p any, v any, m map[string]any) {
	switch p := p.(type) {
	case *ErrorMessage:
		x, given := m["visuallyHiddenText"]
		p.Plain = given && !truthy(x)
	case *SelectItem:
		_, given := m["value"]
		p.NoValue = m != nil && !given
	case *DateItem:
		p.Omit = v == false
	}
}

// truthy is what JavaScript holds for true.
func truthy(v any) bool {
	switch v := v.(type) {
	case nil:
		return false
	case bool:
		return v
	case string:
		return v != ""
	case float64:
		return v != 0
	}
	return true
}

// said is how JavaScript writes a value.
func said(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case bool:
		return strconv.FormatBool(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return ""
}
