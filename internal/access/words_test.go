package access

import (
	"os"
	"strings"
	"testing"
)

// TestEveryRefusalAndActionIsSaid: the lang room cannot see the keys that stand
// in the policies and the registry, so they are looked for from here.
func TestEveryRefusalAndActionIsSaid(t *testing.T) {
	keys := []string{"access.refused.role", "access.refused.reach"}
	for _, key := range policy(t).keys {
		if key != "" {
			keys = append(keys, key)
		}
	}
	for _, i := range Actions() {
		keys = append(keys, i.Key)
	}
	for _, code := range []string{"fr", "en"} {
		text, err := os.ReadFile("../lang/messages/access." + code + ".toml")
		if err != nil {
			t.Fatal(err)
		}
		for _, key := range keys {
			if !strings.Contains(string(text), "\n\""+key+"\" = \"") {
				t.Errorf("%s: %s is not said", code, key)
			}
		}
	}
}
