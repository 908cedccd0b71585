package main

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

const tables = "../../science/estimate/testdata/tables/"

// says runs the program and returns what it prints.
func says(t *testing.T, in string, args ...string) (out, problem string, code int) {
	t.Helper()
	var o, e bytes.Buffer
	code = run(t.Context(), args, &console{&o, &e, strings.NewReader(in)})
	return o.String(), e.String(), code
}

// asJSON runs the command and reads its answer.
func asJSON(t *testing.T, args ...string) (answer estimateJSON) {
	t.Helper()
	out, problem, code := says(t, "", append([]string{"estimate", "--format", "json"}, args...)...)
	if code != 0 {
		t.Fatalf("%v: exit %d: %s", args, code, problem)
	}
	if err := json.Unmarshal([]byte(out), &answer); err != nil {
		t.Fatalf("%v: %v in %s", args, err, out)
	}
	return answer
}

// The figures of the paper, from the command line: 11,313 with the interval of
// SparseMSE, and the best by BIC of orders two and three.
func TestEstimateGivesTheFiguresOfThePapers(t *testing.T) {
	for _, c := range []struct {
		args                []string
		estimate, low, high float64
		terms               string
	}{
		{[]string{"--method", "stepwise", tables + "UKdat_5.csv"}, 11312.9902894, 9884.4028306, 13027.3966545, "LA:NG NG:GP PFNCA:GP LA:PFNCA GO:GP NG:GO"},
		{[]string{"--method", "main", tables + "UKdat.csv"}, 12213.9951246, 10988.8001335, 13621.2567203, ""},
		{[]string{"--method", "stepwise", "--interval", "profile", tables + "UKdat_5.csv"}, 11312.9902894, 9889.1955, 13063.0964, "LA:NG NG:GP PFNCA:GP LA:PFNCA GO:GP NG:GO"},
		{[]string{"--method", "bic", tables + "UKdat_5.csv"}, 22991.3313141601, 0, 0, "LA:NG LA:PFNCA NG:PFNCA NG:GP PFNCA:GO"},
		{[]string{"--method", "bic", "--order", "3", tables + "UKdat_5.csv"}, 25311.2906125325, 0, 0, "LA:NG LA:PFNCA NG:PFNCA NG:GP PFNCA:GO LA:NG:PFNCA"},
		{[]string{"--method", "bic", "--order", "3", tables + "MSEpkg_Kosovo.csv"}, 10356.5189572518, 0, 0, "EXH:ABA EXH:OSCE EXH:HRW ABA:OSCE OSCE:HRW EXH:ABA:OSCE"},
	} {
		a := asJSON(t, c.args...)
		if a.Refused != nil || len(a.Results) != 1 {
			t.Errorf("%v: refused %v, %d results", c.args, a.Refused, len(a.Results))
			continue
		}
		r := a.Results[0]
		if math.Abs(*r.Estimate/c.estimate-1) > 1e-6 || strings.Join(r.Terms, " ") != c.terms {
			t.Errorf("%v: %f of %v", c.args, *r.Estimate, r.Terms)
		}
		if c.low > 0 && (math.Abs(*r.Low/c.low-1) > 1e-6 || math.Abs(*r.High/c.high-1) > 1e-6) {
			t.Errorf("%v: [%f, %f]", c.args, *r.Low, *r.High)
		}
	}
}

// All methods stand in one table, and none is the answer.
func TestEstimateShowsMethodsBesideOneAnother(t *testing.T) {
	out, problem, code := says(t, "", "estimate", tables+"MSEpkg_Kosovo.csv", "--boot", "50", "--interval", "bca")
	if code != 0 {
		t.Fatal(problem)
	}
	for _, want := range []string{"4,400 persons on 4 lists", "none is the answer", "  main ", "  stepwise ", "  bic ", "  bayes ", "  lcmcr ", "  dga ",
		"All of this holds only if", "population is closed"} {
		if !strings.Contains(out, want) {
			t.Errorf("it does not say %q:\n%s", want, out)
		}
	}
	if strings.Contains(out, "chapman") {
		t.Error("Chapman's estimate of two lists stands among those of four")
	}
}

// A table from which no figure should be shown is answered with the reasons; the
// figures come only when they are asked for all the same.
func TestEstimateRefuses(t *testing.T) {
	small := tables + "Artificial_3.csv"
	a := asJSON(t, small)
	if a.Refused == nil || !strings.Contains(*a.Refused, "150") || len(a.Results) != 0 || a.Observed != 96 {
		t.Errorf("96 persons were not refused: %v, %v", a.Refused, a.Results)
	}
	a = asJSON(t, small, "--anyway", "--method", "main")
	if a.Refused != nil || len(a.Results) != 1 || math.Abs(*a.Results[0].Estimate/539.093929428606-1) > 1e-6 || !strings.Contains(a.Warnings[0], "150") {
		t.Errorf("anyway: %v, %v, %v", a.Refused, a.Results, a.Warnings)
	}
	for name, text := range map[string]string{
		"at least 3 are needed":  "A,B,n\n1,0,300\n0,1,200\n1,1,50\n",
		"nobody is on two lists": "A,B,C,n\n1,0,0,300\n0,1,0,200\n0,0,1,50\n",
		"check code 1":           "A,B,C,n\n1,0,0,300\n1,1,0,200\n1,0,1,50\n",
		"chance decides; nobody": "A,B,n\n1,0,3\n0,1,2\n",
	} {
		out, problem, code := says(t, text, "estimate", "-", "--format", "json")
		var a estimateJSON
		if code != 0 || json.Unmarshal([]byte(out), &a) != nil || a.Refused == nil || !strings.Contains(*a.Refused, name) {
			t.Errorf("%q: exit %d, %s %s", name, code, out, problem)
		}
	}
	out, _, _ := says(t, "", "estimate", small)
	if !strings.Contains(out, "No figure is shown") || strings.Contains(out, "539") {
		t.Errorf("the figure is shown all the same:\n%s", out)
	}
}

func TestEstimateSaysWhatIsWrong(t *testing.T) {
	bad := filepath.Join(t.TempDir(), "bad.csv")
	if err := os.WriteFile(bad, []byte("A,B,n\n1,0,3\n0,1,2.5\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	good := tables + "UKdat_5.csv"
	for want, args := range map[string][]string{
		"row 3, column 3":       {bad},
		"no such file":          {"absent.csv"},
		"--threshold is":        {good, "--threshold", "0"},
		"--order lies":          {good, "--order", "0"},
		"--boot lies":           {good, "--boot", "0"},
		"must be one of":        {good, "--method", "best"},
		"threshold of linkage":  {good, "--linked", "often=" + good},
		"every threshold needs": {good, "--method", "main", "--linked", "0.8=" + tables + "Ned_5.csv"},
	} {
		out, problem, code := says(t, "", append([]string{"estimate"}, args...)...)
		if code == 0 || !strings.Contains(problem, want) || strings.Contains(out, "interval") && code == 1 {
			t.Errorf("%v: exit %d, said %q, not %q", args, code, problem, want)
		}
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	var e bytes.Buffer
	if code := run(ctx, []string{"estimate", good}, &console{io.Discard, &e, nil}); code != 1 || !strings.Contains(e.String(), "stopped") {
		t.Errorf("told to stop: exit %d, %s", code, e.String())
	}
}

// What spreadsheets write is read; a million different values in a list, a list nobody is on and
// names that are not UTF-8 are refused with their place.
func TestEstimateReadsWhatSpreadsheetsWrite(t *testing.T) {
	sheet := "\ufeffPolice;Refuge;Santé;Effectif\r\n1;0;0;300\r\n0;1;0;200\r\n0;0;1;90\r\n1;1;0;50\r\n0;1;1;20\r\n1;0;1;10\r\n"
	out, problem, code := says(t, sheet, "estimate", "-", "--method", "main", "--format", "json")
	if code != 0 || !strings.Contains(out, `"observed": 670`) || !strings.Contains(out, "Santé") {
		t.Errorf("exit %d: %s %s", code, problem, out)
	}
	var many strings.Builder
	many.WriteString("A,B,C,n\n")
	for i := range 1_000_000 {
		many.WriteString("1,0,")
		many.WriteString(strconv.Itoa(i))
		many.WriteString(",3\n")
	}
	for want, text := range map[string]string{
		"row 4, column 3: neither 0 nor 1": many.String(),
		"nobody is on list \"C\"":          "A,B,C,n\n1,0,0,3\n0,1,0,4\n1,1,0,5\n",
		"row 1, column 3: the name":        strings.ReplaceAll(sheet, "é", "\xe9"),
		"the count is negative":            strings.ReplaceAll(sheet, "50", "-5"),
		"the file is empty":                "",
		"one column":                       "A\n1\n",
	} {
		if out, problem, code := says(t, text, "estimate", "-"); code == 0 || !strings.Contains(problem, want) {
			t.Errorf("exit %d, %q, not %q: %s", code, problem, want, out)
		}
	}
}

// Doubt about links is carried into the range.
func TestEstimateOverThresholdsOfLinkage(t *testing.T) {
	a := asJSON(t, tables+"NewOrl_5.csv", "--method", "main", "--linked", "0.9="+tables+"MSEpkg_NewOrl_5.csv")
	if len(a.Linkage) != 1 || len(a.Linkage[0].Estimates) != 2 {
		t.Fatalf("linkage %v", a.Linkage)
	}
	l := a.Linkage[0]
	if math.Abs(*l.Estimates[0]-1034.151) > .01 || math.Abs(*l.Estimates[1]-981.431) > .01 || !(*l.Low < 660 && *l.High > 1700) {
		t.Errorf("%v [%v, %v]", l.Estimates, *l.Low, *l.High)
	}
}

// The picture is well-formed, and says in words what it shows; refused, it has no figure.
func TestEstimateDraws(t *testing.T) {
	for _, file := range []string{"UKdat_5", "Artificial_3"} {
		out, problem, code := says(t, "", "estimate", tables+file+".csv", "--method", "stepwise", "--format", "svg")
		if code != 0 {
			t.Fatal(problem)
		}
		d := xml.NewDecoder(strings.NewReader(out))
		for {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", file, err)
			}
		}
		if shown := strings.Contains(out, "stepwise: 11,313, 9,884 to 13,027"); shown != (file == "UKdat_5") || strings.Contains(out, "539") {
			t.Errorf("%s: %s", file, out)
		}
	}
}
