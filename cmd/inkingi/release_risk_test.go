package main

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func risked(t *testing.T, args ...string) (answer riskAnswer, problem string) {
	t.Helper()
	out, problem, code := says(t, "", append([]string{"release", "--method", "risk", "--format", "json"}, args...)...)
	if code != 0 {
		t.Fatalf("%v: exit %d: %s", args, code, problem)
	}
	if err := json.Unmarshal([]byte(out), &answer); err != nil {
		t.Fatalf("%v: %v in %s", args, err, out)
	}
	return answer, problem
}

const fieldsFile = "../../science/disclosure/testdata/sdcmicro_testdata.csv"

// The figures of sdcMicro for its own test file, and no more values taken out than by it.
func TestReleaseMeasuresRisk(t *testing.T) {
	keys := []string{fieldsFile, "--keys", "urbrur,roof,walls,water,electcon,relat,sex", "--weights", "sampling_weight", "--household", "ori_hid", "--sensitive", "age"}
	out := filepath.Join(t.TempDir(), "out.csv")
	for k, most := range map[string]int{"2": 157, "3": 293, "5": 500} {
		a, _ := risked(t, append(keys, "--k", k, "--out", out)...)
		if a.Records != 4580 || a.Violations["2"] != 157 || a.Violations["3"] != 281 || a.Violations["5"] != 458 || len(a.Violations) != 3 ||
			math.Abs(a.Expected-10.778299) > 1e-6 || math.Abs(a.Global-0.0023533404) > 1e-9 || math.Abs(a.Household.Expected-51.812927) > 1e-6 ||
			a.Suda.Records != 157 || a.Suda.Score != 4890 || math.Abs(a.Suda.DIS-9.831091) > 1e-5 || math.Abs(a.Suda.Contributions["relat"]-92.597137) > 1e-6 ||
			len(a.Sensitive) != 1 || a.Sensitive[0].Kind != "ordered" || a.Suppressed.Total > most {
			t.Errorf("k %s: %+v", k, a)
		}
		text, err := os.ReadFile(out)
		lines := strings.Split(strings.TrimSpace(string(text)), "\n")
		if err != nil || len(lines) != 4581 || lines[0] != "urbrur,roof,walls,water,electcon,relat,sex,age" {
			t.Fatalf("%v: %d lines, first %q", err, len(lines), lines[0])
		}
		again, _ := risked(t, out, "--keys", "urbrur,roof,walls,water,electcon,relat,sex")
		if again.Violations[k] != 0 {
			t.Errorf("k %s: %d persons are left", k, again.Violations[k])
		}
	}
	said, _, code := says(t, "", append([]string{"release", "--method", "risk"}, keys...)...)
	for _, want := range []string{"4580 persons in 4580 rows, 412 different", "157", "51.8", "92.6  relat", "not to be published"} {
		if code != 0 || !strings.Contains(said, want) {
			t.Errorf("%q is not said: %s", want, said)
		}
	}
}

// The person is the unit: rows of one hide nobody; and what nobody said is warned of.
func TestReleaseRiskCountsPersons(t *testing.T) {
	file := put(t, "people.csv", "who;sex;form\nA;f;labour\nA;f;labour\nB;f;sexual\nB;f;labour\nC;m;\nD;m;begging\n")
	a, problem := risked(t, file, "--keys", "sex,form", "--unit", "who")
	if a.Records != 4 || a.Rows != 6 || a.Violations["2"] != 2 || a.Highest != 1 || strings.Contains(problem, "--unit") || !strings.Contains(problem, "1 of 4 persons have no value") {
		t.Errorf("%+v %s", a, problem)
	}
	a, problem = risked(t, file, "--keys", "sex,form")
	if a.Records != 6 || a.Violations["2"] != 1 || !strings.Contains(problem, "say --unit") || len(a.Warnings) != 2 {
		t.Errorf("%+v %s", a, problem)
	}
}

// A share of the population, several sensitive columns, and a model of the keys.
func TestReleaseRiskLooksFurther(t *testing.T) {
	keys := []string{fieldsFile, "--keys", "urbrur,roof,walls,water,electcon,relat,sex", "--weights", "sampling_weight"}
	a, _ := risked(t, keys...)
	if a.Suda.Fraction != 0.01 || math.Abs(a.Suda.DIS-9.831091) > 1e-5 || a.Joint != nil || a.Model.Alone != 157 || !(a.Model.Population > 0 && a.Model.Population < a.Model.Found && a.Model.Found < 157) {
		t.Errorf("%+v %+v %+v", a.Suda, a.Joint, a.Model)
	}
	if a, _ = risked(t, append(keys, "--fraction", "1")...); a.Suda.Fraction != 1 || a.Suda.DIS != 157 || a.Suda.HighestDIS != 1 {
		t.Errorf("of a register: %+v", a.Suda)
	}
	file := put(t, "tied.csv", "sex,place,form,recruiter\nf,A,labour,kin\nf,A,other,agency\nm,B,labour,kin\nm,B,labour,agency\nm,B,other,kin\nm,B,other,agency\n")
	a, _ = risked(t, file, "--keys", "sex,place", "--sensitive", "form,recruiter")
	if len(a.Sensitive) != 2 || a.Sensitive[0].Distinct != 2 || a.Sensitive[1].Distinct != 2 || a.Joint == nil || a.Joint.Distinct != 1 || a.Joint.One != 2 || a.Joint.C != 2 {
		t.Errorf("%+v %+v", a.Sensitive, a.Joint)
	}
	said, _, code := says(t, "", append([]string{"release", "--method", "risk", "--sensitive", "age,income", "--fraction", "0.2"}, keys...)...)
	for _, want := range []string{"DIS at 20 %", "persons of whom one tells another", "by a model in which the keys are independent"} {
		if code != 0 || !strings.Contains(said, want) {
			t.Errorf("%q is not said: %s", want, said)
		}
	}
}

func TestReleaseRiskRefuses(t *testing.T) {
	file, dir := rowsOfPeople(t), t.TempDir()
	out := filepath.Join(dir, "out.csv")
	for want, args := range map[string][]string{
		"--keys says what somebody may know": {file},
		"records as they are":                {file, "--keys", "sex,age", "--epsilon", "1"},
		"--k is at least 2":                  {file, "--keys", "sex,age", "--k", "1"},
		"--fraction is more than 0":          {file, "--keys", "sex,age", "--fraction", "1.5"},
		"written over another":               {file, "--keys", "sex,age", "--out", file},
		"the file is empty":                  {put(t, "empty.csv", ""), "--keys", "a,b"},
		"one column is left":                 {file, "--keys", "sex"},
		"there is no column \"house\"":       {file, "--keys", "sex,age", "--household", "house"},
		"row 2, column 3: a weight":          {put(t, "w.csv", "a,b,w\nx,1,-2\n"), "--keys", "a,b", "--weights", "w", "--out", out},
		"column 1: more than 1000":           {put(t, "id.csv", "id,b\n"+numbers(1002)), "--keys", "id,b", "--out", out},
		"cannot share anything with 11":      {put(t, "few.csv", "a,b\nx,1\ny,2\n"), "--keys", "a,b", "--out", out},
	} {
		said, problem, code := says(t, "", append([]string{"release", "--method", "risk"}, args...)...)
		if code == 0 || !strings.Contains(problem, want) || said != "" {
			t.Errorf("%v: exit %d, said %q %q, not %q", args[1:], code, said, problem, want)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}
