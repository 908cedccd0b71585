package protection_test

import (
	"net/http"
	"testing"

	"inkingi/internal/access"
)

// The house that gives a service says what becomes of it; who sent her reads it, with
// the words that came back, and ends it. Others of the house read no such words.
func TestWhatBecomesOfAService(t *testing.T) {
	m := newHouse(t).meets().presumed().followed().referred().arrived()
	const host, sender = access.ServiceProvider, access.CaseManager
	request, sent := "/requests/"+m.Referral.String(), "/referrals/"+m.Referral.String()
	m.looks(host, request+"/day", request+"/interrupt", request+"/complete")
	m.step(request+"/day", host, request, "came", "CAME")
	m.step(request+"/interrupt", host, request, "reason", "HEALTH")
	m.looks(host, request+"/resume", request+"/feedback")
	m.step(request+"/resume", host, request)
	m.step(request+"/complete", host, request, "outcome", "REACHED")
	m.refuses(request+"/feedback", host, []string{"next", ""}, nasty("words", 300)...)
	m.step(request+"/feedback", host, request, "next", "COMES_BACK", "words", "Elle revient jeudi.")
	page := m.get(sent, sender)
	want(t, page, http.StatusOK, "Elle revient jeudi.")
	lacks(t, m.get(sent, access.DutyOfficer), "jeudi")
	if w := m.send(sent+"/close", sender, typed(t, page)); w.Code != http.StatusSeeOther {
		t.Fatalf("%d %.600s", w.Code, text(w))
	}
	want(t, m.get(sent, sender), http.StatusOK, "Elle revient jeudi.")
	if w := m.get(request, host); w.Code == http.StatusOK {
		t.Errorf("the packet of what is closed: %d", w.Code)
	}
}
