package exchange

import (
	"slices"
	"strings"
	"time"

	"github.com/conflictmap/conflictmap/geo"
)

// The columns that every ACLED export has, before and since March 2023.
var acledRequired = []string{"event_id_cnty", "event_date", "time_precision", "event_type", "sub_event_type", "latitude", "longitude", "geo_precision"}

var acledTaken = takes("event_id_cnty", "time_precision", "sub_event_type", "actor1", "actor2", "assoc_actor_1", "assoc_actor_2",
	"latitude", "longitude", "geo_precision", "source", "notes", "tags")

// The codes of the ACLED codebook.
var acledPlaces = map[string]geo.PlacePrecision{"1": geo.Exact, "2": geo.Near, "3": geo.RegionWide}

// acledTypes maps event types, and sub-event types that tell more, to ours.
var acledTypes = map[string]map[string]geo.EventType{
	"battles": {"": geo.Clash, "government regains territory": geo.TerritoryChange, "non-state actor overtakes territory": geo.TerritoryChange},
	"explosions/remote violence": {"": geo.Explosive, "air/drone strike": geo.BombingRaid,
		"shelling/artillery/missile attack": geo.Shelling},
	"violence against civilians": {"": geo.ViolenceAgainstCivilians},
	"protests":                   {"": geo.Protest},
	"riots":                      {"": geo.Protest},
	"strategic developments": {"": geo.OtherEvent, "agreement": geo.Agreement, "non-violent transfer of territory": geo.TerritoryChange,
		"headquarters or base established": geo.TerritoryChange},
}

func isACLEDHeader(header []string) bool {
	for _, h := range header {
		if strings.EqualFold(strings.TrimSpace(h), "event_id_cnty") {
			return true
		}
	}
	return false
}

type acled struct {
	dataset string
	now     time.Time
	rest    []int // columns that are kept under extra
}

func newACLED(c *columns, dataset string, now time.Time) acled {
	return acled{dataset, now, c.but(acledTaken)}
}

// convert makes an event of a row.
func (a acled) convert(c *columns) (*Draft, faults) {
	var fs faults
	id := c.get("event_id_cnty")
	if id == "" {
		fs.add("event_id_cnty", "", "is missing")
	}
	subtypes := coded(c, "event_type", acledTypes, &fs)
	kind, special := subtypes[strings.ToLower(c.get("sub_event_type"))]
	if !special {
		kind = subtypes[""]
	}
	e := &geo.Event{ID: a.dataset + ":" + id, Type: kind, Subtype: c.get("sub_event_type"), DatasetID: a.dataset, Incidents: 1, Status: "reported",
		PlacePrecision: coded(c, "geo_precision", acledPlaces, &fs), Tags: unique(split(c.get("tags")))}
	if e.Subtype == "" {
		e.Subtype = c.get("event_type")
	}
	on := day(c, "event_date", &fs)
	acledTime(e, on, c, &fs)
	lat, lon := c.number("latitude", &fs), c.number("longitude", &fs)
	if lat != nil && lon != nil {
		fs = append(fs, checkPoint("latitude", "longitude", *lat, *lon)...)
	}
	e.Geometry = point(lat, lon)
	// 0 is none or not known: no number is kept but in extra.
	if deaths := c.count("fatalities", &fs); deaths != nil && *deaths > 0 {
		e.Fatalities = &geo.Fatalities{Best: deaths}
	}
	e.Participants = acledActors(c)
	e.Title = eventTitle(e.Subtype, mainActors(e.Participants), c.get("location"))
	if notes := c.get("notes"); notes != "" {
		e.Summary = geo.Text{"en": notes}
	}
	for _, publisher := range split(c.get("source")) {
		e.Sources = append(e.Sources, geo.Source{Publisher: publisher})
	}
	if len(e.Sources) == 0 {
		e.Sources = []geo.Source{{Publisher: "ACLED", Title: "No source named"}}
	}
	e.Extra = c.rest(a.rest)
	return &Draft{Record: e, Warnings: doubtDates("event_date", on, a.now),
		Spot: Spot{Name: c.get("location"), District: c.get("admin2"), Region: c.get("admin1"), Country: c.get("country")}}, fs
}

// acledTime sets the time that the event may cover. ACLED writes one day of the
// week or the month where no more is known.
func acledTime(e *geo.Event, on geo.Instant, c *columns, fs *faults) {
	e.Start, e.End = on, on
	first := on.First()
	switch precision := c.get("time_precision"); precision {
	case "1":
		e.DatePrecision = "day"
	case "2":
		e.DatePrecision = "week"
		from, to := first.AddDate(0, 0, -6), first.AddDate(0, 0, 6)
		e.Start, e.End = geo.Date(from.Year(), from.Month(), from.Day()), geo.Date(to.Year(), to.Month(), to.Day())
		e.Inferred = acledInferred("the week of event_date, whose days are not told: six days before and after it are every week that it may be")
	case "3":
		e.DatePrecision = "month"
		e.Start, e.End = geo.Date(first.Year(), first.Month(), 1), geo.Date(first.Year(), first.Month()+1, 0)
		e.Inferred = acledInferred("the calendar month of event_date")
	default:
		fs.add("time_precision", precision, "is not one of the codes that the codebook has")
	}
}

func acledInferred(from string) []geo.Inference {
	return []geo.Inference{{Field: "start", From: "time_precision: " + from}, {Field: "end", From: "time_precision: " + from}}
}

// acledActors lists who took part. Actor 1 and 2 are not attacker and defender.
func acledActors(c *columns) (list []geo.Participant) {
	for _, column := range []struct {
		name string
		role geo.Role
	}{{"actor1", "party"}, {"actor2", "party"}, {"assoc_actor_1", "other"}, {"assoc_actor_2", "other"}} {
		for _, name := range split(c.get(column.name)) {
			list = append(list, geo.Participant{Name: name, Role: column.role})
		}
	}
	return list
}

func mainActors(list []geo.Participant) (parties []geo.Participant) {
	for _, p := range list {
		if p.Role == "party" {
			parties = append(parties, p)
		}
	}
	return parties
}

// unique leaves repeated texts out.
func unique(list []string) []string {
	var once []string
	for _, s := range list {
		if !slices.Contains(once, s) {
			once = append(once, s)
		}
	}
	return once
}
