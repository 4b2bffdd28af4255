package index_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geotest"
	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/paulmach/orb"
)

// world is a small catalog: a country with a state in it and two towns, an
// alliance with a member, events of each precision.
func world() []geo.Record {
	july := func(day int) geo.Instant { return geo.Date(2024, 7, day) }
	state := geotest.Area("state", "d", geo.State, 0, 0, 10, 10)
	state.Within = "country"
	zone := geotest.Area("zone", "d", geo.Zone, 0, 0, 3, 3)
	zone.Start, zone.End = july(1), july(10)
	town := geotest.Place("town", "d", 1, 1)
	town.Names["my"] = "လားရှိုး"
	far := geotest.Place("far", "d", 50, 50)
	far.Within = "state" // what is said counts beside what is drawn
	operation := geotest.Event("operation", "d", "state", july(1))
	operation.PlacePrecision, operation.End = geo.RegionWide, geo.Instant{}
	raid := geotest.Event("raid", "d", "town", july(5))
	raid.PartOf, raid.Type, raid.Participants = "operation", geo.BombingRaid, []geo.Participant{{ActorID: "army", Role: "party"}}
	visit := geotest.Event("visit", "d", "far", july(20))
	visit.Type, visit.Route = geo.DiplomaticVisit, &geo.Route{From: "town", To: "far", Assumed: true}
	trip := geotest.Event("trip", "d", "far", july(21))
	trip.Route = &geo.Route{From: "town", To: "far"}
	undated := geotest.Event("undated", "d", "", geo.Instant{})
	undated.DatePrecision, undated.PlacePrecision = geo.UnknownDate, geo.UnknownPlace
	deaths := geotest.Event("deaths", "d", "", july(6))
	two := 2
	deaths.Geometry, deaths.PlacePrecision, deaths.Fatalities = orb.Point{2, 2}, geo.DistrictWide, &geo.Fatalities{Low: &two}
	return []geo.Record{geotest.Dataset("d", geo.Public), geotest.Area("country", "d", geo.Country, -20, -20, 20, 20), state, zone, town, far,
		geotest.Actor("alliance", "d"), geotest.Actor("army", "d", "alliance"), operation, raid, visit, trip, undated, deaths}
}

func snapshot(t *testing.T, records ...geo.Record) *index.Snapshot {
	t.Helper()
	return with(t, index.Empty(logOf(t, records...).read), 1, records...)
}

// with is the state after records are put, the first by the change of that number.
func with(t *testing.T, s *index.Snapshot, seq uint64, records ...geo.Record) *index.Snapshot {
	t.Helper()
	entries := make([]index.Entry, len(records))
	for i, r := range records {
		entries[i] = entry(t, seq+uint64(i), r)
	}
	next, err := s.With(entries)
	if err != nil {
		t.Fatal(err)
	}
	return next
}

func entry(t *testing.T, seq uint64, r geo.Record) index.Entry {
	t.Helper()
	feature, err := geo.EncodeFeature(r)
	if err != nil {
		t.Fatal(err)
	}
	return index.Entry{Kind: r.Kind(), ID: r.Key(), Seq: seq, Time: time.Unix(int64(seq), 0), Feature: feature}
}

func shown(s *index.Snapshot, k geo.Kind, id string) bool {
	_, found := s.Find(k, id)
	return found
}

func attached(t *testing.T, s *index.Snapshot, id string, f geo.Filter) string {
	t.Helper()
	a, err := s.Attachments(f)
	if err != nil {
		t.Fatal(err)
	}
	r, _ := s.Location(id)
	return ids(all(a.Of(r)))
}

func ids(rows []index.Row) string {
	var list []string
	for _, r := range rows {
		list = append(list, r.ID)
	}
	return strings.Join(list, " ")
}

func all(s index.Selection) []index.Row {
	rows, _ := s.Page(nil, s.Len())
	return rows
}

func TestSelect(t *testing.T) {
	s := snapshot(t, world()...)
	interval := func(text string) geo.Interval {
		v, err := geo.ParseInterval(text)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	for _, c := range []struct {
		name string
		f    geo.Filter
		want string // newest first, undated last
	}{
		{"everything", geo.Filter{}, "trip visit deaths raid operation undated"},
		{"a box; what is nowhere may be in it", geo.Filter{Box: &geo.Box{West: 0.5, South: 0.5, East: 1.5, North: 1.5}}, "raid operation undated"},
		{"a box across 180", geo.Filter{Box: &geo.Box{West: 170, South: 0, East: -170, North: 60}}, "undated"},
		{"a day; an open end and the undated may be on it", geo.Filter{Time: interval("2024-07-20")}, "visit operation undated"},
		{"before all", geo.Filter{Time: interval("../2024-06-30")}, "undated"},
		{"type", geo.Filter{Types: []geo.EventType{geo.BombingRaid, geo.DiplomaticVisit}}, "visit raid"},
		{"actor, by its member", geo.Filter{Actors: []string{"alliance"}}, "raid"},
		{"place, and known starts of journeys", geo.Filter{Places: []string{"town"}}, "trip raid"},
		{"place, to where journeys go", geo.Filter{Places: []string{"far"}}, "trip visit"},
		{"state: its places, its own, what is said to lie within", geo.Filter{Areas: []string{"state"}}, "trip visit deaths raid operation"},
		{"country: what its state holds", geo.Filter{Areas: []string{"country"}}, "trip visit deaths raid operation"},
		{"zone, while it stood; a district's point tells nothing", geo.Filter{Areas: []string{"zone"}}, "raid"},
		{"part of", geo.Filter{PartOf: []string{"operation"}}, "raid"},
		{"deaths known", geo.Filter{MinFatalities: 2}, "deaths"},
		{"more deaths than known", geo.Filter{MinFatalities: 3}, ""},
		{"word of the place", geo.Filter{Words: "လားရှိုး"}, "raid"},
		{"word of the actor", geo.Filter{Words: "ARM"}, "raid"},
		{"status", geo.Filter{Statuses: []geo.Status{"verified"}}, ""},
		{"two fields", geo.Filter{Areas: []string{"state"}, Types: []geo.EventType{geo.DiplomaticVisit}}, "visit"},
	} {
		selection, err := s.Select(geo.Events, c.f)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if got := ids(all(selection)); got != c.want {
			t.Errorf("%s: %q, not %q", c.name, got, c.want)
		}
	}
}

func TestAttached(t *testing.T) {
	s := snapshot(t, world()...)
	for id, want := range map[string]string{
		"town": "trip raid", "far": "trip visit", "state": "trip visit deaths raid operation", "zone": "raid", "nowhere": "",
	} {
		if got := attached(t, s, id, geo.Filter{}); got != want {
			t.Errorf("%s: %q, not %q", id, got, want)
		}
	}
	if got := attached(t, s, "state", geo.Filter{Types: []geo.EventType{geo.BombingRaid}}); got != "raid" {
		t.Errorf("raids of the state: %q", got)
	}
}

func TestFilterOfUnknownIDs(t *testing.T) {
	_, err := snapshot(t, world()...).Select(geo.Events, geo.Filter{Actors: []string{"army", "navy"}, Places: []string{"moon"}, Areas: []string{"town"}, Datasets: []string{"x"}, PartOf: []string{"y"}})
	if geo.CodeOf(err) != geo.Invalid {
		t.Fatal(err)
	}
	for _, id := range []string{"navy", "moon", "town", `"x"`, `"y"`} {
		if !strings.Contains(err.Error(), id) {
			t.Errorf("%v does not name %s", err, id)
		}
	}
}

// TestPrivateRecordsLeaveNoTrace holds what is private to be as if it were not there.
func TestPrivateRecordsLeaveNoTrace(t *testing.T) {
	records := world()
	hidden := geotest.Place("hidden", "secret", 1, 1)
	hidden.Names = geo.Text{"en": "Codeword"}
	at := geotest.Event("at-hidden", "d", "hidden", geo.Date(2024, 7, 22))
	own := geotest.Event("hidden-event", "secret", "town", geo.Date(2024, 7, 22))
	s := snapshot(t, append(records, geotest.Dataset("secret", geo.Private), hidden, at, own)...)
	if shown(s, geo.Places, "hidden") || shown(s, geo.Events, "hidden-event") || shown(s, geo.Datasets, "secret") {
		t.Error("a private record is found")
	}
	if r, found := s.Find(geo.Events, "at-hidden"); !found || s.Shape(r) != nil || r.ShapeSeq != 0 || !r.Masked {
		t.Error("a public event has the point of a private place")
	}
	if got := attached(t, s, "town", geo.Filter{}); got != "trip raid" {
		t.Error("attached:", got)
	}
	selection, err := s.Select(geo.Events, geo.Filter{Words: "codeword"})
	if err != nil || selection.Len() != 0 {
		t.Error("a private name finds", ids(all(selection)), err)
	}
	if _, err := s.Select(geo.Events, geo.Filter{Places: []string{"hidden"}}); geo.CodeOf(err) != geo.Invalid {
		t.Error("a filter by a private place:", err)
	}
}

func TestSnapshotsDoNotChange(t *testing.T) {
	before := snapshot(t, world()...)
	after, err := before.With([]index.Entry{{Seq: 99, Kind: geo.Events, ID: "raid"}, entry(t, 100, geotest.Event("deaths", "d", "town", geo.Date(2025, 1, 1)))})
	if err != nil {
		t.Fatal(err)
	}
	if !shown(before, geo.Events, "raid") || shown(after, geo.Events, "raid") || after.Seq != 100 || before.Seq != 14 {
		t.Error("the removal shows where it should not, or not where it should")
	}
	if got := attached(t, after, "town", geo.Filter{}); got != "deaths trip" {
		t.Error("attached after the edit:", got)
	}
}

func TestSummary(t *testing.T) {
	s := snapshot(t, world()...)
	if box := s.Summary(geo.Places).Box; box == nil || *box != (geo.Box{West: 1, South: 1, East: 50, North: 50}) {
		t.Error(box)
	}
	if s.Summary(geo.Actors).Box != nil {
		t.Error("actors are somewhere")
	}
	if got := s.Summary(geo.Events).Span.String(); got != "2024-07-01/.." {
		t.Error("span", got)
	}
}

func TestTimed(t *testing.T) {
	at := func(start, end geo.Instant) *geo.Event {
		e := geotest.Event("e", "d", "", start)
		e.PlacePrecision, e.End = geo.UnknownPlace, end
		return e
	}
	noon, day := geo.At(time.Date(1969, 7, 22, 12, 0, 0, 0, time.UTC)), geo.Date(1969, 7, 22)
	for name, c := range map[string]struct {
		event *geo.Event
		want  bool
	}{
		"a day":             {at(day, day), false},
		"going on":          {at(day, geo.Instant{}), false},
		"from noon":         {at(noon, day), true},
		"till noon":         {at(day, noon), true},
		"only an end, noon": {at(geo.Instant{}, noon), true},
	} {
		s := snapshot(t, geotest.Dataset("d", geo.Public), c.event)
		if s.Timed(geo.Events) != c.want || s.Timed(geo.Areas) || s.Timed(geo.Places) {
			t.Errorf("%s: %t, %t, %t", name, s.Timed(geo.Events), s.Timed(geo.Areas), s.Timed(geo.Places))
		}
	}
}

// TestWalkByPages walks a changing collection by its pages: what stays throughout
// is met once and only once.
func TestWalkByPages(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	records := []geo.Record{geotest.Dataset("d", geo.Public)}
	for i := range 200 {
		records = append(records, geotest.RandomEvent(random, geotest.ID("e", i)))
	}
	s := snapshot(t, records...)
	filter := geo.Filter{Box: &geo.Box{West: 0, South: -90, East: 180, North: 90}}
	start, err := s.Select(geo.Events, filter)
	if err != nil {
		t.Fatal(err)
	}
	stays := make(map[string]int)
	for i, r := range all(start) {
		if i%3 != 0 {
			stays[r.ID] = 0
		}
	}
	var after *index.Position
	seq := uint64(len(records))
	for page := 0; ; page++ {
		selection, err := s.Select(geo.Events, filter)
		if err != nil {
			t.Fatal(err)
		}
		rows, more := selection.Page(after, 7)
		for _, r := range rows {
			if _, counted := stays[r.ID]; counted {
				stays[r.ID]++
			}
		}
		if !more {
			break
		}
		cursor := rows[len(rows)-1].Position().Cursor(geo.Events, filter, nil)
		position, fault := index.ParseCursor(cursor, geo.Events, filter, nil)
		if fault != nil {
			t.Fatal(fault)
		}
		after = &position
		// Between two pages one record goes, perhaps the one that the cursor names, and one comes.
		gone := rows[len(rows)-1].ID
		if _, counted := stays[gone]; counted {
			gone = "none"
		}
		seq += 2
		if s, err = s.With([]index.Entry{{Seq: seq - 1, Kind: geo.Events, ID: gone}, entry(t, seq, geotest.RandomEvent(random, geotest.ID("new", page)))}); err != nil {
			t.Fatal(err)
		}
	}
	for id, n := range stays {
		if n != 1 {
			t.Errorf("%s was met %d times", id, n)
		}
	}
}

func TestCursorsOfOtherWalks(t *testing.T) {
	filter := geo.Filter{Words: "raid"}
	cursor := index.Position{Order: -5, ID: "a:b"}.Cursor(geo.Events, filter, nil)
	if p, fault := index.ParseCursor(cursor, geo.Events, filter, nil); fault != nil || p.Order != -5 || p.ID != "a:b" {
		t.Error(p, fault)
	}
	flipped := []byte(cursor)
	flipped[len(flipped)/2] ^= 1
	for name, c := range map[string]struct {
		cursor string
		kind   geo.Kind
		filter geo.Filter
	}{
		"another filter":     {cursor, geo.Events, geo.Filter{}},
		"another collection": {cursor, geo.Places, filter},
		"cut short":          {cursor[:len(cursor)-4], geo.Events, filter},
		"one bit wrong":      {string(flipped), geo.Events, filter},
		"words":              {"page2", geo.Events, filter},
		"with padding":       {cursor + "=", geo.Events, filter},
	} {
		_, fault := index.ParseCursor(c.cursor, c.kind, c.filter, nil)
		if fault == nil || fault.Name != "cursor" || fault.Value == "" {
			t.Errorf("%s: %v", name, fault)
		}
	}
}

func FuzzParseCursor(f *testing.F) {
	filter := geo.Filter{Words: "raid"}
	f.Add(index.Position{Order: 7, ID: "report:1"}.Cursor(geo.Events, filter, nil))
	f.Add("")
	f.Add("AAAA")
	f.Fuzz(func(t *testing.T, s string) {
		p, fault := index.ParseCursor(s, geo.Events, filter, nil)
		if fault == nil && p.Cursor(geo.Events, filter, nil) != s {
			t.Fatalf("%q is read as %v and written as %q", s, p, p.Cursor(geo.Events, filter, nil))
		}
	})
}

// TestSelectAgainstPlainLoop holds boxes and times to a loop that uses nothing of the index.
func TestSelectAgainstPlainLoop(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	var events []*geo.Event
	records := []geo.Record{geotest.Dataset("d", geo.Public)}
	for i := range 300 {
		e := geotest.RandomEvent(random, geotest.ID("e", i))
		events = append(events, e)
		records = append(records, e)
	}
	s := snapshot(t, records...)
	for range 500 {
		f := geo.Filter{Box: &geo.Box{West: float64(random.IntN(361) - 180), South: -90, East: float64(random.IntN(361) - 180), North: float64(random.IntN(181) - 90)},
			Time: geo.Interval{Start: geo.Date(2020+random.IntN(4), 3, 1)}, MinFatalities: random.IntN(3) * 5}
		var want []string
		for _, e := range events {
			p, somewhere := e.Geometry.(orb.Point)
			inBox := !somewhere || p.Lat() <= f.Box.North && (p.Lon() >= f.Box.West && p.Lon() <= f.Box.East || f.Box.West > f.Box.East && (p.Lon() >= f.Box.West || p.Lon() <= f.Box.East) ||
				p.Lon() == 180 && f.Box.West == -180 || p.Lon() == -180 && f.Box.East == 180)
			inTime := e.End.IsZero() || !e.End.Last().Before(f.Time.Start.First())
			deadly := f.MinFatalities == 0 || e.Fatalities != nil && *e.Fatalities.Best >= f.MinFatalities
			if inBox && inTime && deadly {
				want = append(want, e.ID)
			}
		}
		selection, err := s.Select(geo.Events, f)
		if err != nil {
			t.Fatal(err)
		}
		got := strings.Fields(ids(all(selection)))
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Fatalf("%v: %d rows, not %d", f, len(got), len(want))
		}
	}
}
