package main

import "fmt"

// addImport adds what the import command cost.
func (s *scaleReport) addImport(c imported) {
	events := float64(s.Events)
	const work = "import"
	s.add(
		measure{Work: work, What: "time", Value: c.Seconds, Unit: seconds, Hold: atMost(holdImportPerMillion * max(1, events/1e6))},
		measure{Work: work, What: "rows", Value: events / c.Seconds, Unit: perSecond},
		measure{Work: work, What: "limit: reading the CSV", Value: c.Limit, Unit: seconds, Detail: true},
		measure{Work: work, What: "of the limit", Value: 100 * c.Limit / c.Seconds, Unit: percent, Detail: true},
		measure{Work: work, What: "memory at most", Value: c.PeakMiB, Unit: mebibyte, Hold: holdImportMemory},
		measure{Work: work, What: "of its own (RssAnon) at most", Value: c.OwnMiB, Unit: mebibyte},
		measure{Work: "file", What: "CSV", Value: c.CSVMiB, Unit: mebibyte, Detail: true},
		measure{Work: "file", What: "store", Value: c.FileMiB, Unit: mebibyte},
		measure{Work: "file", What: "index saved beside it", Value: c.SideMiB, Unit: mebibyte},
		measure{Work: "file", What: "records in it", Value: c.DataMiB, Unit: mebibyte},
		measure{Work: "file", What: "store to records", Value: c.FileMiB / c.DataMiB, Unit: times, Hold: holdFile},
	)
}

// addMemory adds what the server had in memory; the hold is of all of it.
func (s *scaleReport) addMemory(when string, m memory, h *hold) {
	work := "memory " + when
	s.add(
		measure{Work: work, What: "resident", Value: m.Own + m.Mapped, Unit: mebibyte, Hold: h},
		measure{Work: work, What: "of it its own (RssAnon)", Value: m.Own, Unit: mebibyte},
		measure{Work: work, What: "of it pages of files (RssFile)", Value: m.Mapped, Unit: mebibyte},
	)
}

// addRace adds a work that was measured against its limit.
func (s *scaleReport) addRace(w work, r race, bytesEach float64) {
	s.add(
		measure{Work: w.Name, What: "answers", Value: r.Ours, Unit: perSecond},
		measure{Work: w.Name, What: "limit", Value: r.Limit, Unit: perSecond, Detail: true},
		measure{Work: w.Name, What: ofLimit, Value: r.OfLimit(), Unit: percent, Hold: w.OfLimit},
		measure{Work: w.Name, What: fmt.Sprintf("median, %d at once", crowd), Value: r.Median, Unit: millis, Detail: true},
		measure{Work: w.Name, What: fmt.Sprintf("99th percentile, %d at once", crowd), Value: r.Tail, Unit: millis, Detail: true},
		measure{Work: w.Name, What: meanAnswer, Value: bytesEach, Unit: count, Detail: true},
	)
}

const (
	ofLimit    = "of the limit"
	meanAnswer = "bytes of an answer, mean"
	medianOne  = "median"
	tailOne    = "99th percentile"
)

// addSingle adds a work that one reader asked, and names the slowest of its requests.
func (s *scaleReport) addSingle(w work, one asked, bytesEach float64) {
	s.add(
		measure{Work: w.Name, What: medianOne, Value: one.Median, Unit: millis, Hold: w.Median},
		measure{Work: w.Name, What: tailOne, Value: one.Tail, Unit: millis, Hold: w.Tail},
		measure{Work: w.Name, What: meanAnswer, Value: bytesEach, Unit: count, Detail: true},
	)
	if path, worst := slowest(one.Times); len(w.Paths) > deepPages {
		s.Notes = append(s.Notes, fmt.Sprintf("%s: slowest at its median, with %s, is `%s`", w.Name, millis.text(worst), readable(w.Paths[path])))
	}
}

// addAbsent adds the holds of a work that the server does not have.
func (s *scaleReport) addAbsent(w work) {
	for _, m := range []measure{{What: ofLimit, Hold: w.OfLimit, Unit: percent}, {What: medianOne, Hold: w.Median, Unit: millis}, {What: tailOne, Hold: w.Tail, Unit: millis}} {
		if m.Hold != nil {
			m.Work, m.Absent = w.Name, true
			s.add(m)
		}
	}
}

// addUnderReaders adds what readers met while rows were imported.
func (s *scaleReport) addUnderReaders(u underImport) {
	work := fmt.Sprintf("import of %s rows under %d readers' requests a second", thousands(float64(u.Rows)), readersPerSecond)
	for _, err := range []error{u.Before.First, u.During.First} {
		if err != nil {
			s.Notes = append(s.Notes, fmt.Sprintf("a reader's request failed during the import: %.500s", err))
		}
	}
	before, during := percentile(u.Before.Times, 99), percentile(u.During.Times, 99)
	s.add(
		measure{Work: work, What: "rows", Value: float64(u.Rows) / u.Seconds, Unit: perSecond},
		measure{Work: work, What: "readers' median before", Value: median(u.Before.Times), Unit: millis},
		measure{Work: work, What: "readers' median during", Value: median(u.During.Times), Unit: millis},
		measure{Work: work, What: "readers' 99th percentile before", Value: before, Unit: millis},
		measure{Work: work, What: "readers' 99th percentile during", Value: during, Unit: millis},
		measure{Work: work, What: "99th percentile, during to before", Value: during / before, Unit: times, Hold: holdReadersTail},
		measure{Work: work, What: "failed requests", Value: float64(u.Before.Errors + u.During.Errors), Unit: count, Detail: true, Hold: holdErrors},
	)
}
