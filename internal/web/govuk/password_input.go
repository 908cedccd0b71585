package govuk

import (
	"context"
	"io"

	"github.com/a-h/templ"
)

// PasswordButton is the button that shows what is typed.
type PasswordButton struct{ Classes string }

// PasswordInput asks for a password; with the script it can be shown.
// Autocomplete is "current-password" unless given. The texts are Words' unless
// given.
type PasswordInput struct {
	ID, Name     string
	Value        string
	Label        Label
	Hint         Hint
	ErrorMessage ErrorMessage
	FormGroup    FormGroup
	Button       PasswordButton
	DescribedBy  string
	Autocomplete string // "new-password" where one is chosen
	Disabled     bool
	Classes      string
	Attributes   templ.Attributes

	ShowPasswordText, HidePasswordText                            string
	ShowPasswordAriaLabelText, HidePasswordAriaLabelText          string
	PasswordShownAnnouncementText, PasswordHiddenAnnouncementText string
}

// Render draws the field.
func (p PasswordInput) Render(ctx context.Context, w io.Writer) error {
	return input(p.spoken(words(ctx)).input(words(ctx))).Render(ctx, w)
}

// spoken fills the sentences of the script with the reader's words.
func (p PasswordInput) spoken(w Words) PasswordInput {
	if !w.Script {
		return p
	}
	p.ShowPasswordText = or(p.ShowPasswordText, w.Show)
	p.HidePasswordText = or(p.HidePasswordText, w.Hide)
	p.ShowPasswordAriaLabelText = or(p.ShowPasswordAriaLabelText, w.ShowPassword)
	p.HidePasswordAriaLabelText = or(p.HidePasswordAriaLabelText, w.HidePassword)
	p.PasswordShownAnnouncementText = or(p.PasswordShownAnnouncementText, w.PasswordShown)
	p.PasswordHiddenAnnouncementText = or(p.PasswordHiddenAnnouncementText, w.PasswordHidden)
	return p
}

func (p PasswordInput) attributes() templ.Attributes {
	a := sentences(
		"show-password", p.ShowPasswordText, "hide-password", p.HidePasswordText,
		"show-password-aria-label", p.ShowPasswordAriaLabelText,
		"hide-password-aria-label", p.HidePasswordAriaLabelText,
		"password-shown-announcement", p.PasswordShownAnnouncementText,
		"password-hidden-announcement", p.PasswordHiddenAnnouncementText)
	a["data-module"] = "govuk-password-input"
	for k, v := range p.FormGroup.Attributes {
		a[k] = v
	}
	return a
}

func (p PasswordInput) input(w Words) Input {
	id := or(p.ID, p.Name)
	show := Button{
		Type: Plain, Text: or(p.ShowPasswordText, w.Show),
		Classes: classes("govuk-button--secondary govuk-password-input__toggle govuk-js-password-input-toggle", p.Button.Classes),
		Attributes: templ.Attributes{
			"aria-controls": id, "aria-label": or(p.ShowPasswordAriaLabelText, w.ShowPassword), "hidden": true,
		},
	}
	after := Slot{HTML: show}
	if p.FormGroup.AfterInput.given() {
		after.HTML = Join(show, slot(p.FormGroup.AfterInput))
	}
	return Input{
		ID: id, Name: p.Name, Type: "password", Value: p.Value, Disabled: p.Disabled,
		Label: p.Label, Hint: p.Hint, ErrorMessage: p.ErrorMessage, DescribedBy: p.DescribedBy,
		Classes:    classes("govuk-password-input__input govuk-js-password-input-input", p.Classes),
		Spellcheck: No, Autocapitalize: "none", Autocomplete: or(p.Autocomplete, "current-password"),
		InputWrapper: InputWrapper{Classes: "govuk-password-input__wrapper"},
		FormGroup: FormGroup{
			Classes: classes("govuk-password-input", p.FormGroup.Classes), Attributes: p.attributes(),
			BeforeInput: p.FormGroup.BeforeInput, AfterInput: after,
		},
		Attributes: p.Attributes,
	}
}
