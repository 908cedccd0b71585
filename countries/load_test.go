package countries

import "testing"

func TestLoadBurundi(t *testing.T) {
	if _, err := Load("bdi"); err != nil {
		t.Fatal(err)
	}
}
