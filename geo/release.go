package geo

// Release says how much of a record may leave the program.
type Release int

// The answers, from least to most.
const (
	Nothing Release = iota // not a trace: as if it did not exist
	Counts                 // only as part of a count (see docs/decisions)
	Whole                  // the record itself
)

// ReleaseOf is the one place that decides what may leave. Every output passes
// it, by way of the snapshot that the catalog hands out: d is the record's
// dataset, nil where there is none (then nothing leaves). A withdrawn event is
// no longer anyone's to read, whatever its dataset allows.
func ReleaseOf(d *Dataset, r Record) Release {
	if d == nil {
		return Nothing
	}
	if e, isEvent := r.(*Event); isEvent && e.Status == Withdrawn {
		return Nothing
	}
	switch d.Redistribution {
	case Public:
		return Whole
	case Derived:
		return Counts
	default:
		return Nothing
	}
}
