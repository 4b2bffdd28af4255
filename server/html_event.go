package server

import (
	"cmp"
	"slices"

	"github.com/conflictmap/conflictmap/geo"
)

// fact is one thing that a page says of a record.
type fact struct {
	Term     string
	Lines    [][]piece
	Inferred []inference // the fields of it that no source states
}

// eventFacts says all that is known of an event but its sources.
func (a *answer) eventFacts(e *geo.Event, names mentioned) []fact {
	when := [][]piece{eventTimeWords(e), {quiet(code("date_precision", e.DatePrecision))}}
	if e.DateText != "" {
		when = append(when, []piece{quiet("In the report’s words: “" + e.DateText + "”")})
	}
	facts := []fact{
		{Term: "When", Lines: when},
		{Term: "Where", Lines: whereLines(e, names)},
	}
	if e.Route != nil {
		facts = append(facts, fact{Term: "Way", Lines: [][]piece{routePieces(e.Route, names)}})
	}
	if len(e.Participants) > 0 {
		facts = append(facts, fact{Term: "Who", Lines: participantLines(e.Participants, names)})
	}
	if deaths := deathsLines(e); deaths != nil {
		facts = append(facts, fact{Term: "Deaths", Lines: deaths})
	}
	if e.Incidents > 1 {
		facts = append(facts, fact{Term: "Incidents", Lines: [][]piece{{word(number(e.Incidents)), quiet(" reported as one record")}}})
	}
	facts = append(facts, fact{Term: "Status", Lines: [][]piece{{word(code("status", e.Status))}}})
	if e.PartOf != "" {
		facts = append(facts, fact{Term: "Part of", Lines: mentionLines(geo.Events, []string{e.PartOf}, names)})
	}
	for _, r := range e.Related {
		facts = append(facts, fact{Term: code("relation", r.Relation), Lines: mentionLines(geo.Events, []string{r.Event}, names)})
	}
	return facts
}

// whereLines says where an event was: the place that it names, and then how closely
// that is known. A country's name alone would look like a spot.
func whereLines(e *geo.Event, names mentioned) (lines [][]piece) {
	switch {
	case e.PlaceID == "":
		return [][]piece{{word(code("place_precision", e.PlacePrecision))}}
	case e.PlacePrecision == geo.CountryWide:
		return [][]piece{{names.of(geo.Places, e.PlaceID), word(", place not given")}}
	}
	return [][]piece{{names.of(geo.Places, e.PlaceID)}, {quiet(code("place_precision", e.PlacePrecision))}}
}

func routePieces(r *geo.Route, names mentioned) []piece {
	if r.From == "" {
		return []piece{word("To "), names.of(geo.Places, r.To)}
	}
	line := []piece{word("From "), names.of(geo.Places, r.From), word(" to "), names.of(geo.Places, r.To)}
	if r.Assumed {
		line = append(line, quiet(" (no source says where it began: the start is assumed)"))
	}
	return line
}

func participantLines(list []geo.Participant, names mentioned) (lines [][]piece) {
	for _, p := range list {
		who := word(p.Name)
		if p.ActorID != "" {
			who = names.of(geo.Actors, p.ActorID)
		}
		lines = append(lines, []piece{who, quiet(", " + inside(code("role", p.Role)))})
	}
	return lines
}

// violence is the types of events at which people may die: of the others nothing is
// said where nothing is known.
var violence = []geo.EventType{geo.BombingRaid, geo.Shelling, geo.Offensive, geo.Clash, geo.Explosive, geo.ViolenceAgainstCivilians}

// deathsLines says how many died: the best estimate, and in brackets the lowest and
// the highest. Not known is not none.
func deathsLines(e *geo.Event) [][]piece {
	f := e.Fatalities
	if f == nil || f.Best == nil && f.Low == nil && f.High == nil {
		if f == nil && !slices.Contains(violence, e.Type) {
			return nil
		}
		return [][]piece{{quiet("unknown")}}
	}
	words := countOrUnknown(f.Best)
	if f.Low != nil || f.High != nil {
		words += " (" + countOrUnknown(f.Low) + "–" + countOrUnknown(f.High) + ")"
	}
	return [][]piece{{word(words)}}
}

func countOrUnknown(n *int) string {
	if n == nil {
		return "unknown"
	}
	return number(*n)
}

// notKnown is what records say where a publisher is not known.
const notKnown = "Not known"

// sourceLines says what an event rests on: what the report is; then who published it
// and when; then whom it cites.
func sourceLines(sources []geo.Source) (list [][][]piece) {
	for _, s := range sources {
		title, by := s.Title, []piece{word("Publisher: " + s.Publisher)}
		switch {
		case s.Publisher == notKnown:
			title, by = cmp.Or(title, "A report"), []piece{word("Publisher not known")}
		case title == "":
			title, by = s.Publisher, nil
		}
		if s.Date != "" {
			by = append(by, partialDate(s.Date))
		}
		cites := quiet("It does not say according to whom.")
		if s.AccordingTo != "" {
			cites = word("According to " + s.AccordingTo)
		}
		list = append(list, [][]piece{{outside(title, s.Link)}, joined(by, ", "), {cites}})
	}
	return list
}
