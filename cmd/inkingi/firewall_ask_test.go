package main

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"html"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"

	"inkingi/internal/access"
	"inkingi/internal/account"
	"inkingi/internal/audit"
	"inkingi/internal/ids"
	"inkingi/internal/invent"
	"inkingi/protection"
)

// reader is somebody at the door: a visitor, or a session with its cookies.
type reader struct {
	name    string
	who     access.Who
	account invent.Account
	cookies map[string]string
	addr    string
	out     bool // the session is worth nothing: locked, closed, never in
}

// answer is everything that came back.
type answer struct {
	status int
	header http.Header
	body   string // as a browser reads it
	calls  []string
	log    string
}

func (a answer) location() string { return a.header.Get("Location") }

// ask sends one request straight to the door and reads the answer as a browser
// does: decompressed.
func (p *planted) ask(r *reader, method, path string, form url.Values) answer {
	body, kind := encoded(form)
	q := httptest.NewRequest(method, path, body)
	if form != nil {
		q.Header.Set("Content-Type", kind)
	}
	return p.send(r, q)
}

// encoded writes a form as a browser does: in parts when a file is in it.
func encoded(form url.Values) (io.Reader, string) {
	if form == nil {
		return nil, ""
	}
	if !form.Has("file") {
		return strings.NewReader(form.Encode()), "application/x-www-form-urlencoded"
	}
	var b bytes.Buffer
	parts := multipart.NewWriter(&b)
	for name, values := range form {
		for _, v := range values {
			if name != "file" {
				_ = parts.WriteField(name, v)
			}
		}
	}
	part, _ := parts.CreateFormFile("file", "essai.txt")
	_, _ = io.WriteString(part, form.Get("file"))
	_ = parts.Close()
	return &b, parts.FormDataContentType()
}

func (p *planted) send(r *reader, q *http.Request) answer {
	p.t.Helper()
	q.RemoteAddr = r.addr + ":4711"
	q.Header.Set("Accept-Encoding", "gzip")
	q.Header.Set("Sec-Fetch-Site", "same-origin")
	for name, value := range r.cookies {
		q.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	steps := &steps{}
	q = q.WithContext(context.WithValue(q.Context(), stepsKey{}, steps))
	p.log.take()
	w := httptest.NewRecorder()
	p.door.ServeHTTP(w, q)
	a := answer{status: w.Code, header: w.Header().Clone(), body: w.Body.String(), calls: steps.all(), log: p.log.take()}
	if a.header.Get("Content-Encoding") == "gzip" {
		z, err := gzip.NewReader(bytes.NewReader(w.Body.Bytes()))
		p.ok(err)
		plain, err := io.ReadAll(z)
		p.ok(err)
		a.body = string(plain)
	}
	if a.header.Get("Content-Type") == "application/pdf" {
		text, readable := pdfText(a.body)
		if !readable {
			p.t.Errorf("%s answers with a PDF that cannot be looked into", q.URL.Path)
		}
		a.body += text
	}
	for _, c := range w.Result().Cookies() {
		if c.MaxAge < 0 {
			delete(r.cookies, c.Name)
		} else if c.Name != "kept" && c.Name != "notice" {
			r.cookies[c.Name] = c.Value
		}
	}
	return a
}

// readers signs everybody in through the form, and adds those who are not in.
func (p *planted) readers() []*reader {
	all := []*reader{{name: "visitor", who: access.Visitor(), cookies: map[string]string{}, addr: "192.0.2.1"}}
	accounts, seen := p.everybody(), map[string]bool{}
	if brief() { // one of each role, of the house whose records are walked where it has one
		slices.SortStableFunc(accounts, func(a, b invent.Account) int { return cmp.Compare(p.far(a), p.far(b)) })
		accounts = slices.DeleteFunc(accounts, func(a invent.Account) bool { known := seen[a.Role]; seen[a.Role] = true; return known })
	}
	for _, a := range accounts {
		all = append(all, p.signIn(a))
	}
	return all
}

func (p *planted) signIn(a invent.Account) *reader {
	p.t.Helper()
	p.marks++
	r := &reader{name: fmt.Sprintf("%s (%s)", a.Role, a.Name), who: a.Who, account: a, cookies: map[string]string{}, addr: fmt.Sprintf("198.51.%d.%d", p.marks/250, p.marks%250+1)}
	got := p.ask(r, "POST", "/sign-in", url.Values{"name": {a.Name}, "password": {a.Password}})
	if got.status != http.StatusSeeOther || got.location() != "/work" || len(r.cookies) == 0 {
		p.t.Fatalf("%s cannot sign in: %d %s\n%s", r.name, got.status, got.location(), got.body)
	}
	return r
}

// far is 1 for who works elsewhere than where the records are.
func (p *planted) far(a invent.Account) int {
	if a.Who.Post.Org == p.orgs["umuganda"] {
		return 0
	}
	return 1
}

// outsiders are sessions that were worth something once: locked, of an account
// that was closed, of a post that ended.
func (p *planted) outsiders() []*reader {
	var all []*reader
	for i, end := range []string{"locked", "closed", "ended"} {
		a := p.account(access.Supervisor, "umuganda", "", p.clock.ago(365*24*3600e9))
		a.Name = fmt.Sprintf("planted.%02d", len(p.more))
		p.more = append(p.more, a)
		r := p.signIn(a)
		switch end {
		case "locked":
			p.ask(r, "POST", "/account/lock", url.Values{})
		case "closed":
			p.ok(p.h.accounts.Close(p.ctx, access.Itself(), a.ID))
		case "ended":
			p.ok(p.h.accounts.End(p.ctx, access.Itself(), a.ID, a.Who.Post.ID))
		}
		r.name, r.who, r.out, r.addr = end+" supervisor", access.Visitor(), true, fmt.Sprintf("203.0.113.%d", i+1)
		all = append(all, r)
	}
	return all
}

// steps are the questions to the store that one request asked.
type steps struct {
	mu    sync.Mutex
	calls []string
}

type stepsKey struct{}

func (s *steps) all() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.calls)
}

func step(ctx context.Context, call string) {
	if s, ok := ctx.Value(stepsKey{}).(*steps); ok {
		s.mu.Lock()
		s.calls = append(s.calls, call)
		s.mu.Unlock()
	}
}

// tallied notes every question to the records of protection.
type tallied struct{ protection.Store }

func (s *tallied) Facts(ctx context.Context, k access.Kind, id ids.UUID) (access.Object, error) {
	step(ctx, "facts "+string(k))
	return s.Store.Facts(ctx, k, id)
}
func (s *tallied) Note(ctx context.Context, e audit.Entry) error {
	step(ctx, "note")
	return s.Store.Note(ctx, e)
}
func (s *tallied) SaveProtection(ctx context.Context, e audit.Entry, c protection.Change) error {
	step(ctx, "save")
	return s.Store.SaveProtection(ctx, e, c)
}
func (s *tallied) Signal(ctx context.Context, g access.Grant, id ids.Signal) (protection.Signal, error) {
	step(ctx, "signal")
	return s.Store.Signal(ctx, g, id)
}
func (s *tallied) Reporter(ctx context.Context, g access.Grant, id ids.Reporter) (protection.Reporter, error) {
	step(ctx, "reporter")
	return s.Store.Reporter(ctx, g, id)
}
func (s *tallied) Case(ctx context.Context, g access.Grant, id ids.Case) (protection.Case, error) {
	step(ctx, "case")
	return s.Store.Case(ctx, g, id)
}
func (s *tallied) Person(ctx context.Context, g access.Grant, id ids.Person) (protection.Person, error) {
	step(ctx, "person")
	return s.Store.Person(ctx, g, id)
}
func (s *tallied) Screening(ctx context.Context, g access.Grant, id ids.Screening) (protection.Screening, error) {
	step(ctx, "screening")
	return s.Store.Screening(ctx, g, id)
}
func (s *tallied) Assessment(ctx context.Context, g access.Grant, id ids.Assessment) (protection.Assessment, error) {
	step(ctx, "assessment")
	return s.Store.Assessment(ctx, g, id)
}
func (s *tallied) Guardian(ctx context.Context, g access.Grant, id ids.Guardian) (protection.Guardian, error) {
	step(ctx, "guardian")
	return s.Store.Guardian(ctx, g, id)
}
func (s *tallied) Reflection(ctx context.Context, g access.Grant, id ids.Case) (protection.Reflection, error) {
	step(ctx, "reflection")
	return s.Store.Reflection(ctx, g, id)
}
func (s *tallied) Jotting(ctx context.Context, g access.Grant, id ids.Jotting) (protection.Jotting, error) {
	step(ctx, "jotting")
	return s.Store.Jotting(ctx, g, id)
}
func (s *tallied) SealedNote(ctx context.Context, g access.Grant, id ids.SealedNote) (protection.SealedNote, error) {
	step(ctx, "sealed note")
	return s.Store.SealedNote(ctx, g, id)
}
func (s *tallied) Attachment(ctx context.Context, g access.Grant, id ids.Attachment) (protection.Attachment, error) {
	step(ctx, "attachment")
	return s.Store.Attachment(ctx, g, id)
}
func (s *tallied) AttachmentContent(ctx context.Context, g access.Grant, id ids.Attachment) (protection.Attachment, error) {
	step(ctx, "content of an attachment")
	return s.Store.AttachmentContent(ctx, g, id)
}
func (s *tallied) Plan(ctx context.Context, g access.Grant, id ids.Plan) (protection.Plan, error) {
	step(ctx, "plan")
	return s.Store.Plan(ctx, g, id)
}
func (s *tallied) PlanOf(ctx context.Context, g access.Grant, id ids.Case) (protection.Plan, error) {
	step(ctx, "plan of a case")
	return s.Store.PlanOf(ctx, g, id)
}
func (s *tallied) Episode(ctx context.Context, g access.Grant, id ids.Episode) (protection.Episode, error) {
	step(ctx, "episode")
	return s.Store.Episode(ctx, g, id)
}
func (s *tallied) Interests(ctx context.Context, g access.Grant, id ids.Interests) (protection.Interests, error) {
	step(ctx, "interests")
	return s.Store.Interests(ctx, g, id)
}
func (s *tallied) Visits(ctx context.Context, g access.Grant, id ids.Case) ([]protection.Visit, error) {
	step(ctx, "visits")
	return s.Store.Visits(ctx, g, id)
}
func (s *tallied) Closure(ctx context.Context, g access.Grant, id ids.Case) (protection.Closure, error) {
	step(ctx, "closure")
	return s.Store.Closure(ctx, g, id)
}
func (s *tallied) Identifications(ctx context.Context, g access.Grant, id ids.Case) ([]protection.Identification, error) {
	step(ctx, "identifications")
	return s.Store.Identifications(ctx, g, id)
}
func (s *tallied) Explanations(ctx context.Context, g access.Grant, id ids.Case) ([]protection.Explanation, error) {
	step(ctx, "explanations")
	return s.Store.Explanations(ctx, g, id)
}
func (s *tallied) Reviews(ctx context.Context, g access.Grant, id ids.Case) ([]protection.Review, error) {
	step(ctx, "reviews")
	return s.Store.Reviews(ctx, g, id)
}
func (s *tallied) Homecoming(ctx context.Context, g access.Grant, id ids.Case) (protection.Homecoming, error) {
	step(ctx, "homecoming")
	return s.Store.Homecoming(ctx, g, id)
}
func (s *tallied) Businesses(ctx context.Context, g access.Grant, id ids.Case) ([]protection.Business, error) {
	step(ctx, "businesses")
	return s.Store.Businesses(ctx, g, id)
}
func (s *tallied) Consent(ctx context.Context, g access.Grant, id ids.Consent) (protection.Consent, error) {
	step(ctx, "consent")
	return s.Store.Consent(ctx, g, id)
}
func (s *tallied) Referral(ctx context.Context, g access.Grant, id ids.Referral) (protection.Referral, error) {
	step(ctx, "referral")
	return s.Store.Referral(ctx, g, id)
}
func (s *tallied) Progress(ctx context.Context, g access.Grant, id ids.Referral) ([]protection.Progress, error) {
	step(ctx, "progress")
	return s.Store.Progress(ctx, g, id)
}
func (s *tallied) FedBack(ctx context.Context, g access.Grant, id ids.Referral) (protection.Progress, error) {
	step(ctx, "fed back")
	return s.Store.FedBack(ctx, g, id)
}
func (s *tallied) Inspections(ctx context.Context, g access.Grant, id ids.Service) ([]protection.Inspection, error) {
	step(ctx, "inspections")
	return s.Store.Inspections(ctx, g, id)
}
func (s *tallied) BackupCall(ctx context.Context, g access.Grant, id ids.Backup) (protection.Backup, error) {
	step(ctx, "backup")
	return s.Store.BackupCall(ctx, g, id)
}
func (s *tallied) Liaison(ctx context.Context, g access.Grant, id ids.Liaison) (protection.Liaison, error) {
	step(ctx, "liaison")
	return s.Store.Liaison(ctx, g, id)
}
func (s *tallied) Likeness(ctx context.Context, g access.Grant, id ids.Likeness) (protection.Likeness, error) {
	step(ctx, "likeness")
	return s.Store.Likeness(ctx, g, id)
}
func (s *tallied) Stay(ctx context.Context, g access.Grant, id ids.Stay) (protection.Stay, error) {
	step(ctx, "stay")
	return s.Store.Stay(ctx, g, id)
}
func (s *tallied) Complaint(ctx context.Context, g access.Grant, id ids.Complaint) (protection.Complaint, error) {
	step(ctx, "complaint")
	return s.Store.Complaint(ctx, g, id)
}
func (s *tallied) Lodger(ctx context.Context, g access.Grant, id ids.Case) (protection.Lodger, error) {
	step(ctx, "lodger")
	return s.Store.Lodger(ctx, g, id)
}
func (s *tallied) Transfer(ctx context.Context, g access.Grant, id ids.Transfer) (protection.Transfer, error) {
	step(ctx, "transfer")
	return s.Store.Transfer(ctx, g, id)
}
func (s *tallied) Erasure(ctx context.Context, g access.Grant, id ids.Erasure) (protection.Erasure, error) {
	step(ctx, "erasure")
	return s.Store.Erasure(ctx, g, id)
}
func (s *tallied) Glass(ctx context.Context, g access.Grant, id ids.Glass) (protection.Glass, error) {
	step(ctx, "glass")
	return s.Store.Glass(ctx, g, id)
}
func (s *tallied) Group(ctx context.Context, g access.Grant, id ids.Group) (protection.Group, error) {
	step(ctx, "group")
	return s.Store.Group(ctx, g, id)
}
func (s *tallied) Service(ctx context.Context, g access.Grant, id ids.Service) (protection.Service, error) {
	step(ctx, "service")
	return s.Store.Service(ctx, g, id)
}
func (s *tallied) Services(ctx context.Context, g access.Grant, f protection.ServiceFilter) ([]protection.Service, error) {
	step(ctx, "services")
	return s.Store.Services(ctx, g, f)
}

// tolled notes every question to the accounts.
type tolled struct{ account.Store }

func (s *tolled) Note(ctx context.Context, e audit.Entry) error {
	step(ctx, "note")
	return s.Store.Note(ctx, e)
}
func (s *tolled) SaveAccounts(ctx context.Context, c account.Change, e audit.Entry) error {
	step(ctx, "save")
	return s.Store.SaveAccounts(ctx, c, e)
}
func (s *tolled) Holder(ctx context.Context, id ids.Account) (account.Seat, error) {
	step(ctx, "holder")
	return s.Store.Holder(ctx, id)
}
func (s *tolled) Channels(ctx context.Context, id ids.Account, e audit.Entry) ([]account.Channel, error) {
	step(ctx, "channels")
	return s.Store.Channels(ctx, id, e)
}

// unveiled gives the same text as it stands and as it may be hidden in an answer:
// unescaped, decoded from an address, from base 64.
func unveiled(text string) []string {
	all := []string{text}
	if plain := html.UnescapeString(text); plain != text {
		all = append(all, plain)
	}
	if strings.Contains(text, "%") {
		all = append(all, unescaped(all[len(all)-1]))
	}
	if brief() { // byte by byte is slow there; the other run looks
		return all
	}
	for _, run := range runs(text) {
		for _, c := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
			if plain, err := c.DecodeString(run[:len(run)/4*4]); err == nil {
				all = append(all, string(plain))
				break
			}
		}
	}
	return all
}

// unescaped reads what an address writes as %C3%A9, wherever it stands.
func unescaped(text string) string {
	var b strings.Builder
	for {
		i := strings.IndexByte(text, '%')
		if i < 0 || i+2 >= len(text) {
			b.WriteString(text)
			return b.String()
		}
		b.WriteString(text[:i])
		if c, err := hex.DecodeString(text[i+1 : i+3]); err == nil {
			b.WriteByte(c[0])
			i += 2
		} else {
			b.WriteByte('%')
		}
		text = text[i+1:]
	}
}

// runs are the parts of a text that may be base 64: long, with a capital.
func runs(text string) []string {
	var all []string
	from, capital := 0, false
	for i := 0; i <= len(text); i++ {
		if i < len(text) {
			c := text[i]
			upper := c >= 'A' && c <= 'Z'
			if upper || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/' || c == '-' || c == '_' {
				capital = capital || upper
				continue
			}
		}
		if capital && i-from >= 12 {
			all = append(all, text[from:i])
		}
		from, capital = i+1, false
	}
	return all
}

// found lists the tokens that may be markers in a text, however written.
func found(text string) []string {
	var all []string
	for _, one := range unveiled(text) {
		all = append(append(all, wordsIn(strings.ToLower(one))...), phonesIn(one)...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// wordsIn finds zqx???yv.
func wordsIn(text string) []string {
	var all []string
	for {
		i := strings.Index(text, "zqx")
		if i < 0 || i+8 > len(text) {
			return all
		}
		if text[i+6:i+8] == "yv" {
			all = append(all, text[i:i+8])
		}
		text = text[i+3:]
	}
}

// phonesIn finds eight digits that begin with 6194, however grouped.
func phonesIn(text string) []string {
	var all []string
	for i := next(text, 0, '6'); i < len(text); i = next(text, i+1, '6') {
		if i > 0 && (text[i-1] >= '0' && text[i-1] <= '9' || text[i-1] >= 'a' && text[i-1] <= 'z') {
			continue
		}
		var digits []byte
		for j, gap := i, 0; j < len(text) && len(digits) < 8 && gap < 4; j++ {
			if text[j] >= '0' && text[j] <= '9' {
				digits, gap = append(digits, text[j]), 0
			} else {
				gap++
			}
		}
		if strings.HasPrefix(string(digits), "6194") && len(digits) == 8 {
			all = append(all, string(digits))
		}
	}
	return all
}

// next is where a character stands from i on; the length of the text when nowhere.
func next(text string, i int, c byte) int {
	if i < len(text) {
		if j := strings.IndexByte(text[i:], c); j >= 0 {
			return i + j
		}
	}
	return len(text)
}

// idsIn finds identifiers, codesIn what people read aloud.
func idsIn(text string) []string {
	var all []string
	for i := next(text, 8, '-'); i+28 <= len(text); i = next(text, i+1, '-') {
		if text[i+5] == '-' && text[i+6] == '7' && text[i+10] == '-' && text[i+15] == '-' {
			all = append(all, text[i-8:i+28])
		}
	}
	return all
}

func codesIn(text string) []string {
	var all []string
	for i := next(text, 4, '-'); i+7 <= len(text); i = next(text, i+1, '-') {
		if text[i+5] == '-' && text[i-1] >= '0' && text[i-1] <= 'Z' {
			all = append(all, text[i-4:i+7])
		}
	}
	return all
}

// whole is everything of an answer in which something could be hidden.
func (a answer) whole() string {
	var b strings.Builder
	for name, values := range a.header {
		for _, v := range values {
			fmt.Fprintf(&b, "%s: %s\n", name, v)
		}
	}
	b.WriteString(a.body)
	return b.String()
}

// links lists every address in an answer.
var hrefs = regexp.MustCompile(`(?:href|action|src|formaction|data-url)="([^"]*)"`)

func (a answer) links() []string {
	all := []string{a.location()}
	for _, m := range hrefs.FindAllStringSubmatch(a.body, -1) {
		all = append(all, html.UnescapeString(m[1]))
	}
	return all
}
