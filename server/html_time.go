package server

import (
	"time"

	"github.com/conflictmap/conflictmap/geo"
)

// Days come first: 22 Jul 2024 reads the same to everyone, 7/22/2024 does not.
const (
	dayLayout   = "2 Jan 2006"
	monthLayout = "January 2006"
)

// instantWord writes a date, or a time of UTC.
func instantWord(i geo.Instant) piece {
	if i.IsDate() {
		return piece{Text: i.First().Format(dayLayout), Datetime: i.String()}
	}
	layout := dayLayout + ", 15:04 UTC"
	if i.First().Second() != 0 {
		layout = dayLayout + ", 15:04:05 UTC"
	}
	return piece{Text: i.First().Format(layout), Datetime: i.String()}
}

// eventTimeWords says when an event was: known ends as dates, open and unknown ones
// in words, and what is not known to the day never as a day.
func eventTimeWords(e *geo.Event) []piece {
	toTheDay := e.DatePrecision == "day"
	switch {
	case e.Start.IsZero() && e.End.IsZero():
		return []piece{{Text: "Date not known"}}
	case e.Start.IsZero():
		return []piece{{Text: "Until "}, instantWord(e.End), {Text: " at the latest"}}
	case e.End.IsZero() && toTheDay:
		return []piece{{Text: "Since "}, instantWord(e.Start), {Text: ", going on when reported"}}
	case e.End.IsZero():
		return []piece{{Text: "Since "}, instantWord(e.Start), {Text: " at the earliest, going on when reported"}}
	case toTheDay:
		return rangeWords(e.Time())
	case e.Start == e.End:
		return []piece{{Text: "About "}, instantWord(e.Start)}
	}
	return append([]piece{{Text: "Within "}}, rangeWords(e.Time())...)
}

// spanWords says which time a collection covers; nothing of all time.
func spanWords(v geo.Interval) []piece {
	switch {
	case v.IsZero():
		return nil
	case v.Start.IsZero():
		return []piece{{Text: "Until "}, instantWord(v.End)}
	case v.End.IsZero():
		return []piece{{Text: "Since "}, instantWord(v.Start)}
	}
	return rangeWords(v)
}

// rangeWords writes an interval with both ends, without saying a month or a year
// twice: 21-30 Jun 2024, and July 2024 for the whole of a month.
func rangeWords(v geo.Interval) []piece {
	from, to := v.Start.First(), v.End.First()
	switch {
	case v.Start == v.End:
		return []piece{instantWord(v.Start)}
	case !v.Start.IsDate() || !v.End.IsDate():
		return []piece{instantWord(v.Start), {Text: " – "}, instantWord(v.End)}
	case isWholeMonth(from, to):
		return []piece{{Text: from.Format(monthLayout), Datetime: from.Format("2006-01")}}
	}
	layout := dayLayout
	dash := " – "
	if from.Year() == to.Year() {
		layout = "2 Jan"
		if from.Month() == to.Month() {
			layout, dash = "2", "–"
		}
	}
	return []piece{{Text: from.Format(layout), Datetime: v.Start.String()}, {Text: dash}, instantWord(v.End)}
}

func isWholeMonth(from, to time.Time) bool {
	return from.Day() == 1 && from.Year() == to.Year() && from.Month() == to.Month() && to.AddDate(0, 0, 1).Day() == 1
}

// partialDate writes a date as far as it is known: 2024, 2024-07 or 2024-07-22.
func partialDate(s string) piece {
	for layout, words := range map[string]string{"2006-01-02": dayLayout, "2006-01": monthLayout} {
		if at, err := time.Parse(layout, s); err == nil {
			return piece{Text: at.Format(words), Datetime: s}
		}
	}
	return piece{Text: s, Datetime: s}
}
