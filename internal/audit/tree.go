package audit

import (
	"fmt"
	"math/bits"

	"golang.org/x/mod/sumdb/tlog"
)

// Edge is the right edge of the Merkle tree: the roots of its complete
// subtrees, which is all that growing the tree needs. The zero Edge is the
// empty tree. Every hash that Add gives is to be stored, in order, from index
// [tlog.StoredHashCount] of the size before: then proofs and C2SP tiles can be
// read back with x/mod/sumdb/tlog.
type Edge struct {
	size  int64
	peaks [64]tlog.Hash // by level; valid where size has that bit
}

// ReadEdge loads the edge of a tree of that size from stored hashes.
func ReadEdge(size int64, stored tlog.HashReader) (Edge, error) {
	e := Edge{size: size}
	var levels []int
	var indexes []int64
	for level := bits.Len64(uint64(size)) - 1; level >= 0; level-- {
		if size>>level&1 == 1 {
			levels = append(levels, level)
			indexes = append(indexes, tlog.StoredHashIndex(level, size>>level-1))
		}
	}
	if len(indexes) == 0 {
		return e, nil
	}
	hashes, err := stored.ReadHashes(indexes)
	if err != nil {
		return Edge{}, fmt.Errorf("read edge of tree: %w", err)
	}
	for i, level := range levels {
		e.peaks[level] = hashes[i]
	}
	return e, nil
}

// Size is the number of leaves.
func (e *Edge) Size() int64 { return e.size }

// Add grows the tree by one leaf and gives the hashes to store.
func (e *Edge) Add(leaf []byte) []tlog.Hash {
	h := tlog.RecordHash(leaf)
	fresh := []tlog.Hash{h}
	level := 0
	for ; e.size>>level&1 == 1; level++ {
		h = tlog.NodeHash(e.peaks[level], h)
		fresh = append(fresh, h)
	}
	e.peaks[level] = h
	e.size++
	return fresh
}

// Root is the hash of the whole tree; of the empty tree, SHA-256 of nothing.
func (e *Edge) Root() tlog.Hash {
	if e.size == 0 {
		root, _ := tlog.TreeHash(0, nil)
		return root
	}
	level := bits.TrailingZeros64(uint64(e.size))
	h := e.peaks[level]
	for level++; level < 64; level++ {
		if e.size>>level&1 == 1 {
			h = tlog.NodeHash(e.peaks[level], h)
		}
	}
	return h
}
