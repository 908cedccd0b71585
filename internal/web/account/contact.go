package account

import (
	"strings"

	"github.com/a-h/templ"

	"inkingi/internal/account"
	"inkingi/internal/fault"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
)

type contactView struct {
	shell.View
	Phone, Mail string // as stored
	Languages   []govuk.Choice
	Lang        string
}

func (p pages) contactPage(c *shell.Context) error {
	page, err := p.contactForm(c)
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p pages) contactForm(c *shell.Context) (shell.Page, error) {
	v := contactView{View: c.View(), Lang: c.Seat.Account.Lang}
	stored, err := p.desk.Contacts(c, c.Seat)
	if err != nil {
		return shell.Page{}, err
	}
	for _, one := range stored {
		switch one.Kind {
		case account.SMS:
			v.Phone = one.Address
		case account.Mail:
			v.Mail = one.Address
		}
	}
	if v.Lang == "" {
		v.Lang = byBrowser
	}
	v.Languages = []govuk.Choice{{Value: byBrowser, Text: v.T("sign.contact.browser")}}
	for _, l := range c.P.Languages() {
		v.Languages = append(v.Languages, govuk.Choice{Value: l.Code, Text: l.Name, Attributes: templ.Attributes{"lang": l.Code}})
	}
	return shell.Page{Title: v.T("sign.contact.title"), Body: contact(v), Back: shell.AccountPath}, nil
}

// byBrowser is the choice to follow the browser's language.
const byBrowser = "browser"

// contact keeps where alerts reach the reader, and the language they prefer.
func (p pages) contact(c *shell.Context) error {
	f := c.Form()
	var contacts []account.Contact
	for _, kind := range []string{account.SMS, account.Mail} {
		if address := f.Text(kind, 254); address != "" {
			contacts = append(contacts, account.Contact{Kind: kind, Address: address})
		}
	}
	code := strings.TrimPrefix(f.Choice("lang", byBrowser, "fr", "en", "rn", "sw"), byBrowser)
	err := f.Err()
	if err == nil {
		err = p.saveContact(c, contacts, code)
	}
	if err == nil {
		c.Notice("sign.contact.saved")
		return c.Redirect(shell.AccountPath)
	}
	page, failed := p.contactForm(c)
	if failed != nil {
		return failed
	}
	return c.Again(err, page)
}

// saveContact tells the desk, and brings its fault to the input it is about.
func (p pages) saveContact(c *shell.Context, contacts []account.Contact, code string) error {
	if err := p.desk.SetChannels(c, c.Seat, contacts); err != nil {
		if strings.HasSuffix(fault.Of(err).Key, ".mail") {
			return fault.At(account.Mail, err)
		}
		return fault.At(account.SMS, err)
	}
	if code == c.Seat.Account.Lang {
		return nil
	}
	return p.desk.SetLang(c, c.Seat, code)
}
