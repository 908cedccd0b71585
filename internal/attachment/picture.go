package attachment

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	_ "image/gif" // what telephones and scanners make
	"image/jpeg"
	_ "image/png" // likewise

	"inkingi/internal/fault"
)

// Longest is the longest side of a kept picture, in pixels: a page of small print
// can still be read [J].
const Longest = 1600

// mostPixels bounds what a picture may ask of memory before it is drawn [J]: a
// small file can announce a picture of gigabytes.
const mostPixels = 24_000_000

// quality of the JPEG that is kept [J].
const quality = 82

// pictured says whether a file is a picture that can be drawn.
func pictured(content []byte) bool {
	for _, magic := range []string{"\xff\xd8\xff", "\x89PNG\r\n\x1a\n", "GIF87a", "GIF89a"} {
		if bytes.HasPrefix(content, []byte(magic)) {
			return true
		}
	}
	return false
}

// redraw takes up to a hundred megabytes for a while: who calls lets one at a time.
//
// It draws a picture anew, upright, on white, no side longer than Longest.
// Nothing but its points is taken over.
func redraw(content []byte) ([]byte, error) {
	config, _, err := image.DecodeConfig(bytes.NewReader(content))
	if err != nil || config.Width <= 0 || config.Height <= 0 {
		return nil, fault.Field(field, "fault.attachment.broken")
	}
	if config.Width > mostPixels/config.Height {
		return nil, fault.Field(field, "fault.attachment.points")
	}
	from, _, err := image.Decode(bytes.NewReader(content))
	if err != nil {
		return nil, fault.Field(field, "fault.attachment.broken")
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, upright(shrink(from), orientation(content)), &jpeg.Options{Quality: quality}); err != nil {
		return nil, fault.Field(field, "fault.attachment.broken")
	}
	return out.Bytes(), nil
}

// shrink averages the points of a picture on white; a smaller one keeps its size.
func shrink(from image.Image) *image.RGBA {
	b := from.Bounds()
	w, h := b.Dx(), b.Dy()
	if long := max(w, h); long > Longest {
		w, h = max(1, w*Longest/long), max(1, h*Longest/long)
	}
	to := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		top, bottom := b.Min.Y+y*b.Dy()/h, b.Min.Y+max((y+1)*b.Dy()/h, y*b.Dy()/h+1)
		for x := range w {
			left, right := b.Min.X+x*b.Dx()/w, b.Min.X+max((x+1)*b.Dx()/w, x*b.Dx()/w+1)
			to.SetRGBA(x, y, mean(from, image.Rect(left, top, right, bottom)))
		}
	}
	return to
}

// mean is the colour of an area on white paper.
func mean(from image.Image, of image.Rectangle) color.RGBA {
	var r, g, b, n uint64
	for y := of.Min.Y; y < of.Max.Y; y++ {
		for x := of.Min.X; x < of.Max.X; x++ {
			cr, cg, cb, ca := from.At(x, y).RGBA() // with the alpha multiplied in
			white := uint64(0xffff - ca)
			r, g, b, n = r+uint64(cr)+white, g+uint64(cg)+white, b+uint64(cb)+white, n+1
		}
	}
	return color.RGBA{uint8(r / n >> 8), uint8(g / n >> 8), uint8(b / n >> 8), 0xff}
}

// upright turns a picture as the camera was held (EXIF 2.3, tag 0x0112) [M].
func upright(from *image.RGBA, held int) *image.RGBA {
	w, h := from.Bounds().Dx(), from.Bounds().Dy()
	turned := held >= 5
	if held <= 1 || held > 8 {
		return from
	}
	to := image.NewRGBA(image.Rect(0, 0, w, h))
	if turned {
		to = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	for y := range h {
		for x := range w {
			p := from.RGBAAt(x, y)
			switch held {
			case 2:
				to.SetRGBA(w-1-x, y, p)
			case 3:
				to.SetRGBA(w-1-x, h-1-y, p)
			case 4:
				to.SetRGBA(x, h-1-y, p)
			case 5:
				to.SetRGBA(y, x, p)
			case 6:
				to.SetRGBA(h-1-y, x, p)
			case 7:
				to.SetRGBA(h-1-y, w-1-x, p)
			case 8:
				to.SetRGBA(y, w-1-x, p)
			}
		}
	}
	return to
}

// orientation reads how the camera was held out of a JPEG's EXIF part: 1 to 8, 1
// when it does not say.
func orientation(content []byte) int {
	for b := content; len(b) > 4; {
		if b[0] == 0xff && b[1] == 0xd8 {
			b = b[2:]
			continue
		}
		if b[0] != 0xff || b[1] == 0xda || b[1] == 0xd9 {
			return 1
		}
		n := int(binary.BigEndian.Uint16(b[2:]))
		if n < 2 || 2+n > len(b) {
			return 1
		}
		if part := b[4 : 2+n]; b[1] == 0xe1 && bytes.HasPrefix(part, []byte("Exif\x00\x00")) {
			return held(part[6:])
		}
		b = b[2+n:]
	}
	return 1
}

// held reads the tag out of a TIFF header.
func held(tiff []byte) int {
	if len(tiff) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.BigEndian
	if tiff[0] == 'I' {
		order = binary.LittleEndian
	}
	at := int(order.Uint32(tiff[4:]))
	if at < 8 || at+2 > len(tiff) {
		return 1
	}
	n := int(order.Uint16(tiff[at:]))
	for i := range n {
		entry := at + 2 + 12*i
		if entry+12 > len(tiff) {
			return 1
		}
		if order.Uint16(tiff[entry:]) == 0x0112 {
			if v := int(order.Uint16(tiff[entry+8:])); v >= 1 && v <= 8 {
				return v
			}
			return 1
		}
	}
	return 1
}
