package index_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geotest"
	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/paulmach/orb"
)

// TestWhereIsNoOracle asks about what may not leave: it is as if it were not there,
// in what columns answer and in what is read.
func TestWhereIsNoOracle(t *testing.T) {
	july := func(day int) geo.Instant { return geo.Date(2024, 7, day) }
	mentions := geotest.Event("mentions", "d", "hidden", july(1))
	mentions.Participants = []geo.Participant{{ActorID: "agent", Role: "party"}, {ActorID: "army", Role: "party"}}
	mentions.PartOf, mentions.Route = "plot", &geo.Route{From: "hidden", To: "town", Assumed: true}
	mentions.Related = []geo.Relation{{Event: "plot", Relation: "precedes"}, {Event: "raid", Relation: "precedes"}}
	named := geotest.Event("named", "d", "town", july(2))
	named.Participants = []geo.Participant{{ActorID: "agent", Role: "party"}, {Name: "villagers", Role: "party"}}
	leads := geotest.Event("leads", "d", "town", july(3))
	leads.Route = &geo.Route{From: "town", To: "hidden"}
	agent := geotest.Actor("agent", "secret")
	army := geotest.Actor("spies", "d", "agent", "alliance")
	plot, withdrawn := geotest.Event("plot", "secret", "town", july(4)), geotest.Event("withdrawn", "d", "town", july(5))
	withdrawn.Status, withdrawn.Title = geo.Withdrawn, geo.Text{"en": "Withdrawn"}
	inside := geotest.Place("inside", "d", 1, 2)
	inside.Within = "lair"
	s := snapshot(t, append(world(), geotest.Dataset("secret", geo.Private), geotest.Place("hidden", "secret", 33, 33), geotest.Area("lair", "secret", geo.Zone, 30, 30, 40, 40),
		agent, army, mentions, named, leads, plot, withdrawn, inside)...)
	for _, c := range []struct {
		kind        geo.Kind
		where, want string
	}{
		{geo.Events, "place_id = 'hidden'", ""}, {geo.Events, "id = 'mentions' AND place_id <> 'hidden'", ""}, {geo.Events, "id = 'mentions' AND place_id IS NULL", "mentions"},
		{geo.Events, "id = 'mentions' AND place_precision = 'exact'", ""}, {geo.Events, "id = 'mentions' AND place_precision = 'unknown'", "mentions"},
		{geo.Events, "id = 'mentions' AND place_precision > status", "mentions"}, {geo.Events, "id = 'mentions' AND place_id < id", ""},
		{geo.Events, "S_INTERSECTS(geometry, BBOX(32, 32, 34, 34))", ""}, {geo.Events, "S_WITHIN(geometry, POLYGON((32 32, 34 32, 34 34, 32 32)))", ""}, {geo.Events, "id = 'mentions' AND geometry IS NULL", "mentions"},
		{geo.Events, "part_of = 'plot'", ""}, {geo.Events, "id = 'mentions' AND part_of LIKE 'p%'", ""}, {geo.Events, "id = 'mentions' AND part_of IS NULL", "mentions"},
		{geo.Events, "A_CONTAINS(participants, ('agent'))", ""}, {geo.Events, "A_OVERLAPS(participants, ('agent', 'army'))", "raid mentions"}, {geo.Events, "A_EQUALS(participants, ('army'))", "raid mentions"},
		{geo.Events, "A_CONTAINEDBY(participants, ('villagers')) AND id = 'named'", "named"}, {geo.Events, "A_OVERLAPS(participants, ('villagers'))", "named"},
		{geo.Events, "A_OVERLAPS(related, ('plot'))", ""}, {geo.Events, "A_EQUALS(related, ('raid'))", "mentions"},
		{geo.Events, "route.from = 'hidden'", ""}, {geo.Events, "id = 'mentions' AND route.from IS NULL AND route.assumed = FALSE", "mentions"}, {geo.Events, "route.to = 'hidden'", ""}, {geo.Events, "id = 'leads' AND route.assumed IS NULL", "leads"},
		{geo.Events, "id = 'plot'", ""}, {geo.Events, "title LIKE '%plot'", ""}, {geo.Events, "dataset_id = 'secret'", ""}, {geo.Events, "status = 'withdrawn'", ""}, {geo.Events, "title = 'Withdrawn'", ""},
		{geo.Places, "id = 'hidden'", ""}, {geo.Places, "within = 'lair'", ""}, {geo.Places, "id = 'inside' AND within IS NULL", "inside"}, {geo.Places, "S_WITHIN(geometry, BBOX(30, 30, 40, 40))", ""},
		{geo.Actors, "A_CONTAINS(member_of, ('agent'))", ""}, {geo.Actors, "A_EQUALS(member_of, ('alliance'))", "army spies"},
	} {
		found, err := s.Select(c.kind, geo.Filter{Where: parsed(c.kind, c.where)})
		if err != nil {
			t.Fatalf("%s: %v", c.where, err)
		}
		if got := ids(all(found)); got != c.want {
			t.Errorf("%s: %q, not %q", c.where, got, c.want)
		}
	}
}

// TestWhereOfRecordsThatCannotBeRead: what is wrong with a record is the answer's
// error, and no empty answer.
func TestWhereOfRecordsThatCannotBeRead(t *testing.T) {
	l := logOf(t, world()...)
	s := with(t, index.Empty(l.read), 1, world()...)
	columns, read := geo.Filter{Where: parsed(geo.Events, "incidents = 1")}, geo.Filter{Where: parsed(geo.Events, "title LIKE '%x%'")}
	delete(l, 12)
	if _, err := s.Select(geo.Events, columns); err != nil {
		t.Errorf("columns need no record: %v", err)
	}
	for name, ask := range map[string]func() error{
		"select": func() error { _, err := s.Select(geo.Events, read); return err },
		"facets": func() error { _, err := s.Facets(read, 10); return err },
	} {
		if err := ask(); err == nil || !strings.Contains(err.Error(), "change 12 is missing") {
			t.Errorf("%s: %v", name, err)
		}
	}
	// A record that is not asked is not read.
	if found, err := s.Select(geo.Events, geo.Filter{Where: parsed(geo.Events, "title LIKE 'Clash v%' AND id = 'visit'")}); err != nil || ids(all(found)) != "visit" {
		t.Error(ids(all(found)), err)
	}
}

// TestWhereIsNotAnsweredToNobody: a request that went away stops the reading.
func TestWhereIsNotAnsweredToNobody(t *testing.T) {
	records := []geo.Record{geotest.Dataset("d", geo.Public)}
	for i := range 3_500 {
		e := geotest.Event(geotest.ID("e", i), "d", "", geo.Date(2024, 7, 22))
		e.Geometry = orb.Point{float64(i) / 1000, 1}
		records = append(records, e)
	}
	l, reads, leave := logOf(t, records...), 0, func() {}
	s := with(t, index.Empty(func(seqs []uint64, add func(uint64, []byte) error) error {
		if reads++; reads == 2 {
			leave()
		}
		return l.read(seqs, add)
	}), 1, records...)
	if found, err := s.Select(geo.Events, geo.Filter{Where: parsed(geo.Events, "title LIKE '%7'")}); err != nil || found.Len() != 350 || reads != 4 {
		t.Fatalf("%d found by %d readings, %v", found.Len(), reads, err)
	}
	gone, leaveNow := context.WithCancel(t.Context())
	leaveNow()
	reads = 0
	for _, where := range []string{"title LIKE '%7'", "start = end", "S_TOUCHES(geometry, LINESTRING(0 1, 4 1))"} {
		if _, err := s.WithContext(gone).Select(geo.Events, geo.Filter{Where: parsed(geo.Events, where)}); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", where, err)
		}
	}
	if reads > 0 {
		t.Errorf("%d readings for nobody", reads)
	}
	reads = 0
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	leave = cancel
	if _, err := s.WithContext(ctx).Select(geo.Events, geo.Filter{Where: parsed(geo.Events, "title LIKE '%7'")}); !errors.Is(err, context.Canceled) || reads != 2 {
		t.Errorf("%d readings, %v", reads, err)
	}
}

// TestWhereFaults holds what only the evaluation can see to be the filter's fault.
func TestWhereFaults(t *testing.T) {
	s := snapshot(t, world()...)
	f := geo.Filter{Where: parsed(geo.Events, "type = 'clash' AND S_INTERSECTS(geometry, POLYGON((0 0, 2 2, 2 0, 0 2, 0 0)))")}
	_, err := s.Select(geo.Events, f)
	_, inFacets := s.Facets(f, 10)
	for _, err := range []error{err, inFacets} {
		var e *geo.Error
		if !errors.As(err, &e) || e.Code != geo.Invalid || len(e.Faults) != 1 || e.Faults[0].Name != "filter" || !strings.HasPrefix(e.Faults[0].Detail, "character 43: the geometry is not valid") {
			t.Errorf("%v", err)
		}
	}
}

// TestWhereIsOfTheCollection: among attached events it does not choose, and a cursor
// belongs to it.
func TestWhereIsOfTheCollection(t *testing.T) {
	s := snapshot(t, world()...)
	f := geo.Filter{Where: parsed(geo.Places, "kind = 'city'")}
	if got := attached(t, s, "town", f); got != "trip raid" {
		t.Errorf("attached: %q", got)
	}
	cursor := index.Position{Order: 0, ID: "a"}.Cursor(geo.Places, f, nil)
	if _, fault := index.ParseCursor(cursor, geo.Places, f, nil); fault != nil {
		t.Error(fault)
	}
	if _, fault := index.ParseCursor(cursor, geo.Places, geo.Filter{Where: parsed(geo.Places, "kind = 'town'")}, nil); fault == nil {
		t.Error("a cursor serves another expression")
	}
}
