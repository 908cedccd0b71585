package browser

import (
	"context"

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
