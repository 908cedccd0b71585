package disclosure_test

import (
	"os"
	"strings"
	"testing"

	"inkingi/science/disclosure"
)

// survey reads a file of the tests.
func survey(t testing.TB, name string, o disclosure.SurveyReading) *disclosure.Survey {
	t.Helper()
	f, err := os.Open("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	s, err := disclosure.ReadSurvey(f, o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func surveyOf(t testing.TB, text string, o disclosure.SurveyReading) *disclosure.Survey {
	t.Helper()
	s, err := disclosure.ReadSurvey(strings.NewReader(text), o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func keys(names ...string) disclosure.Reading { return disclosure.Reading{Keys: names} }

// testdata is sdcMicro's file of 4,580 persons with the keys of its reference.
func testdata(t testing.TB) *disclosure.Survey {
	t.Helper()
	return survey(t, "sdcmicro_testdata.csv", disclosure.SurveyReading{Weights: "sampling_weight", Household: "ori_hid",
		Reading: keys("urbrur", "roof", "walls", "water", "electcon", "relat", "sex")})
}

func francdat(t testing.TB) *disclosure.Survey {
	t.Helper()
	return survey(t, "sdcmicro_francdat.csv", disclosure.SurveyReading{Weights: "w", Reading: keys("Key1", "Key2", "Key3", "Key4")})
}
