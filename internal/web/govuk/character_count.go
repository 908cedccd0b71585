package govuk

import (
	"context"
	"io"
	"strconv"
	"strings"

	"github.com/a-h/templ"
)

// Plural holds a sentence for one and for several.
type Plural struct{ One, Other string }

// CountMessage is the line under the field that counts.
type CountMessage struct{ Classes string }

// CharacterCount is a Textarea that says how much room is left. Give Maxlength
// or Maxwords; the server must check the same limit. The sentences are Words'
// unless given.
type CharacterCount struct {
	ID, Name     string
	Value        string
	Rows         int
	Maxlength    int
	Maxwords     int
	Threshold    int    // per cent of the limit from which the count is shown
	CountType    string // "words", or "" for characters
	Label        Label
	Hint         Hint
	ErrorMessage ErrorMessage
	FormGroup    FormGroup
	CountMessage CountMessage
	Spellcheck   Maybe
	Classes      string
	Attributes   templ.Attributes

	TextareaDescriptionText  string // "You can enter up to %{count} characters"
	CharactersUnderLimitText Plural
	CharactersAtLimitText    string
	CharactersOverLimitText  Plural
	WordsUnderLimitText      Plural
	WordsAtLimitText         string
	WordsOverLimitText       Plural
}

// Render draws the field.
func (p CharacterCount) Render(ctx context.Context, w io.Writer) error {
	return textarea(p.spoken(words(ctx)).textarea(words(ctx))).Render(ctx, w)
}

func (p CharacterCount) countType() string {
	return or(p.CountType, when(p.Maxwords > 0, "words"))
}

func (p CharacterCount) limit() int {
	if p.Maxwords > 0 {
		return p.Maxwords
	}
	return p.Maxlength
}

// spoken fills the sentences of the script with the reader's words.
func (p CharacterCount) spoken(w Words) CharacterCount {
	if !w.Script || p.countType() == "words" {
		return p
	}
	p.CharactersUnderLimitText = p.CharactersUnderLimitText.or(w.UnderLimitOne, w.UnderLimit)
	p.CharactersAtLimitText = or(p.CharactersAtLimitText, w.AtLimit)
	p.CharactersOverLimitText = p.CharactersOverLimitText.or(w.OverLimitOne, w.OverLimit)
	return p
}

func (s Plural) or(one, other string) Plural {
	return Plural{One: or(s.One, one), Other: or(s.Other, other)}
}

// description is the sentence under the field as long as the script is silent.
func (p CharacterCount) description(w Words) string {
	if p.limit() == 0 {
		return ""
	}
	sentence := w.Limit
	if p.countType() == "words" {
		sentence = "You can enter up to %{count} words"
	}
	return strings.ReplaceAll(or(p.TextareaDescriptionText, sentence), "%{count}", strconv.Itoa(p.limit()))
}

func (p CharacterCount) attributes() templ.Attributes {
	a := sentences(
		"characters-under-limit.one", p.CharactersUnderLimitText.One,
		"characters-under-limit.other", p.CharactersUnderLimitText.Other,
		"characters-at-limit", p.CharactersAtLimitText,
		"characters-over-limit.one", p.CharactersOverLimitText.One,
		"characters-over-limit.other", p.CharactersOverLimitText.Other,
		"words-under-limit.one", p.WordsUnderLimitText.One,
		"words-under-limit.other", p.WordsUnderLimitText.Other,
		"words-at-limit", p.WordsAtLimitText,
		"words-over-limit.one", p.WordsOverLimitText.One,
		"words-over-limit.other", p.WordsOverLimitText.Other)
	if p.limit() == 0 && p.TextareaDescriptionText != "" {
		a["data-i18n.textarea-description.other"] = p.TextareaDescriptionText
	}
	a["data-module"] = "govuk-character-count"
	number(a, "data-maxlength", p.Maxlength)
	number(a, "data-maxwords", p.Maxwords)
	number(a, "data-threshold", p.Threshold)
	if t := p.countType(); t != "" {
		a["data-count-type"] = t
	}
	for k, v := range p.FormGroup.Attributes {
		a[k] = v
	}
	return a
}

func number(a templ.Attributes, key string, n int) {
	if n != 0 {
		a[key] = strconv.Itoa(n)
	}
}

func (p CharacterCount) textarea(w Words) Textarea {
	id := or(p.ID, p.Name)
	message := Hint{
		ID: id + "-info", Text: p.description(w),
		Classes: classes("govuk-character-count__message", p.CountMessage.Classes),
	}
	after := Slot{HTML: message}
	if p.FormGroup.AfterInput.given() {
		after.HTML = Join(message, slot(p.FormGroup.AfterInput))
	}
	return Textarea{
		ID: id, Name: p.Name, Value: p.Value, Rows: p.Rows, Spellcheck: p.Spellcheck,
		Label: p.Label, Hint: p.Hint, ErrorMessage: p.ErrorMessage,
		DescribedBy: id + "-info", Attributes: p.Attributes,
		Classes: classes("govuk-js-character-count", p.Classes),
		FormGroup: FormGroup{
			Classes: classes("govuk-character-count", p.FormGroup.Classes), Attributes: p.attributes(),
			BeforeInput: p.FormGroup.BeforeInput, AfterInput: after,
		},
	}
}
