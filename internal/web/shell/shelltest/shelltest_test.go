package shelltest

import (
	"strings"
	"testing"
)

func TestWhatIsWrongIsFound(t *testing.T) {
	page := func(body string) string {
		return `<!doctype html><html lang="fr"><head><title>A</title></head><body><h1>A</h1>` + body + `</body></html>`
	}
	cases := []struct{ name, page, says string }{
		{"nothing", page(`<form method="post" action="/a"><label for="a">A</label><input id="a" name="a"></form>`), ""},
		{"an address", page(`<p>keza@maison.example.org, www.example.org</p>`), ""},
		{"two h1", page(`<h1>B</h1>`), "2 h1"},
		{"another language", strings.Replace(page(""), `"fr"`, `"en"`, 1), "not \"fr\""},
		{"no title", strings.Replace(page(""), "<title>A", "<title>", 1), "no title"},
		{"a raw key", page(`<p>signal.danger.label</p>`), "a raw key: signal.danger.label"},
		{"a raw key in an attribute", page(`<svg aria-label="signal.danger"></svg>`), "a raw key"},
		{"no label", page(`<input id="a" name="a">`), "the field a has no label"},
		{"a label for another", page(`<label for="b">B</label><select id="a" name="a"></select>`), "no label"},
		{"an empty label", page(`<label for="a"></label><input id="a" name="a">`), "an empty label"},
		{"a style", page(`<p style="color:red">x</p>`), "style"},
		{"a handler", page(`<p onclick="x()">x</p>`), "onclick"},
		{"a script", page(`<script>x()</script>`), "inline <script>"},
		{"two of a name", page(`<p id="a">x</p><p id="a">y</p>`), "2 elements are called a"},
		{"a dead link", page(`<a href="#b">x</a>`), "#b"},
		{"no legend", page(`<fieldset><p>x</p></fieldset>`), "without legend"},
		{"an empty link", page(`<a href="/x"></a>`), "an empty <a>"},
		{"a broken sentence", page(`<p>Reste &lt;no value&gt;</p>`), "broken"},
		{"a form to nowhere", page(`<form method="post"></form>`), "where it goes"},
	}
	for _, one := range cases {
		got := strings.Join(Wrong("fr", one.page), "\n")
		if one.says == "" && got != "" || !strings.Contains(got, one.says) {
			t.Errorf("%s: got %q, want %q", one.name, got, one.says)
		}
	}
}
