package geo

import "time"

// Change is one edit of one record: what it is after the edit, or that it is
// gone, by whom and why. The log of changes is all that is kept; everything
// else is a view of it.
type Change struct {
	Seq    uint64    // 1, 2, 3, ... in the order of the log; given by the catalog
	Time   time.Time // UTC, microseconds; given by the catalog, never before an earlier change's
	Author string    // who
	Reason string    // why
	Kind   Kind
	ID     string
	Record Record // after the edit; nil: the record is removed
}

// Put makes the change that adds or replaces a record.
func Put(r Record, author, reason string) Change {
	return Change{Author: author, Reason: reason, Kind: r.Kind(), ID: r.Key(), Record: r}
}

// Remove makes the change that takes a record away. Its history stays.
func Remove(k Kind, id, author, reason string) Change {
	return Change{Author: author, Reason: reason, Kind: k, ID: id}
}

// Validate reports all that is wrong with the change and its record by itself.
func (c Change) Validate() error {
	var fs faults
	fs = append(fs, checkText("author", c.Author, lineLimit, true)...)
	fs = append(fs, checkText("reason", c.Reason, textLimit, true)...)
	if _, err := ParseKind(string(c.Kind)); err != nil {
		fs.add("kind", string(c.Kind), "is not one of %s", join(Kinds()))
	}
	fs = append(fs, checkID("id", c.ID)...)
	if c.Record != nil {
		if c.Record.Kind() != c.Kind || c.Record.Key() != c.ID {
			fs.add("record", c.Record.Key(), "is not the record that the change names, %s %q", c.Kind, c.ID)
		}
		fs = append(fs, c.Record.check()...)
	}
	if len(fs) == 0 {
		return nil
	}
	return Reject(string(c.Kind)+" "+Quote(c.ID), fs)
}
