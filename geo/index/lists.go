package index

import (
	"encoding/binary"
	"math/bits"
	"slices"
)

// lists holds many ascending lists of rows of one table. A list of more than one
// row in denseShare is a bitset, 8 bytes for 64 rows; another one is the distances
// from row to row as uvarints.
type lists struct {
	rows   int      // of the table
	counts []uint32 // rows in each list
	ends   []uint64 // where in data each list ends
	data   []byte
}

const denseShare = 8

func (l *lists) dense(i int) bool { return int(l.counts[i])*denseShare > l.rows }

func (l *lists) bytes(i int) []byte {
	from := uint64(0)
	if i > 0 {
		from = l.ends[i-1]
	}
	return l.data[from:l.ends[i]]
}

// add appends a list of ascending rows.
func (l *lists) add(rows []uint32) {
	l.counts = append(l.counts, uint32(len(rows)))
	if l.dense(len(l.counts) - 1) {
		from := len(l.data)
		l.data = append(l.data, make([]byte, 8*wordsFor(l.rows))...)
		for _, r := range rows {
			l.data[from+int(r>>3)] |= 1 << (r & 7)
		}
	} else {
		previous := uint32(0)
		for _, r := range rows {
			l.data = binary.AppendUvarint(l.data, uint64(r-previous))
			previous = r
		}
	}
	l.ends = append(l.ends, uint64(len(l.data)))
}

// into puts the rows of a list into the set.
func (l *lists) into(i int, set bitset) {
	b := l.bytes(i)
	if l.dense(i) {
		for w := range set {
			set[w] |= binary.LittleEndian.Uint64(b[8*w:])
		}
		return
	}
	row := uint32(0)
	for at := 0; at < len(b); {
		// Most distances fit into a byte.
		if d := b[at]; d < 0x80 {
			row += uint32(d)
			at++
		} else {
			d, size := binary.Uvarint(b[at:])
			row += uint32(d)
			at += size
		}
		set.set(row)
	}
}

// each calls f with the rows of a list, in order.
func (l *lists) each(i int, f func(row uint32)) {
	b := l.bytes(i)
	if l.dense(i) {
		for w := range len(b) / 8 {
			for word := binary.LittleEndian.Uint64(b[8*w:]); word != 0; word &= word - 1 {
				f(uint32(w<<6 | bits.TrailingZeros64(word)))
			}
		}
		return
	}
	row := uint32(0)
	for at := 0; at < len(b); {
		d, size := binary.Uvarint(b[at:])
		row += uint32(d)
		at += size
		f(row)
	}
}

// countIn counts the rows of a list that are in the set.
func (l *lists) countIn(i int, set bitset) (n int) {
	if l.dense(i) {
		b := l.bytes(i)
		for w, word := range set {
			n += bits.OnesCount64(word & binary.LittleEndian.Uint64(b[8*w:]))
		}
		return n
	}
	l.each(i, func(row uint32) {
		n += int(set[row>>6] >> (row & 63) & 1)
	})
	return n
}

// keyed is lists by a number: the rows of each place, each actor.
type keyed struct {
	keys []uint32 // ascending
	lists
}

func (k *keyed) find(key uint32) (int, bool) { return slices.BinarySearch(k.keys, key) }

// rowsOf puts the rows of a key into the set.
func (k *keyed) rowsOf(key uint32, set bitset) {
	if i, found := k.find(key); found {
		k.into(i, set)
	}
}

// rowsOfAll puts the rows of all keys of a set into another.
func (k *keyed) rowsOfAll(keys, set bitset) {
	for i, key := range k.keys {
		if keys.has(key) {
			k.into(i, set)
		}
	}
}

// few lists the places of the keys of a set, where they have no more than so many
// rows together.
func (k *keyed) few(keys bitset, most int) (list []int, few bool) {
	rows := 0
	take := func(i int) bool {
		list = append(list, i)
		rows += int(k.counts[i])
		return rows <= most
	}
	if n := keys.count(); n*searchCost < len(k.keys) {
		for key := range keys.all() {
			if i, found := k.find(key); found && !take(i) {
				return nil, false
			}
		}
		return list, true
	}
	for i, key := range k.keys {
		if keys.has(key) && !take(i) {
			return nil, false
		}
	}
	return list, true
}

// searchCost is about how many keys can be looked at in the time in which one is
// searched for.
const searchCost = 32

// pair is a key and a row in one number, so that sorting them is cheap.
type pair uint64

func makePair(key, row uint32) pair { return pair(key)<<32 | pair(row) }

func (p pair) key() uint32 { return uint32(p >> 32) }
func (p pair) row() uint32 { return uint32(p) }

// newKeyed makes the lists of pairs, which it sorts; a pair may stand twice.
func newKeyed(rows int, pairs []pair) keyed {
	slices.Sort(pairs)
	pairs = slices.Compact(pairs)
	k := keyed{lists: lists{rows: rows}}
	var list []uint32
	for i, p := range pairs {
		list = append(list, p.row())
		if i == len(pairs)-1 || pairs[i+1].key() != p.key() {
			k.keys = append(k.keys, p.key())
			k.add(list)
			list = list[:0]
		}
	}
	return k
}

// mergeKeyed makes the lists of several tables' lists, whose rows stand in the new
// table where the maps say; gone where they do not. The maps keep the order.
func mergeKeyed(rows int, from []*keyed, maps [][]uint32) keyed {
	k := keyed{lists: lists{rows: rows}}
	heads := make([]int, len(from))
	var list []uint32
	for {
		key, more := uint32(0), false
		for i, f := range from {
			if heads[i] < len(f.keys) && (!more || f.keys[heads[i]] < key) {
				key, more = f.keys[heads[i]], true
			}
		}
		if !more {
			return k
		}
		list = list[:0]
		for i, f := range from {
			if heads[i] < len(f.keys) && f.keys[heads[i]] == key {
				list = appendMapped(list, &f.lists, heads[i], maps[i])
				heads[i]++
			}
		}
		if len(list) > 0 {
			k.keys = append(k.keys, key)
			k.add(list)
		}
	}
}

const gone = ^uint32(0)

// appendMapped merges a list's rows into an ascending list, as the map moves them.
func appendMapped(list []uint32, l *lists, i int, moved []uint32) []uint32 {
	from := len(list)
	l.each(i, func(row uint32) {
		if to := moved[row]; to != gone {
			list = append(list, to)
		}
	})
	if from > 0 && from < len(list) && list[from-1] > list[from] {
		slices.Sort(list)
	}
	return list
}
