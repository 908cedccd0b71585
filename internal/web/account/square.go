package account

import (
	"fmt"
	"image/color"
	"strconv"
	"strings"

	"github.com/boombuler/barcode/qr"

	"inkingi/internal/fault"
)

// square is a QR code as the path of an SVG picture.
type square struct {
	Side int // in squares, the empty border included
	Path string
}

// quiet is the empty border that cameras need (ISO/IEC 18004 [M]).
const quiet = 4

// Box is the picture's coordinate system.
func (s square) Box() string { return "0 0 " + strconv.Itoa(s.Side) + " " + strconv.Itoa(s.Side) }

// draw draws a text, one run of dark squares after the other.
func draw(text string) (square, error) {
	code, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return square{}, fault.Wrap(fault.Internal, "account.enrolment", err)
	}
	var path strings.Builder
	side := code.Bounds().Dx()
	for y := range side {
		for x := 0; x < side; x++ {
			from := x
			for x < side && code.At(x, y) == color.Black {
				x++
			}
			if x > from {
				fmt.Fprintf(&path, "M%d %dh%dv1h-%dz", from+quiet, y+quiet, x-from, x-from)
			}
		}
	}
	return square{Side: side + 2*quiet, Path: path.String()}, nil
}
