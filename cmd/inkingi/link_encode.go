package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"
	"unicode/utf8"

	"inkingi/science/linkage"
)

// encode writes {"clks": […]} in the order of the records. It streams: nothing
// but one record is in memory.
func (l link) encode(ctx context.Context, c *console) error {
	text, err := os.ReadFile(l.Encode)
	if err != nil {
		return err
	}
	schema, err := linkage.ReadSchema(text)
	if err != nil {
		return fmt.Errorf("%s: %w", l.Encode, err)
	}
	secret, err := os.ReadFile(l.SecretFile)
	if err != nil {
		return err
	}
	encoder, err := linkage.NewEncoder(schema, bytes.TrimRight(secret, "\r\n"))
	if err != nil {
		return fmt.Errorf("%s: %w", l.SecretFile, err)
	}
	fmt.Fprintln(c.err, linkage.Warning)
	f, err := os.Open(l.Files[0])
	if err != nil {
		return err
	}
	defer f.Close()
	out := bufio.NewWriter(c.out)
	if err := encodeRows(&stoppable{ctx: ctx, in: f}, out, schema, encoder); err != nil {
		return fmt.Errorf("%s: %w", l.Files[0], err)
	}
	return out.Flush()
}

// encodeRows finds the columns by name and encodes row by row.
func encodeRows(in io.Reader, out io.Writer, schema *linkage.Schema, encoder *linkage.Encoder) error {
	r, err := linkage.Rows(in)
	if err != nil {
		return err
	}
	header, err := r.Read()
	if errors.Is(err, io.EOF) {
		return errors.New("the file is empty")
	}
	if err != nil {
		return err
	}
	place := make([]int, len(schema.Features))
	for i, feature := range schema.Features {
		place[i] = -1
		for j, h := range header {
			if strings.TrimSpace(h) == feature.Identifier {
				place[i] = j
			}
		}
		if place[i] < 0 && !feature.Ignored {
			return fmt.Errorf("row 1 has no column %q, which the schema encodes", feature.Identifier)
		}
	}
	cells := make([]string, len(place))
	for row := 1; ; row++ {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			if row == 1 {
				return errors.New("the file has names of columns and no record")
			}
			_, err = io.WriteString(out, "]}\n")
			return err
		}
		if err != nil {
			return err
		}
		for i, p := range place {
			if cells[i] = ""; p < 0 {
				continue
			}
			// Latin-1 read as such would be other bits than the partner's, who has UTF-8.
			if cells[i] = strings.TrimSpace(record[p]); !utf8.ValidString(cells[i]) {
				return fmt.Errorf("row %d, column %d is not UTF-8: save the file as UTF-8, as the other side must, or one name has two encodings", row+1, p+1)
			}
		}
		clk, err := encoder.Encode(cells)
		if err != nil {
			return fmt.Errorf("row %d: %w", row+1, err)
		}
		before := ","
		if row == 1 {
			before = `{"clks":[`
		}
		if _, err := fmt.Fprintf(out, "%s\n%q", before, base64.StdEncoding.EncodeToString(clk)); err != nil {
			return err
		}
	}
}

// encodings links two files of encodings.
func (l link) encodings(ctx context.Context, c *console, started time.Time) error {
	if len(l.Files) != 2 {
		return errors.New("encodings are compared between two files")
	}
	var sets [2][][]byte
	for i, name := range l.Files {
		var err error
		if sets[i], err = readEncodings(name); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	fmt.Fprintln(c.err, linkage.Warning)
	pairs, err := linkage.MostLike(ctx, sets[0], sets[1], l.Dice)
	if err != nil {
		return err
	}
	links := linkage.Greedy(pairs)
	if l.Clusters != "" {
		var b strings.Builder
		b.WriteString("row_a,row_b,dice\n")
		for _, p := range links {
			fmt.Fprintf(&b, "%d,%d,%.6f\n", p.A+1, p.B+1, p.Dice)
		}
		if err := os.WriteFile(l.Clusters, []byte(b.String()), 0o600); err != nil {
			return err
		}
	}
	records := len(sets[0]) + len(sets[1])
	out := linked{Records: records, Pairs: len(sets[0]) * len(sets[1]), Links: len(links), Clusters: records - len(links), Seconds: time.Since(started).Seconds()}
	if l.Format == "json" {
		return json.NewEncoder(c.out).Encode(out)
	}
	out.say(c.out)
	return nil
}

func readEncodings(name string) ([][]byte, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return linkage.ReadEncodings(text)
}
