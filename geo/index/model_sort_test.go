package index_test

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
)

// sorted walks through a selection in a random order by pages, from cursor to
// cursor, and holds it to the sorted list.
func (a *asking) sorted(of index.Selection, want []*seen, k geo.Kind, f geo.Filter) error {
	keys := a.sortKeys(k)
	order := geo.FormatSort(keys)
	if read, err := geo.ParseSort(k, order); err != nil || !slices.Equal(read, keys) {
		return fmt.Errorf("sortby=%s is read as %v, %v", order, read, err)
	}
	var got []index.Row
	var after *index.Position
	for more, limit := true, 1+a.IntN(40); more; {
		var page []index.Row
		var positions []index.Position
		var err error
		if page, positions, more, err = of.SortedPage(keys, after, limit); err != nil {
			return fmt.Errorf("sortby=%s: %w", order, err)
		}
		if len(page) > limit || more && len(page) < limit || len(positions) != len(page) {
			return fmt.Errorf("sortby=%s: a page of %d rows has %d, and there are more", order, limit, len(page))
		}
		got = append(got, page...)
		if more {
			position, fault := index.ParseCursor(positions[len(page)-1].Cursor(k, f, keys), k, f, keys)
			if fault != nil {
				return fmt.Errorf("sortby=%s: %v", order, fault)
			}
			after = &position
		}
	}
	want = slices.Clone(want)
	slices.SortFunc(want, func(x, y *seen) int {
		for _, key := range keys {
			if c := compareBy(key, x, y); c != 0 {
				return c
			}
		}
		return compareSeen(x, y)
	})
	if d := difference(got, want); d != "" {
		return fmt.Errorf("sortby=%s: %s", order, d)
	}
	return nil
}

func (a *asking) sortKeys(k geo.Kind) (keys []geo.SortKey) {
	names := slices.Clone(geo.Sortables(k))
	a.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	for _, name := range names[:1+a.IntN(min(3, len(names)))] {
		keys = append(keys, geo.SortKey{Name: name, Descending: a.IntN(2) == 0})
	}
	return keys
}

// compareBy puts what is not known last in both directions.
func compareBy(key geo.SortKey, x, y *seen) int {
	xText, xNumber := valueOf(key.Name, x)
	yText, yNumber := valueOf(key.Name, y)
	if xUnknown, yUnknown := math.IsNaN(xNumber), math.IsNaN(yNumber); xUnknown || yUnknown {
		switch {
		case xUnknown && yUnknown:
			return 0
		case xUnknown:
			return 1
		}
		return -1
	}
	c := cmp.Or(cmp.Compare(xNumber, yNumber), strings.Compare(xText, yText))
	if key.Descending {
		return -c
	}
	return c
}

// valueOf is the text or the number that a record has under a name; NaN where it is
// not known. Microseconds of the years 1 to 9999 are exact in a float64 only to some
// thousandths of a second: no random time is finer.
func valueOf(name string, r *seen) (string, float64) {
	count := func(of *int) (string, float64) {
		if of == nil {
			return "", math.NaN()
		}
		return "", float64(*of)
	}
	instant := func(at geo.Instant, end bool) (string, float64) {
		switch {
		case at.IsZero():
			return "", math.NaN()
		case end:
			return "", float64(at.Last().UnixMicro())
		}
		return "", float64(at.First().UnixMicro())
	}
	switch name {
	case "id":
		return r.id(), 0
	case "change":
		return "", float64(r.seq)
	case "dataset_id":
		return r.record.InDataset(), 0
	case "title", "names":
		return geo.SortText(r.record), 0
	}
	if area, isArea := r.record.(*geo.Area); isArea {
		if name == "start" {
			return instant(area.Start, false)
		}
		return instant(area.End, true)
	}
	e, _ := r.record.(*geo.Event)
	deaths := geo.Fatalities{}
	if e.Fatalities != nil {
		deaths = *e.Fatalities
	}
	switch name {
	case "start":
		return instant(e.Start, false)
	case "end":
		return instant(e.End, true)
	case "type":
		return "", float64(slices.Index(geo.EventTypes(), e.Type))
	case "status":
		return "", float64(slices.Index(geo.Statuses(), e.Status))
	case "date_precision":
		return "", float64(slices.Index(geo.DatePrecisions(), e.DatePrecision))
	case "place_precision":
		return "", float64(slices.Index(geo.PlacePrecisions(), e.PlacePrecision))
	case "incidents":
		return "", float64(e.Incidents)
	case "fatalities.best":
		return count(deaths.Best)
	case "fatalities.low":
		return count(deaths.Low)
	}
	return count(deaths.High)
}
