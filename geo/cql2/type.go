package cql2

// Type is what a property or an expression evaluates to.
type Type int

// The types. A Date and a Timestamp are both an InstantType; a Box is a GeometryType.
const (
	TextType Type = iota + 1
	NumberType
	TruthType
	InstantType  // a time.Time: a day or an instant
	IntervalType // from one time to another, either side may be open
	GeometryType
	ListType // a list of texts
)

// String is the type in a person's words, with its article: "a text".
func (t Type) String() string {
	switch t {
	case TextType:
		return "a text"
	case NumberType:
		return "a number"
	case TruthType:
		return "true or false"
	case InstantType:
		return "a time"
	case IntervalType:
		return "an interval"
	case GeometryType:
		return "a geometry"
	case ListType:
		return "a list"
	}
	return "nothing"
}
