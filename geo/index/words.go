package index

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"github.com/conflictmap/conflictmap/geo"
)

// dictionary is the words of a table's texts, sorted, with the rows of each.
type dictionary struct {
	text string   // all words, one after the other
	ends []uint32 // where in text each ends
	lists

	// Words of scripts that are written without spaces are whole sentences, and a
	// search meets them anywhere: they stand here once more, each with a space
	// before it, to be searched through.
	loose     string
	looseEnds []uint32
	looseWord []uint32 // their places among the words
}

func (d *dictionary) word(i int) string {
	if i == 0 {
		return d.text[:d.ends[0]]
	}
	return d.text[d.ends[i-1]:d.ends[i]]
}

// into puts the rows of all words that a folded search word finds into the set.
func (d *dictionary) into(search string, set bitset) {
	if !geo.Plain([]byte(search)) {
		d.looseInto(search, set)
		return
	}
	first := sort.Search(len(d.ends), func(i int) bool { return d.word(i) >= search })
	for i := first; i < len(d.ends) && strings.HasPrefix(d.word(i), search); i++ {
		d.lists.into(i, set)
	}
}

func (d *dictionary) looseInto(search string, set bitset) {
	for from := 0; ; {
		at := strings.Index(d.loose[from:], search)
		if at < 0 {
			return
		}
		at += from
		i, _ := slices.BinarySearch(d.looseEnds, uint32(at+1))
		d.lists.into(int(d.looseWord[i]), set)
		from = int(d.looseEnds[i]) // the rest of this word finds nothing new
	}
}

// add appends a word, greater than the last one, with its rows.
func (d *dictionary) add(text *strings.Builder, word string, rows []uint32) {
	text.WriteString(word)
	d.ends = append(d.ends, uint32(text.Len()))
	d.lists.add(rows)
}

// finish ends the adding of words.
func (d *dictionary) finish(text *strings.Builder) {
	d.text = text.String()
	d.findLoose()
}

// findLoose gathers the words that a search meets anywhere.
func (d *dictionary) findLoose() {
	var loose strings.Builder
	for i := range d.ends {
		if w := d.word(i); !geo.Plain([]byte(w)) {
			loose.WriteString(" ")
			loose.WriteString(w)
			d.looseEnds = append(d.looseEnds, uint32(loose.Len()))
			d.looseWord = append(d.looseWord, uint32(i))
		}
	}
	d.loose = loose.String()
}

// wordList gathers the words of rows in any order: for each row those that it has.
type wordList struct {
	numbers map[string]uint32
	words   []string
	last    []uint32 // of each word: the row it was last met in, plus one
	of      []uint32 // numbers of the rows' words, row after row
	ends    []uint32 // of each row in of
}

func newWordList() *wordList { return &wordList{numbers: make(map[string]uint32)} }

// add counts a word to the row that is being read.
func (l *wordList) add(word []byte) {
	row := uint32(len(l.ends)) + 1
	n, known := l.numbers[string(word)]
	if !known {
		n = uint32(len(l.words))
		w := string(word)
		l.numbers[w] = n
		l.words = append(l.words, w)
		l.last = append(l.last, 0)
	}
	if l.last[n] != row {
		l.last[n] = row
		l.of = append(l.of, n)
	}
}

// endRow ends the row that is being read.
func (l *wordList) endRow() { l.ends = append(l.ends, uint32(len(l.of))) }

func (l *wordList) row(i uint32) []uint32 {
	if i == 0 {
		return l.of[:l.ends[0]]
	}
	return l.of[l.ends[i-1]:l.ends[i]]
}

// dictionary makes the dictionary of a table whose rows are these, in that order.
func (l *wordList) dictionary(order []uint32) dictionary {
	// Where the rows of each word go, when all stand one after the other.
	starts := make([]uint32, len(l.words)+1)
	for _, n := range l.of {
		starts[n+1]++
	}
	for i := range l.words {
		starts[i+1] += starts[i]
	}
	rows := make([]uint32, len(l.of))
	next := slices.Clone(starts)
	for to, from := range order {
		for _, n := range l.row(from) {
			rows[next[n]] = uint32(to)
			next[n]++
		}
	}
	sorted := make([]uint32, len(l.words))
	for i := range sorted {
		sorted[i] = uint32(i)
	}
	slices.SortFunc(sorted, func(a, b uint32) int { return cmp.Compare(l.words[a], l.words[b]) })
	d := dictionary{lists: lists{rows: len(order)}}
	var text strings.Builder
	for _, n := range sorted {
		if rows := rows[starts[n]:starts[n+1]]; len(rows) > 0 {
			d.add(&text, l.words[n], rows)
		}
	}
	d.finish(&text)
	return d
}

// mergeDictionaries is mergeKeyed for words.
func mergeDictionaries(rows int, from []*dictionary, maps [][]uint32) dictionary {
	d := dictionary{lists: lists{rows: rows}}
	heads := make([]int, len(from))
	var text strings.Builder
	var list []uint32
	for {
		word, more := "", false
		for i, f := range from {
			if heads[i] < len(f.ends) && (!more || f.word(heads[i]) < word) {
				word, more = f.word(heads[i]), true
			}
		}
		if !more {
			d.finish(&text)
			return d
		}
		list = list[:0]
		for i, f := range from {
			if heads[i] < len(f.ends) && f.word(heads[i]) == word {
				list = appendMapped(list, &f.lists, heads[i], maps[i])
				heads[i]++
			}
		}
		if len(list) > 0 {
			d.add(&text, word, list)
		}
	}
}
