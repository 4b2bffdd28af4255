package index

import (
	"fmt"
	"slices"
	"time"

	"github.com/conflictmap/conflictmap/geo"
)

// Interval is how long a bin of a histogram is.
type Interval string

// The intervals. Weeks begin on Monday, as ISO 8601 has them; all are of UTC.
const (
	Day     Interval = "day"
	Week    Interval = "week"
	Month   Interval = "month"
	Quarter Interval = "quarter"
	Year    Interval = "year"
	Auto    Interval = "auto" // the finest that makes no more than autoBins bins
)

// Intervals lists them.
func Intervals() []Interval { return []Interval{Auto, Day, Week, Month, Quarter, Year} }

const (
	autoBins = 120
	// MaxBins bounds a histogram: 27 years of days.
	MaxBins = 10_000
)

// Counting says which bins an event that may cover several counts in.
type Counting string

// The ways to count.
const (
	// Once counts each event in one bin: that of its start, or of its end where only
	// that is known; moved into the time asked for, where it lies outside. The bins
	// and Undated add up to the events that the filter matches.
	Once Counting = "once"
	// Each counts it in every bin that it may cover, within the bins there are: each
	// bin is what the filter matches with the bin as its time, the undated left out.
	Each Counting = "each"
)

// Countings lists them.
func Countings() []Counting { return []Counting{Once, Each} }

// Grouping is what a histogram splits its bins by.
type Grouping string

// Groupings lists them; none is "".
func Groupings() []Grouping {
	return []Grouping{"type", "status", "date_precision", "place_precision", "dataset"}
}

// Bin is one stretch of a histogram.
type Bin struct {
	Start, End geo.Instant // first and last day
	Events     int
	By         []int // by the values of Histogram.Groups
}

// Histogram is events over time.
type Histogram struct {
	Interval Interval // never Auto
	Bins     []Bin    // without gaps, in order of time; empty where no event is dated
	Undated  Bin      // events that may have been at any time
	Groups   []string // the values that bins are split by; nil where they are not
}

// Histogram counts the events of a selection over time. within is the time that
// was asked for: bins reach no further. The error is Invalid where there would be
// more than MaxBins bins.
func (s Selection) Histogram(interval Interval, counting Counting, by Grouping, within geo.Interval) (Histogram, error) {
	from, to, dated := s.sortSpan()
	low, high := times(within)
	from, to = min(max(from, low), high), max(min(to, high), low)
	if counting == Each {
		from, to = s.widen(from, to, low, high)
	}
	h := histogram{groups: s.groups(by)}
	h.Interval, h.Groups = interval, h.groups.names
	if dated {
		if err := h.bins(interval, from, to); err != nil {
			return Histogram{}, err
		}
	}
	if h.Interval == Auto {
		h.Interval = Day // of no bins
	}
	for i, p := range s.parts {
		rows, sets := s.rows[i], h.groups.sets(p)
		switch {
		case len(h.Bins) == 0:
		case counting == Once:
			h.once(p, rows, sets)
		default:
			h.each(p, rows, sets)
		}
		h.Undated.add(rows, sets, p.firstBefore(always+1), p.rows)
	}
	return h.Histogram, nil
}

// sortSpan is the least and the greatest sort time of the dated events.
func (s Selection) sortSpan() (from, to int64, dated bool) {
	from, to = still, always
	for i, p := range s.parts {
		first, found := s.rows[i].next(0)
		if !found || p.sortTime(first) == always {
			continue
		}
		last, _ := s.rows[i].last(p.firstBefore(always + 1))
		from, to, dated = min(from, p.sortTime(last)), max(to, p.sortTime(first)), true
	}
	return from, to, dated
}

// widen reaches to all times that are known, within those asked for.
func (s Selection) widen(from, to, low, high int64) (int64, int64) {
	for i, p := range s.parts {
		for row := range s.rows[i].all() {
			if start := p.start[row]; start != always {
				from = min(from, max(start, low))
			}
			if end := p.end[row]; end != still {
				to = max(to, min(end, high))
			}
		}
	}
	return from, to
}

// histogram is one on its way.
type histogram struct {
	Histogram
	groups groups
	edges  []int64 // where each bin begins, and where the last ends
}

// groups are the values that bins are split by, as sets of each part's rows.
type groups struct {
	names []string
	sets  func(p *part) []bitset
}

func (s Selection) groups(by Grouping) groups {
	switch by {
	case "type":
		return groups{names(geo.EventTypes()), func(p *part) []bitset { return p.byType }}
	case "status":
		return groups{names(geo.Statuses()), func(p *part) []bitset { return p.byStatus }}
	case "date_precision":
		return groups{names(geo.DatePrecisions()), func(p *part) []bitset { return p.byDatePrecision }}
	case "place_precision":
		return groups{names(geo.PlacePrecisions()), (*part).precisions}
	case "dataset":
		return s.byDataset()
	}
	return groups{sets: func(*part) []bitset { return nil }}
}

func names[T ~string](codes []T) []string {
	list := make([]string, len(codes))
	for i, c := range codes {
		list[i] = string(c)
	}
	return list
}

// precisions is the rows placed with each precision: what has lost its place is
// placed nowhere, whatever it says.
func (p *part) precisions() []bitset {
	if p.lost == nil {
		return p.byPlacePrecision
	}
	sets := make([]bitset, len(p.byPlacePrecision))
	for i, precision := range geo.PlacePrecisions() {
		sets[i] = slices.Clone(p.byPlacePrecision[i])
		if precision == geo.UnknownPlace {
			sets[i].or(p.lost)
		} else {
			sets[i].andNot(p.lost)
		}
	}
	return sets
}

func (s Selection) byDataset() groups {
	var numbers []uint16
	var g groups
	for n, d := range s.snapshot.datasets {
		if d.leaves {
			numbers, g.names = append(numbers, uint16(n)), append(g.names, d.id)
		}
	}
	g.sets = func(p *part) []bitset {
		sets := make([]bitset, len(s.snapshot.datasets))
		for _, n := range numbers {
			sets[n] = newBitset(p.rows)
		}
		for row := range p.visible.all() {
			sets[p.table.dataset[row]].set(row)
		}
		return slices.DeleteFunc(sets, func(b bitset) bool { return b == nil })
	}
	return g
}

// bins lays out the bins from one time to another.
func (h *histogram) bins(interval Interval, from, to int64) error {
	if interval == Auto {
		interval = Year
		for _, finer := range []Interval{Day, Week, Month, Quarter} {
			if n, _ := edges(finer, from, to, autoBins); n <= autoBins {
				interval = finer
				break
			}
		}
	}
	n, at := edges(interval, from, to, MaxBins)
	if n > MaxBins {
		return geo.Reject("the histogram would be too long", []geo.Fault{{Name: "interval", Value: string(interval),
			Detail: fmt.Sprintf("makes more than %d bins of the time from %s to %s: ask for a longer interval or a shorter datetime", MaxBins, dateOf(from), dateOf(to))}})
	}
	h.Interval, h.edges = interval, at
	h.Bins = make([]Bin, n)
	for i := range h.Bins {
		h.Bins[i] = Bin{Start: dateOf(at[i]), End: dateOf(at[i+1] - 1)}
	}
	return nil
}

// edges lists where bins begin that hold the times, and where the last one ends;
// of more than limit bins only their number beyond it.
func edges(interval Interval, from, to int64, limit int) (int, []int64) {
	at := binStart(interval, instant(from))
	list := []int64{at.UnixMicro()}
	for list[len(list)-1] <= to {
		if len(list) > limit {
			return len(list), nil
		}
		at = nextBin(interval, at)
		list = append(list, at.UnixMicro())
	}
	return len(list) - 1, list
}

func binStart(interval Interval, t time.Time) time.Time {
	y, m, d := t.Date()
	switch interval {
	case Week:
		d -= (int(t.Weekday()) + 6) % 7
	case Month:
		d = 1
	case Quarter:
		m, d = (m-1)/3*3+1, 1
	case Year:
		m, d = 1, 1
	}
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

func nextBin(interval Interval, t time.Time) time.Time {
	switch interval {
	case Week:
		return t.AddDate(0, 0, 7)
	case Month:
		return t.AddDate(0, 1, 0)
	case Quarter:
		return t.AddDate(0, 3, 0)
	case Year:
		return t.AddDate(1, 0, 0)
	}
	return t.AddDate(0, 0, 1)
}

// once counts rows by their sort time. Rows stand in its order: those of a bin are
// one stretch, and counting them is counting bits. The undated stand last.
func (h *histogram) once(p *part, rows bitset, groups []bitset) {
	end := p.firstBefore(always + 1)
	for b := range h.Bins {
		first := 0 // of the last bin, in which what lies after the time asked for counts
		if b < len(h.Bins)-1 {
			first = p.firstBefore(h.edges[b+1])
		}
		h.Bins[b].add(rows, groups, first, end)
		end = first
	}
}

// add counts the rows of a stretch.
func (b *Bin) add(rows bitset, groups []bitset, first, end int) {
	n := rows.countRange(nil, first, end)
	if n == 0 {
		return
	}
	b.Events += n
	for v, group := range groups {
		b.by(len(groups))[v] += rows.countRange(group, first, end)
	}
}

func (b *Bin) by(groups int) []int {
	if b.By == nil {
		b.By = make([]int, groups)
	}
	return b.By
}

// each counts rows in every bin that they may cover.
func (h *histogram) each(p *part, rows bitset, groups []bitset) {
	// What is of one day is in one bin, and counts as it does once.
	short, lasting := slices.Clone(rows), slices.Clone(rows)
	short.andNot(p.lasting)
	lasting.and(p.lasting)
	h.once(p, short, groups)
	h.cover(p, lasting, func(b *Bin, n int) { b.Events += n })
	for v, group := range groups {
		of := slices.Clone(lasting)
		of.and(group)
		h.cover(p, of, func(b *Bin, n int) { b.by(len(groups))[v] += n })
	}
}

// cover tells how many of the rows may cover each bin.
func (h *histogram) cover(p *part, rows bitset, to func(b *Bin, n int)) {
	change := make([]int, len(h.Bins)+1)
	dated := uint32(p.firstBefore(always + 1))
	for row := range rows.all() {
		if row >= dated {
			break
		}
		change[h.binOf(p.start[row], 0)]++
		change[h.binOf(p.end[row], len(h.Bins)-1)+1]--
	}
	n := 0
	for b := range h.Bins {
		if n += change[b]; n > 0 {
			to(&h.Bins[b], n)
		}
	}
}

// binOf is the bin that a time lies in, the first or last one of times beyond.
func (h *histogram) binOf(at int64, open int) int {
	if at == always || at == still {
		return open
	}
	i, found := slices.BinarySearch(h.edges, at)
	if !found {
		i--
	}
	return max(0, min(i, len(h.Bins)-1))
}
