package paper

import (
	"image/color"

	"github.com/boombuler/barcode/qr"

	"inkingi/internal/fault"
)

const (
	// module is the side of one small square: nine dots at 300 dpi, so that every
	// edge falls on a dot, and wide enough for the camera of a cheap telephone [J].
	module = 9 * 25.4 / 300 // mm
	// quiet is the empty border, in modules (ISO/IEC 18004 [M]).
	quiet = 4
)

// run is a row of dark modules.
type run struct{ X, Y, Length int }

// square draws a text as a QR code that can be read with a quarter of it gone
// (level Q): a paper in a pocket is folded. It gives the dark runs and the side.
func square(text string) ([]run, int, error) {
	code, err := qr.Encode(text, qr.Q, qr.Auto)
	if err != nil {
		return nil, 0, fault.Wrap(fault.Internal, "paper.code", err)
	}
	var all []run
	side := code.Bounds().Dx()
	for y := range side {
		for x := 0; x < side; x++ {
			from := x
			for x < side && code.At(x, y) == color.Black {
				x++
			}
			if x > from {
				all = append(all, run{from, y, x - from})
			}
		}
	}
	return all, side, nil
}
