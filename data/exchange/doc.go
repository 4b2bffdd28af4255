// Package exchange brings records in from the formats that conflict data comes
// in, and writes selections out in the formats that its users' tools read. One
// file per format. Everything enters by data.Catalog.Apply and leaves from a
// data.View; a row that cannot enter is kept with the reason and never lost.
package exchange
