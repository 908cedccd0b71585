package browser

import (
	"context"
	"encoding/base64"
	"fmt"
	"strings"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// Spoil sends the form with this address as nobody should: every choice left
// out, and every box of text filled with the same text; "" leaves them empty.
// What the page itself keeps (hidden fields, the first button) goes along. It
// says whether there is such a form with something to fill in.
func (p *Page) Spoil(action, text string) bool {
	p.t.Helper()
	if !eval[bool](p, call("spoil", action, text)) {
		return false
	}
	p.watch.begin()
	p.do("send the form to "+action, func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := chromedp.WaitEvent(page.LoadEventFired, nil, chromedp.Evaluate[bool](call("sendSpoilt")))(ctx, t)
		return chromedp.Void{}, err
	})
	p.settle()
	return true
}

// PressTwice presses a button twice at once, as an impatient person does, and
// waits for the page that follows.
func (p *Page) PressTwice(button string) {
	p.t.Helper()
	at := p.find("button", button)
	p.watch.begin()
	click := chromedp.MouseClickXY(at.X, at.Y)
	p.do("press twice "+button, func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := chromedp.WaitEvent(page.LoadEventFired, nil, chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
			if _, err := click(ctx, t); err != nil {
				return err
			}
			_, err := click(ctx, t)
			return err
		}))(ctx, t)
		return chromedp.Void{}, err
	})
	p.settle()
}

// Sends presses a button at once and gives what the file field with this name
// would send, without sending it: the page stays.
func (p *Page) Sends(button, name string) []byte {
	p.t.Helper()
	at := p.find("button", button)
	eval[bool](p, fmt.Sprintf(`(() => {
		window.sent = "";
		const catching = (event) => {
			if (event.defaultPrevented) return;
			event.preventDefault();
			document.removeEventListener("submit", catching);
			const reader = new FileReader();
			reader.onload = () => { window.sent = reader.result; };
			reader.readAsDataURL(new FormData(event.target).get(%q));
		};
		document.addEventListener("submit", catching);
		return true;
	})()`, name))
	p.do("press "+button, chromedp.MouseClickXY(at.X, at.Y))
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if url := eval[string](p, `window.sent`); url != "" {
			_, text, _ := strings.Cut(url, ",")
			content, err := base64.StdEncoding.DecodeString(text)
			if err != nil {
				p.t.Fatalf("what %s sends: %v", name, err)
			}
			return content
		}
	}
	p.t.Fatalf("%s sends no form", button)
	return nil
}
