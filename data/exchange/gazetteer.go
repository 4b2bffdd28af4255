package exchange

import (
	"fmt"
	"hash/fnv"
	"math"
	"slices"
	"strings"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/paulmach/orb"
	orbgeo "github.com/paulmach/orb/geo"
)

// gazetteer finds the places, areas and actors that rows name, and makes places
// of points that no known one stands for.
type gazetteer struct {
	dataset string
	places  map[string][]*geo.Place // by folded name, the longest known first
	byID    map[string]*geo.Place
	areas   map[string][]*geo.Area // by folded name
	actors  map[string]string      // id by folded name; "" where several have it
	made    []*geo.Place           // since the last take
	folded  map[string]string      // what was folded before: names repeat
	found   map[namedPoint]found   // what was found before: so do points
	boxes   map[*geo.Area]geo.Box  // of the countries that rows name

	Made, Matched int
}

// namedPoint is a name and the bits of a latitude and a longitude.
type namedPoint struct {
	name     string
	lat, lon uint64
}

// found is the place of a name and a point, and whether another dataset's.
type found struct {
	place   *geo.Place
	matched bool
}

func newGazetteer(dataset string) *gazetteer {
	return &gazetteer{dataset: dataset, places: make(map[string][]*geo.Place), byID: make(map[string]*geo.Place), areas: make(map[string][]*geo.Area), actors: make(map[string]string),
		folded: make(map[string]string), found: make(map[namedPoint]found), boxes: make(map[*geo.Area]geo.Box)}
}

// add makes a record known. Places must come in the order in which they entered
// the catalog: then a row finds the same place in every import.
func (g *gazetteer) add(r geo.Record) {
	switch r := r.(type) {
	case *geo.Place:
		g.byID[r.ID] = r
		for _, name := range namesOf(r.Names, r.OtherNames) {
			key := g.settlement(name)
			if !slices.Contains(g.places[key], r) {
				g.places[key] = append(g.places[key], r)
			}
		}
	case *geo.Area:
		for _, name := range namesOf(r.Names, r.OtherNames) {
			g.areas[geo.Fold(name)] = append(g.areas[geo.Fold(name)], r)
		}
	case *geo.Actor:
		for _, name := range namesOf(r.Names, r.OtherNames) {
			key := geo.Fold(name)
			if id, taken := g.actors[key]; taken && id != r.ID {
				g.actors[key] = ""
			} else {
				g.actors[key] = r.ID
			}
		}
	}
}

func namesOf(names geo.Text, others []string) []string {
	list := slices.Clone(others)
	for _, name := range names {
		list = append(list, name)
	}
	slices.Sort(list)
	return list
}

// setAside are the words that say what a settlement is and not what it is called.
var setAside = []string{" town", " village", " township", " city"}

// maxFolded bounds what is remembered.
const maxFolded = 200_000

// fold is geo.Fold, remembered.
func (g *gazetteer) fold(name string) string {
	if folded, known := g.folded[name]; known {
		return folded
	}
	if len(g.folded) >= maxFolded {
		clear(g.folded)
	}
	folded := geo.Fold(name)
	g.folded[strings.Clone(name)] = folded
	return folded
}

// settlement folds the name of a settlement to what it is called.
func (g *gazetteer) settlement(name string) string {
	folded := g.fold(name)
	for _, word := range setAside {
		if called, has := strings.CutSuffix(folded, word); has && called != "" {
			return called
		}
	}
	return folded
}

// sameWithin is how far apart two points of one name may be and still mean one
// place, in metres.
const sameWithin = 5_000

// sameLatitudes is more than sameWithin in degrees of latitude.
const sameLatitudes = 0.05

func isSame(a, b orb.Point) bool {
	return math.Abs(a.Lat()-b.Lat()) < sameLatitudes && orbgeo.DistanceHaversine(a, b) <= sameWithin
}

// locate ties an event to a place or an area that its row names, and to the actors.
// It reports a point far outside of its country.
func (g *gazetteer) locate(e *geo.Event, spot Spot) (doubts faults) {
	for i, p := range e.Participants {
		if id := g.actors[g.fold(p.Name)]; p.ActorID == "" && id != "" {
			e.Participants[i] = geo.Participant{ActorID: id, Role: p.Role}
		}
	}
	at, isPoint := e.Geometry.(orb.Point)
	country := g.area(spot.Country, geo.Country)
	if isPoint && country != nil {
		doubts = append(doubts, g.checkCountry(at, country, spot.Country)...)
	}
	if e.PlaceID != "" {
		return doubts
	}
	switch e.PlacePrecision {
	case geo.Exact, geo.Near:
		if isPoint && g.settlement(spot.Name) != "" {
			e.PlaceID = g.place(spot, at).ID
			if g.byID[e.PlaceID].Geometry == e.Geometry && g.byID[e.PlaceID].DatasetID == g.dataset {
				e.Geometry = nil // the place's own, to the last digit
			}
		}
	case geo.DistrictWide, geo.Fuzzy, geo.RegionWide, geo.CountryWide:
		if a := g.around(e.PlacePrecision, spot, country); a != nil {
			e.PlaceID = a.ID
		}
	}
	if e.Geometry == nil && e.PlaceID == "" && e.PlacePrecision != geo.International {
		e.PlacePrecision = geo.UnknownPlace
	}
	return doubts
}

// around finds the smallest known area that the row names, no smaller than the
// precision allows.
func (g *gazetteer) around(precision geo.PlacePrecision, spot Spot, country *geo.Area) *geo.Area {
	var district, region *geo.Area
	if precision == geo.DistrictWide || precision == geo.Fuzzy {
		district = g.area(spot.District, geo.District, geo.Township)
	}
	if precision != geo.CountryWide {
		region = g.area(spot.Region, geo.Region, geo.State)
	}
	for _, a := range []*geo.Area{district, region, country} {
		if a != nil {
			return a
		}
	}
	return nil
}

// area finds the one area of a name; "Myanmar (Burma)" is found by both its names.
func (g *gazetteer) area(name string, kinds ...geo.AreaKind) *geo.Area {
	if name == "" {
		return nil
	}
	outside, inside, _ := strings.Cut(name, "(")
	for _, form := range []string{name, outside, strings.TrimSuffix(inside, ")")} {
		var found []*geo.Area
		for _, a := range g.areas[g.fold(form)] {
			if slices.Contains(kinds, a.AreaKind) && !slices.Contains(found, a) {
				found = append(found, a)
			}
		}
		if len(found) == 1 && form != "" {
			return found[0]
		}
	}
	return nil
}

// place finds the known place of a name near a point, or makes one. What it found
// once it finds again: places are added and never taken away.
func (g *gazetteer) place(spot Spot, at orb.Point) *geo.Place {
	key := namedPoint{spot.Name, math.Float64bits(at.Lat()), math.Float64bits(at.Lon())}
	f, known := g.found[key]
	if !known {
		if len(g.found) >= maxFolded {
			clear(g.found)
		}
		f = g.find(spot, at)
		key.name = strings.Clone(spot.Name)
		g.found[key] = f
	}
	if f.matched {
		g.Matched++
	}
	return f.place
}

func (g *gazetteer) find(spot Spot, at orb.Point) found {
	id := g.placeID(spot.Name, at)
	if p := g.byID[id]; p != nil {
		return found{place: p}
	}
	for _, p := range g.places[g.settlement(spot.Name)] {
		if known, isPoint := p.Geometry.(orb.Point); isPoint && isSame(known, at) {
			return found{p, p.DatasetID != g.dataset}
		}
	}
	return found{place: g.makePlace(id, spot, at)}
}

func (g *gazetteer) makePlace(id string, spot Spot, at orb.Point) *geo.Place {
	name := strings.Clone(spot.Name) // a field would keep its whole row
	p := &geo.Place{ID: id, Geometry: at, Names: geo.Text{"en": name}, PlaceKind: placeKind(spot.Name), DatasetID: g.dataset}
	if a := g.around(geo.DistrictWide, spot, g.area(spot.Country, geo.Country)); a != nil {
		p.Within = a.ID
	}
	g.add(p)
	g.made = append(g.made, p)
	g.Made++
	return p
}

// maxSlug keeps ids within their limit.
const maxSlug = 100

// placeID names a place by its name and point, so that every import makes the
// same one.
func (g *gazetteer) placeID(name string, at orb.Point) string {
	slug := strings.ReplaceAll(g.fold(name), " ", "-")
	if len(slug) > maxSlug {
		h := fnv.New64a()
		h.Write([]byte(slug))
		slug = strings.ToValidUTF8(slug[:maxSlug], "") + fmt.Sprintf("-%x", h.Sum64())
	}
	return fmt.Sprintf("%s:place:%s:%g:%g", g.dataset, slug, at.Lat(), at.Lon())
}

func placeKind(name string) geo.PlaceKind {
	folded := geo.Fold(name)
	for _, kind := range []geo.PlaceKind{"city", "town", "village", "camp", "base"} {
		if strings.HasSuffix(folded, " "+string(kind)) {
			return kind
		}
	}
	return "other"
}

// take returns the places made since the last call.
func (g *gazetteer) take() []*geo.Place {
	made := g.made
	g.made = nil
	return made
}

// farOutside is how far outside of its country's box a point must lie to be
// doubted, in degrees: outlines are rough and waters wide.
const farOutside = 2

func (g *gazetteer) checkCountry(at orb.Point, country *geo.Area, name string) (fs faults) {
	wide, known := g.boxes[country]
	if !known {
		wide = widened(country)
		g.boxes[country] = wide
	}
	if wide.Contains(at) {
		return nil
	}
	if swapped := (orb.Point{at.Lat(), at.Lon()}); wide.Contains(swapped) {
		fs.add("latitude", fmt.Sprint(at.Lat()), "lies far outside of %s, and inside with longitude %g swapped", name, at.Lon())
	} else {
		fs.add("latitude", fmt.Sprint(at.Lat()), "lies, with longitude %g, far outside of %s", at.Lon(), name)
	}
	return fs
}

// widened is the box of a country and what lies near it; the world where it has none.
func widened(country *geo.Area) geo.Box {
	box, found := geo.Extent(country.Geometry)
	if !found {
		return geo.World
	}
	return geo.Box{West: max(-180, box.West-farOutside), South: max(-90, box.South-farOutside), East: min(180, box.East+farOutside), North: min(90, box.North+farOutside)}
}
