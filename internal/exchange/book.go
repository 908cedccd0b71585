package exchange

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strconv"
	"strings"

	"inkingi/internal/fault"
)

// book is a spreadsheet file: a zip of XML parts.
type book struct {
	zip   *zip.Reader
	start bool
}

// limited gives at most n bytes of a part and then fails: a small file may
// unpack into more than there is room for.
type limited struct {
	io.ReadCloser
	left int64
}

func (l *limited) Read(p []byte) (int, error) {
	n, err := l.ReadCloser.Read(p)
	if l.left -= int64(n); l.left < 0 {
		return 0, fault.New(fault.Invalid, "legacy.file.large")
	}
	return n, err
}

func (b *book) open(name string, most int64) (io.ReadCloser, error) {
	for _, f := range b.zip.File {
		if f.Name == name {
			in, err := f.Open()
			if err != nil {
				return nil, broken(err)
			}
			return &limited{in, most}, nil
		}
	}
	return nil, fault.New(fault.Invalid, "legacy.file.broken")
}

// part decodes a small part whole; a part that is not there is empty.
func (b *book) part(name string, to any) error {
	in, err := b.open(name, maxShared)
	if err != nil {
		return nil
	}
	defer in.Close()
	if err := xml.NewDecoder(in).Decode(to); err != nil {
		return broken(err)
	}
	return nil
}

// find gives the part of a sheet.
func (b *book) find(name string) (string, error) {
	var book struct {
		Properties struct {
			Start string `xml:"date1904,attr"`
		} `xml:"workbookPr"`
		Sheets []struct {
			Name string `xml:"name,attr"`
			ID   string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		} `xml:"sheets>sheet"`
	}
	var links struct {
		Links []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if err := errors.Join(b.part("xl/workbook.xml", &book), b.part("xl/_rels/workbook.xml.rels", &links)); err != nil {
		return "", broken(err)
	}
	b.start = book.Properties.Start == "1" || book.Properties.Start == "true"
	for _, s := range book.Sheets {
		if name != "" && s.Name != name {
			continue
		}
		for _, l := range links.Links {
			if l.ID != s.ID {
				continue
			}
			if strings.HasPrefix(l.Target, "/") {
				return strings.TrimPrefix(path.Clean(l.Target), "/"), nil
			}
			return path.Join("xl", l.Target), nil
		}
	}
	if name != "" && len(book.Sheets) > 0 {
		return "", fault.Field("sheet", "legacy.file.sheet")
	}
	return "", fault.New(fault.Invalid, "legacy.file.broken")
}

// texts reads the shared texts one by one.
func (b *book) texts() ([]string, error) {
	in, err := b.open("xl/sharedStrings.xml", maxShared)
	if err != nil {
		return nil, nil // every text stands in its cell
	}
	defer in.Close()
	s := &sheet{in: xml.NewDecoder(in)}
	var all []string
	for {
		token, err := s.in.RawToken()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, broken(err)
		}
		if t, is := token.(xml.StartElement); is && t.Name.Local == "si" {
			text, err := s.content()
			if err != nil {
				return nil, err
			}
			all = append(all, text)
		}
	}
}

// styles says of each cell style whether it shows a date.
func (b *book) styles() ([]bool, error) {
	var styles struct {
		Formats []struct {
			ID   int    `xml:"numFmtId,attr"`
			Code string `xml:"formatCode,attr"`
		} `xml:"numFmts>numFmt"`
		Cells []struct {
			Format int `xml:"numFmtId,attr"`
		} `xml:"cellXfs>xf"`
	}
	if err := b.part("xl/styles.xml", &styles); err != nil {
		return nil, err
	}
	own := map[int]bool{}
	for _, f := range styles.Formats {
		own[f.ID] = showsDate(f.Code)
	}
	dates := make([]bool, len(styles.Cells))
	for i, c := range styles.Cells {
		// Built in: 14–17 and 22 are dates, 27–36 and 50–58 those of East Asia (ECMA-376 §18.8.30).
		f := c.Format
		dates[i] = own[f] || f >= 14 && f <= 17 || f == 22 || f >= 27 && f <= 36 || f >= 50 && f <= 58
	}
	return dates, nil
}

// showsDate says whether a number format shows a day, a month or a year: the
// letters d, y or m outside quotes, brackets and escapes (m alone may be minutes).
func showsDate(code string) bool {
	var b strings.Builder
	for i := 0; i < len(code); i++ {
		switch code[i] {
		case '\\', '_', '*':
			i++
		case '"', '[':
			end := byte('"')
			if code[i] == '[' {
				end = ']'
			}
			for i++; i < len(code) && code[i] != end; i++ {
			}
		default:
			b.WriteByte(code[i])
		}
	}
	text := strings.ToLower(b.String())
	text, _, _ = strings.Cut(text, ";")
	if _, err := strconv.ParseFloat(text, 64); err == nil || strings.Contains(text, "general") {
		return false
	}
	return strings.ContainsAny(text, "dy") || strings.Contains(text, "m") && !strings.ContainsAny(text, "hs0#")
}
