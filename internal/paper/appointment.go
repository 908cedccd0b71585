package paper

// Appointment is a referral card: the code by which she is expected and, only if
// she wants them on paper, a place and a time.
type Appointment struct {
	Code  string
	Place string // in her own words, "" to leave it out
	When  string // as it is said in the language, "" to leave it out
}

// Paper writes the card as any appointment slip.
func (a Appointment) Paper(w Words) Paper {
	p := begin(w, Card, w.T("paper.appointment.title"))
	p.add(Part{Kind: Code, Name: w.T("paper.code"), Text: a.Code})
	p.fact(w.T("paper.appointment.place"), a.Place)
	p.fact(w.T("paper.appointment.when"), a.When)
	p.add(Part{Kind: Text, Text: w.T("paper.appointment.show")}, Part{Kind: Note, Text: w.T("paper.appointment.lost")})
	return p
}
