package exchange

import (
	"archive/zip"
	"bufio"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"

	"inkingi/internal/fault"
)

// layout is the frame of a list: the rows above and with the headings, and
// those in which only a running number stood.
type layout struct {
	Rows  []laid `json:"rows"`
	Start bool   `json:"from1904,omitempty"`
}

// laid is one row in its place.
type laid struct {
	Line  int    `json:"line"`
	Cells []Cell `json:"cells"`
}

// maxLaid bounds the rows of a layout that hold no record.
const maxLaid = 20_000

func (l *layout) add(line int, cells []Cell, skip map[int]bool) {
	if kept := trimmed(cells, skip); len(kept) > 0 && len(l.Rows) < maxLaid {
		l.Rows = append(l.Rows, laid{line, kept})
	}
}

func (l *layout) text() (string, error) {
	text, err := json.Marshal(l)
	return string(text), err
}

// trimmed copies the cells of a row without those that are kept nowhere, and
// without the blank ones at its end.
func trimmed(cells []Cell, skip map[int]bool) []Cell {
	end := 0
	for i, c := range cells {
		if c != (Cell{}) && !skip[i] {
			end = i + 1
		}
	}
	kept := make([]Cell, end)
	for i := range kept {
		if !skip[i] {
			kept[i] = cells[i]
		}
	}
	return kept
}

// Writer writes a list as a spreadsheet of one sheet, row by row, as it was
// given. Texts stand in their cells as texts: what begins with = is no formula.
type Writer struct {
	zip  *zip.Writer
	out  *bufio.Writer
	rows []laid // of the layout that are still to come
}

// NewWriter begins a spreadsheet with the layout of a list.
func NewWriter(w io.Writer, text string) (*Writer, error) {
	var l layout
	if err := json.Unmarshal([]byte(text), &l); err != nil {
		return nil, fault.Wrap(fault.Internal, "legacy.layout", err)
	}
	x := &Writer{zip: zip.NewWriter(w), rows: l.Rows}
	start := ""
	if l.Start {
		start = `<workbookPr date1904="1"/>`
	}
	const (
		head = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
		main = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
		rel  = `http://schemas.openxmlformats.org/officeDocument/2006/relationships`
		pkg  = `http://schemas.openxmlformats.org/package/2006/`
		mime = `application/vnd.openxmlformats-officedocument.spreadsheetml.`
	)
	for _, part := range [][2]string{
		{"[Content_Types].xml", `<Types xmlns="` + pkg + `content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="` + mime + `sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="` + mime + `worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="` + mime + `styles+xml"/></Types>`},
		{"_rels/.rels", `<Relationships xmlns="` + pkg + `relationships"><Relationship Id="rId1" Type="` + rel + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", `<workbook ` + main + ` xmlns:r="` + rel + `">` + start + `<sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="` + pkg + `relationships"><Relationship Id="rId1" Type="` + rel + `/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="` + rel + `/styles" Target="styles.xml"/></Relationships>`},
		// Style 1 is a day, year first.
		{"xl/styles.xml", `<styleSheet ` + main + `><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/></numFmts><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf numFmtId="164" applyNumberFormat="1"/></cellXfs></styleSheet>`},
		{"xl/worksheets/sheet1.xml", `<worksheet ` + main + `><sheetData>`},
	} {
		out, err := x.zip.Create(part[0])
		if err != nil {
			return nil, err
		}
		x.out = bufio.NewWriter(out)
		if _, err := x.out.WriteString(head + part[1]); err != nil {
			return nil, err
		}
		if err := x.out.Flush(); err != nil {
			return nil, err
		}
	}
	return x, nil
}

// Row writes a record as it was given, and before it what stood above it.
func (x *Writer) Row(line int, given string) error {
	var cells []Cell
	if err := json.Unmarshal([]byte(given), &cells); err != nil {
		return fault.Wrap(fault.Internal, "legacy.layout", err)
	}
	for len(x.rows) > 0 && x.rows[0].Line < line {
		if err := x.row(x.rows[0]); err != nil {
			return err
		}
		x.rows = x.rows[1:]
	}
	return x.row(laid{line, cells})
}

// Close writes what is left and ends the file. It does not close the writer beneath.
func (x *Writer) Close() error {
	for _, r := range x.rows {
		if err := x.row(r); err != nil {
			return err
		}
	}
	if _, err := x.out.WriteString(`</sheetData></worksheet>`); err != nil {
		return err
	}
	if err := x.out.Flush(); err != nil {
		return err
	}
	return x.zip.Close()
}

// escaped is the reverse of unescaped: what XML cannot hold is written _x0001_,
// and a text that looks so already is kept from being read so.
func escaped(s string) string {
	if !strings.Contains(s, "_x") && !strings.ContainsFunc(s, control) {
		return s
	}
	var b strings.Builder
	for i, r := range s {
		switch {
		case control(r):
			fmt.Fprintf(&b, "_x%04X_", r)
		case r == '_' && unescaped(s[i:min(len(s), i+7)]) != s[i:min(len(s), i+7)]:
			b.WriteString("_x005F_")
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

func control(r rune) bool { return r < 0x20 && r != '\t' && r != '\n' }

func (x *Writer) row(r laid) error {
	line := strconv.Itoa(r.Line)
	_, _ = x.out.WriteString(`<row r="` + line + `">`) // a failed write stays: Flush says so
	for i, c := range r.Cells {
		if c.Text == "" {
			continue
		}
		ref := `<c r="` + letter(i) + line + `"`
		switch c.Kind {
		case Number:
			_, _ = x.out.WriteString(ref + `><v>`)
		case Dated:
			_, _ = x.out.WriteString(ref + ` s="1"><v>`)
		default:
			_, _ = x.out.WriteString(ref + ` t="inlineStr"><is><t xml:space="preserve">`)
		}
		if err := xml.EscapeText(x.out, []byte(escaped(c.Text))); err != nil {
			return err
		}
		end := `</v></c>`
		if c.Kind == Words {
			end = `</t></is></c>`
		}
		_, _ = x.out.WriteString(end)
	}
	_, err := x.out.WriteString(`</row>`)
	return err
}
