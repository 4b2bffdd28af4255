package geo

import "github.com/paulmach/orb"

// Brief is what the index keeps of a record, read from the bytes that
// EncodeFeature wrote without decoding the rest. Byte slices share the feature's
// memory, or the Brief's own where the JSON has escapes; they are valid until the
// next Read. What a kind does not have is zero, and -1 of the fatalities.
type Brief struct {
	ID       []byte
	Geometry []byte    // the GeoJSON as it stands; nil where it is null
	Point    orb.Point // where IsPoint
	IsPoint  bool
	Dataset  []byte   // a dataset's own id
	Texts    [][]byte // all that SearchText folds, in any order
	Within   []byte   // of places and areas

	Start, End Instant // of events, and of areas the time in which they stand

	// Of events. The codes are places in EventTypes, Statuses, DatePrecisions and
	// PlacePrecisions.
	Type, Status, DatePrecision, PlacePrecision uint8

	Place              []byte // place_id
	RouteFrom, RouteTo []byte
	RouteAssumed       bool
	Actors             [][]byte // actor_id of the participants that have one
	Names              [][]byte // name of those that have one instead; they are among Texts
	PartOf             []byte
	Related            [][]byte // ids of events
	Incidents          int
	Best, Low, High    int // fatalities; -1: not known

	own  []byte // texts without their escapes
	seen members
}

// members are those that EncodeFeature writes of every record of a kind.
type members uint16

const (
	hasFeatureType members = 1 << iota
	hasID
	hasGeometry
	hasProperties
	hasDataset
	hasType
	hasStatus
	hasDatePrecision
	hasPlacePrecision
	hasStart
	hasEnd
)

const (
	ofDatasets = hasFeatureType | hasID | hasGeometry | hasProperties
	ofNamed    = ofDatasets | hasDataset
	ofEvents   = ofNamed | hasType | hasStatus | hasDatePrecision | hasPlacePrecision | hasStart | hasEnd
)

// Read reads the feature of a kind, with members in any order. It trusts that
// EncodeFeature wrote it: of what it does not keep it checks quotes and brackets.
// What it cannot read is an Invalid error, after which the Brief means nothing.
func (b *Brief) Read(k Kind, feature []byte) error {
	*b = Brief{Texts: b.Texts[:0], Actors: b.Actors[:0], Names: b.Names[:0], Related: b.Related[:0], own: b.own[:0], Best: -1, Low: -1, High: -1}
	required := ofNamed
	switch k {
	case Events:
		b.Incidents, required = 1, ofEvents
	case Datasets:
		required = ofDatasets
	case Places, Areas, Actors:
	default:
		return Errorf(NotFound, "there is no collection %q", Quote(string(k)))
	}
	s := scanner{b: feature}
	b.feature(k, &s)
	s.end()
	if s.fault == "" && b.seen&required != required {
		s.fail("an end before all that must be there")
	}
	if s.fault != "" {
		return Errorf(Invalid, "%s %q: %s at byte %d", k, Quote(string(b.ID)), s.fault, s.faultAt)
	}
	if k == Datasets {
		b.Dataset = b.ID
	}
	return nil
}

func (b *Brief) feature(k Kind, s *scanner) {
	for s.enter('{'); s.more('}'); {
		switch string(s.name()) {
		case "type":
			b.seen |= hasFeatureType
			if string(s.quoted()) != "Feature" {
				s.fail("another type than Feature")
			}
		case "id":
			b.seen |= hasID
			b.ID = s.text(&b.own)
		case "geometry":
			b.seen |= hasGeometry
			b.geometry(s)
		case "properties":
			b.seen |= hasProperties
			for s.enter('{'); s.more('}'); {
				b.property(k, s)
			}
		default:
			s.skip()
		}
	}
}

func (b *Brief) geometry(s *scanner) {
	if s.peek() == 'n' {
		s.literal("null")
		return
	}
	start := s.at
	var shape, coordinates []byte
	for s.enter('{'); s.more('}'); {
		switch string(s.name()) {
		case "type":
			shape = s.quoted()
		case "coordinates":
			coordinates = s.skip()
		default:
			s.skip()
		}
	}
	b.Geometry = s.b[start:s.at:s.at]
	switch string(shape) {
	case "":
		s.fail("a geometry without a type")
	case "Point":
		position := scanner{b: coordinates}
		b.Point, b.IsPoint = position.position(), true
		if position.fault != "" {
			s.fail("a point whose position is " + position.fault)
		}
	}
}

func (b *Brief) property(k Kind, s *scanner) {
	switch k {
	case Events:
		b.eventProperty(s)
	case Datasets:
		b.datasetProperty(s)
	default:
		b.namedProperty(s)
	}
}

func (b *Brief) datasetProperty(s *scanner) {
	switch string(s.name()) {
	case "title", "summary":
		b.languages(s)
	case "publisher":
		b.Texts = append(b.Texts, s.text(&b.own))
	default:
		s.skip()
	}
}

// namedProperty reads a property of a place, an area or an actor.
func (b *Brief) namedProperty(s *scanner) {
	switch string(s.name()) {
	case "names", "summary":
		b.languages(s)
	case "other_names":
		for s.enter('['); s.more(']'); {
			b.Texts = append(b.Texts, s.text(&b.own))
		}
	case "within":
		b.Within = s.text(&b.own)
	case "start":
		b.Start = s.instant()
	case "end":
		b.End = s.instant()
	case "dataset_id":
		b.seen |= hasDataset
		b.Dataset = s.text(&b.own)
	default:
		s.skip()
	}
}

// languages reads a text by language.
func (b *Brief) languages(s *scanner) {
	for s.enter('{'); s.more('}'); {
		s.name()
		b.Texts = append(b.Texts, s.text(&b.own))
	}
}
