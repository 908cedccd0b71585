package browser

import (
	"fmt"
	"strings"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
)

// Request is one thing that a page fetched.
type Request struct {
	URL    string
	Kind   string // Document, Stylesheet, Script, Image…
	Status int
	Bytes  int // on the wire: headers and compressed body; 0 from the cache
	Cached bool
	open   bool
}

// Transfer is what a page cost.
type Transfer struct {
	Bytes    int
	Requests []Request
}

func (t Transfer) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d bytes", t.Bytes)
	for _, r := range t.Requests {
		fmt.Fprintf(&b, "\n  %6d %s %s", r.Bytes, r.Kind, r.URL)
	}
	return b.String()
}

// Transferred says what the page cost since it was asked for: all that crossed
// the wire, redirects and headers included, compressed as it came.
func (p *Page) Transferred() Transfer {
	p.t.Helper()
	p.settle()
	p.watch.Lock()
	defer p.watch.Unlock()
	var t Transfer
	for _, r := range p.watch.requests {
		t.Bytes += r.Bytes
		t.Requests = append(t.Requests, *r)
	}
	return t
}

// Weighs fails the test when the page cost more than so many bytes.
func (p *Page) Weighs(most int) {
	p.t.Helper()
	if t := p.Transferred(); t.Bytes > most {
		p.t.Errorf("%s weighs more than %d bytes: %s", p.URL(), most, t)
	}
}

// Troubles gives what the page complained about so far, and forgets it; what is
// not asked for fails the test at its end.
func (p *Page) Troubles() []string {
	p.settle()
	return p.watch.take()
}

// complain fails the test with what the page complained about.
func (p *Page) complain() {
	for _, text := range p.watch.take() {
		p.t.Errorf("the page complained: %s", text)
	}
}

// settle waits until nothing is being fetched. The icon of a site is asked for
// once a visitor, a little after the page: the first page waits for it, a little.
func (p *Page) settle() {
	p.t.Helper()
	for late := time.Now().Add(500 * time.Millisecond); p.watch.expectIcon() && time.Now().Before(late); {
		time.Sleep(5 * time.Millisecond)
	}
	p.watch.iconSeen()
	began := time.Now()
	for {
		pending := p.watch.pending(time.Since(began) < time.Second)
		if len(pending) == 0 {
			return
		}
		if time.Since(began) > patience {
			p.t.Fatalf("the page never stops fetching: %v", pending)
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// begin forgets the requests of the page before.
func (w *watch) begin() {
	w.Lock()
	defer w.Unlock()
	w.requests, w.byID = nil, nil
}

func (w *watch) expectIcon() bool {
	w.Lock()
	defer w.Unlock()
	return !w.icon && len(w.requests) > 0
}

func (w *watch) iconSeen() {
	w.Lock()
	defer w.Unlock()
	w.icon = w.icon || len(w.requests) > 0
}

// pending lists what is being fetched. Icons can be left out: who leaves the page
// in that moment never hears how it went.
func (w *watch) pending(icons bool) (urls []string) {
	w.Lock()
	defer w.Unlock()
	for _, r := range w.requests {
		if r.open && (icons || r.Kind != string(network.ResourceTypeOther)) {
			urls = append(urls, r.URL)
		}
	}
	return urls
}

// document is the status of the page itself.
func (w *watch) document() int {
	w.Lock()
	defer w.Unlock()
	status := 0
	for _, r := range w.requests {
		if r.Kind == string(network.ResourceTypeDocument) {
			status = r.Status
		}
	}
	return status
}

// take gives the troubles, without those about a page that was answered with an
// error on purpose: Chromium logs each document that is not 200.
func (w *watch) take() (texts []string) {
	w.Lock()
	defer w.Unlock()
	for _, t := range w.troubles {
		if t.request == "" {
			texts = append(texts, t.text)
		}
	}
	w.troubles = nil
	return texts
}

// event is called for each event of the tab, in order; it must not wait.
func (w *watch) event(event any) {
	w.Lock()
	defer w.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		w.sent(e)
	case *network.EventRequestServedFromCache:
		if r := w.byID[e.RequestID]; r != nil {
			r.Cached = true
		}
	case *network.EventResponseReceived:
		if r := w.byID[e.RequestID]; r != nil {
			r.Status = int(e.Response.Status)
			r.Kind = string(e.Type)
			r.Cached = r.Cached || e.Response.FromDiskCache
		}
	case *network.EventLoadingFinished:
		if r := w.byID[e.RequestID]; r != nil {
			r.open = false
			if r.Bytes += int(e.EncodedDataLength); r.Cached {
				r.Bytes = 0
			}
		}
	case *network.EventLoadingFailed:
		if r := w.byID[e.RequestID]; r != nil {
			r.open = false
			if !e.Canceled {
				w.troubles = append(w.troubles, trouble{text: "could not load " + r.URL + ": " + e.ErrorText + " " + string(e.BlockedReason)})
			}
		}
	default:
		w.said(event)
	}
}

func (w *watch) sent(e *network.EventRequestWillBeSent) {
	if strings.HasPrefix(e.Request.URL, "data:") || strings.HasPrefix(e.Request.URL, "chrome") {
		return
	}
	if w.byID == nil {
		w.byID = map[network.RequestID]*Request{}
	}
	if r := w.byID[e.RequestID]; r != nil && e.RedirectResponse != nil {
		r.open = false
		r.Status = int(e.RedirectResponse.Status)
		r.Bytes += int(e.RedirectResponse.EncodedDataLength)
	}
	if e.Type == network.ResourceTypeOther {
		if w.icon {
			return // a late icon belongs to no page
		}
		w.icon = true
	}
	r := &Request{URL: e.Request.URL, Kind: string(e.Type), open: true}
	w.byID[e.RequestID] = r
	w.requests = append(w.requests, r)
}

// said keeps what the console hears.
func (w *watch) said(event any) {
	switch e := event.(type) {
	case *log.EventEntryAdded:
		if e.Entry.Level != log.EntryLevelError {
			return
		}
		t := trouble{text: fmt.Sprintf("%s: %s %s", e.Entry.Source, e.Entry.Text, e.Entry.URL)}
		if r := w.byID[e.Entry.NetworkRequestID]; r != nil && r.Kind == string(network.ResourceTypeDocument) {
			t.request = e.Entry.NetworkRequestID
		}
		w.troubles = append(w.troubles, t)
	case *runtime.EventExceptionThrown:
		text := e.ExceptionDetails.Text
		if e.ExceptionDetails.Exception != nil {
			text += " " + e.ExceptionDetails.Exception.Description
		}
		w.troubles = append(w.troubles, trouble{text: text})
	case *runtime.EventConsoleAPICalled:
		if e.Type != "error" && e.Type != "assert" && e.Type != "warning" {
			return
		}
		var words []string
		for _, a := range e.Args {
			words = append(words, fmt.Sprint(a.Value)+a.Description)
		}
		w.troubles = append(w.troubles, trouble{text: string(e.Type) + ": " + strings.Join(words, " ")})
	}
}
