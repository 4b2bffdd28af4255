package geo

import "slices"

// Property says what a record holds under one name: the codebook, from which the
// schemas that the server answers are made. What a null means, and a property that is
// left out, is not known where Meaning says nothing else.
type Property struct {
	Name    string
	Title   string
	Meaning string // in sentences
	Type    PropertyType

	Required  bool   // always there
	Nullable  bool   // null where it is not known
	ReadOnly  bool   // made for the answer, not part of the record
	Role      string // of OGC 23-058r2: id, primary-geometry, primary-interval-start, ...
	Reference Kind   // the collection whose ids it holds
	Format    string // of a string or a number: one of the formats; of a geometry its types, as point
	Unit      string // of a number, in UCUM (c/s)

	MinLength, MaxLength int // of a string, in characters; 0: no limit
	Pattern              string
	Codes                []CodedValue // all the values that a string may have; nil: any
	Minimum, Maximum     int          // of a number where Maximum is not 0
	AtLeast              int          // elements of an array, members of an object
	Unique               bool         // no element of an array stands twice

	Items      *Property  // each element of an array
	Properties []Property // the members of an object
	Values     *Property  // each member of an object whose members have names of their own, as texts by language
}

// PropertyType is the JSON type of a property.
type PropertyType string

// The property types.
const (
	StringProperty   PropertyType = "string"
	IntegerProperty  PropertyType = "integer"
	NumberProperty   PropertyType = "number"
	BooleanProperty  PropertyType = "boolean"
	ObjectProperty   PropertyType = "object"
	ArrayProperty    PropertyType = "array"
	GeometryProperty PropertyType = "geometry" // GeoJSON
	AnyProperty      PropertyType = "any"      // any JSON
)

// The formats, by their names in JSON Schema, OpenAPI and OGC 23-058r2.
const (
	URIFormat      = "uri"
	Int32Format    = "int32"
	DateTimeFormat = "date-time"
	IntervalFormat = "interval-iso8601"
	InstantFormat  = "instant" // a date or a date-time: what Instant writes
)

// CodedValue is one of the values that a coded property may have.
type CodedValue struct {
	Value   string
	Title   string
	Meaning string // in a sentence
}

// Properties lists what a stored record of a kind holds: id, geometry where the kind
// has one, and the properties in the order in which they are written.
func Properties(k Kind) []Property {
	switch k {
	case Places:
		return placeProperties()
	case Areas:
		return areaProperties()
	case Events:
		return eventProperties()
	case Actors:
		return actorProperties()
	case Datasets:
		return datasetProperties()
	}
	return nil
}

// Returnables lists what an answer holds of a record: its Properties, and of places
// and areas the events attached to them.
func Returnables(k Kind) []Property {
	list := Properties(k)
	if k == Places || k == Areas {
		list = append(list, attachedProperties()...)
	}
	return list
}

// ShortMembers are the properties of an event that its place or area carries, beside
// its id and href.
func ShortMembers() []string {
	return []string{"type", "title", "start", "end", "date_precision", "place_precision", "incidents", "status"}
}

// PropertyOf finds a property by its name, or by its path with points, as
// fatalities.best: of an array by those of its elements, as participants.role.
func PropertyOf(list []Property, path ...string) (Property, bool) {
	i := slices.IndexFunc(list, func(p Property) bool { return len(path) > 0 && p.Name == path[0] })
	if i < 0 {
		return Property{}, false
	}
	p := list[i]
	if len(path) == 1 {
		return p, true
	}
	if p.Items != nil {
		return PropertyOf(p.Items.Properties, path[1:]...)
	}
	return PropertyOf(p.Properties, path[1:]...)
}

func attachedProperties() []Property {
	of := eventProperties()
	short := []Property{{Name: "id", Title: "Id", Meaning: "The event's id.", Type: StringProperty, Required: true, MinLength: 1, MaxLength: idLimit, Pattern: idPattern, Reference: Events}}
	for _, name := range ShortMembers() {
		if p, known := PropertyOf(of, name); known {
			p.Role = "" // of the event, and not of its place
			short = append(short, p)
		}
	}
	short = append(short, Property{Name: "href", Title: "Address", Meaning: "Where the whole event is.", Type: StringProperty, Required: true, Format: URIFormat})
	return []Property{
		{Name: "event_count", Title: "Number of events", Meaning: "How many events are attached to it that the filter matches.",
			Type: IntegerProperty, Required: true, ReadOnly: true, Format: Int32Format, Unit: "{events}", Maximum: maxCount},
		{Name: "events", Title: "Newest events", Meaning: "The newest ten of them, in short.",
			Type: ArrayProperty, Required: true, ReadOnly: true, Items: &Property{Title: "Event", Type: ObjectProperty, Properties: short}},
		{Name: "events_href", Title: "All events", Meaning: "The address of all of them.",
			Type: StringProperty, Required: true, ReadOnly: true, Format: URIFormat},
	}
}
